import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CALIBRATED,
  CALIBRATION_TEXT,
  calibrate,
  isCalibration,
} from '../../../renderer/scan/calibration.ts';
import { type KeyPress, ScanDetector } from '../../../renderer/scan/detector.ts';
import { GS } from '../../../renderer/scan/reading.ts';
import { DEFAULTS } from '../../../renderer/scan/scanner-settings.ts';
import { type Stroke, strokesOf, textOf } from '../../../renderer/scan/stroke.ts';

const press = (key: string, at_ms: number, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: `Key${key.toUpperCase()}`,
  at_ms,
  shift: false,
  ctrl: false,
  alt: false,
  level3: false,
  ...more,
});
interface Run {
  text: string;
  gaps_ms: number[];
  end: string;
  pause_ms: number;
}
/** Every scan that comes out of keys with these gaps between them. */
function heard(runs: readonly Run[], detector = new ScanDetector(DEFAULTS)): string[] {
  let at_ms = 1000;
  const found: string[] = [];
  for (const { text, gaps_ms, end, pause_ms } of runs) {
    at_ms += pause_ms;
    for (const [at, key] of [...text, end].entries()) {
      at_ms += gaps_ms[at % gaps_ms.length] ?? 0;
      const verdict = detector.press(press(key, at_ms));
      if (verdict.kind === 'scan') found.push(textOf(verdict.strokes, {}));
    }
  }
  return found;
}
const codeText = fc.string({
  unit: fc.constantFrom(...'ABCDEFGHIJ0123456789-/.'),
  minLength: 6,
  maxLength: 40,
});
const scanner = fc.record({
  text: codeText,
  gaps_ms: fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 8 }),
  end: fc.constantFrom('Enter', 'Tab'),
  pause_ms: fc.integer({ min: 0, max: 400 }),
});
const person = fc.record({
  text: codeText,
  gaps_ms: fc.array(fc.integer({ min: 31, max: 400 }), { minLength: 1, maxLength: 8 }),
  end: fc.constantFrom('Enter', 'Tab'),
  pause_ms: fc.integer({ min: 31, max: 400 }),
});

describe('scanner or person', () => {
  it('hears every scan of any scanner, in order, none lost or doubled', () => {
    fc.assert(
      fc.property(fc.array(scanner, { maxLength: 10 }), runs => {
        expect(heard(runs)).toEqual(runs.map(run => run.text));
      }),
    );
  });
  it('hears nothing of what a person types, and every scan between', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(scanner, person), { maxLength: 8 }), runs => {
        const scans = runs.filter(run => Math.max(...run.gaps_ms) <= 30);
        expect(heard(runs)).toEqual(scans.map(run => run.text));
      }),
    );
  });
  it('one slow character, too few characters or no end key: no scan', () => {
    const text = 'PO-260101';
    expect(heard([{ text, gaps_ms: [5, 5, 5, 31], end: 'Enter', pause_ms: 0 }])).toEqual([]);
    expect(heard([{ text: '12345', gaps_ms: [5], end: 'Enter', pause_ms: 0 }])).toEqual([]);
    expect(heard([{ text, gaps_ms: [5], end: 'Escape', pause_ms: 0 }])).toEqual([]);
  });
  it('the first character waits, the others act on nothing, and Ctrl+] or Alt+029 is the separator', () => {
    const detector = new ScanDetector(DEFAULTS);
    expect(detector.press(press('0', 0)).kind).toBe('first');
    expect(detector.press(press('1', 5)).kind).toBe('scanning');
    expect(detector.press(press('Shift', 7)).kind).toBe('typing');
    for (const [at, key] of [...'10LOT'].entries()) detector.press(press(key, 10 + at));
    expect(detector.press(press(']', 20, { ctrl: true })).kind).toBe('scanning');
    detector.press(press('2', 22));
    for (const [at, key] of [...'029'].entries())
      detector.press(press(key, 30 + at, { alt: true, code: `Numpad${key}` }));
    expect(detector.release('Alt', 35)).toBe(true);
    const verdict = detector.press(press('Enter', 40));
    expect(verdict.kind === 'scan' && textOf(verdict.strokes, {})).toBe(`0110LOT${GS}2${GS}`);
  });
  it('commands and arrows are no characters', () => {
    const detector = new ScanDetector(DEFAULTS);
    expect(detector.press(press('s', 0, { ctrl: true })).kind).toBe('typing');
    expect(detector.press(press('ArrowDown', 5)).kind).toBe('typing');
    expect(detector.press(press(']', 6, { ctrl: true })).kind).toBe('typing');
  });
});

describe('calibration', () => {
  it('agrees where the keyboards agree', () => {
    const found = calibrate(strokesOf(CALIBRATION_TEXT));
    expect(isCalibration(strokesOf(CALIBRATION_TEXT))).toBe(true);
    expect(found).toEqual({ kind: 'good', keyboard: {}, keeps_separators: true, substitute: '' });
  });
  it('reads what any other keyboard made of a code, dead keys included', () => {
    const places = [...new Set(CALIBRATION_TEXT)].filter(character => character !== GS);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(places, { minLength: places.length }),
        fc.constantFrom('', GS, '|||'),
        codeText,
        (shuffled, separator, code) => {
          const typed = (text: string): Stroke[] =>
            [...text].map(character => {
              const key = shuffled[places.indexOf(character)] ?? character;
              return { key: key === '[' ? 'Dead' : key, place: `S-${character.charCodeAt(0)}` };
            });
          const [before = '', after = ''] = CALIBRATION_TEXT.split(GS);
          const scan = [...typed(before), ...strokesOf(separator), ...typed(after)];
          expect(isCalibration(scan)).toBe(true);
          const found = calibrate(scan);
          expect(found.kind).toBe('good');
          if (found.kind !== 'good') return;
          expect(textOf(typed(code), found.keyboard)).toBe(code);
          expect(found.keeps_separators).toBe(separator !== '');
          expect(found.substitute).toBe(separator === GS ? '' : separator);
        },
      ),
    );
  });
  it('says what is missing and what came together', () => {
    const [before = ''] = CALIBRATION_TEXT.split(GS);
    const short = strokesOf(`${before.slice(0, -4)}1LACWM`);
    expect(calibrate(short)).toEqual({ kind: 'lost', missing: 4 });
    const mixed = strokesOf(CALIBRATION_TEXT.replace('O', '0'));
    expect(calibrate(mixed)).toEqual({ kind: 'mixed', characters: ['O', '0'] });
  });
  it('an ordinary scan is none', () => {
    expect(isCalibration(strokesOf('PO-260101'))).toBe(false);
    expect(isCalibration(strokesOf(CALIBRATED))).toBe(false);
  });
});
