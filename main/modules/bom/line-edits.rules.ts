import { type ExactE6, multiplyE6, oneE6, roundE6 } from './exact-quantity.rules.ts';

interface Placed {
  row_no: number;
  parent_row_no: number | null;
  quantity_e6: number;
}
/** Totals of the row at `at` and of everything under it, along the whole path and rounded once. Row numbers count from 1 without holes. */
export function branchTotals(
  tree: readonly Placed[],
  at: number,
): { index: number; total_quantity_e6: number }[] {
  const exact = new Map<number, ExactE6>();
  const above = (row_no: number | null): ExactE6 => {
    if (row_no === null) return oneE6;
    const known = exact.get(row_no);
    if (known !== undefined) return known;
    const parent = tree[row_no - 1];
    return parent ? multiplyE6(above(parent.parent_row_no), parent.quantity_e6) : oneE6;
  };
  const totals: { index: number; total_quantity_e6: number }[] = [];
  for (let index = at; index < tree.length; index++) {
    const row = tree[index];
    const isUnder = row && (index === at || (row.parent_row_no !== null && exact.has(row.parent_row_no)));
    if (!isUnder) break;
    const total = multiplyE6(above(row.parent_row_no), row.quantity_e6);
    exact.set(row.row_no, total);
    totals.push({ index, total_quantity_e6: roundE6(total) });
  }
  return totals;
}
