import font from '../../../resources/label-font.json' with { type: 'json' };

/** Advances of the label font (Roboto Condensed Bold), close to the scalable font built into label printers. */
const advances = new Map(Object.entries(font.advances));
/** A printer's own letters may be this much wider: text fits only with room for them. */
const PRINTER_ROOM = 1.06;
/** From the top of a line to its base line, in heights of the line. */
export const ASCENT = 0.8;

/** Signs label printers do not have, and what is usually written for them. */
const PLAIN = new Map([
  ['\u03a9', 'ohm'],
  ['\u2126', 'ohm'],
  ['≤', '<='],
  ['≥', '>='],
  ['″', '"'],
  ['′', "'"],
  ['\u2011', '-'],
]);
/** The text in letters a printer has, where there is a usual way to write it. */
export const printable = (text: string): string => Array.from(text, sign => PLAIN.get(sign) ?? sign).join('');

export const missingCharacters = (text: string): string[] => [
  ...new Set([...text].filter(character => !advances.has(character))),
];
/** Width in the same unit as `size`. */
export function textWidth(text: string, size: number): number {
  let units = 0;
  for (const character of text) units += advances.get(character) ?? font.units_per_em;
  return (units * size) / font.units_per_em;
}
export const widestText = (text: string, size: number): number => textWidth(text, size) * PRINTER_ROOM;

/**
 * Breaks at spaces, else after a hyphen or slash that is no fraction, else anywhere: part numbers have no spaces. Every character of the
 * text is in some line, but the spaces where lines end.
 */
export function wrapped(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  const close = () => {
    lines.push(line.trimEnd());
    line = '';
  };
  for (const part of text.match(/\s+|(?:[^\s\-/]|(?<=\d)\/(?=\d))*(?:[-/]|(?=\s|$))|[^\s\-/]+/g) ?? []) {
    if (widestText(line + part.trimEnd(), size) <= width) {
      line += line === '' ? part.trimStart() : part;
      continue;
    }
    if (line !== '') close();
    if (part.trim() === '') continue;
    for (const character of part) {
      if (line !== '' && widestText(line + character, size) > width) close();
      line += character;
    }
  }
  if (line !== '') close();
  return lines;
}
