import { readGs1 } from './gs1.ts';
import { EOT, type Facts, GS, RS, type Understood } from './reading.ts';

const HEAD = '[)>';
const IDENTIFIER = /^(\d{0,3}[A-Z])(.+)$/;

/** What a data identifier of MH10.8.2 says; undefined for one this program has no use for. */
export function factOf(identifier: string, value: string): Facts | undefined {
  switch (identifier) {
    case 'P':
    case '1P':
      return { item_number: value };
    case 'Q':
      return /^\d+$/.test(value) ? { quantity: Number(value) } : undefined;
    case 'S':
      return { serial_number: value };
    case 'T':
    case '1T':
      return { lot_number: value };
    case 'K':
      return { order_number: value };
    case '4L':
      return { origin: value };
    case '16D':
      return { made_on: isoDay(value) };
    case '14D':
      return { expires_on: isoDay(value) };
    default:
      return undefined;
  }
}
const isoDay = (eight: string): string | undefined =>
  /^\d{8}$/.test(eight) ? `${eight.slice(0, 4)}-${eight.slice(4, 6)}-${eight.slice(6)}` : undefined;

/** The supplier's own number (1P) gives way to the customer's (P): that is the one in the catalogue. */
function withPart(facts: Facts, identifier: string, value: string): Facts {
  if (identifier === '1P' && facts.item_number !== undefined) return facts;
  return { ...facts, ...factOf(identifier, value) };
}
function readElements(elements: readonly string[]): Facts | undefined {
  let facts: Facts = {};
  for (const element of elements) {
    const [, identifier, value] = IDENTIFIER.exec(element) ?? [];
    if (!identifier || !value) return undefined;
    facts = withPart(facts, identifier, value);
  }
  return facts;
}

/** The envelope with data identifiers (06) or GS1 elements (05); undefined when it does not begin like one. */
export function readIso15434(text: string): Understood | undefined {
  if (!text.startsWith(HEAD)) return undefined;
  const inside = text.slice(HEAD.length).replaceAll(EOT, '');
  let facts: Facts = {};
  // The record mark in front of the format number is often lost; the number itself tells.
  for (const record of inside.split(RS).filter(part => part !== '')) {
    const format = record.slice(0, 2);
    const body = record.slice(2);
    if (!body.startsWith(GS))
      return { unreadable: format === '05' || format === '06' ? 'separators_lost' : 'standard_broken' };
    if (format === '05') {
      const read = readGs1(body, true);
      if (!read || 'unreadable' in read) return read ?? { unreadable: 'standard_broken' };
      facts = { ...facts, ...read.readings[0]?.facts };
    } else if (format === '06') {
      const read = readElements(
        body
          .slice(1)
          .split(GS)
          .filter(part => part !== ''),
      );
      if (!read) return { unreadable: 'standard_broken' };
      facts = { ...facts, ...read };
    } else return { unreadable: 'standard_broken' };
  }
  if (Object.keys(facts).length === 0) return { unreadable: 'standard_broken' };
  return { readings: [{ standard: 'iso15434', facts }] };
}
