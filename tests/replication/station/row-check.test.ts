import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { ColumnFacts } from '../../../db/kit/columns.ts';
import type { AnyTable } from '../../../db/kit/define-table.ts';
import { schema } from '../../../db/schema/index.ts';
import type { Row } from '../../../main/platform/row-changes.ts';
import { rowCheck } from '../../../main/replication/row-check.rules.ts';
import '../../support/properties.ts';

const replicated: AnyTable[] = Object.values(schema).filter(
  (def: AnyTable) => def.sync.kind !== 'local_only',
);
const columnsOf = (def: AnyTable) =>
  Object.entries<ColumnFacts>(def.columns).filter(([key]) => key !== 'organization_id');
const PAIRS = { category: [null, { code: 'HAND' }], constructor: ['a', 'b'] };
const NAMES = { en: 'Driver', fr: 'Tournevis', es: 'Destornillador' };

function good({ kind, choices, required, zod }: ColumnFacts): fc.Arbitrary<unknown> {
  const values = (): fc.Arbitrary<unknown> => {
    switch (kind) {
      case 'id':
        return fc.uuid({ version: [4, 7] });
      case 'boolean':
        return fc.boolean();
      case 'day':
        return fc.constantFrom('2026-02-28', '2024-02-29');
      case 'json':
        return fc.constantFrom(...[NAMES, PAIRS, {}, [], 'text'].filter(v => zod.safeParse(v).success), null);
      case 'text':
        return choices ? fc.constantFrom(...choices) : fc.constantFrom('', 'Å', 'ten chars.');
      default:
        return fc.constantFrom(...limitsOf(zod).filter(v => zod.safeParse(v).success));
    }
  };
  return required ? values() : fc.option(values(), { nil: null });
}
const limitsOf = (zod: z.ZodType): number[] => {
  const [least, most] = zod instanceof z.ZodNumber ? [zod.minValue ?? 0, zod.maxValue ?? 0] : [0, 0];
  return [least - 1, least, least + 1, most - 1, most, most + 1];
};
const bad = ({ zod }: ColumnFacts): fc.Arbitrary<unknown> => {
  const most = zod instanceof z.ZodString ? (zod.maxLength ?? 0) : 0;
  return fc.oneof(
    fc.constantFrom(...limitsOf(zod), 0.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1, -0),
    fc.constantFrom('x'.repeat(most), 'x'.repeat(most + 1), 'a\0', '\ud800', '2026-02-30', 'toString'),
    fc.constantFrom(null, undefined, true, {}, [], NAMES, PAIRS, { a: [1] }, { a: [1, 2, 3] }, { a: {} }),
    fc.constantFrom({ en: '\ud800' }, { 'a\0': 1 }, { a: [1, { b: ['\ud800'] }] }, { '\ud800': [1, 2] }),
    fc.string(),
  );
};

test.each(replicated.map(def => ({ table: def.name, def })))(
  'what is known of a row of $table at once is what its definition says',
  ({ def }) => {
    const isSurelyTaken = rowCheck(def);
    const takes = (row: Row) => def.row.safeParse({ ...row, organization_id: 1 }).success;
    const rows = fc.record(Object.fromEntries(columnsOf(def).map(([key, c]) => [key, good(c)])));
    const changes = fc
      .constantFrom(...columnsOf(def))
      .chain(([key, c]) => bad(c).map(value => ({ [key]: value })));
    fc.assert(
      fc.property(rows, changes, (row, change) => {
        expect(isSurelyTaken(row)).toBe(takes(row));
        expect(isSurelyTaken({ ...row, ...change })).toBe(takes({ ...row, ...change }));
        expect(isSurelyTaken({ ...row, of_a_newer_version: 1 })).toBe(false);
      }),
      { numRuns: 60 },
    );
  },
);

test('the rows of most tables are known at once', () => {
  const known = replicated.filter(def => {
    const rows = fc.record(Object.fromEntries(columnsOf(def).map(([key, c]) => [key, good(c)])));
    return fc.sample(rows, { numRuns: 20, seed: 1 }).some(rowCheck(def));
  });
  expect(known.length).toBeGreaterThan(replicated.length / 2);
});
