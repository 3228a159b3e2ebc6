import { type CommandCode, plainScan, readCommand } from '../../../../preload/contract/codes.ts';

export type Scan =
  | { kind: 'empty' }
  | { kind: 'command'; command: CommandCode }
  | { kind: 'order'; order_number: string };

/** A scan or typed line: one of our command codes, or an order number (also `ORDER/BUILD` of a traveller). */
export function readScan(text: string): Scan {
  const plain = plainScan(text);
  if (plain === '') return { kind: 'empty' };
  const command = readCommand(plain, true);
  return command ? { kind: 'command', command } : { kind: 'order', order_number: plain };
}
