import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findTyped,
  isOpenIn,
  matchingRows,
  type Openness,
  openRows,
  parentsOf,
  withOpen,
} from '../../../renderer/ui/tree.rules.ts';

const row = (row_no: number, level: number, parent_row_no: number | null, name: string) => ({
  row_no,
  level,
  parent_row_no,
  name,
});
/** 1 ( 2 ( 3 ) 4 ) 5 ( 6 ) */
const rows = [
  row(1, 0, null, 'body'),
  row(2, 1, 1, 'kit'),
  row(3, 2, 2, 'screw'),
  row(4, 1, 1, 'leg'),
  row(5, 0, null, 'basin'),
  row(6, 1, 5, 'screw'),
];
const nos = (list: { row_no: number }[]) => list.map(r => r.row_no);

describe('open rows', () => {
  it('hide everything below a closed row, at any depth', () => {
    const shown = (...closed: number[]) => nos(openRows(rows, row_no => !closed.includes(row_no)));
    expect(shown()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(shown(1)).toEqual([1, 5, 6]);
    expect(shown(2)).toEqual([1, 2, 4, 5, 6]);
    expect(nos(openRows(rows, () => false))).toEqual([1, 5]);
  });
  it('follow what was opened and closed, and rows that come later follow the same wish', () => {
    const closed: Openness = { all: false, except: new Set() };
    const opened = withOpen(closed, 1, true);
    const shown = (openness: Openness, list = rows) =>
      nos(openRows(list, row_no => isOpenIn(openness, row_no)));
    expect(shown(opened)).toEqual([1, 2, 4, 5]);
    expect(shown(withOpen(opened, 1, false))).toEqual([1, 5]);
    const later = [...rows, row(7, 0, null, 'panel'), row(8, 1, 7, 'nut')];
    expect(shown(opened, later)).toEqual([1, 2, 4, 5, 7]);
    expect(shown(withOpen({ all: true, except: new Set() }, 5, false), later)).toEqual([1, 2, 3, 4, 5, 7, 8]);
  });
  it('know the parents', () => expect([...parentsOf(rows)]).toEqual([1, 2, 5]));
});

describe('filtering', () => {
  it('keeps the ancestors of a match and nothing else', () => {
    expect(nos(matchingRows(rows, r => r.name === 'screw'))).toEqual([1, 2, 3, 5, 6]);
    expect(nos(matchingRows(rows, r => r.name === 'leg'))).toEqual([1, 4]);
    expect(nos(matchingRows(rows, () => false))).toEqual([]);
  });
  it('shows a parent for each row it shows, in any tree', () => {
    const tree = fc.array(fc.tuple(fc.nat(4), fc.boolean()), { maxLength: 60 }).map(steps => {
      const path: number[] = [];
      return steps.map(([wish, hit], at) => {
        const level = Math.min(wish, path.length);
        path.length = level;
        path.push(at);
        return { row_no: at, level, parent_row_no: level > 0 ? (path[level - 1] ?? null) : null, hit };
      });
    });
    fc.assert(
      fc.property(tree, made => {
        const shown = new Set(nos(matchingRows(made, r => r.hit)));
        for (const r of made) {
          if (r.hit) expect(shown.has(r.row_no)).toBe(true);
          if (shown.has(r.row_no) && r.parent_row_no !== null) expect(shown.has(r.parent_row_no)).toBe(true);
        }
      }),
    );
  });
});

it('finds by typing from the cursor on and round, beginnings first', () => {
  const name = (r: { name: string }) => r.name;
  expect(findTyped(rows, 0, 'b', name)).toBe(4);
  expect(findTyped(rows, 4, 'b', name)).toBe(0);
  expect(findTyped(rows, 2, 'scr', name)).toBe(2);
  expect(findTyped(rows, 2, 's', name)).toBe(5);
  expect(findTyped(rows, 0, 'sin', name)).toBe(4);
  expect(findTyped(rows, 0, 'zz', name)).toBe(-1);
});
