import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Row } from '../../../main/platform/row-changes.ts';
import { overlay, type PendingChange, unitChangeOf } from '../../../main/replication/rebase.rules.ts';
import '../../support/properties.ts';

const value = fc.option(fc.oneof(fc.string(), fc.integer(), fc.boolean()));
const columns = fc.record({ a: value, b: value, c: value });
const rowOf = (cells: Row, row_version: number): Row => ({
  id: 'r',
  ...cells,
  row_version,
  updated_at_ms: row_version,
  updated_by: 'u',
});

test('nothing waiting: the visible row is the central one', () => {
  fc.assert(
    fc.property(columns, cells => {
      expect(overlay(rowOf(cells, 3), [])).toEqual(rowOf(cells, 3));
    }),
  );
});

test('the changes of commands on top of what they found give what they left, one by one or together', () => {
  fc.assert(
    fc.property(columns, fc.array(columns, { minLength: 1, maxLength: 6 }), (first, versions) => {
      const rows = [first, ...versions].map((cells, at) => rowOf(cells, at + 1));
      const pending: PendingChange[] = rows
        .slice(1)
        .map((after, at) => unitChangeOf({ table: 't', row_id: 'r', before: rows[at] ?? null, after }));
      const central = rows[0] ?? null;
      expect(overlay(central, pending)).toEqual(rows.at(-1));
      const folded = pending.reduce<Row | null>((row, change) => {
        const next = overlay(row, [change]);
        return next === 'keep' ? row : next;
      }, central);
      expect(folded).toEqual(rows.at(-1));
    }),
  );
});

test('columns that a command left alone are not sent, and never hide what others wrote there', () => {
  fc.assert(
    fc.property(columns, value, value, (cells, mine, theirs) => {
      const before = rowOf(cells, 1);
      const change = unitChangeOf({
        table: 't',
        row_id: 'r',
        before,
        after: rowOf({ ...cells, a: mine }, 2),
      });
      expect(Object.keys(change.base ?? {})).toEqual(mine === cells.a ? [] : ['a']);
      expect(overlay({ ...before, b: theirs }, [change])).toMatchObject({ a: mine, b: theirs });
    }),
  );
});

test('a waiting delete hides the row, a change of a row that is gone shows nothing, a joining row stays', () => {
  const row = rowOf({ a: 1 }, 1);
  expect(overlay(row, [{ op: 'D', patch: null }])).toBeNull();
  expect(overlay(null, [{ op: 'U', patch: { a: 2 } }])).toBeNull();
  expect(overlay(null, [{ op: 'J', patch: null }])).toBe('keep');
  expect(
    overlay(row, [
      { op: 'J', patch: null },
      { op: 'U', patch: { a: 2 } },
    ]),
  ).toMatchObject({ a: 2 });
});

test('an added row that is at the centre before its answer is here shows the version of the centre', () => {
  const row = rowOf({ a: 1 }, 1);
  const added: PendingChange = unitChangeOf({ table: 't', row_id: 'r', before: null, after: row });
  expect(overlay(null, [added])).toEqual(row);
  expect(overlay(row, [added])).toEqual(row);
});
