import type { AnyTable } from '../../db/kit/define-table.ts';
import { referencesOf } from '../../db/kit/parents-first.ts';
import type { Sqlite } from '../../db/sqlite/open.ts';
import type { UnitMeta as AuditMeta, ChainPlaces } from '../platform/audit-trail.ts';
import { canonical, sha256 } from '../platform/canonical.ts';
import type { RowChange } from '../platform/row-changes.ts';
import type { Journal } from '../rpc/units.ts';
import { referencesFollow, unitChangeOf } from './rebase.rules.ts';
import type { State } from './state.ts';
import type { UnitChange, UnitMeta } from './wire.ts';

/** The program itself as an author. */
export const PROGRAM = '00000000-0000-7000-8000-000000000000';

/** Everything of a unit but its number and its audit rows: what the hash covers. */
export const payloadHash = (meta: UnitMeta, changes: readonly UnitChange[]): string =>
  sha256(canonical({ ...meta, changes }));

export interface JournalParts {
  db: Sqlite;
  state: State;
  tables: readonly AnyTable[];
  schema_version: number;
  /** Called after a command whose changes wait for the centre. */
  onKept(): void;
}

/** Writes a command's changes down for the centre, inside the command's transaction. A station that stands alone keeps none. */
export function createJournal({ db, state, tables, schema_version, onKept }: JournalParts): Journal & {
  /** Runs the replicator's own writes: they are not changes of this station. */
  applying<T>(write: () => T): T;
} {
  const insertUnit = db.prepare(
    'insert into sync_units (unit_id, meta, payload_hash, audit_from, audit_to) values (?, ?, ?, ?, ?)',
  );
  const completeUnit = db.prepare('update sync_units set meta = ?, payload_hash = ? where n = ?');
  const insertChange = db.prepare(
    'insert into sync_unit_changes (n, change_no, table_name, row_id, op, base_version, base, patch) values (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const insertShadow = db.prepare(
    'insert into sync_shadow (table_name, row_id, central, central_version) values (?, ?, ?, ?) on conflict do nothing',
  );
  const optional = new Map(
    tables.map(def => [def.name, referencesOf(def).flatMap(r => (r.required ? [] : [r.column]))]),
  );
  const ahead = db.prepare<
    { table: string; row_id: string; applied_n: number },
    { central_version: number | null; changes: number }
  >(
    `select central_version, (select count(*) from sync_unit_changes c where c.row_id = s.row_id and c.table_name = s.table_name and c.n > @applied_n) as changes
     from sync_shadow s where s.table_name = @table and s.row_id = @row_id`,
  );
  /** The version the row will have at the centre once everything before this command is there: a command counts once there, however often it wrote the row here. */
  const versionSeen = ({ table, row_id, before }: RowChange): number | null => {
    if (!before) return null;
    const held = ahead.get({ table, row_id, applied_n: state.facts.applied_n });
    return held ? (held.central_version ?? 0) + held.changes : Number(before.row_version);
  };
  const text = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));
  let applying = 0;
  let waits = false;

  return {
    get is_applying() {
      return applying > 0;
    },
    applying(write) {
      applying += 1;
      try {
        return write();
      } finally {
        applying -= 1;
      }
    },
    keep(meta: AuditMeta, rows: readonly RowChange[], places: ChainPlaces | null): void {
      if (state.facts.centre === undefined || (rows.length === 0 && places === null)) return;
      const changes = referencesFollow(
        rows.map(row => unitChangeOf(row, versionSeen(row))),
        table => optional.get(table) ?? [],
      );
      const n = Number(
        insertUnit.run(meta.request_id, null, null, places?.first_no, places?.chain_no).lastInsertRowid,
      );
      const unit: UnitMeta = {
        unit_id: meta.request_id,
        schema_version,
        intent: meta.intent,
        actor_id: meta.user_id ?? PROGRAM,
        session_id: meta.session_id,
        reason: meta.reason,
        occurred_at_ms: meta.at_ms,
        clock_offset_ms: state.facts.clock_offset_ms ?? null,
        monotonic_no: n,
        seen_seq: state.facts.cursor_seq,
        audit_head: places && { chain_no: places.chain_no, hash: places.hash },
      };
      completeUnit.run(canonical(unit), payloadHash(unit, changes), n);
      changes.forEach((c, at) => {
        insertChange.run(n, at, c.table, c.id, c.op, c.base_version, text(c.base), text(c.patch));
      });
      for (const { table, row_id, before } of rows)
        insertShadow.run(table, row_id, text(before), before && Number(before.row_version));
      waits = true;
    },
    kept(): void {
      if (!waits) return;
      waits = false;
      onKept();
    },
  };
}
