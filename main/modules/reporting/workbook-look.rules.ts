import type ExcelJS from 'exceljs';
import type { Sheet, SheetLine } from '../../platform/sheet.ts';
import { type CellValue, type Convert, columnLetters, formatOf, quantityFormat } from './cells.rules.ts';

export type Paper = 'LETTER' | 'A4';
/** Letter is the default of the format; exceljs has no name for its code 1. */
const PAPER_CODE = { LETTER: undefined, A4: 9 } as const;
/** Excel groups at most seven levels below the first. */
const MAX_OUTLINE = 7;

const MARGIN_IN = 0.5;
const PAGE_WIDTH_IN = { LETTER: 11, A4: 11.69 } as const;
const CHARACTER_IN = 7 / 96;

/**
 * One look for both writers: frozen heading, one page wide, heading repeated on every printed page.
 * A sheet with levels is scaled instead of fitted: exceljs writes "fit to page" and "summary above" in an
 * order that Excel repairs with a prompt.
 */
export function worksheetOptions(
  paper: Paper,
  sheet: Sheet,
  columns: readonly Partial<ExcelJS.Column>[],
): Partial<ExcelJS.AddWorksheetOptions> {
  const width_in = columns.reduce((sum, { width = 0 }) => sum + width + 1, 0) * CHARACTER_IN;
  const scale = Math.max(
    10,
    Math.min(100, Math.floor((100 * (PAGE_WIDTH_IN[paper] - 2 * MARGIN_IN)) / width_in)),
  );
  const fit = sheet.has_levels
    ? { fitToPage: false, scale }
    : { fitToPage: true, fitToWidth: 1, fitToHeight: 0 };
  return {
    views: [{ state: 'frozen', ySplit: 1, topLeftCell: 'A2', activeCell: 'A2' }],
    properties: sheet.has_levels ? { outlineLevelRow: MAX_OUTLINE, outlineProperties: SUMMARY_ABOVE } : {},
    pageSetup: {
      ...fit,
      paperSize: PAPER_CODE[paper],
      orientation: 'landscape',
      printTitlesRow: '1:1',
      margins: { left: MARGIN_IN, right: MARGIN_IN, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: '&L&F&C&A&R&P / &N' },
  };
}
const SUMMARY_ABOVE = { summaryBelow: false, summaryRight: false };

const HEADING: Partial<ExcelJS.Style> = {
  font: { name: 'Calibri', size: 11, bold: true, color: { argb: 'FFFFFFFF' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF1F3A5F' } },
  alignment: { vertical: 'middle', wrapText: true },
};
const TOTAL_FONT: Partial<ExcelJS.Font> = { name: 'Calibri', size: 11, bold: true };

/** Beside the words of a heading stands the button of the filter. */
const FILTER_BUTTON = 3;
const HEADING_LINE_PT = 15;
/** Bold letters are wider than the figures that widths are counted in. */
const capacityOf = (width: number): number => Math.floor((width - FILTER_BUTTON) / 1.1);
/** As wide as the longest word of the heading at least; a sheet with a look of its own has widths of its own. */
const widthOf = (width: number, heading: string, sheet: Sheet): number => {
  const longest = Math.max(...heading.split(/\s+/).map(word => word.length));
  return sheet.heading_fill === null ? Math.max(width, Math.ceil(longest * 1.1) + FILTER_BUTTON) : width;
};
/** Lines that the words of a heading take. */
function linesOf(heading: string, capacity: number): number {
  let lines = 1;
  let used = 0;
  for (const word of heading.split(/\s+/)) {
    const needed = used === 0 ? word.length : used + 1 + word.length;
    if (needed > capacity && used > 0) lines += 1;
    used = needed > capacity ? word.length : needed;
  }
  return lines;
}

/** Figures and days stand at the right edge of their column, a text at the left edge of its own: between them room for two letters. */
function standsBeforeText({ columns }: Sheet, i: number): boolean {
  const [kind, next] = [columns[i]?.kind, columns[i + 1]?.kind];
  return kind !== 'text' && kind !== 'boolean' && next === 'text';
}
const ROOM = 2;
export const columnsOf = (sheet: Sheet, headings: readonly string[]): Partial<ExcelJS.Column>[] =>
  sheet.columns.map((c, i) => {
    const needsRoom = standsBeforeText(sheet, i);
    return {
      width: widthOf(c.width, headings[i] ?? '', sheet) + (needsRoom ? ROOM : 0),
      style: {
        numFmt: c.format ?? formatOf(c.kind),
        ...(needsRoom && { alignment: { horizontal: 'right', indent: 1 } }),
      },
    };
  });

const headingOf = (fill: string): Partial<ExcelJS.Style> => ({
  ...HEADING,
  fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: `FF${fill}` } },
  alignment: { vertical: 'middle', horizontal: 'center', wrapText: true },
});
export function writeHeading(
  row: ExcelJS.Row,
  headings: readonly string[],
  columns: readonly Partial<ExcelJS.Column>[],
  fill: string | null,
): void {
  row.values = [...headings];
  const lines = headings.map((heading, i) => linesOf(heading, capacityOf(columns[i]?.width ?? 0)));
  row.height = HEADING_LINE_PT * Math.max(1, ...lines) + 3;
  const style = fill === null ? HEADING : headingOf(fill);
  for (let i = 1; i <= headings.length; i++) row.getCell(i).style = { ...style, numFmt: '@' };
}

export const valuesOf = (line: SheetLine, converts: readonly Convert[]): CellValue[] =>
  converts.map((convert, i) => convert(line.cells[i] ?? null));

/** What differs from cell to cell of one column: decimals of quantities, indentation and outline of trees. */
export function dressRow(row: ExcelJS.Row, sheet: Sheet, line: SheetLine): void {
  if (line.level > 0) row.outlineLevel = Math.min(line.level, MAX_OUTLINE);
  sheet.columns.forEach((column, i) => {
    const stored = line.cells[i];
    if (column.kind === 'quantity' && typeof stored === 'number') {
      const format = quantityFormat(line.decimals[i] ?? 0, stored);
      if (format !== formatOf('quantity')) row.getCell(i + 1).numFmt = format;
    }
    const indent = line.indents[i] ?? 0;
    if (indent > 0) row.getCell(i + 1).alignment = { indent: Math.min(indent, 15) };
  });
}

/** Sums (exact, in stored units) and counts of the totalled columns. */
export function totalsOf(sheet: Sheet) {
  const totals = sheet.columns.map(() => 0);
  return {
    add(line: SheetLine): void {
      sheet.columns.forEach((column, i) => {
        const stored = line.cells[i] ?? null;
        if (column.total === 'sum' && typeof stored === 'number') totals[i] = (totals[i] ?? 0) + stored;
        if (column.total === 'count' && stored !== null) totals[i] = (totals[i] ?? 0) + 1;
      });
    },
    cell(
      i: number,
      convert: Convert | undefined,
    ): { result: number; format: string; code: 103 | 109 } | null {
      const column = sheet.columns[i];
      const total = totals[i] ?? 0;
      if (column?.total === 'count') return { result: total, format: '#,##0', code: 103 };
      if (column?.total !== 'sum' || !convert) return null;
      const format = column.kind === 'quantity' ? quantityFormat(0, total) : formatOf(column.kind);
      return { result: Number(convert(total)), format, code: 109 };
    },
  };
}
export type Totals = ReturnType<typeof totalsOf>;

/** The closing row; `reference` names the cells above column `i` (0-based). */
export function writeTotals(
  row: ExcelJS.Row,
  label: string,
  totals: Totals,
  converts: readonly Convert[],
  reference: (i: number) => string,
): void {
  converts.forEach((convert, i) => {
    const cell = row.getCell(i + 1);
    const total = totals.cell(i, convert);
    if (total) cell.value = { formula: `SUBTOTAL(${total.code},${reference(i)})`, result: total.result };
    else if (i === 0) cell.value = label;
    cell.style = {
      font: TOTAL_FONT,
      numFmt: total?.format ?? '@',
      border: { top: { style: 'thin' } },
      ...(total && cell.alignment && { alignment: cell.alignment }),
    };
  });
}
export const hasTotals = (sheet: Sheet): boolean => sheet.row_count > 0 && sheet.columns.some(c => c.total);

/** `A1:L21`, the whole of a sheet of `columns` by `rows`. */
export const area = (columns: number, rows: number): string => `A1:${columnLetters(columns)}${rows}`;
/** The same as exceljs wants it for an absolute print area. */
export const printArea = (columns: number, rows: number): string => `A$1:${columnLetters(columns)}$${rows}`;
