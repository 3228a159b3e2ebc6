import { GS, RS } from './reading.ts';
import type { ScannerSettings } from './scanner-settings.ts';
import type { Stroke } from './stroke.ts';

/** A key as the page hears of it; `at_ms` is the time of the key itself, not of its handling. */
export interface KeyPress {
  key: string;
  code: string;
  at_ms: number;
  shift: boolean;
  ctrl: boolean;
  alt: boolean;
  /** AltGr: a character of its own level, no command. */
  level3: boolean;
}
export type Verdict =
  /** Nothing of ours: the page goes on as if nobody listened. */
  | { kind: 'typing' }
  /** May be the first character of a scan; what it would do is to wait until the next key or the time has told. */
  | { kind: 'first' }
  /** Belongs to a run as fast as a scanner: it must not act on the page. */
  | { kind: 'scanning' }
  | { kind: 'scan'; strokes: Stroke[]; began_at_ms: number };
export type DetectorSettings = Pick<ScannerSettings, 'max_gap_ms' | 'min_characters' | 'suffixes'>;

/** Marks that scanners send as a key with Ctrl: `Ctrl+]` is the group separator. */
const CONTROL_KEYS: Record<string, string> = { ']': GS, '^': RS, '6': RS };
const MODIFIERS = ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock', 'Dead'];

/** Tells a scanner from a person by time alone: every character at most so long after the one before, an end key after them. */
export class ScanDetector {
  private strokes: Stroke[] = [];
  private began_at_ms = 0;
  private last_at_ms = Number.NEGATIVE_INFINITY;
  /** Digits typed while Alt is held: a scanner's way to send a character by its number. */
  private alt_digits = '';
  settings: DetectorSettings;
  constructor(settings: DetectorSettings) {
    this.settings = settings;
  }

  /** Whether the keys so far came as fast as a scanner's. */
  get isRunning(): boolean {
    return this.strokes.length > 1;
  }

  press(event: KeyPress): Verdict {
    if (event.key !== 'Dead' && MODIFIERS.includes(event.key)) return { kind: 'typing' };
    const isFast = event.at_ms - this.last_at_ms <= this.settings.max_gap_ms;
    if (isSuffix(event.key)) return this.end(event, isFast);
    const stroke = this.strokeOf(event, isFast);
    if (stroke === 'part') {
      this.last_at_ms = event.at_ms;
      return { kind: 'scanning' };
    }
    if (stroke === undefined) return this.forget();
    if (!isFast || this.strokes.length === 0) {
      this.strokes = [stroke];
      this.began_at_ms = event.at_ms;
      this.last_at_ms = event.at_ms;
      return { kind: 'first' };
    }
    this.strokes.push(stroke);
    this.last_at_ms = event.at_ms;
    return { kind: 'scanning' };
  }

  /** A released key: Alt ends a character given by number. True where it belonged to a scan. */
  release(key: string, at_ms: number): boolean {
    if (key !== 'Alt' || this.alt_digits === '') return false;
    const code = Number(this.alt_digits);
    this.alt_digits = '';
    this.last_at_ms = at_ms;
    this.strokes.push({ key: String.fromCharCode(code), place: `=${code}` });
    return true;
  }

  private end(event: KeyPress, isFast: boolean): Verdict {
    const { strokes, began_at_ms } = this;
    this.forget();
    const isOurs =
      isFast &&
      !event.ctrl &&
      !event.alt &&
      !event.shift &&
      this.settings.suffixes.some(suffix => suffix === event.key) &&
      strokes.length >= this.settings.min_characters;
    return isOurs ? { kind: 'scan', strokes, began_at_ms } : { kind: 'typing' };
  }

  /** `part`: of a character that is not complete. Nothing: no character, as an arrow key or a command. */
  private strokeOf(event: KeyPress, isFast: boolean): Stroke | 'part' | undefined {
    const isLater = isFast && this.strokes.length > 0;
    const digit = /^Numpad(\d)$/.exec(event.code)?.[1];
    if (event.alt && !event.level3 && digit !== undefined && isLater) {
      this.alt_digits += digit;
      return 'part';
    }
    const control = event.ctrl && !event.alt && isLater ? CONTROL_KEYS[event.key] : undefined;
    if (control !== undefined) return { key: control, place: `=${control}` };
    if ((event.ctrl || event.alt) && !event.level3) return undefined;
    if (event.key !== 'Dead' && [...event.key].length !== 1) return undefined;
    const place = `${event.level3 ? 'A-' : ''}${event.shift ? 'S-' : ''}${event.code}`;
    return { key: event.key, place };
  }

  private forget(): Verdict {
    this.strokes = [];
    this.alt_digits = '';
    this.last_at_ms = Number.NEGATIVE_INFINITY;
    return { kind: 'typing' };
  }
}
const isSuffix = (key: string): boolean => key === 'Enter' || key === 'Tab';
