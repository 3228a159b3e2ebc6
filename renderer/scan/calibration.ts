import { GS } from './reading.ts';
import { type Stroke, textOf } from './stroke.ts';

const START = 'MWCAL1';
/** The start backwards: a scan that reads the same from both ends is the barcode, whatever the keyboard made of it. */
const END = '1LACWM';
/** Every character of the codes this program reads that may sit elsewhere on another keyboard. */
export const CALIBRATED = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-./+$%*()[]>#_&:=\'",;!?@~|';
/** The text of the calibration barcode; the separator near its end shows whether the scanner sends separators. */
export const CALIBRATION_TEXT = `${START}${CALIBRATED}${GS}${END}`;

export type Calibration =
  | { kind: 'good'; keyboard: Record<string, string>; keeps_separators: boolean; substitute: string }
  /** Fewer characters arrived than the barcode has. */
  | { kind: 'lost'; missing: number }
  /** Two characters came from one key: they cannot be told apart any more. */
  | { kind: 'mixed'; characters: string[] };

export function isCalibration(strokes: readonly Stroke[]): boolean {
  const places = strokes.map(({ place }) => place);
  const head = places.slice(0, START.length);
  // The mark of the separator may have become several characters, or none.
  const longest = CALIBRATION_TEXT.length + 4;
  return (
    strokes.length >= CALIBRATION_TEXT.length - 6 &&
    strokes.length <= longest &&
    new Set(head).size === START.length &&
    head.join(' ') === places.slice(-END.length).toReversed().join(' ')
  );
}

/** What every key of a calibration scan meant. An empty keyboard: scanner and computer agree. */
export function calibrate(strokes: readonly Stroke[]): Calibration {
  const inside = strokes.slice(START.length, -END.length);
  const body = inside.slice(0, CALIBRATED.length);
  if (body.length < CALIBRATED.length) return { kind: 'lost', missing: CALIBRATED.length - body.length };
  const keyboard: Record<string, string> = {};
  const mixed = new Set<string>();
  for (const [at, { place }] of body.entries()) {
    const meant = CALIBRATED.charAt(at);
    const before = keyboard[place];
    if (before !== undefined) for (const one of [before, meant]) mixed.add(one);
    keyboard[place] = meant;
  }
  if (mixed.size > 0) return { kind: 'mixed', characters: [...mixed] };
  const separator = textOf(inside.slice(CALIBRATED.length), {});
  const agrees = textOf(body, {}) === CALIBRATED;
  return {
    kind: 'good',
    keyboard: agrees ? {} : { ...keyboard, ...smallLetters(keyboard) },
    keeps_separators: separator !== '',
    substitute: separator === GS ? '' : separator,
  };
}
/** A letter sits on one key in both cases. */
const smallLetters = (keyboard: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(keyboard).flatMap(([place, meant]) =>
      /^S-/.test(place) && /^[A-Z]$/.test(meant) ? [[place.slice(2), meant.toLowerCase()]] : [],
    ),
  );
