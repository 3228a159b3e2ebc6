import type { CommandCode } from '../../preload/contract/codes.ts';
import type { ScanElement } from '../../preload/contract/logistics.ts';
import type { Facts, Reading, Unreadable } from './reading.ts';

/** What came from the scanner, read by every rule of the text alone. */
export interface Scan {
  text: string;
  command: CommandCode | null;
  readings: readonly Reading[];
  unreadable: Unreadable | null;
  /** When its first key was pressed. */
  began_at_ms: number;
}
export interface Choice {
  title: string;
  subtitle: string;
  choose: () => Promise<Outcome> | Outcome;
}
export type Outcome =
  | { kind: 'good'; title: string; subtitle: string }
  /** `reason` and `next_step` are worded. */
  | { kind: 'bad'; reason: string; next_step: string }
  /** `question` is worded; without one the code is what is not clear. */
  | { kind: 'choose'; question?: string; choices: readonly Choice[] }
  /** The screen shows by itself what became of it. */
  | { kind: 'shown' };
/** Takes a scan over for a screen; undefined leaves it to the shell. */
export type ScanTarget = (scan: Scan) => Promise<Outcome | undefined> | Outcome | undefined;

const KEYS = {
  gtin: '01',
  item_number: '240',
  lot_number: '10',
  serial_number: '21',
  order_number: '400',
} as const satisfies Partial<Record<keyof Facts, string>>;
/** The facts that can name a record, by their GS1 identifiers. */
export function elementsOf({ standard, facts }: Reading): ScanElement[] {
  if (standard === 'plain') return [];
  return Object.entries(KEYS).flatMap(([name, key]) => {
    const value = Object.entries(facts).find(([fact]) => fact === name)?.[1];
    return value === undefined ? [] : [{ key, value: String(value) }];
  });
}
