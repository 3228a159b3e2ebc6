import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  boolean,
  type ColumnFacts,
  day,
  instant,
  integer,
  json,
  quantity,
  text,
} from '../../db/kit/columns.ts';
import { addE6, formatE6, multiplyE6, parseQuantity } from '../../db/kit/quantity.ts';
import { decode, encode } from '../../db/sqlite/codec.ts';

const db = new Database(':memory:');
const echo = db.prepare('select ? as value');
const roundTrip = (column: ColumnFacts, value: unknown) =>
  decode(column, (echo.get(encode(column, value)) as { value: unknown }).value);

const kinds: [string, ColumnFacts, fc.Arbitrary<unknown>][] = [
  ['text', text(), fc.string({ unit: 'grapheme' }).filter(s => !s.includes('\0'))],
  ['integer', integer(), fc.integer()],
  ['quantity', quantity(), fc.maxSafeNat()],
  ['boolean', boolean(), fc.boolean()],
  ['instant', instant(), fc.integer({ min: -8.64e15, max: 8.64e15 })],
  [
    'day',
    day(),
    fc
      .date({ min: new Date('1970-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
      .map(d => d.toISOString().slice(0, 10)),
  ],
  ['json', json(z.unknown()), fc.jsonValue().filter(v => !JSON.stringify(v).includes('-0'))],
];
test.each(kinds)('%s comes back from SQLite as it went in', (_kind, column, values) => {
  fc.assert(fc.property(values, value => void expect(roundTrip(column, value)).toEqual(value)));
});

test('quantities: text and millionths agree, sums and products are exact', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e12 }), e6 => void expect(parseQuantity(formatE6(e6))).toBe(e6)),
  );
  fc.assert(
    fc.property(fc.nat(1e9), fc.nat(8e6), (a, b) => void expect(multiplyE6(a * 1000, b * 1000)).toBe(a * b)),
  );
  expect(parseQuantity('2,5')).toBe(2_500_000);
  expect(parseQuantity('1 234.5')).toBe(1_234_500_000);
  expect(() => parseQuantity('1.0000001')).toThrow('quantity_too_precise');
  expect(() => parseQuantity('12 pieces')).toThrow('quantity_not_a_number');
  expect(() => multiplyE6(9e15, 2_000_000)).toThrow('quantity_out_of_range');
  expect(() => addE6(Number.MAX_SAFE_INTEGER, 1)).toThrow('quantity_out_of_range');
});
