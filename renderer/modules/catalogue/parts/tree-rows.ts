/** Rows with levels from 1 in tree order, as the tree grid wants them: numbered, each knowing its parent. */
export function withParents<R extends { level: number }>(
  rows: readonly R[],
): (R & { row_no: number; parent_row_no: number | null })[] {
  const open: number[] = [];
  return rows.map((row, index) => {
    const depth = row.level - 1;
    open.length = depth;
    const parent_row_no = open.findLast(at => at !== undefined) ?? null;
    open[depth] = index + 1;
    return { ...row, level: depth, row_no: index + 1, parent_row_no: depth === 0 ? null : parent_row_no };
  });
}
