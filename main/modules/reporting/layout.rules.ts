import type { ExportLayout } from '../../../preload/contract/reporting.ts';
import type { Sheet, SheetLine, Stored } from '../../platform/sheet.ts';

const picked = <T>(list: readonly T[], at: readonly number[], otherwise: T): T[] =>
  at.map(i => list[i] ?? otherwise);

/** The sheet with only the chosen columns, in the chosen order and sorted; a tree keeps its own order. */
export function laidOut(sheet: Sheet, layout: ExportLayout | null): Sheet {
  if (layout === null) return sheet;
  const keys = sheet.columns.map(({ key }) => key);
  const at = layout.columns.map(key => keys.indexOf(key)).filter(index => index !== -1);
  const shown = at.length > 0 ? at : [...keys.keys()];
  const sortedBy = layout.sort === null || sheet.has_levels ? -1 : keys.indexOf(layout.sort.column);
  const isDescending = layout.sort?.is_descending ?? false;
  return {
    ...sheet,
    columns: shown.flatMap(index => sheet.columns[index] ?? []),
    *lines() {
      const lines = sortedBy === -1 ? sheet.lines() : sortedLines(sheet, sortedBy, isDescending);
      for (const line of lines)
        yield {
          level: line.level,
          cells: picked<Stored>(line.cells, shown, null),
          decimals: line.decimals.length > 0 ? picked(line.decimals, shown, 0) : line.decimals,
          indents: line.indents.length > 0 ? picked(line.indents, shown, 0) : line.indents,
        };
    },
  };
}

/** Empty cells last in either direction; rows that are equal stay in their order. */
function sortedLines(sheet: Sheet, column: number, isDescending: boolean): SheetLine[] {
  const sign = isDescending ? -1 : 1;
  return [...sheet.lines()].sort((a, b) => {
    const [left, right] = [a.cells[column] ?? null, b.cells[column] ?? null];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * compared(left, right);
  });
}
const compared = (a: string | number | boolean, b: string | number | boolean): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
