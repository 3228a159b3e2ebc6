/** What our own codes are of, by their first letter. B, O, W, U and P name a record; the others name a printed label. */
export const CODE_KINDS = {
  B: 'build',
  O: 'order',
  W: 'work_center',
  U: 'user',
  P: 'part',
  K: 'kit_bag',
  X: 'box',
  S: 'serial',
  L: 'lot',
  T: 'cable_tag',
} as const;
export type CodeLetter = keyof typeof CODE_KINDS;
export type CodeKind = (typeof CODE_KINDS)[CodeLetter];

/** The character set of ISO/IEC 7064 MOD 37,36, in the order of its values. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const BASE = ALPHABET.length;
const BODY_CHARACTERS = 10;
/** The last digits of an id differ between any two of its rows; its first ones are the time. */
const TAIL_DIGITS = 12;
const SHAPE = new RegExp(`^([${Object.keys(CODE_KINDS).join('')}])([0-9A-Z]{${BODY_CHARACTERS}})([0-9A-Z])$`);

/**
 * Check character of ISO/IEC 7064:2003, hybrid system MOD 37,36 (section 9): finds every single wrong character and
 * nearly every swap of neighbours. Takes digits and capital letters.
 */
export function checkCharacter(text: string): string {
  let product = BASE;
  for (const character of text) {
    const sum = (product + ALPHABET.indexOf(character)) % BASE || BASE;
    product = (sum * 2) % (BASE + 1);
  }
  return ALPHABET.charAt((BASE + 1 - product) % BASE);
}

const isLetter = (text: string): text is CodeLetter => text in CODE_KINDS;

/** Our code of a record: type letter, ten characters from its id, check character, such as `B0000000001J`. */
export function codeFor(letter: CodeLetter, id: string): string {
  const tail = BigInt(`0x${id.replaceAll('-', '').slice(-TAIL_DIGITS)}`);
  const body = tail.toString(BASE).toUpperCase().padStart(BODY_CHARACTERS, '0');
  return `${letter}${body}${checkCharacter(`${letter}${body}`)}`;
}

export type CodeRead =
  /** `id_tail`: the last twelve digits of the id of the record. */
  | { kind: 'code'; letter: CodeLetter; of: CodeKind; id_tail: string }
  | { kind: 'wrong_check' }
  | { kind: 'not_ours' };

/** Reads one of our codes, in whatever case it was typed. A wrong check character is told, never guessed around. */
export function readCode(text: string): CodeRead {
  const found = SHAPE.exec(plainScan(text).toUpperCase());
  const [whole, letter = '', body = ''] = found ?? [];
  if (whole === undefined || !isLetter(letter)) return { kind: 'not_ours' };
  const tail = [...body]
    .reduce((sum, c) => sum * BigInt(BASE) + BigInt(ALPHABET.indexOf(c)), 0n)
    .toString(16);
  if (checkCharacter(whole.slice(0, -1)) !== whole.slice(-1) || tail.length > TAIL_DIGITS)
    return { kind: 'wrong_check' };
  return { kind: 'code', letter, of: CODE_KINDS[letter], id_tail: tail.padStart(TAIL_DIGITS, '0') };
}

/** Commands on the printed sheet; scanned or typed alone they act instead of naming a record. */
export const COMMANDS = ['NEXT', 'IN', 'OUT', 'PASS', 'FAIL', 'PRINT', 'UNDO'] as const;
export type CommandCode = (typeof COMMANDS)[number];
/** What the sheet prints: the prefix keeps an order named "IN" apart from the command. */
export const codeOf = (command: CommandCode): string => `MW-${command}`;
/** A command by its printed code; with `isTyped` the bare word of a keyboard counts as well. */
export function readCommand(text: string, isTyped = false): CommandCode | null {
  const code = plainScan(text).toUpperCase();
  return COMMANDS.find(known => code === codeOf(known) || (isTyped && code === known)) ?? null;
}

/** Symbology identifiers that some scanners put in front, such as `]C1` or `]Q3`. */
const AIM = /^\][A-Za-z][0-9A-Za-z]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: separators and end marks of scanners, never part of a plain code
const CONTROL = /[\u0000-\u001f\u007f]/g;
/** A scan without what the scanner added around it. */
export const plainScan = (text: string): string => text.replace(AIM, '').replace(CONTROL, '').trim();
