import { readFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { readXlsx } from 'hucre/xlsx';
import { infoSheet } from '../../../main/modules/reporting/info.sheets.ts';
import { sheetTexts } from '../../../main/modules/reporting/sheet-texts.rules.ts';
import { type WorkbookOrder, writeWorkbook } from '../../../main/modules/reporting/workbook.service.ts';
import type { Sheet } from '../../../main/platform/sheet.ts';
import type { TestStation } from '../../support/station.ts';

/** An order for these sheets, with what was replaced and cut on the sheet that closes it. */
export function workbookOrder(sheets: Sheet[], locale: 'en' | 'fr' | 'es' = 'en'): WorkbookOrder {
  const texts = sheetTexts(locale);
  return {
    sheets,
    closing: notes =>
      infoSheet([
        { label: texts.fact('replaced'), value: String(notes.replaced) },
        { label: texts.fact('cut'), value: String(notes.cut) },
      ]),
    texts,
    zone: 'America/Toronto',
    paper: 'LETTER',
    user: 'Test',
    at_ms: Date.UTC(2026, 10, 20, 14, 0, 0),
    progress: () => undefined,
  };
}
export const written = (
  file: string,
  sheets: Sheet[],
  locale?: 'en' | 'fr' | 'es',
): Promise<{ rows: number }> => writeWorkbook(workbookOrder(sheets, locale), file);

/** What a library that did not write the file sees: values with their types, row by row. */
export const readWithHucre = async (file: string) => {
  const book = await readXlsx(readFileSync(file));
  return new Map(book.sheets.map(s => [s.name, s]));
};
export async function readWithExceljs(file: string): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(file);
  return book;
}
/** Where the workbook of an offer lies. */
export const fileOf = (station: TestStation, ticket: string): string =>
  station.transfers.download(ticket)?.path ?? '';
