import Big from 'big.js';
import type { Stored } from '../../platform/sheet.ts';
import { isDay } from '../orders/header.rules.ts';
import { EPOCH_DAYS } from '../reporting/cells.rules.ts';
import type { ImportField } from './import-kind.ts';

/** A cell as the file holds it. */
export type Cell = string | number | boolean | Date | null;
export type Parsed = { value: Stored } | { code: string; values?: Record<string, string | number> };
/** Codes by the words people read, in every language, folded. */
export type WordCodes = ReadonlyMap<string, string>;

const TRUE = new Set(['true', '1', 'yes', 'oui', 'si', 'vrai', 'verdadero', 'x']);
const FALSE = new Set(['false', '0', 'no', 'non', 'faux', 'falso']);
const ERROR_CELL = /^#(REF!|N\/A|NAME\?|VALUE!|DIV\/0!|NUM!|NULL!|SPILL!|CALC!)$/;
const DAY_MS = 86_400_000;

export const folded = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();

/** The cell as a person typed it; shown beside a problem and offered for correction. */
export function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  return String(cell);
}

/** Value of a cell for a field, or why it is none. Quantities come in millionths, percentages in ten-thousandths. */
export function parseCell(
  field: ImportField,
  cell: Cell,
  words: WordCodes,
  may_group_by_point: boolean,
): Parsed {
  if (may_group_by_point && isFigure(field) && typeof cell === 'string' && GROUPED_OR_NOT.test(cell.trim()))
    return { code: 'number_ambiguous' };
  if (cell === null || cell === '') return { value: null };
  if (typeof cell === 'string' && ERROR_CELL.test(cell.trim())) return { code: 'error_cell' };
  switch (field.kind) {
    case 'text':
      return field.choices ? choice(field, cell, words) : text(field, cell);
    case 'integer':
      return integer(cell);
    case 'quantity':
      return scaled(cell, 1_000_000);
    case 'percent':
      return percent(cell);
    case 'boolean':
      return truth(cell);
    case 'day':
      return day(cell);
  }
}

function text(field: ImportField, cell: Exclude<Cell, null>): Parsed {
  if (typeof cell === 'string') return { value: cell.trim() === '' ? null : cell.trim() };
  if (typeof cell === 'number' && !field.is_key && !field.is_number_text) return { value: String(cell) };
  return { code: 'number_where_text' };
}

function choice(field: ImportField, cell: Exclude<Cell, null>, words: WordCodes): Parsed {
  const given = cellText(cell).trim();
  if (given === '') return { value: null };
  const code = words.get(folded(given));
  if (code !== undefined) return { value: code };
  return { code: 'not_a_choice', values: { choices: (field.choices ?? []).join(', ') } };
}

function integer(cell: Exclude<Cell, null>): Parsed {
  const number = decimal(cell);
  if ('code' in number) return number;
  if (!number.big.eq(number.big.round(0))) return { code: 'not_whole' };
  return safe(number.big);
}
function scaled(cell: Exclude<Cell, null>, by: number): Parsed {
  const number = decimal(cell);
  return 'code' in number ? number : safe(number.big.times(by).round(0, Big.roundHalfUp));
}
const safe = (big: Big): Parsed =>
  big.abs().gt(Number.MAX_SAFE_INTEGER) ? { code: 'too_large' } : { value: big.toNumber() };

/** A percentage is a fraction in a number cell and carries its sign in a text. */
function percent(cell: Exclude<Cell, null>): Parsed {
  if (typeof cell !== 'string') return scaled(cell, 1_000_000);
  const given = cell.trim();
  return given.endsWith('%') ? scaled(given.slice(0, -1).trimEnd(), 10_000) : { code: 'percent_sign' };
}

function truth(cell: Exclude<Cell, null>): Parsed {
  if (typeof cell === 'boolean') return { value: cell };
  const given = folded(cellText(cell));
  if (TRUE.has(given)) return { value: true };
  return FALSE.has(given) ? { value: false } : { code: 'not_yes_no' };
}

function day(cell: Exclude<Cell, null>): Parsed {
  if (cell instanceof Date) return dayAt(cell.getTime());
  if (typeof cell === 'number') return serialDay(cell);
  if (typeof cell !== 'string') return { code: 'not_a_day' };
  const given = cell.trim().replaceAll('/', '-');
  if (/^\d{5}$/.test(given)) return serialDay(Number(given));
  const written = given.replace(MIDNIGHT, '');
  return isDay(written) ? { value: written } : { code: 'not_a_day' };
}
/** As other programs write a day that they hold as a time. */
const MIDNIGHT = /[T ]00:00(:00(\.0+)?)?Z?$/;
/** The day that a time belongs to; serials of spreadsheets miss a midnight by fractions of a second. */
const dayAt = (at_ms: number): Parsed =>
  Number.isFinite(at_ms)
    ? { value: new Date(Math.floor((at_ms + 500) / DAY_MS) * DAY_MS).toISOString().slice(0, 10) }
    : { code: 'not_a_day' };
/** A day whose cell lost its format: days since 1899-12-30. Numbers that are no day of this business are not guessed. */
const serialDay = (serial: number): Parsed =>
  serial >= FIRST_SERIAL && serial <= LAST_SERIAL
    ? dayAt((serial - EPOCH_DAYS) * DAY_MS)
    : { code: 'not_a_day' };
/** 1970 to 2119. */
const FIRST_SERIAL = 25_569;
const LAST_SERIAL = 80_000;

type Decimal = { big: Big } | { code: string };
/** `1234.5`, `1234,5`, `1 234,5`, `1,234.5`, `1.234,5`; `1,234` alone could be either and is not guessed. */
function decimal(cell: Exclude<Cell, null>): Decimal {
  if (typeof cell === 'number')
    return Number.isFinite(cell) ? { big: new Big(String(cell)) } : { code: 'not_a_number' };
  if (typeof cell !== 'string') return { code: 'not_a_number' };
  const plain = cell.replace(/[\s\u00a0\u202f']/g, '');
  if (AMBIGUOUS.test(plain)) return { code: 'number_ambiguous' };
  const written = ungrouped(plain);
  return /^[-+]?\d+(\.\d+)?$/.test(written)
    ? { big: new Big(written.replace('+', '')) }
    : { code: 'not_a_number' };
}
const isFigure = ({ kind }: ImportField): boolean => kind === 'quantity' || kind === 'integer';
/** `1.234` of a file whose decimals have a comma is 1234 to the person and 1.234 to us. */
const GROUPED_OR_NOT = /^[-+]?[1-9]\d{0,2}\.\d{3}$/;
/** No group of thousands starts with a zero: `0,125` is none. */
const AMBIGUOUS = /^[-+]?[1-9]\d{0,2},\d{3}$/;
const GROUPED_BY_COMMA = /^[-+]?\d{1,3}(?:,\d{3})+(\.\d+)?$/;
const GROUPED_BY_POINT = /^[-+]?\d{1,3}(?:\.\d{3})+(,\d+)$|^[-+]?\d{1,3}(?:\.\d{3}){2,}$/;
function ungrouped(plain: string): string {
  if (/^[-+]?0,\d+$/.test(plain)) return plain.replace(',', '.');
  if (GROUPED_BY_COMMA.test(plain)) return plain.replaceAll(',', '');
  if (GROUPED_BY_POINT.test(plain)) return plain.replaceAll('.', '').replace(',', '.');
  return plain.replace(',', '.');
}
