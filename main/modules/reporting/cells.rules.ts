import type { CellKind, SheetColumn, Stored } from '../../platform/sheet.ts';

export const MAX_ROWS = 1_048_576;
export const MAX_CELL_CHARACTERS = 32_767;
const DAY_MS = 86_400_000;
/** Days between the spreadsheet epoch (1899-12-30) and 1970-01-01. */
export const EPOCH_DAYS = 25_569;
const QUARTER_MS = 15 * 60_000;

export type CellValue = string | number | boolean | null;
/** Cells that could not be written as they are; reported on the sheet "Info". */
export interface CellNotes {
  replaced: number;
  cut: number;
}

export const daySerial = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS + EPOCH_DAYS;

/** Local wall time of an instant as a serial. Zones change only at quarter hours, so offsets are kept per quarter. */
export function instantSerials(zone: string): (at_ms: number) => number {
  const wall = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const offsets = new Map<number, number>();
  const offsetAt = (quarter: number): number => {
    const at = quarter * QUARTER_MS;
    const part = Object.fromEntries(wall.formatToParts(at).map(p => [p.type, Number(p.value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute) - at;
  };
  return at_ms => {
    const quarter = Math.floor(at_ms / QUARTER_MS);
    const offset = offsets.get(quarter) ?? offsetAt(quarter);
    offsets.set(quarter, offset);
    return Math.round((at_ms + offset) / 1000) / 86_400 + EPOCH_DAYS;
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly the characters XML 1.0 cannot hold
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
/** `_x000D_` in a text cell would be read as the character with that code; its underscore is written as one. */
const ESCAPE_LIKE = /_(?=x[0-9A-Fa-f]{4}_)/g;
/** Text as a workbook can hold it: impossible characters show as U+FFFD, an over-long text says that it was cut. */
export function cleanText(text: string, notes: CellNotes): string {
  const legal = text.toWellFormed().replace(ILLEGAL, '\ufffd');
  if (legal !== text) notes.replaced += 1;
  const whole = legal.replace(ESCAPE_LIKE, '_x005F_');
  if (whole.length <= MAX_CELL_CHARACTERS) return whole;
  notes.cut += 1;
  const mark = ` … [${whole.length}]`;
  return whole.slice(0, MAX_CELL_CHARACTERS - mark.length).toWellFormed() + mark;
}

export type Convert = (value: Stored) => CellValue;
/** Stored value to cell value, one function per column. */
export function converter(
  column: Pick<SheetColumn, 'kind'>,
  zone: string,
  notes: CellNotes,
  words?: Readonly<Record<string, string>>,
): Convert {
  const filled =
    (convert: (value: string | number | boolean) => CellValue): Convert =>
    value =>
      value === null ? null : convert(value);
  const number = (by: number) => filled(value => Number(value) / by);
  switch (column.kind) {
    case 'text':
      return filled(value => cleanText(words?.[String(value)] ?? String(value), notes));
    case 'day':
      return filled(value => daySerial(String(value)));
    case 'instant': {
      const serial = instantSerials(zone);
      return filled(value => serial(Number(value)));
    }
    case 'boolean':
      return filled(value => value === true || value === 1);
    case 'integer':
      return number(1);
    case 'quantity':
      return number(1_000_000);
    case 'percent':
      return number(1_000_000);
    case 'duration_min':
      return number(1440);
  }
}

const FORMATS: Record<Exclude<CellKind, 'quantity'>, string> = {
  text: '@',
  integer: '#,##0',
  day: 'yyyy-mm-dd',
  instant: 'yyyy-mm-dd hh:mm',
  // LibreOffice shows 1 and 0 without it; Excel has its own words.
  boolean: '"TRUE";"TRUE";"FALSE"',
  percent: '0.00%',
  duration_min: '[h]:mm',
};
const QUANTITY_FORMATS = Array.from({ length: 7 }, (_, decimals) =>
  decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`,
);
export const formatOf = (kind: CellKind): string =>
  kind === 'quantity' ? quantityFormat(0, 0) : FORMATS[kind];

/** At least the decimals of the unit, and never fewer than the value has. */
export function quantityFormat(decimals: number, quantity_e6: number): string {
  let needed = 6;
  for (let rest = quantity_e6; needed > 0 && rest % 10 === 0; rest /= 10) needed -= 1;
  return QUANTITY_FORMATS[Math.max(decimals, needed)] ?? '#,##0';
}

/** `Orders_2026-11-20_1432.xlsx`; `local_time` is `YYYY-MM-DD HH:MM`. */
export function fileName(subject: string, local_time: string): string {
  const safe = subject
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return `${shortened(safe) || 'Export'}_${local_time.replace(' ', '_').replace(':', '')}.xlsx`;
}

/** 80 characters of whole letters; folders take names of at most 255 bytes. */
function shortened(name: string): string {
  let short = '';
  for (const letter of name) {
    if (short.length + letter.length > 80 || Buffer.byteLength(short + letter) > 200) break;
    short += letter;
  }
  return short;
}

/** A tab name that every program accepts, unlike any in `taken` (compared without case); adds itself to `taken`. */
export function tabName(wanted: string, taken: Set<string>): string {
  const base =
    cleanText(wanted, { replaced: 0, cut: 0 })
      .replace(/[[\]:*?/\\'\r\n\t]/g, '-')
      .trim()
      .slice(0, 31) || 'Sheet';
  const free = (n: number): string => {
    const suffix = n === 1 ? '' : ` (${n})`;
    const name = base.slice(0, 31 - suffix.length) + suffix;
    return taken.has(name.toLowerCase()) || name.toLowerCase() === 'history' ? free(n + 1) : name;
  };
  const name = free(1);
  taken.add(name.toLowerCase());
  return name;
}
/** Column letters of a 1-based index. */
export const columnLetters = (index: number): string =>
  (index > 26 ? columnLetters(Math.floor((index - 1) / 26)) : '') +
  String.fromCharCode(65 + ((index - 1) % 26));
