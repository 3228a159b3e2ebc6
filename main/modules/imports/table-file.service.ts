import { readFileSync } from 'node:fs';
import { detectDelimiter, streamCsvRows } from 'hucre/csv';
import { streamXlsxRows } from 'hucre/xlsx';
import { refuse } from '../../rpc/refusal.ts';
import { sheetTexts } from '../reporting/sheet-texts.rules.ts';
import type { Cell } from './cell-values.rules.ts';
import { examineWorkbook } from './workbook-parts.service.ts';

export const MOST_ROWS = 200_000;
export const MOST_COLUMNS = 200;
/** What Excel itself holds in a cell. */
const MOST_CHARACTERS = 32_767;
/** Larger files do not hold a list that a person edits. */
export const MOST_BYTES = 64 * 1024 * 1024;
/** A formatted but empty sheet goes on for a million rows. */
const MOST_EMPTY_ROWS = 1000;

export interface TableRow {
  /** As the file counts, from 1. */
  row: number;
  cells: readonly Cell[];
  /** Columns (0-based) whose cell is a formula; in a CSV, a text that a spreadsheet program would run. */
  formulas: ReadonlySet<number>;
}
export interface Table {
  format: 'xlsx' | 'csv';
  sheet: string | null;
  /** Texts of the heading row; a gap ends the table. */
  headings: string[];
  /** A text of digits may have points between its thousands, as where a comma is the decimal mark. */
  may_group_by_point: boolean;
  /** Known for a workbook only. */
  expected_rows: number | null;
  rows: AsyncIterable<TableRow>;
}

const NONE: ReadonlySet<number> = new Set();
const OLD_EXCEL = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
const ZIP = Buffer.from([0x50, 0x4b]);

/**
 * One table of a file: a workbook's sheet named in `sheets` (else its first) or a CSV text of any usual encoding
 * and separator. Refuses in words what cannot be read safely or without guessing.
 */
export async function openTable(file: string, sheets: readonly string[]): Promise<Table> {
  const bytes = readFileSync(file);
  if (bytes.length === 0) refuse('import_file_empty');
  if (bytes.subarray(0, 4).equals(OLD_EXCEL)) refuse('import_old_excel');
  const raw = bytes.subarray(0, 2).equals(ZIP) ? await workbookRows(file, bytes, sheets) : csvTable(bytes);
  return headed(raw);
}

type Raw = Omit<Table, 'headings'>;
async function workbookRows(file: string, bytes: Buffer, sheets: readonly string[]): Promise<Raw> {
  const parts = await examineWorkbook(file, sheets);
  const { formulas, subtotal_rows } = parts;
  async function* rows(): AsyncIterable<TableRow> {
    try {
      for await (const { index, values } of streamXlsxRows(bytes, { sheet: parts.sheet_index })) {
        const row = index + 1;
        if (subtotal_rows.has(row)) continue;
        yield { row, cells: values.map(plainCell), formulas: formulas.get(row) ?? NONE };
      }
    } catch (error) {
      if (error instanceof Error && /^(Parse|Zip|Xml)Error$/.test(error.name)) refuse('import_file_damaged');
      throw error;
    }
  }
  return {
    format: 'xlsx',
    sheet: parts.sheet_name,
    may_group_by_point: false,
    expected_rows: parts.rows,
    rows: rows(),
  };
}
function plainCell(value: unknown): Cell {
  if (typeof value === 'string') return unescaped(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value instanceof Date) return value;
  return value === null || value === undefined ? null : String(value);
}
/** `_x005F_` stands for an underscore that would otherwise start the escape of a character. */
const unescaped = (text: string): string => text.replace(/_x005F_(?=x[0-9A-Fa-f]{4}_)/g, '_');

function csvTable(bytes: Buffer): Raw {
  const whole = decoded(bytes);
  const separator = /^sep=(.)\r?\n/.exec(whole);
  const text = separator ? whole.slice(separator[0].length) : whole;
  if ((text.split('"').length - 1) % 2 === 1) refuse('import_csv_quote_open');
  const delimiter = separator?.[1] ?? detectDelimiter(text);
  return {
    format: 'csv',
    sheet: null,
    may_group_by_point: delimiter === ';',
    expected_rows: null,
    rows: csvRows(text, delimiter, separator ? 1 : 0),
  };
}
async function* csvRows(text: string, delimiter: string, rows_above: number): AsyncIterable<TableRow> {
  let row = rows_above;
  for (const values of streamCsvRows(text, { delimiter, skipBom: true })) {
    row += 1;
    const formulas = new Set<number>();
    const cells = values.map((value, at) => {
      const given = typeof value === 'string' ? value : String(value ?? '');
      // A text that a spreadsheet program would run; one of ours carries an apostrophe.
      if (/^[=@\t]|^[-+](?!\d)/.test(given)) formulas.add(at);
      return given === '' ? null : withoutApostrophe(given);
    });
    yield { row, cells, formulas };
  }
}
/** The mark before a text that starts like a formula, as our own CSV files and others write it. */
const withoutApostrophe = (text: string): string => text.replace(/^'(?=[=+\-@\t])/, '');
/** UTF-8 and UTF-16 with their marks, UTF-8 without, else the Windows code page of western Europe. */
function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.includes(0)) refuse('import_not_a_table');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

const isEmpty = (cells: readonly Cell[]): boolean =>
  cells.every(cell => cell === null || (typeof cell === 'string' && cell.trim() === ''));

const TOTALS = new Set((['en', 'fr', 'es'] as const).map(locale => sheetTexts(locale).total));
/** The closing row of our own sheets where only its values are left: its word or the number of rows, and figures. */
function isTotals([first, ...others]: readonly Cell[], rows: number): boolean {
  const opening = String(first ?? '').trim();
  if (!others.every(cell => cell === null || !Number.isNaN(Number(cell)))) return false;
  return TOTALS.has(opening)
    ? others.some(cell => cell !== null && cell !== '')
    : rows > 0 && opening === String(rows);
}

/** Takes the heading row off; the rest must be one table below it. */
async function headed(raw: Raw): Promise<Table> {
  const iterator = raw.rows[Symbol.asyncIterator]();
  let first = await iterator.next();
  let skipped = 0;
  while (!first.done && isEmpty(first.value.cells)) {
    skipped += 1;
    if (skipped > MOST_EMPTY_ROWS) refuse('import_empty_rows', { row: 1, most: MOST_EMPTY_ROWS });
    first = await iterator.next();
  }
  if (first.done) return refuse('import_file_empty');
  refuseEndless(first.value);
  const headings = headingsOf(first.value.cells);
  const headingRow = first.value.row;
  let last = headingRow;
  async function* body(): AsyncIterable<TableRow> {
    let blank: number | null = null;
    let empties = 0;
    let kept = 0;
    /** Left out when it turns out to be the last. */
    let closing: TableRow | null = null;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      const { value } = next;
      // Rows without any cell may be absent from the file.
      if (value.row > last + 1) blank ??= last + 1;
      last = value.row;
      if (isEmpty(value.cells) && value.formulas.size === 0) {
        blank ??= value.row;
        empties += 1;
        if (empties > MOST_EMPTY_ROWS) refuse('import_empty_rows', { row: blank, most: MOST_EMPTY_ROWS });
        continue;
      }
      if (blank !== null) refuse('import_two_tables', { row: blank, next: value.row });
      if (!isEmpty(value.cells.slice(headings.length))) {
        if (kept === 0 && headings.length === 1)
          refuse('import_title_above', { row: headingRow, text: headings[0] ?? '' });
        refuse('import_cells_outside', { row: value.row, columns: headings.length });
      }
      refuseEndless(value);
      if (closing) yield closing;
      closing = isTotals(value.cells, kept) ? value : null;
      kept += 1;
      if (kept > MOST_ROWS) refuse('import_too_many_rows', { most: MOST_ROWS });
      if (!closing) yield value;
    }
  }
  return { ...raw, headings, rows: body() };
}

function refuseEndless({ row, cells }: TableRow): void {
  const at = cells.findIndex(cell => typeof cell === 'string' && cell.length > MOST_CHARACTERS);
  if (at !== -1) refuse('import_cell_too_long', { row, column: at + 1, most: MOST_CHARACTERS });
}

/** Refuses two tables beside each other, a heading twice and far too many columns. */
function headingsOf(cells: readonly Cell[]): string[] {
  const texts = cells.map(cell => (cell === null ? '' : String(cell).trim()));
  const end = texts.indexOf('');
  const headings = end === -1 ? texts : texts.slice(0, end);
  if (headings.length === 0 || texts.slice(headings.length).some(text => text !== ''))
    refuse('import_heading_gap', { column: headings.length + 1 });
  if (headings.length > MOST_COLUMNS) refuse('import_too_many_columns', { most: MOST_COLUMNS });
  const twice = headings.find((heading, at) => headings.indexOf(heading) !== at);
  if (twice !== undefined) refuse('import_heading_twice', { heading: twice });
  return headings;
}
