import { expect, test } from 'vitest';
import { type Cell, parseCell } from '../../../main/modules/imports/cell-values.rules.ts';
import type { ImportField } from '../../../main/modules/imports/import-kind.ts';

const field = (kind: ImportField['kind']): ImportField => ({ key: 'field', kind, example: '' });
/** The value, or the code of the problem. */
function parsed(kind: ImportField['kind'], cell: Cell, may_group_by_point = false): unknown {
  const found = parseCell(field(kind), cell, new Map(), may_group_by_point);
  return 'code' in found ? found.code : found.value;
}

test('quantities with the marks of English, French and Spanish; what could be either is not guessed', () => {
  const seen = (written: string, byPoint = false) => parsed('quantity', written, byPoint);
  expect(seen('1234.5')).toBe(1_234_500_000);
  expect(seen('1,234.5')).toBe(1_234_500_000);
  expect(seen('1 234,5')).toBe(1_234_500_000);
  expect(seen('1\u202f234,5')).toBe(1_234_500_000);
  expect(seen('1.234,5')).toBe(1_234_500_000);
  expect(seen('1.234.567')).toBe(1_234_567_000_000);
  expect(seen('1,234,567')).toBe(1_234_567_000_000);
  expect(seen('-12.345,67')).toBe(-12_345_670_000);
  expect(seen('0,125')).toBe(125_000);
  expect(seen('0.125', true)).toBe(125_000);
  expect(seen('1,2340')).toBe(1_234_000);
  expect(seen('1.2340', true)).toBe(1_234_000);
  expect(seen('1,234')).toBe('number_ambiguous');
  expect(seen('1.234')).toBe(1_234_000);
  expect(seen('1.234', true)).toBe('number_ambiguous');
  for (const wrong of ['1.2.3', '1,2,3', '1,23.4,5', '1..2', 'one', '1e5', '--1'])
    expect([wrong, seen(wrong)]).toEqual([wrong, 'not_a_number']);
});

test('days as days, as texts and as the serials that are left when a cell loses its format', () => {
  const seen = (cell: Cell) => parsed('day', cell);
  const march = '2027-03-01';
  for (const cell of [
    march,
    '2027/03/01',
    '2027-03-01 00:00:00',
    '2027-03-01T00:00:00.000Z',
    46_447,
    '46447',
    46_447.75,
    new Date('2027-03-01T00:00:00Z'),
    new Date('2027-03-01T18:00:00Z'),
    // A serial that misses midnight by a rounding.
    new Date('2027-02-28T23:59:59.999Z'),
  ])
    expect([cell, seen(cell)]).toEqual([cell, march]);
  for (const wrong of ['03/01/2027', '1.3.2027', '2027-02-29', 20_270_301, 7, true, new Date(Number.NaN)])
    expect([wrong, seen(wrong)]).toEqual([wrong, 'not_a_day']);
});
