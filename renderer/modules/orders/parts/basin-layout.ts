import type { BasinShape, SinkGeometry } from './sink-geometry.ts';
import { basinTitle } from './sink-marks.tsx';

/** Width of a letter of Inter in its size, on the safe side. */
const LETTER = 0.62;
const SMALLEST_RATIO = 0.85;
const LINE_RATIO = 1.3;
/** Height and width of the row of drain, P-trap and light, in its own size. */
const MARKS_HEIGHT = 1.6;
const MARKS_WIDTH = 5;
const AIR_RATIO = 0.25;

interface Line {
  text: string;
  y: number;
  size: number;
}
/** Where the words and marks of a basin stand, in inches of the drawing. */
export interface BasinLayout {
  y: number;
  height_in: number;
  /** Title and size where they fit, otherwise the number alone: the list below the plan has the words. */
  lines: Line[];
  marks: { y: number; size: number };
}

export const basinWords = (basin: BasinShape): string =>
  `${basin.index + 1} · ${basinTitle(basin.basin_type)}`;

/** The box of a basin with its row of marks at the bottom, and what is left above it for words. */
function basinBox(basin: BasinShape, { width_in }: SinkGeometry, font: number) {
  const height_in = Math.min(basin.length_in, Math.max(2, width_in - font * 2.2));
  const y = Math.max(font * 2, (width_in - height_in) / 2 + font * 0.6);
  const size = Math.min(font, (basin.width_in * 0.94) / MARKS_WIDTH, (height_in * 0.42) / MARKS_HEIGHT);
  const marks = { y: y + height_in - size * (MARKS_HEIGHT / 2 + AIR_RATIO), size };
  const words = [basinWords(basin), basin.size_text || '?'].map(text => ({
    text,
    size: Math.min(font, (basin.width_in * 0.94) / (text.length * LETTER)),
  }));
  return { y, height_in, marks, words, room_in: height_in - size * (MARKS_HEIGHT + 2 * AIR_RATIO) };
}

/** All basins of a sink say their words inside, or none does. */
export function hasRoomForWords(geometry: SinkGeometry, font: number): boolean {
  return geometry.basins.every(basin => {
    const { words, room_in } = basinBox(basin, geometry, font);
    const isHighEnough = room_in >= (words.length * LINE_RATIO + AIR_RATIO) * font;
    return isHighEnough && words.every(({ size }) => size >= font * SMALLEST_RATIO);
  });
}

/** Words above, marks below, never over one another; what has no room is left to the list. */
export function basinLayout(basin: BasinShape, geometry: SinkGeometry, font: number): BasinLayout {
  const { y, height_in, marks, words, room_in } = basinBox(basin, geometry, font);
  if (!hasRoomForWords(geometry, font)) {
    const size = Math.min(font * 1.2, room_in / LINE_RATIO, basin.width_in * 0.8);
    return { y, height_in, marks, lines: [{ text: String(basin.index + 1), y: y + room_in / 2, size }] };
  }
  const line = LINE_RATIO * font;
  const top = y + (room_in - words.length * line) / 2 + line / 2;
  return { y, height_in, marks, lines: words.map((word, i) => ({ ...word, y: top + i * line })) };
}

/** What basins without words are, in rows no wider than the drawing. */
export function basinLegend(geometry: SinkGeometry, font: number, width_in: number): string[] {
  if (hasRoomForWords(geometry, font)) return [];
  const entries = geometry.basins.map(basin => `${basinWords(basin)} ${basin.size_text || '?'}`);
  const letters = Math.max(1, Math.floor(width_in / (font * LETTER)));
  const rows: string[] = [];
  for (const entry of entries) {
    const last = rows.at(-1);
    const joined = `${last}   ${entry}`;
    if (last !== undefined && joined.length <= letters) rows[rows.length - 1] = joined;
    else rows.push(entry);
  }
  return rows;
}
