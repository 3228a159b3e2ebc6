import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import type { AnyTable } from '../../../db/kit/define-table.ts';
import { parentsFirst } from '../../../db/kit/parents-first.ts';
import { TRAIL } from '../../../db/sqlite/capture.ts';
import { openReader } from '../../../db/sqlite/open.ts';
import type { Row } from '../../platform/row-changes.ts';
import { payloadHash } from '../journal.ts';
import { createRowStores, type RowStore } from '../rows.ts';
import { followingReferences, upwards } from '../upward.ts';
import { pushAnswer, type Unit, type UnitChange, type UnitMeta } from '../wire.ts';
import { actingFor } from './operator.ts';

const PROGRAM = '00000000-0000-7000-8000-000000000000';
const UNITS_A_PUSH = 100;

/** Rows of a station's file as changes: parents first, references that point forward last. */
function* changesOf(file: string, tables: readonly AnyTable[], with_trail: boolean): Generator<UnitChange> {
  const db = openReader(file);
  try {
    const ordered = parentsFirst(tables.filter(def => def.sync.kind !== 'local_only'));
    const stores = createRowStores(db, tables, 1);
    const rowsOf = function* (def: AnyTable, ids: string): Generator<Row> {
      const store: RowStore | undefined = stores.get(def.name);
      for (const { id } of db.prepare<[], { id: string }>(ids).all()) {
        const row = store?.read(id);
        if (row) yield row;
      }
    };
    const brought = ordered
      .filter(def => with_trail || def.name !== TRAIL)
      .map(def => ({ def, following: followingReferences(ordered, def) }));
    for (const { def, following } of brought) {
      const late = following.map(({ column, rows }) => ({
        column,
        ids: new Set(db.prepare<[], string>(rows).pluck().all()),
      }));
      for (const { row_version: _, ...row } of rowsOf(def, `${upwards(def)} order by place`)) {
        const id = String(row.id);
        for (const { column, ids } of late) if (ids.has(id)) row[column] = null;
        yield { table: def.name, id, op: 'J', base_version: null, base: null, patch: row };
      }
    }
    for (const { def, following } of brought)
      for (const { column, rows } of following)
        for (const row of rowsOf(def, rows))
          yield {
            table: def.name,
            id: String(row.id),
            op: 'U',
            base_version: 1,
            base: { [column]: null },
            patch: { [column]: row[column], updated_at_ms: row.updated_at_ms, updated_by: row.updated_by },
          };
  } finally {
    db.close();
  }
}

function unitOf(change: UnitChange, unit_no: number, schema_version: number, now_ms: number): Unit {
  const meta: UnitMeta = {
    unit_id: randomUUID(),
    schema_version,
    intent: 'centre.bring_rows',
    actor_id: PROGRAM,
    session_id: null,
    reason: null,
    occurred_at_ms: now_ms,
    clock_offset_ms: null,
    monotonic_no: unit_no,
    // Rows that were just brought are not somebody else's change.
    seen_seq: Number.MAX_SAFE_INTEGER,
    audit_head: null,
  };
  const changes = [change];
  return { ...meta, unit_no, payload_hash: payloadHash(meta, changes), changes, audit: [] };
}

/** Brings the rows of a station's file into an organization; where an id or a business key is taken, the centre keeps its row. */
export async function bringRows(
  client: Client,
  organization_id: number,
  source: { file: string; tables: readonly AnyTable[]; with_trail: boolean; schema_version: number },
  now_ms: number,
): Promise<{ brought: number; kept: number; refused: number }> {
  const count = { brought: 0, kept: 0, refused: 0 };
  const client_id = randomUUID();
  await actingFor(client, organization_id, 'CENTRE', async () => {
    await client.query('select sync.hello($1)', [
      JSON.stringify({
        client_id,
        incarnation: 1,
        nonce: null,
        next_nonce: randomUUID(),
        schema_version: source.schema_version,
        last_unit_no: 0,
      }),
    ]);
    let units: Unit[] = [];
    let unit_no = 0;
    const push = async () => {
      const { rows } = await client.query('select sync.push($1, $2) as answer', [
        client_id,
        JSON.stringify(units),
      ]);
      for (const { outcome } of pushAnswer.parse(rows[0]?.answer).outcomes)
        count[outcome === 'applied' ? 'brought' : outcome === 'merged' ? 'kept' : 'refused'] += 1;
      units = [];
    };
    for (const change of changesOf(source.file, source.tables, source.with_trail)) {
      units.push(unitOf(change, ++unit_no, source.schema_version, now_ms));
      if (units.length === UNITS_A_PUSH) await push();
    }
    if (units.length > 0) await push();
  });
  return count;
}
