import { hibcCheckCharacter } from './check-digits.ts';
import type { Facts, Understood } from './reading.ts';

/** Labeler, product, unit of measure; what follows a slash is the secondary data. */
const PRIMARY = /^\+([A-Z][A-Z0-9]{3})([A-Z0-9-.]{1,18})(\d)$/;
const SECONDARY = /^\+(\$\$?\+?|\d{5})/;

const year = (two: string): string => `20${two}`;
function day(text: string): string | undefined {
  const at = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text ? undefined : text;
}
function julian(yyjjj: string): string | undefined {
  const of = Number(yyjjj.slice(2));
  if (of < 1 || of > 366) return undefined;
  const at = new Date(Date.UTC(Number(year(yyjjj.slice(0, 2))), 0, of));
  return at.toISOString().slice(0, 10);
}
/** The last day of a month given as MMYY. */
function monthEnd(mmyy: string): string | undefined {
  const month = Number(mmyy.slice(0, 2));
  if (month < 1 || month > 12) return undefined;
  return new Date(Date.UTC(Number(year(mmyy.slice(2))), month, 0)).toISOString().slice(0, 10);
}
const DATE_KINDS: Record<string, { length: number; read: (text: string) => string | undefined }> = {
  2: { length: 6, read: t => day(`${year(t.slice(4))}-${t.slice(0, 2)}-${t.slice(2, 4)}`) },
  3: { length: 6, read: t => day(`${year(t.slice(0, 2))}-${t.slice(2, 4)}-${t.slice(4)}`) },
  4: { length: 8, read: t => day(`${year(t.slice(0, 2))}-${t.slice(2, 4)}-${t.slice(4, 6)}`) },
  5: { length: 5, read: julian },
  6: { length: 7, read: t => julian(t.slice(0, 5)) },
};

interface Dated {
  expires_on?: string;
  quantity?: number;
  rest: string;
}
/** After `$$`: an optional quantity (8 and two digits, 9 and five), then a date of the kind its first digit tells. */
function dated(text: string): Dated | undefined {
  const quantity = /^8(\d{2})|^9(\d{5})/.exec(text);
  if (quantity) {
    const after = dated(text.slice(quantity[0].length));
    return after && { ...after, quantity: Number(quantity[1] ?? quantity[2]) };
  }
  if (text.startsWith('7')) return { rest: text.slice(1) };
  if (/^[01]/.test(text)) {
    const expires_on = monthEnd(text.slice(0, 4));
    return /^\d{4}/.test(text) && expires_on ? { expires_on, rest: text.slice(4) } : undefined;
  }
  const kind = DATE_KINDS[text.slice(0, 1)];
  if (!kind) return text === '' || !/^\d/.test(text) ? { rest: text } : undefined;
  const digits = text.slice(1, 1 + kind.length);
  const expires_on = digits.length === kind.length && /^\d+$/.test(digits) ? kind.read(digits) : undefined;
  return expires_on ? { expires_on, rest: text.slice(1 + kind.length) } : undefined;
}

/** One piece between slashes of the secondary data; undefined where it breaks the rules. */
function secondary(text: string): Facts | undefined {
  const [, mark = ''] = /^(\$\$\+|\$\$|\$\+|\$)/.exec(text) ?? [];
  const rest = text.slice(mark.length);
  const named = (value: string, isSerial: boolean): Facts =>
    value === '' ? {} : isSerial ? { serial_number: value } : { lot_number: value };
  switch (mark) {
    case '$':
      return named(rest, false);
    case '$+':
      return named(rest, true);
    case '$$':
    case '$$+': {
      const found = dated(rest);
      if (!found) return undefined;
      const { rest: value, ...facts } = found;
      return { ...facts, ...named(value, mark === '$$+') };
    }
    default:
      return supplement(text);
  }
}
function supplement(text: string): Facts | undefined {
  const date = /^(14|16)D(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (date) {
    const on = day(`${date[2]}-${date[3]}-${date[4]}`);
    if (!on) return undefined;
    return date[1] === '14' ? { expires_on: on } : { made_on: on };
  }
  const count = /^Q(\d{1,5})$/.exec(text);
  if (count) return { quantity: Number(count[1]) };
  if (/^S[A-Z0-9-.]{1,18}$/.test(text)) return { serial_number: text.slice(1) };
  const ordinal = /^(\d{5})(.*)$/.exec(text);
  const expires_on = ordinal && julian(ordinal[1] ?? '');
  return expires_on ? { expires_on, ...(ordinal[2] ? { lot_number: ordinal[2] } : {}) } : undefined;
}
function pieces(text: string): Facts | undefined {
  const all: Facts = {};
  for (const piece of text.split('/')) {
    const facts = secondary(piece);
    if (!facts) return undefined;
    Object.assign(all, facts);
  }
  return all;
}

/** A health industry code: primary, secondary or both; undefined when it does not begin like one. */
export function readHibc(text: string): Understood | undefined {
  if (!/^\+[A-Z0-9-. $/+%]{5,}$/.test(text)) return undefined;
  const body = text.slice(0, -1);
  const [first = '', ...later] = body.split('/');
  const primary = PRIMARY.exec(first);
  const isSecondary = SECONDARY.test(text);
  if (!primary && !isSecondary) return text.includes('/$') ? { unreadable: 'standard_broken' } : undefined;
  if (hibcCheckCharacter(body) !== text.at(-1)) return { unreadable: 'check_wrong' };
  if (primary) {
    const facts = later.length === 0 ? {} : pieces(later.join('/'));
    if (!facts) return { unreadable: 'standard_broken' };
    return { readings: [{ standard: 'hibc', facts: { item_number: primary[2], ...facts } }] };
  }
  // Alone, the secondary data ends with the link character of its primary code before the check character.
  const facts = pieces(body.slice(1, -1));
  return facts ? { readings: [{ standard: 'hibc', facts }] } : { unreadable: 'standard_broken' };
}
