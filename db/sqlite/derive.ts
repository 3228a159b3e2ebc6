import { type BuildColumns, sql } from 'drizzle-orm';
import * as s from 'drizzle-orm/sqlite-core';
import type { Column, ColumnFacts, Kind } from '../kit/columns.ts';
import type { AnyTable, Standard, TableDef } from '../kit/define-table.ts';

type Builder<K extends string, C> =
  C extends Column<infer D, infer R, infer H>
    ? s.SQLiteColumnBuilderBase<
        {
          name: K;
          dataType: 'custom';
          columnType: 'SQLiteText';
          data: D;
          driverParam: unknown;
          enumValues: undefined;
        },
        { notNull: R; hasDefault: H }
      >
    : never;
export type SqliteTable<D> =
  D extends TableDef<infer N, infer C>
    ? s.SQLiteTableWithColumns<{
        name: N;
        schema: undefined;
        dialect: 'sqlite';
        columns: BuildColumns<
          N,
          { [K in keyof (Standard<N> & C) & string]: Builder<K, (Standard<N> & C)[K]> },
          'sqlite'
        >;
      }>
    : never;

const make: Record<Kind, (c: ColumnFacts) => s.SQLiteColumnBuilderBase> = {
  id: () => s.text(),
  text: c => (c.choices ? s.text({ enum: [c.choices[0] ?? '', ...c.choices.slice(1)] }) : s.text()),
  integer: () => s.integer(),
  quantity: () => s.integer(),
  percent: () => s.integer(),
  boolean: () => s.integer({ mode: 'boolean' }),
  instant: () => s.integer(),
  day: () => s.text(),
  json: () => s.text({ mode: 'json' }),
};

/** Drizzle tables of SQLite from the neutral definitions. Business keys are plain indexes here: an arriving central row must never be refused because of a local draft. */
export function sqliteTables<D extends Record<string, AnyTable>>(
  defs: D,
): { [K in keyof D]: SqliteTable<D[K]> } {
  // biome-ignore lint/suspicious/noExplicitAny: drizzle's builders are typed per literal table; the public type above is exact
  const built: Record<string, any> = {};
  for (const def of Object.values(defs)) {
    built[def.name] = s.sqliteTable(def.name, columnsOf(def, built), t => {
      const on = (keys: readonly string[]) =>
        keys.map(k => t[k]) as unknown as [s.SQLiteColumn, ...s.SQLiteColumn[]];
      return [
        ...def.indexes.map((keys: readonly string[]) =>
          s.index(`${def.name}_${keys.join('_')}_index`).on(...on(keys)),
        ),
        ...def.unique.map((keys: readonly string[]) =>
          s.index(`${def.name}_${keys.join('_')}_key`).on(...on(keys)),
        ),
        ...foreignKeyColumns(def).map(key => s.index(`${def.name}_${key}_index`).on(...on([key]))),
        ...Object.entries(def.checks).map(([name, text]) =>
          s.check(`${def.name}_${name}_check`, sql.raw(text as string)),
        ),
      ];
    });
  }
  return built as { [K in keyof D]: SqliteTable<D[K]> };
}

/** Foreign keys without an index that starts with them. */
export function foreignKeyColumns(def: AnyTable): string[] {
  const led = new Set([...def.indexes, ...def.unique].map((keys: readonly string[]) => keys[0]));
  return Object.entries<ColumnFacts>(def.columns)
    .filter(([key, c]) => c.refers_to && !led.has(key))
    .map(([key]) => key);
}

// biome-ignore lint/suspicious/noExplicitAny: as above
function columnsOf(def: AnyTable, built: Record<string, any>) {
  return Object.fromEntries(
    Object.entries<ColumnFacts>(def.columns).map(([key, c]) => {
      // biome-ignore lint/suspicious/noExplicitAny: as above
      let b: any = make[c.kind](c);
      if (key === 'id') b = b.primaryKey();
      if (c.required) b = b.notNull();
      if (c.has_default) b = b.default(c.default_value);
      const target = c.refers_to;
      if (target) b = b.references(() => built[target.table].id, { onDelete: target.on_delete });
      return [key, b];
    }),
  );
}
