/** One pressed key: what the computer made of it, and which key it was. */
export interface Stroke {
  /** The character, or `Dead` for a key that waits for the next one. */
  key: string;
  /** The place on the keyboard with its shift keys, such as `S-KeyA`. */
  place: string;
}
/** Strokes of characters as a keyboard of this computer would send them; for text that came without keys. */
export const strokesOf = (text: string): Stroke[] => [...text].map(key => ({ key, place: `=${key}` }));

/** What was meant: by the stored keyboard where there is one, otherwise as the computer read it. */
export const textOf = (strokes: readonly Stroke[], keyboard: Readonly<Record<string, string>>): string =>
  strokes.map(({ key, place }) => keyboard[place] ?? (key === 'Dead' ? '' : key)).join('');
