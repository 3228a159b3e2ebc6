import { expect, test } from 'vitest';
import {
  countOf,
  EVERYTHING,
  NOTHING,
  selectionTest,
  toggled,
} from '../../../renderer/ui/selection.rules.ts';

const seen = (selection: typeof NOTHING) => ['a', 'b', 'c'].filter(selectionTest(selection)).join('');

test('rows are chosen one by one and given up again', () => {
  const two = toggled(toggled(NOTHING, 'a'), 'c');
  expect([seen(two), countOf(two, 3)]).toEqual(['ac', 2]);
  expect(toggled(toggled(two, 'a'), 'c')).toEqual(NOTHING);
});

test('everything but a few counts rows that were never loaded', () => {
  const most = toggled(EVERYTHING, 'b');
  expect([seen(most), countOf(most, 100_000)]).toEqual(['ac', 99_999]);
  expect(toggled(most, 'b')).toEqual(EVERYTHING);
  expect(countOf(most, 0)).toBe(0);
});
