import { sql } from 'drizzle-orm';
import * as p from 'drizzle-orm/pg-core';
import type { ColumnFacts, Kind } from '../kit/columns.ts';
import type { AnyTable } from '../kit/define-table.ts';
import { foreignKeyColumns } from '../sqlite/derive.ts';

const make: Record<Kind, (c: ColumnFacts) => p.PgColumnBuilderBase> = {
  id: () => p.uuid(),
  text: () => p.text(),
  integer: c => (c.is_wide ? p.bigint({ mode: 'number' }) : p.integer()),
  quantity: () => p.bigint({ mode: 'number' }),
  percent: () => p.integer(),
  boolean: () => p.boolean(),
  instant: () => p.bigint({ mode: 'number' }),
  day: () => p.text(),
  json: () => p.jsonb(),
};

/**
 * PostgreSQL twins of the tables, without those that never leave a station: columns, keys, indexes and checks.
 * What depends on the tenant (foreign keys, row security, triggers) is rebuilt after migrating, see `central-objects.ts`.
 */
export function postgresTables(defs: Record<string, AnyTable>): Record<string, p.PgTable> {
  // biome-ignore lint/suspicious/noExplicitAny: drizzle's builders are typed per literal table
  const built: Record<string, any> = {};
  for (const def of Object.values(defs)) {
    if (def.sync.kind === 'local_only') continue;
    built[def.name] = p.pgTable(def.name, columnsOf(def), t => {
      const on = (keys: readonly string[]) => keys.map(k => t[k]) as unknown as [p.PgColumn, ...p.PgColumn[]];
      return [
        // Ids are unique within an organization: seeded rows have the same id in each, and no tenant can block another's.
        p.primaryKey({ name: `${def.name}_pkey`, columns: on(['organization_id', 'id']) }),
        ...def.indexes.map((keys: readonly string[]) =>
          p.index(`${def.name}_${keys.join('_')}_index`).on(...on(keys)),
        ),
        ...def.unique.map((keys: readonly string[]) =>
          p
            .unique(`${def.name}_${keys.join('_')}_key`)
            .on(...on(['organization_id', ...keys]))
            .nullsNotDistinct(),
        ),
        ...foreignKeyColumns(def).map(key => p.index(`${def.name}_${key}_index`).on(...on([key]))),
        ...Object.entries(def.checks).map(([name, text]) =>
          p.check(`${def.name}_${name}_check`, sql.raw(text as string)),
        ),
      ];
    });
  }
  return built;
}

function columnsOf(def: AnyTable) {
  return Object.fromEntries(
    Object.entries<ColumnFacts>(def.columns).map(([key, c]) => {
      // biome-ignore lint/suspicious/noExplicitAny: drizzle's builders are typed per literal table
      let b: any = make[c.kind](c);
      if (c.required) b = b.notNull();
      if (c.has_default) b = b.default(c.default_value);
      return [key, b];
    }),
  );
}
