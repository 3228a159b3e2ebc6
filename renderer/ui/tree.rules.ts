/** A tree as flat rows in display order: parents before children, `level` one more than the parent's. */
export interface TreeShape {
  row_no: number;
  level: number;
  parent_row_no: number | null;
}

export function parentsOf(rows: readonly TreeShape[]): Set<number> {
  const parents = new Set<number>();
  for (const row of rows) if (row.parent_row_no !== null) parents.add(row.parent_row_no);
  return parents;
}

/** The rows below only open parents. One pass: a closed row hides everything deeper until its level returns. */
export function openRows<R extends TreeShape>(rows: readonly R[], isOpen: (row_no: number) => boolean): R[] {
  const shown: R[] = [];
  let hiddenBelow = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    if (row.level > hiddenBelow) continue;
    shown.push(row);
    hiddenBelow = isOpen(row.row_no) ? Number.POSITIVE_INFINITY : row.level;
  }
  return shown;
}

/** Matching rows with all their ancestors; closed branches do not hide a match. */
export function matchingRows<R extends TreeShape>(rows: readonly R[], matches: (row: R) => boolean): R[] {
  const kept = new Set<number>();
  const path: R[] = [];
  for (const row of rows) {
    while (path.length > 0 && (path.at(-1)?.level ?? 0) >= row.level) path.pop();
    path.push(row);
    if (matches(row)) for (const one of path) kept.add(one.row_no);
  }
  return rows.filter(row => kept.has(row.row_no));
}

/** All rows open or all closed, but for some: rows that arrive later follow the same wish. */
export interface Openness {
  all: boolean;
  except: ReadonlySet<number>;
}
export const isOpenIn = ({ all, except }: Openness, row_no: number): boolean => except.has(row_no) !== all;
export function withOpen(openness: Openness, row_no: number, isOpen: boolean): Openness {
  const except = new Set(openness.except);
  if (isOpen === openness.all) except.delete(row_no);
  else except.add(row_no);
  return { all: openness.all, except };
}

/** The next row, after the cursor and round to the start, whose text begins with or else holds what was typed. */
export function findTyped<R>(
  rows: readonly R[],
  cursor: number,
  typed: string,
  textOf: (row: R) => string,
): number {
  const wanted = typed.toLocaleLowerCase();
  // One letter looks on from the next row, more letters stay while they still fit.
  const start = typed.length > 1 ? cursor : cursor + 1;
  const at = (test: (text: string) => boolean) => {
    for (let step = 0; step < rows.length; step++) {
      const index = (start + step) % rows.length;
      const row = rows[index];
      if (row !== undefined && test(textOf(row).toLocaleLowerCase())) return index;
    }
    return -1;
  };
  const beginning = at(text => text.startsWith(wanted));
  return beginning >= 0 ? beginning : at(text => text.includes(wanted));
}
