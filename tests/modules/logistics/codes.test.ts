import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  CODE_KINDS,
  COMMANDS,
  type CodeLetter,
  checkCharacter,
  codeFor,
  codeOf,
  readCode,
  readCommand,
} from '../../../preload/contract/codes.ts';
import '../../support/properties.ts';

const letters = fc.constantFrom(...(Object.keys(CODE_KINDS) as CodeLetter[]));

test('the check character is that of ISO/IEC 7064 MOD 37,36', () => {
  // The example in the guide to the Global Release Identifier, which uses the same system.
  expect(checkCharacter('A12425GABC1234002')).toBe('M');
  expect(checkCharacter('')).toBe('1');
});

test('a code reads back to its letter and the end of its id, in capitals or small, with what a scanner adds', () => {
  fc.assert(
    fc.property(letters, fc.uuid(), (letter, id) => {
      const code = codeFor(letter, id);
      expect(code).toMatch(/^[A-Z][0-9A-Z]{11}$/);
      const read = { kind: 'code', letter, of: CODE_KINDS[letter], id_tail: id.slice(-12) };
      expect(readCode(code)).toEqual(read);
      expect(readCode(` ]C1${code.toLowerCase()}\r`.trimStart())).toEqual(read);
    }),
  );
});

test('one wrong character is never taken for another record', () => {
  fc.assert(
    fc.property(
      letters,
      fc.uuid(),
      fc.nat(11),
      fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'),
      (letter, id, at, character) => {
        const code = codeFor(letter, id);
        const wrong = `${code.slice(0, at)}${character}${code.slice(at + 1)}`;
        if (wrong !== code) expect(readCode(wrong).kind).not.toBe('code');
      },
    ),
  );
});

test('numbers of customers and commands are not our codes', () => {
  for (const text of ['PO-260101', 'T2-DL27-KIT', '711.100', '', 'B', 'MW-IN'])
    expect(readCode(text)).toEqual({ kind: 'not_ours' });
  for (const command of COMMANDS) {
    expect(readCommand(codeOf(command).toLowerCase())).toBe(command);
    expect(readCommand(command)).toBeNull();
    expect(readCommand(command, true)).toBe(command);
  }
});
