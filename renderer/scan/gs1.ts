import { parseBarcode } from 'gs1-barcode-parser-mod';
import { hasGs1CheckDigit } from './check-digits.ts';
import { type Facts, GS, MOST_READINGS, type Understood } from './reading.ts';

interface Element {
  ai: string;
  raw: string;
  on: string;
}
/** Longest content of the elements this program uses whose length is open. */
const OPEN_LENGTHS: Record<string, number> = {
  10: 20,
  21: 20,
  22: 20,
  30: 8,
  37: 8,
  240: 30,
  241: 30,
  250: 30,
  400: 30,
  401: 30,
};
/** Elements that are looked for inside another one when the marks between them were lost. */
const FOLLOWERS = ['10', '11', '13', '15', '17', '21', '30', '37', '240', '241'];
const CHECKED = new Set(['00', '01', '02']);

/** Every element, or undefined when it is not an element string. */
function elementsOf(text: string): Element[] | undefined {
  try {
    const found = parseBarcode(text).parsedCodeItems.map(({ ai, raw, isoDate }) => ({
      ai,
      raw,
      on: isoDate.slice(0, 10),
    }));
    const tooLong = found.some(({ ai, raw }) => raw.length > (OPEN_LENGTHS[ai] ?? 90) || raw === '');
    const isRepeated = new Set(found.map(({ ai }) => ai)).size < found.length;
    return tooLong || isRepeated || found.length === 0 ? undefined : found;
  } catch {
    return undefined;
  }
}

function factsOf(elements: readonly Element[]): Facts {
  const raw = (...ais: string[]) => elements.find(({ ai }) => ais.includes(ai))?.raw;
  const on = (...ais: string[]) => elements.find(({ ai }) => ais.includes(ai))?.on;
  const count = raw('30', '37');
  const facts: Facts = {
    gtin: raw('01', '02'),
    item_number: raw('240', '241'),
    lot_number: raw('10'),
    serial_number: raw('21'),
    order_number: raw('400'),
    container: raw('00'),
    made_on: on('11'),
    expires_on: on('17', '15'),
    quantity: count === undefined ? undefined : Number(count),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

/**
 * Without a single separator the last open element swallows what follows it: every place where another element may
 * begin instead gives one more way to read the text. An element longer than its standard allows is such a place, too.
 */
function splitsOf(text: string): string[] {
  const last = elementsOf(text)?.at(-1);
  if (last && OPEN_LENGTHS[last.ai] === undefined) return [];
  const start = last ? text.length - last.raw.length : Math.max(2, text.lastIndexOf(GS) + 3);
  const splits: string[] = [];
  for (let at = start + 1; at < text.length - 2; at += 1)
    if (FOLLOWERS.some(ai => text.startsWith(ai, at)))
      splits.push(`${text.slice(0, at)}${GS}${text.slice(at)}`);
  return splits;
}

/** Every way to read it, the text as it stands first; undefined when there are too many to look at. */
function waysOf(text: string, isOpen: boolean): Element[][] | undefined {
  const waiting = [text];
  const found: Element[][] = [];
  for (let looked = 0; looked < waiting.length; looked += 1) {
    if (looked > MOST_LOOKED_AT) return undefined;
    const way = waiting[looked] ?? '';
    const elements = elementsOf(way);
    if (elements) found.push(elements);
    if (isOpen) waiting.push(...splitsOf(way));
  }
  return found;
}
const MOST_LOOKED_AT = 120;
const hasRightChecks = (elements: readonly Element[]): boolean =>
  elements.every(({ ai, raw }) => !CHECKED.has(ai) || hasGs1CheckDigit(raw));

/**
 * An element string, with or without parentheses. `keeps_separators`: the scanner was seen to send them, so that a text
 * without any is meant as it stands.
 */
export function readGs1(text: string, keeps_separators: boolean): Understood | undefined {
  const plain = text.startsWith(GS) ? text.slice(1) : text;
  const isOpen = !keeps_separators && !plain.includes(GS) && !plain.startsWith('(');
  const found = waysOf(plain, isOpen);
  if (found === undefined) return { unreadable: 'separators_lost' };
  if (found.length === 0) return undefined;
  const right = found.filter(hasRightChecks);
  if (right.length === 0) return { unreadable: 'check_wrong' };
  const different = new Map(right.map(factsOf).map(facts => [JSON.stringify(facts), facts]));
  if (different.size > MOST_READINGS) return { unreadable: 'separators_lost' };
  return { readings: [...different.values()].map(facts => ({ standard: 'gs1', facts })) };
}
