import { createWriteStream, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { writeCsvStream } from 'hucre/csv';
import { toBig } from '../../../db/kit/quantity.ts';
import { timeInZone } from '../../platform/days.ts';
import type { Sheet, SheetColumn, Stored } from '../../platform/sheet.ts';
import type { SheetTexts } from './sheet-texts.rules.ts';

const ROWS_A_TURN = 500;
type Value = string | number | null;

/**
 * One sheet as CSV: UTF-8 with its mark, the separator that spreadsheets of the language expect, an apostrophe before
 * texts that a program would run. Figures have a point and no grouping, days and times are ISO: three decimals get a
 * zero more where a point could group thousands. No half file is left.
 */
export async function writeCsv(
  sheet: Sheet,
  { texts, zone, progress }: { texts: SheetTexts; zone: string; progress: (done: number) => void },
  file: string,
): Promise<void> {
  const converts = sheet.columns.map(column => csvValue(column, zone, texts));
  function* rows(): Generator<Value[]> {
    yield sheet.columns.map(({ key }) => texts.heading(sheet.id, key));
    let done = 0;
    for (const { cells } of sheet.lines()) {
      yield converts.map((convert, at) => convert(cells[at] ?? null));
      done += 1;
      if (done % ROWS_A_TURN === 0) progress(done);
    }
  }
  const delimiter = texts.locale === 'en' ? ',' : ';';
  const stream = writeCsvStream(rows(), { delimiter, bom: true, escapeFormulae: true, headers: false });
  try {
    await pipeline(
      Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0]),
      createWriteStream(file),
    );
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
}

function csvValue(column: SheetColumn, zone: string, texts: SheetTexts): (value: Stored) => Value {
  const words = column.words === undefined ? undefined : texts.words(column.words);
  const filled =
    (convert: (value: string | number | boolean) => Value) =>
    (value: Stored): Value =>
      value === null ? null : convert(value);
  switch (column.kind) {
    case 'text':
    case 'day':
      return filled(value => words?.[String(value)] ?? String(value));
    case 'integer':
    case 'duration_min':
      return filled(Number);
    case 'quantity':
      return filled(value => figure(toBig(Number(value)).toFixed(), texts.locale));
    case 'percent':
      return filled(value => `${Number(value) / 10_000}%`);
    case 'boolean':
      return filled(value => (value === true || value === 1 ? 'TRUE' : 'FALSE'));
    case 'instant':
      return filled(value => timeInZone(Number(value), zone));
  }
}
const figure = (text: string, locale: SheetTexts['locale']): Value =>
  locale !== 'en' && /^\d{1,3}\.\d{3}$/.test(text) ? `${text}0` : Number(text);
