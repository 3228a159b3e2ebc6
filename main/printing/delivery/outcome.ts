import type { PrinterTrouble } from '../../../preload/contract/logistics.ts';

/** What is known after a try; `code` is a text of the catalogue that says why. */
export type DeliveryOutcome =
  | { kind: 'printed'; code: ''; detail: '' }
  /** Not a byte left: it is safe to try again. */
  | { kind: 'not_reached'; code: 'printer_offline' | 'printer_silent' | PrinterTrouble; detail: string }
  /** Nothing came out, and waiting does not help. */
  | { kind: 'failed'; code: 'folder_unwritable' | 'printer_refused' | 'printer_unavailable'; detail: string }
  /** Some or all of it left; whether it came out only a person can see. */
  | { kind: 'unknown'; code: 'no_answer' | 'line_broke' | 'station_stopped'; detail: string };
export const PRINTED: DeliveryOutcome = { kind: 'printed', code: '', detail: '' };
