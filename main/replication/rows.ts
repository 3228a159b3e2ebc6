import type { ColumnFacts } from '../../db/kit/columns.ts';
import type { AnyTable } from '../../db/kit/define-table.ts';
import { decodeRow, encode } from '../../db/sqlite/codec.ts';
import type { Sqlite } from '../../db/sqlite/open.ts';
import { canonical } from '../platform/canonical.ts';
import type { Row } from '../platform/row-changes.ts';

type Statement = ReturnType<Sqlite['prepare']>;
/** Rows as they travel: all columns but the organization. */
export interface RowStore {
  readonly def: AnyTable;
  read(id: string): Row | null;
  /** Inserts or replaces; an append-only row that is here already stays as it is. */
  write(row: Row): void;
  remove(id: string): void;
  version(id: string): number | null;
  /** Checks a row from the centre against the definition. Columns that this version does not know are left out. */
  parse(row: Row): { row: Row } | { reason: string };
}

/** One accessor per replicated table. Writing is only possible while the replicator applies. */
export function createRowStores(
  db: Sqlite,
  tables: readonly AnyTable[],
  organization_id: number,
): Map<string, RowStore> {
  return new Map(
    tables
      .filter(def => def.sync.kind !== 'local_only')
      .map(def => [def.name, rowStore(db, def, organization_id)]),
  );
}

function rowStore(db: Sqlite, def: AnyTable, organization_id: number): RowStore {
  const columns = Object.entries<ColumnFacts>(def.columns);
  const names = columns.map(([key]) => key);
  const own = def.sync.to === 'shared' ? 0 : organization_id;
  const is_append_only = def.sync.kind === 'append_only';
  const lazy = (sql: string): (() => Statement) => {
    let held: Statement | undefined;
    return () => {
      held ??= db.prepare(sql);
      return held;
    };
  };
  const select = lazy(`select * from "${def.name}" where id = ?`);
  const version = lazy(`select row_version from "${def.name}" where id = ?`);
  const remove = lazy(`delete from "${def.name}" where id = ?`);
  const replaced = names.filter(key => key !== 'id').map(key => `"${key}" = excluded."${key}"`);
  const upsert = lazy(
    `insert into "${def.name}" (${names.map(key => `"${key}"`).join(', ')}) values (${names.map(() => '?').join(', ')})
     on conflict (id) do ${is_append_only ? 'nothing' : `update set ${replaced.join(', ')}`}`,
  );
  return {
    def,
    read(id) {
      const stored = select().get(id) as Row | undefined;
      if (!stored) return null;
      const { organization_id: _, ...row } = decodeRow(def, stored);
      return row;
    },
    write(row) {
      upsert().run(columns.map(([key, c]) => (key === 'organization_id' ? own : stored(c, row[key]))));
    },
    remove(id) {
      if (is_append_only) withoutGuard(db, def.name, () => remove().run(id));
      else remove().run(id);
    },
    version(id) {
      const held = version().get(id) as { row_version: number } | undefined;
      return held ? held.row_version : null;
    },
    parse(row) {
      const whole: Row = { organization_id: own };
      for (const [key, c] of columns)
        if (key !== 'organization_id')
          whole[key] = key in row ? row[key] : c.has_default ? c.default_value : null;
      const parsed = def.row.safeParse(whole);
      if (parsed.success) return { row: whole };
      const issue = parsed.error.issues[0];
      return { reason: `${issue?.path.join('.')}: ${issue?.message}` };
    },
  };
}

/** JSON in one canonical text, whatever order it came in: the hash of an audit row covers its text. */
const stored = (column: ColumnFacts, value: unknown): unknown =>
  column.kind === 'json' && value !== null && value !== undefined ? canonical(value) : encode(column, value);

/** Nobody deletes an append-only row, except the replicator when the row leaves this station's scope. */
function withoutGuard(db: Sqlite, table: string, run: () => void): void {
  const guard = db
    .prepare<[string], { sql: string }>("select sql from sqlite_master where type = 'trigger' and name = ?")
    .get(`append_only_${table}_delete`);
  db.exec(`drop trigger if exists "append_only_${table}_delete"`);
  run();
  if (guard) db.exec(guard.sql);
}
