/** Commands on the printed sheet; scanned or typed alone they act instead of naming an order. */
export const COMMANDS = ['NEXT', 'IN', 'OUT', 'PASS', 'FAIL', 'PRINT', 'UNDO'] as const;
export type CommandCode = (typeof COMMANDS)[number];
/** What the sheet prints: the prefix keeps an order named "IN" apart from the command. */
export const codeOf = (command: CommandCode): string => `MW-${command}`;

export type Scan =
  | { kind: 'empty' }
  | { kind: 'command'; command: CommandCode }
  | { kind: 'order'; order_number: string };

/** Symbology identifiers that some scanners put in front, such as `]C1` or `]Q3`. */
const AIM = /^\][A-Za-z][0-9A-Za-z]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: separators and end marks of scanners, never part of an order number
const CONTROL = /[\u0000-\u001f\u007f]/g;

/** A scan or typed line: one of our command codes, or an order number (also `ORDER/BUILD` of a traveller). */
export function readScan(text: string): Scan {
  const plain = text.replace(AIM, '').replace(CONTROL, '').trim();
  if (plain === '') return { kind: 'empty' };
  const code = plain.toUpperCase();
  const command = COMMANDS.find(known => code === codeOf(known) || code === known);
  return command ? { kind: 'command', command } : { kind: 'order', order_number: plain };
}
