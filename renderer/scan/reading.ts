/** Group, record and end marks of the standards, as a scanner sends them. */
export const GS = '\u001d';
export const RS = '\u001e';
export const EOT = '\u0004';

/** What a code says about a thing, in the words of this program. */
export interface Facts {
  gtin?: string;
  /** Numbers under which the thing may stand in a catalogue, as the label writes them. */
  item_number?: string;
  lot_number?: string;
  serial_number?: string;
  order_number?: string;
  quantity?: number;
  made_on?: string;
  expires_on?: string;
  /** Shipping container (SSCC). */
  container?: string;
  origin?: string;
}
export const STANDARDS = ['plain', 'gs1', 'hibc', 'iso15434'] as const;
export type Standard = (typeof STANDARDS)[number];
/** One way to understand a scan. */
export interface Reading {
  standard: Standard;
  facts: Facts;
}
export const UNREADABLE = [
  /** The check character or digit is wrong: read again. */
  'check_wrong',
  /** The marks between the elements are missing and more than three readings are possible. */
  'separators_lost',
  /** It says which standard it is of and breaks its rules. */
  'standard_broken',
  'empty',
] as const;
export type Unreadable = (typeof UNREADABLE)[number];
export type Understood = { readings: Reading[] } | { unreadable: Unreadable };
export const MOST_READINGS = 3;
