import { describe, expect, it } from 'vitest';
import {
  cursorAfter,
  isHidden,
  movedColumn,
  NO_CHOICE,
  nextSort,
  orderedColumns,
  sortRows,
  toTsv,
} from '../../../renderer/ui/grid.rules.ts';

const columns = [{ key: 'a' }, { key: 'b' }, { key: 'c', hidden: true }];
const keys = (list: { key: string }[]) => list.map(c => c.key).join('');

describe('columns', () => {
  it('follow the chosen order, drop unknown keys and keep new columns beside their neighbour', () => {
    expect(keys(orderedColumns(columns, NO_CHOICE))).toBe('abc');
    expect(keys(orderedColumns(columns, { ...NO_CHOICE, order: ['c', 'gone', 'a'] }))).toBe('cab');
  });
  it('are hidden as declared unless chosen otherwise', () => {
    const choice = { ...NO_CHOICE, hidden: ['a', 'c'] };
    expect(columns.map(c => isHidden(c, choice))).toEqual([true, false, false]);
  });
  it('move by one and stop at the ends', () => {
    expect(movedColumn(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b']);
    expect(movedColumn(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c']);
  });
});

describe('sorting', () => {
  it('turns round on the second click', () => {
    const once = nextSort(null, 'a');
    expect(once).toEqual({ by: 'a', direction: 'asc' });
    expect(nextSort(once, 'a').direction).toBe('desc');
    expect(nextSort(nextSort(once, 'a'), 'b')).toEqual({ by: 'b', direction: 'asc' });
  });
  it('reads digits in texts as numbers, values as values, and puts empty cells last both ways', () => {
    const texts = ['B-10', '', 'B-9', null, 'b-1'];
    expect(sortRows(texts, t => t, false, 'en')).toEqual(['b-1', 'B-9', 'B-10', '', null]);
    expect(sortRows(texts, t => t, true, 'en')).toEqual(['B-10', 'B-9', 'b-1', '', null]);
    expect(sortRows([10, 9, 100], n => n, false, 'en')).toEqual([9, 10, 100]);
  });
});

describe('keys', () => {
  it.each([
    ['ArrowDown', 6],
    ['ArrowUp', 4],
    ['PageDown', 9],
    ['PageUp', 0],
    ['Home', 0],
    ['End', 9],
    ['x', undefined],
  ])('%s goes to %s', (key, expected) => {
    expect(cursorAfter(key, 5, 10, 7)).toBe(expected);
  });
});

it('quotes cells that would break a row in a spreadsheet', () => {
  expect(
    toTsv([
      ['a', 1, null],
      ['tab\there', 'two\nlines', 'say "x"'],
    ]),
  ).toBe('a\t1\t\n"tab\there"\t"two\nlines"\t"say ""x"""');
});
