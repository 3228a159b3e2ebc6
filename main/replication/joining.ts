import { randomBytes } from 'node:crypto';
import type { AnyTable } from '../../db/kit/define-table.ts';
import { parentsFirst } from '../../db/kit/parents-first.ts';
import { TRAIL } from '../../db/sqlite/capture.ts';
import type { Sqlite } from '../../db/sqlite/open.ts';
import { canonical } from '../platform/canonical.ts';
import type { Ids } from '../platform/ports.ts';
import { PROGRAM, payloadHash } from './journal.ts';
import { readableAs } from './later-columns.ts';
import { LOAD_ALL } from './loading.ts';
import type { Store } from './store.ts';
import { followingReferences, upwards } from './upward.ts';
import type { HelloAnswer, UnitMeta } from './wire.ts';

export const newNonce = (): string => randomBytes(16).toString('hex');

/**
 * Makes this station one of the organization's: from now on every command is kept for the centre. With `bring_rows`
 * every row waits as a unit of its own, parents first; without, only the audit trail goes up, and the next exchange
 * replaces the rows by the centre's. One transaction: a station has joined or it has not.
 */
export function becomeMember(
  db: Sqlite,
  tables: readonly AnyTable[],
  store: Store,
  ids: Ids,
  facts: {
    centre: string;
    address: string;
    client_id: string;
    hello: HelloAnswer;
    nonce: string;
    schema_version: number;
    now_ms: number;
  },
  bring_rows: boolean,
): void {
  const { state } = store;
  const ordered = parentsFirst(tables.filter(def => def.sync.kind !== 'local_only'));
  db.function('new_unit_id', () => ids.next());
  store.applying(() => {
    db.exec(
      'delete from sync_shadow; delete from sync_refused_rows; delete from sync_commits; delete from sync_unit_changes; delete from sync_units',
    );
    for (const def of ordered) if (bring_rows || def.name === TRAIL) waitingRows(db, def);
    if (bring_rows)
      for (const def of ordered)
        for (const { column, rows } of followingReferences(ordered, def))
          followingReference(db, def.name, column, rows, facts);
    state.set({
      centre: facts.centre,
      joining: undefined,
      address: facts.address,
      org_code: facts.hello.org_code,
      org_name: facts.hello.org_name,
      station_code: facts.hello.station_code,
      client_id: facts.client_id,
      incarnation: 1,
      nonce: facts.nonce,
      next_nonce: undefined,
      epoch: facts.hello.epoch,
      cursor_seq: 0,
      cursor_hash: undefined,
      applied_n: 0,
      unit_base: 0,
      loading: LOAD_ALL,
      readable: readableAs(tables),
    });
  });
}

/** Rows that are only ever added cannot meet others of their key: many travel in one unit. */
const ROWS_TOGETHER = 100;
/** Every row of the table waits, as a unit of its own or with others; its content is taken when it is first sent. */
function waitingRows(db: Sqlite, def: AnyTable): void {
  const base = Number(db.prepare('select coalesce(max(n), 0) from sync_units').pluck().get());
  const size = def.sync.kind === 'append_only' || def.sync.kind === 'additive' ? ROWS_TOGETHER : 1;
  const placed = upwards(def);
  db.prepare(
    `insert into sync_units (n, unit_id) select n, new_unit_id() from (
       select distinct @base + 1 + place / ${size} as n from (${placed})) order by n`,
  ).run({ base });
  db.prepare(
    `insert into sync_unit_changes (n, change_no, table_name, row_id, op)
       select @base + 1 + place / ${size}, place % ${size}, '${def.name}', id, 'J' from (${placed}) order by 1, 2`,
  ).run({ base });
  db.prepare(
    `insert into sync_shadow (table_name, row_id) select '${def.name}', id from "${def.name}"`,
  ).run();
}

/** A reference to a row that goes up later follows as a change of its own. */
function followingReference(
  db: Sqlite,
  table: string,
  column: string,
  ids: string,
  facts: { schema_version: number; now_ms: number },
): void {
  const rows = db
    .prepare<[], { id: string; value: string; row_version: number }>(
      `select id, "${column}" as value, row_version from "${table}" where id in (${ids}) order by id`,
    )
    .all();
  const unit = db.prepare(
    'insert into sync_units (unit_id, meta, payload_hash) values (new_unit_id(), ?, ?)',
  );
  const complete = db.prepare(
    'update sync_units set meta = ?, payload_hash = ? where n = ? returning unit_id',
  );
  const change = db.prepare(
    "insert into sync_unit_changes (n, change_no, table_name, row_id, op, base_version, base, patch) values (?, 0, ?, ?, 'U', 1, ?, ?)",
  );
  for (const row of rows) {
    const n = Number(unit.run(null, null).lastInsertRowid);
    const { unit_id } = db.prepare('select unit_id from sync_units where n = ?').get(n) as {
      unit_id: string;
    };
    const meta: UnitMeta = {
      unit_id,
      schema_version: facts.schema_version,
      intent: 'replication.join',
      actor_id: PROGRAM,
      session_id: null,
      reason: null,
      occurred_at_ms: facts.now_ms,
      clock_offset_ms: null,
      monotonic_no: n,
      seen_seq: 0,
      audit_head: null,
    };
    const base = { [column]: null };
    const patch = { [column]: row.value };
    complete.run(
      canonical(meta),
      payloadHash(meta, [{ table, id: row.id, op: 'U', base_version: 1, base, patch }]),
      n,
    );
    change.run(n, table, row.id, JSON.stringify(base), JSON.stringify(patch));
  }
}
