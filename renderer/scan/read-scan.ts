import { hasGs1CheckDigit } from './check-digits.ts';
import { readGs1 } from './gs1.ts';
import { readHibc } from './hibc.ts';
import { factOf, readIso15434 } from './iso15434.ts';
import { EOT, GS, type Reading, RS, type Understood } from './reading.ts';
import type { ScannerSettings } from './scanner-settings.ts';

/** Symbology identifier that many scanners put in front (ISO/IEC 15424), such as `]C1`. */
const AIM = /^\]([A-Za-z][0-9A-Za-z])/;
const GS1_SYMBOLOGIES = ['C1', 'd2', 'Q3', 'e0', 'J1'];
const RETAIL_SYMBOLOGIES = ['E0', 'E4'];
/** An element string that says so itself: a container or an item with its right check digit in front. */
const STARTS_AS_GS1 = /^(00\d{18}|0[12]\d{14})/;
/** One field of a vendor label without its envelope. Only the identifiers that begin with a digit, and P, K and S. */
const VENDOR_FIELD = /^(1P|1T|P|K|S)([A-Z0-9][A-Z0-9./-]{2,})$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: end marks of scanners
const CONTROL = /[\u0000-\u001f\u007f]/g;

type Quirks = Pick<ScannerSettings, 'substitute' | 'keeps_separators'>;
export type Scanned = Understood & { text: string };

/**
 * Every way in which a scan can be meant, at most three: which of them names something known is for the service to
 * find. A code that breaks the rules of the standard it claims is unreadable, never taken for something else.
 */
export function readScan(raw: string, { substitute, keeps_separators }: Quirks): Scanned {
  const meant = (substitute === '' ? raw : raw.replaceAll(substitute, GS)).replace(/^ +| +$/g, '');
  const symbology = AIM.exec(meant)?.[1];
  const body = symbology ? meant.slice(3) : meant;
  const text = body.replace(CONTROL, '').trim();
  if (text === '') return { text, unreadable: 'empty' };
  return { text, ...understood(body, text, symbology, keeps_separators) };
}

function understood(
  body: string,
  text: string,
  symbology: string | undefined,
  keeps_separators: boolean,
): Understood {
  const enveloped = readIso15434(body) ?? readHibc(text);
  if (enveloped) return enveloped;
  if (isSurelyGs1(body, symbology))
    return readGs1(withoutEnd(body), keeps_separators) ?? { unreadable: 'standard_broken' };
  const plain: Reading = { standard: 'plain', facts: { order_number: text } };
  if (/^\d{8}$|^\d{12,14}$/.test(text)) {
    const isRight = hasGs1CheckDigit(text);
    const isRetail = symbology !== undefined && RETAIL_SYMBOLOGIES.includes(symbology);
    if (isRetail && !isRight) return { unreadable: 'check_wrong' };
    const item: Reading = { standard: 'gs1', facts: { gtin: text.padStart(14, '0') } };
    return { readings: isRetail ? [item] : isRight ? [plain, item] : [plain] };
  }
  const [, identifier, value] = VENDOR_FIELD.exec(text) ?? [];
  const facts = identifier && value ? factOf(identifier, value) : undefined;
  return { readings: facts ? [plain, { standard: 'iso15434', facts }] : [plain] };
}

const withoutEnd = (body: string): string =>
  body
    .replaceAll(EOT, '')
    .replaceAll(RS, '')
    .replace(/[\r\n]/g, '');
function isSurelyGs1(body: string, symbology: string | undefined): boolean {
  if (symbology !== undefined && GS1_SYMBOLOGIES.includes(symbology)) return true;
  if (body.startsWith(GS) || /^\(\d{2,4}\)/.test(body)) return true;
  const digits = STARTS_AS_GS1.exec(body)?.[1];
  return digits !== undefined && body.length > 14 && hasGs1CheckDigit(digits.slice(2));
}
