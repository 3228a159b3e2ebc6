import { expect, test } from 'vitest';
import type { ColumnFacts } from '../../db/kit/columns.ts';
import type { AnyTable } from '../../db/kit/define-table.ts';
import { schema, tablesByModule } from '../../db/schema/index.ts';
import { sources } from './sources.ts';

const tables: AnyTable[] = Object.values(schema);

test('writes stay at home: a module inserts, updates and removes only rows of its own tables', () => {
  const home = new Map(
    Object.entries(tablesByModule).flatMap(([module, own]) =>
      Object.keys(own).map(name => [name, module] as const),
    ),
  );
  const wrong = sources('main/modules').flatMap(source => {
    const own = source.file.split('/')[2] ?? '';
    return [...source.text.matchAll(/ctx\.(?:insert|update|remove)\(\s*(?:schema\.|t\.)?(\w+)/g)]
      .filter(([, table = '']) => home.has(table) && home.get(table) !== own)
      .map(([, table]) => `${source.file} writes ${table} of ${home.get(table ?? '')}`);
  });
  expect(wrong).toEqual([]);
});

test('raw statements of modules only read', () => {
  const wrong = sources('main/modules').flatMap(s =>
    [...s.text.matchAll(/sql\.(?:all|get|iterate)(?:<[^(]*>)?\(\s*[`'"]\s*(\w+)/g)]
      .filter(([, verb = '']) => !/^(select|with|explain|pragma)$/i.test(verb))
      .map(([, verb]) => `${s.file}: ${verb}`),
  );
  expect(wrong).toEqual([]);
});

test('names: tables plural snake_case, units end the name, flags say is_, has_, can_ or must_', () => {
  const columns = tables.flatMap(def =>
    Object.entries<ColumnFacts>(def.columns).map(([key, column]) => ({
      at: `${def.name}.${key}`,
      key,
      column,
    })),
  );
  expect(
    tables
      .map(d => d.name)
      .filter(name => !/^[a-z][a-z0-9_]*s$|_access$|_history$|_of_measure$|_branding$/.test(name)),
  ).toEqual([]);
  expect(
    columns.filter(c => c.column.kind === 'instant' && !/(^|_)(at|until)_ms$/.test(c.key)).map(c => c.at),
  ).toEqual([]);
  expect(columns.filter(c => c.column.kind === 'day' && !c.key.endsWith('_on')).map(c => c.at)).toEqual([]);
  expect(columns.filter(c => c.column.kind === 'quantity' && !c.key.endsWith('_e6')).map(c => c.at)).toEqual(
    [],
  );
  expect(columns.filter(c => c.column.kind === 'percent' && !c.key.endsWith('_e4')).map(c => c.at)).toEqual(
    [],
  );
  const flags = columns.filter(
    c =>
      c.column.kind === 'boolean' &&
      !/^(is|has|can|must|needs)_|^(backflush|success|quantities_verified)$/.test(c.key),
  );
  expect(flags.map(c => c.at)).toEqual([]);
});

test('every reference points at a table', () => {
  const names = new Set(tables.map(d => d.name));
  const dangling = tables.flatMap(def =>
    Object.entries<ColumnFacts>(def.columns)
      .filter(([, c]) => c.refers_to && !names.has(c.refers_to.table))
      .map(([key]) => `${def.name}.${key}`),
  );
  expect(dangling).toEqual([]);
});

const referencesOf = (def: AnyTable) =>
  Object.entries<ColumnFacts>(def.columns).flatMap(([key, c]) =>
    c.refers_to ? [{ key, required: c.required, table: c.refers_to.table }] : [],
  );
const named = (name: string): AnyTable | undefined => tables.find(d => d.name === name);

test('no circle of required references: some order inserts parents first', () => {
  const placed = new Set<string>();
  const placeable = (def: AnyTable) =>
    referencesOf(def).every(r => !r.required || placed.has(r.table) || r.table === def.name);
  for (const _ of tables) for (const def of tables.filter(placeable)) placed.add(def.name);
  expect(tables.map(d => d.name).filter(name => !placed.has(name))).toEqual([]);
});

test('a station that keeps a row keeps its parents: the scope of a table contains the scope of its parents', () => {
  const wrong = tables.flatMap(def =>
    referencesOf(def)
      .filter(({ table }) => {
        const parent = named(table)?.sync;
        if (!parent || def.sync.kind === 'local_only') return false;
        const narrower = parent.to === 'plant' && def.sync.to !== 'plant';
        const shorter = (parent.window_days ?? Infinity) < (def.sync.window_days ?? Infinity);
        return narrower || shorter || parent.kind === 'local_only';
      })
      .map(({ key, table }) => `${def.name}.${key} -> ${table}`),
  );
  expect(wrong).toEqual([]);
});

test('a table divided at the centre is only added to, nothing refers to it, and no key is without its id', () => {
  const divided = tables.filter(def => def.partitions);
  const referred = new Set(tables.flatMap(def => referencesOf(def).map(r => r.table)));
  expect(divided.length).toBeGreaterThan(0);
  expect(
    divided
      .filter(def => def.sync.kind !== 'append_only' || referred.has(def.name) || def.unique.length > 0)
      .map(def => def.name),
  ).toEqual([]);
});

test('every table of plant scope names its plant, every whole document its root', () => {
  const wrong = tables.filter(def => {
    const by = def.plant_by;
    const hasPlant =
      by === undefined ||
      ('column' in by
        ? 'plant_id' in def.columns
        : by.through in def.columns && named(by.table)?.sync.to === 'plant');
    const isDocument = def.sync.kind === 'two_way' && def.sync.conflict === 'whole_document';
    const root = def.document?.root_id;
    return (
      !hasPlant ||
      (def.sync.to === 'plant') !== (by !== undefined) ||
      isDocument !== (root !== undefined) ||
      (root !== undefined && !(root in def.columns))
    );
  });
  expect(wrong.map(d => d.name)).toEqual([]);
});
