import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inCommon } from '../../../main/replication/in-common.rules.ts';

const value = fc.oneof(
  fc.constantFrom(null, true, 0, 1, '', 'x', '__proto__'),
  fc.constantFrom([1, 2], [], { en: 'Key', fr: null }, { en: 'Key' }),
);
const row = fc.dictionary(fc.constantFrom('id', 'name', 'names', 'note', 'toString'), value);

test('every row is had again from what all say and its own, and nothing goes twice', () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), rows => {
      const { same, rows: own } = inCommon(rows);
      expect(own.map(more => ({ ...same, ...more }))).toEqual(rows.map(one => ({ ...one })));
      for (const more of own)
        for (const key of Object.keys(more)) expect(Object.keys(same)).not.toContain(key);
      for (const key of Object.keys(rows[0] ?? {}))
        if (rows.every(one => JSON.stringify(one[key]) === JSON.stringify(rows[0]?.[key])))
          expect(same).toHaveProperty(key);
    }),
  );
});
