import type { ColumnFacts } from '../../db/kit/columns.ts';
import type { AnyTable } from '../../db/kit/define-table.ts';
import { SEALED_BY } from '../../db/sqlite/capture.ts';
import { decodeRow, encode } from '../../db/sqlite/codec.ts';
import type { Sqlite } from '../../db/sqlite/open.ts';
import { canonical } from '../platform/canonical.ts';
import type { Row } from '../platform/row-changes.ts';
import { rowCheck } from './row-check.rules.ts';

type Statement = ReturnType<Sqlite['prepare']>;
/** Rows as they travel: all columns but the organization. */
export interface RowStore {
  readonly def: AnyTable;
  read(id: string): Row | null;
  /** A row as SQLite keeps it, as it travels. */
  decode(stored: Row): Row;
  /** Inserts or replaces; an append-only row that is here already stays as it is. */
  write(row: Row): void;
  /** The same, unless a newer version is here. */
  writeUnlessOlder(row: Row): void;
  remove(id: string): void;
  removeAll(ids: readonly string[]): void;
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
  const is_sealed = def.sync.kind === 'sealed';
  const lazy = (sql: string): (() => Statement) => {
    let held: Statement | undefined;
    return () => {
      held ??= db.prepare(sql);
      return held;
    };
  };
  const select = lazy(`select * from "${def.name}" where id = ?`);
  const heldVersion = lazy(`select row_version from "${def.name}" where id = ?`);
  const remove = lazy(`delete from "${def.name}" where id = ?`);
  const replaced = names.filter(key => key !== 'id').map(key => `"${key}" = excluded."${key}"`);
  const upsertSql = `insert into "${def.name}" (${names.map(key => `"${key}"`).join(', ')}) values (${names.map(() => '?').join(', ')})
     on conflict (id) do ${is_append_only ? 'nothing' : `update set ${replaced.join(', ')}`}`;
  const upsert = lazy(upsertSql);
  const upsertUnlessOlder = lazy(
    is_append_only ? upsertSql : `${upsertSql} where excluded.row_version >= "${def.name}".row_version`,
  );
  const setVersion = lazy(`update "${def.name}" set row_version = ? where id = ?`);
  const isSurelyTaken = rowCheck(def);
  const decode = (stored: Row): Row => {
    const { organization_id: _, ...row } = decodeRow(def, stored);
    return row;
  };
  const read = (id: string): Row | null => {
    const stored = select().get(id) as Row | undefined;
    return stored ? decode(stored) : null;
  };
  const values = (row: Row): unknown[] => {
    const list: unknown[] = [];
    for (const [key, c] of columns)
      list.push(key === 'organization_id' ? own : stored(c, valueFor(row, key, c)));
    return list;
  };
  const put = (row: Row): void => void upsert().run(values(row));
  const version = (id: string): number | null => {
    const held = heldVersion().get(id) as { row_version: number } | undefined;
    return held ? held.row_version : null;
  };
  function writeUnlessOlder(row: Row): void {
    if (!is_sealed) upsertUnlessOlder().run(values(row));
    else if ((version(String(row.id)) ?? 0) <= Number(row.row_version)) putSealed(row);
  }
  /** A signed row of this station that comes back is the same but for its version; another one was signed first elsewhere. */
  function putSealed(row: Row): void {
    const held = read(String(row.id));
    if (held?.[SEALED_BY] === null || held === null) put(row);
    else if (contentOf(held) === contentOf(row)) setVersion().run([row.row_version, row.id]);
    else withoutGuard(db, `sealed_${def.name}_update`, () => put(row));
  }
  function removeAll(ids: readonly string[]): void {
    const run = () => {
      for (const id of ids) remove().run(id);
    };
    if (is_append_only) withoutGuard(db, `append_only_${def.name}_delete`, run);
    else if (is_sealed) withoutGuard(db, `sealed_${def.name}_delete`, run);
    else run();
  }
  return {
    def,
    read,
    decode,
    write: is_sealed ? putSealed : put,
    writeUnlessOlder,
    remove: id => removeAll([id]),
    removeAll,
    parse(row) {
      if (isSurelyTaken(row)) return { row };
      const whole: Row = { organization_id: own };
      for (const [key, c] of columns) if (key !== 'organization_id') whole[key] = valueFor(row, key, c);
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

/** A row that was written down before a column was added has its default there. */
const valueFor = (row: Row, key: string, column: ColumnFacts): unknown => {
  const held = row[key];
  return held !== undefined ? held : column.has_default ? column.default_value : null;
};

function contentOf({ row_version, organization_id, ...row }: Row): string {
  return canonical(row);
}

/**
 * Nobody deletes an append-only row or changes a signed one, except the replicator: when the row leaves this
 * station's scope, or when the centre holds another one.
 */
function withoutGuard(db: Sqlite, name: string, run: () => void): void {
  const guard = db
    .prepare<[string], { sql: string }>("select sql from sqlite_master where type = 'trigger' and name = ?")
    .get(name);
  db.exec(`drop trigger if exists "${name}"`);
  run();
  if (guard) db.exec(guard.sql);
}
