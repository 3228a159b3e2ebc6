import { z } from 'zod';

const STORED_AS = 'millwright.scanner';
export const SUFFIXES = ['Enter', 'Tab'] as const;
/** How the scanner of this computer behaves; it is plugged in here, so that nothing of it travels to other stations. */
export const scannerSettings = z.object({
  /** Longest time between two characters of a scan. */
  max_gap_ms: z.int().min(5).max(200).default(30),
  min_characters: z.int().min(3).max(30).default(6),
  suffixes: z.array(z.enum(SUFFIXES)).min(1).default(['Enter', 'Tab']),
  /** What the scanner types in place of the group separator; empty: it sends the separator itself, or nothing. */
  substitute: z.string().max(3).default(''),
  /** A calibration has shown that separators arrive. */
  keeps_separators: z.boolean().default(false),
  /** Key to the character that it means, where scanner and computer have different keyboards. */
  keyboard: z.record(z.string(), z.string()).default({}),
  has_sound: z.boolean().default(true),
});
export type ScannerSettings = z.infer<typeof scannerSettings>;
export const DEFAULTS: ScannerSettings = scannerSettings.parse({});

export function storedSettings(): ScannerSettings {
  try {
    return scannerSettings.parse(JSON.parse(localStorage.getItem(STORED_AS) ?? '{}'));
  } catch {
    // Not readable any more: as a new computer.
    return DEFAULTS;
  }
}
export const CHANGED = 'millwright-scanner';
/** Tells every listener of this window, too. */
export function storeSettings(settings: ScannerSettings): void {
  localStorage.setItem(STORED_AS, JSON.stringify(settings));
  window.dispatchEvent(new Event(CHANGED));
}
