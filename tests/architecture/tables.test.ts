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
    tables.map(d => d.name).filter(name => !/^[a-z][a-z0-9_]*s$|_access$|_history$|_of_measure$/.test(name)),
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
