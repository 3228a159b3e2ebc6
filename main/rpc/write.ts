import type { ColumnFacts } from '../../db/kit/columns.ts';
import type { AnyTable, InsertOf, PatchOf, RowOf } from '../../db/kit/define-table.ts';
import { decodeRow, encode } from '../../db/sqlite/codec.ts';
import type { Sqlite } from '../../db/sqlite/open.ts';
import { refuse } from './refusal.ts';

export interface Author {
  organization_id: number;
  user_id: string;
  now_ms: number;
  newId(): string;
}
const CHANGED = ['row_version', 'updated_at_ms', 'updated_by'];

/** Insert, update and remove for any defined table, with cached statements. */
export function createWriter(db: Sqlite) {
  const statements = new Map<string, ReturnType<Sqlite['prepare']>>();
  const prepared = (sql: string) => {
    const held = statements.get(sql) ?? db.prepare(sql);
    statements.set(sql, held);
    return held;
  };
  const columns = (def: AnyTable): [string, ColumnFacts][] => Object.entries<ColumnFacts>(def.columns);
  const rowById = (def: AnyTable, id: string) =>
    prepared(`select * from "${def.name}" where id = ?`).get(id) as Record<string, unknown> | undefined;

  function checked(def: AnyTable, row: Record<string, unknown>): Record<string, unknown> {
    const parsed = def.row.safeParse(row);
    if (parsed.success) return row;
    const issue = parsed.error.issues[0];
    return refuse('value_not_valid', {
      table: def.name,
      field: issue?.path.join('.') ?? '',
      reason: issue?.message ?? '',
    });
  }
  function checkKeys(def: AnyTable, row: Record<string, unknown>): void {
    for (const keys of def.unique as readonly (readonly string[])[]) {
      const where = keys.map(k => `"${k}" is ?`).join(' and ');
      const values = keys.map(k => encode(def.columns[k] as ColumnFacts, row[k]));
      const other = prepared(
        `select id from "${def.name}" where organization_id = ? and ${where} and id <> ? limit 1`,
      ).get(row.organization_id, ...values, row.id);
      if (other)
        refuse('already_exists', {
          table: def.name,
          fields: keys.join(', '),
          value: keys.map(k => String(row[k] ?? '')).join(' '),
        });
    }
  }

  return {
    insert<D extends AnyTable>(def: D, values: InsertOf<D>, by: Author): RowOf<D> {
      const given: Record<string, unknown> = { ...values };
      const standard: Record<string, unknown> = {
        id: given.id ?? by.newId(),
        organization_id: def.sync.to === 'shared' ? 0 : by.organization_id,
        row_version: 1,
        created_at_ms: by.now_ms,
        created_by: by.user_id,
        updated_at_ms: by.now_ms,
        updated_by: by.user_id,
      };
      const row = Object.fromEntries(
        columns(def).map(([key, c]) => [
          key,
          standard[key] ?? given[key] ?? (c.has_default ? c.default_value : null),
        ]),
      );
      checked(def, row);
      checkKeys(def, row);
      const names = Object.keys(row);
      prepared(
        `insert into "${def.name}" (${names.map(n => `"${n}"`).join(', ')}) values (${names.map(() => '?').join(', ')})`,
      ).run(...names.map(n => encode(def.columns[n] as ColumnFacts, row[n])));
      return row as RowOf<D>;
    },

    update<D extends AnyTable>(
      def: D,
      id: string,
      patch: PatchOf<D>,
      by: Author,
      expected_version?: number,
    ): RowOf<D> {
      const stored = rowById(def, id);
      if (!stored || (stored.organization_id !== by.organization_id && def.sync.to !== 'shared'))
        return refuse('row_not_found', { table: def.name, id });
      const before = decodeRow(def, stored);
      if (expected_version !== undefined && before.row_version !== expected_version) {
        refuse('row_changed', { table: def.name, id, yours: expected_version, current: before.row_version });
      }
      const given = Object.fromEntries(Object.entries(patch).filter(([, v]) => v !== undefined));
      const row: Record<string, unknown> = {
        ...before,
        ...given,
        row_version: Number(before.row_version) + 1,
        updated_at_ms: by.now_ms,
        updated_by: by.user_id,
      };
      checked(def, row);
      if ((def.unique as readonly (readonly string[])[]).some(keys => keys.some(k => k in given)))
        checkKeys(def, row);
      const names = [...Object.keys(given), ...CHANGED];
      prepared(`update "${def.name}" set ${names.map(n => `"${n}" = ?`).join(', ')} where id = ?`).run(
        ...names.map(n => encode(def.columns[n] as ColumnFacts, row[n])),
        id,
      );
      return row as RowOf<D>;
    },

    remove(def: AnyTable, id: string): void {
      const { changes } = prepared(`delete from "${def.name}" where id = ?`).run(id);
      if (changes === 0) refuse('row_not_found', { table: def.name, id });
    },
  };
}
export type Writer = ReturnType<typeof createWriter>;
