import { createWriteStream, rmSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import { dataRows, type Sheet } from '../../platform/sheet.ts';
import { refuse } from '../../rpc/refusal.ts';
import { type CellNotes, type Convert, columnLetters, converter, MAX_ROWS, tabName } from './cells.rules.ts';
import { compressorCaughtUp } from './compressor-backlog.ts';
import type { SheetTexts } from './sheet-texts.rules.ts';
import {
  area,
  columnsOf,
  dressRow,
  hasTotals,
  type Paper,
  printArea,
  totalsOf,
  valuesOf,
  worksheetOptions,
  writeHeading,
  writeTotals,
} from './workbook-look.rules.ts';

/** Above this the sheet is streamed: same look, but a sheet filter in place of a table object. */
export const FORMATTED_ROWS = 10_000;
const ROWS_A_TURN = 500;

export interface WorkbookOrder {
  /** The last sheet may be made from what the cells of the others turned out to be. */
  sheets: readonly Sheet[];
  closing: (notes: CellNotes) => Sheet;
  texts: SheetTexts;
  zone: string;
  paper: Paper;
  user: string;
  at_ms: number;
  progress(phase: string, done: number, total: number): void;
}

/** Writes the workbook to `file` and answers the rows of data in it; refuses `too_many_rows`. No half file is left. */
export async function writeWorkbook(order: WorkbookOrder, file: string): Promise<{ rows: number }> {
  const largest = Math.max(0, ...order.sheets.map(s => s.row_count));
  // A heading and a row of totals need their place too.
  if (largest > MAX_ROWS - 2) refuse('too_many_rows', { rows: largest, most: MAX_ROWS - 2 });
  const total = dataRows(order.sheets);
  try {
    const write = total > FORMATTED_ROWS ? streamed : formatted;
    await write(order, file, total);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
  return { rows: total };
}

interface Made {
  name: string;
  sheet: Sheet;
  headings: string[];
  converts: Convert[];
}
/** Sheets with their tab names, headings and cell conversions; the closing sheet is asked for last. */
function* prepared(order: WorkbookOrder): Generator<Made> {
  const taken = new Set<string>();
  const notes: CellNotes = { replaced: 0, cut: 0 };
  const make = (sheet: Sheet): Made => ({
    sheet,
    name: tabName(sheet.title ?? order.texts.title(sheet.id), taken),
    headings: sheet.columns.map(c => {
      const words = order.texts.heading(sheet.id, c.key);
      return c.heading_note === undefined ? words : `${words} (${c.heading_note})`;
    }),
    converts: sheet.columns.map(c =>
      converter(c, order.zone, notes, c.words === undefined ? undefined : order.texts.words(c.words)),
    ),
  });
  for (const sheet of order.sheets) yield make(sheet);
  yield make(order.closing(notes));
}

const authored = <W extends Pick<ExcelJS.Workbook, 'creator' | 'created' | 'modified'>>(
  book: W,
  order: WorkbookOrder,
): W =>
  Object.assign(book, {
    creator: order.user,
    lastModifiedBy: order.user,
    created: new Date(order.at_ms),
    modified: new Date(order.at_ms),
  });

async function formatted(order: WorkbookOrder, file: string, total: number): Promise<void> {
  const book = authored(new ExcelJS.Workbook(), order);
  let done = 0;
  let tables = 0;
  for (const made of prepared(order)) {
    const { sheet, name, headings, converts } = made;
    const columns = columnsOf(sheet, headings);
    const page = book.addWorksheet(name, worksheetOptions(order.paper, sheet, columns));
    page.columns = columns;
    const lines = [...sheet.lines()];
    const withTotals = hasTotals(sheet) && lines.length > 0;
    const totals = totalsOf(sheet);
    const table = `T${++tables}_${sheet.id}`;
    if (lines.length > 0) {
      page.addTable({
        name: table,
        displayName: table,
        ref: 'A1',
        headerRow: true,
        totalsRow: withTotals,
        style: { theme: 'TableStyleLight1', showRowStripes: false },
        columns: headings.map((heading, i) => ({
          name: heading,
          filterButton: true,
          totalsRowFunction: (withTotals && sheet.columns[i]?.total) || 'none',
          ...(withTotals && i === 0 && !sheet.columns[0]?.total && { totalsRowLabel: order.texts.total }),
        })),
        rows: lines.map(line => valuesOf(line, converts)),
      });
    }
    for (const [i, line] of lines.entries()) {
      dressRow(page.getRow(i + 2), sheet, line);
      totals.add(line);
      done += 1;
      if (done % ROWS_A_TURN === 0) order.progress('rows', Math.min(done, total), total);
    }
    writeHeading(page.getRow(1), headings, columns, sheet.heading_fill);
    if (withTotals)
      writeTotals(
        page.getRow(lines.length + 2),
        order.texts.total,
        totals,
        converts,
        i => `${table}[${headings[i]}]`,
      );
    page.pageSetup.printArea = printArea(headings.length, lines.length + 1 + (withTotals ? 1 : 0));
  }
  order.progress('saving', total, total);
  await book.xlsx.writeFile(file);
}

const streamed = (order: WorkbookOrder, file: string, total: number): Promise<void> =>
  streamWorkbook(order, createWriteStream(file), total);

/** Rows are taken only as fast as `sink` takes bytes; a sink that fails ends the work with its error. */
export async function streamWorkbook(order: WorkbookOrder, sink: Writable, total: number): Promise<void> {
  const stop = new AbortController();
  try {
    await Promise.all([finished(sink), pour(order, sink, total, stop.signal)]);
  } catch (error) {
    stop.abort();
    sink.destroy();
    // A file that is still open cannot be removed everywhere; what the library still writes is lost with it.
    if (!sink.closed) await new Promise(resolve => sink.once('close', resolve));
    throw error;
  }
}

async function pour(order: WorkbookOrder, sink: Writable, total: number, stop: AbortSignal): Promise<void> {
  const book = authored(
    new ExcelJS.stream.xlsx.WorkbookWriter({ stream: sink, useStyles: true, useSharedStrings: false }),
    order,
  );
  let done = 0;
  for (const made of prepared(order)) {
    const { sheet, name, headings, converts } = made;
    const columns = columnsOf(sheet, headings);
    const page = book.addWorksheet(name, worksheetOptions(order.paper, sheet, columns));
    page.columns = columns;
    const heading = page.getRow(1);
    writeHeading(heading, headings, columns, sheet.heading_fill);
    heading.commit();
    const totals = totalsOf(sheet);
    let rows = 0;
    for (const line of sheet.lines()) {
      const row = page.addRow(valuesOf(line, converts));
      dressRow(row, sheet, line);
      row.commit();
      totals.add(line);
      rows += 1;
      done += 1;
      if (done % ROWS_A_TURN === 0) {
        order.progress('rows', Math.min(done, total), total);
        await nextTurn();
        await compressorCaughtUp(page, stop);
      }
    }
    const withTotals = hasTotals(sheet) && rows > 0;
    if (withTotals) {
      const closing = page.getRow(rows + 2);
      writeTotals(
        closing,
        order.texts.total,
        totals,
        converts,
        i => `${columnLetters(i + 1)}2:${columnLetters(i + 1)}${rows + 1}`,
      );
      closing.commit();
    }
    if (rows > 0) page.autoFilter = area(headings.length, rows + 1);
    page.pageSetup.printArea = printArea(headings.length, rows + 1 + (withTotals ? 1 : 0));
    page.commit();
  }
  order.progress('saving', total, total);
  await book.commit();
}
