import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { FORMATTED_ROWS } from '../../main/modules/reporting/workbook.service.ts';
import { defineSheet } from '../../main/platform/sheet.ts';
import { written } from '../modules/reporting/workbook-support.ts';
import { temporaryFolder } from '../support/station.ts';

const hasOffice = spawnSync('soffice', ['--version']).status === 0;
// biome-ignore lint/suspicious/noConsole: a skipped test says why
if (!hasOffice) console.warn('LibreOffice is not installed: workbooks are not opened by a second program');

interface Row {
  n: number;
}
const sheet = (rows: number) =>
  defineSheet<Row>({
    id: 'components',
    row_count: rows,
    *rows() {
      for (let n = 1; n <= rows; n++) yield { n };
    },
    columns: [
      { key: 'item_number', kind: 'text', width: 20, value: r => `711.${100 * r.n}`, total: 'count' },
      { key: 'item_name', kind: 'text', width: 30, value: () => '=1+1 Écrou Ø' },
      {
        key: 'quantity_e6',
        kind: 'quantity',
        width: 12,
        value: () => 2_500_000,
        decimals: () => 1,
        total: 'sum',
      },
      { key: 'scrap_percent_e4', kind: 'percent', width: 8, value: () => 50_000 },
      { key: 'assembly_number', kind: 'day', width: 12, value: () => '2026-11-20' },
      { key: 'is_phantom', kind: 'boolean', width: 8, value: r => r.n % 2 === 0 },
    ],
  });

test.skipIf(!hasOffice).each([
  ['formatted', 5],
  ['streamed', FORMATTED_ROWS + 1],
])(
  'LibreOffice opens a %s workbook and sees text as text, dates as dates',
  { timeout: 180_000 },
  async (_, rows) => {
    const folder = temporaryFolder();
    const book = path.join(folder, 'book.xlsx');
    await written(book, [sheet(rows)]);
    const own = `-env:UserInstallation=file://${folder}/profile`;
    const convert = (to: string) =>
      execFileSync('soffice', [own, '--headless', '--convert-to', to, '--outdir', folder, book], {
        stdio: 'pipe',
      });
    convert('csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1');
    const csv = existsSync(path.join(folder, 'book.csv')) ? 'book.csv' : 'book-Components.csv';
    const lines = readFileSync(path.join(folder, csv), 'utf8').split('\n');
    expect(lines[1]).toBe('711.100,=1+1 Écrou Ø,2.5,5%,2026-11-20,FALSE');
    expect(lines[rows + 1]?.startsWith(`Total,,`) || lines[rows + 1]?.startsWith(String(rows))).toBe(true);
    convert('pdf');
    expect(readFileSync(path.join(folder, 'book.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
  },
);
