/** What a cell holds; values come as they are stored: days as text, instants as ms, quantities in millionths. */
export type CellKind =
  | 'text'
  | 'integer'
  | 'quantity'
  | 'day'
  | 'instant'
  | 'boolean'
  | 'percent'
  | 'duration_min';
export type Stored = string | number | boolean | null;

export interface Column<Row> {
  /** Heading: text `columns.<key>` of the sheet in the locale texts. */
  key: string;
  kind: CellKind;
  /** Characters. */
  width: number;
  value(row: Row): Stored;
  /** Decimals shown for a quantity; a value with more of them shows them all. */
  decimals?(row: Row): number;
  /** Closes the column with a SUBTOTAL of the rows that are shown. */
  total?: 'sum' | 'count';
  /** Steps of indentation, for trees. */
  indent?(row: Row): number;
  /** Number format of the spreadsheet, where the one of the kind does not fit. */
  format?: string;
  /** Follows the heading in brackets. */
  heading_note?: string;
  /** A closed set of codes shown in words: `values.<name>.<code>` of the locale texts. */
  words?: string;
}
export interface SheetDef<Row> {
  /** Names the texts of the sheet and its table. */
  id: string;
  /** Tab name when it is data (a part number); otherwise the text `title` of the sheet. */
  title?: string;
  columns: readonly Column<Row>[];
  /** Colour of the heading as RRGGBB, its words centred; otherwise the look of the house. */
  heading_fill?: string;
  row_count: number;
  /** Sums up the rows of another sheet: its own are not counted as rows of the file. */
  is_summary?: boolean;
  rows(): Iterable<Row>;
  /** Outline level, 0 at the top. */
  level?(row: Row): number;
}

export interface SheetColumn extends Omit<Column<never>, 'value' | 'decimals' | 'indent'> {}
export interface SheetLine {
  cells: Stored[];
  level: number;
  decimals: number[];
  indents: number[];
}
/** A sheet whose row type is nobody else's business. */
export interface Sheet {
  id: string;
  title: string | null;
  columns: readonly SheetColumn[];
  heading_fill: string | null;
  row_count: number;
  is_summary: boolean;
  has_levels: boolean;
  lines(): Iterable<SheetLine>;
}

const NONE: number[] = [];
export function defineSheet<Row>(def: SheetDef<Row>): Sheet {
  const hasDecimals = def.columns.some(c => c.decimals);
  const hasIndents = def.columns.some(c => c.indent);
  return {
    id: def.id,
    title: def.title ?? null,
    columns: def.columns,
    heading_fill: def.heading_fill ?? null,
    row_count: def.row_count,
    is_summary: def.is_summary ?? false,
    has_levels: def.level !== undefined,
    *lines() {
      for (const row of def.rows())
        yield {
          cells: def.columns.map(c => c.value(row)),
          level: def.level?.(row) ?? 0,
          decimals: hasDecimals ? def.columns.map(c => c.decimals?.(row) ?? 0) : NONE,
          indents: hasIndents ? def.columns.map(c => c.indent?.(row) ?? 0) : NONE,
        };
    },
  };
}

/** Rows of data in a file, sheets that only sum up left out. */
export const dataRows = (sheets: readonly Sheet[]): number =>
  sheets.reduce((sum, sheet) => sum + (sheet.is_summary ? 0 : sheet.row_count), 0);
