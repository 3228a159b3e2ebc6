import type { Row } from '../platform/row-changes.ts';

/** What all of several rows say, and what each of them says besides: `{ ...same, ...row }` is the row again. */
export function inCommon(rows: readonly Row[]): { same: Row; rows: Row[] } {
  const [first = {}] = rows;
  const isSame = (key: string): boolean => {
    const value = first[key];
    if (typeof value !== 'object' || value === null) return rows.every(row => row[key] === value);
    const text = JSON.stringify(value);
    return rows.every(row => JSON.stringify(row[key]) === text);
  };
  const common = new Set(Object.keys(first).filter(isSame));
  const part = (row: Row, of_all: boolean): Row =>
    Object.fromEntries(Object.entries(row).filter(([key]) => common.has(key) === of_all));
  return { same: part(first, true), rows: rows.map(row => part(row, false)) };
}
