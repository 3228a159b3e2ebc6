import { E6 } from '../../../db/kit/quantity.ts';
import type { TreeRow } from '../../../preload/contract/bom.ts';

/** Numbers of a setting: whole ones, or the beginning of one with a * at the end. */
export const isListed = (number: string, patterns: readonly string[]): boolean =>
  patterns.some(pattern =>
    pattern.endsWith('*') ? number.startsWith(pattern.slice(0, -1)) : number === pattern,
  );

/** As on the part, but for case and space: two ways to type one number stay one number. */
export const cleanNumber = (typed: string): string => typed.replace(/\s+/g, ' ').trim().toUpperCase();
/** Printable, without control characters of a scanner. */
export const isPlausible = (number: string): boolean =>
  /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(number);

export interface Place {
  /** The row of the BOM. */
  row_no: number;
  material_number: string;
  name: string;
  basin_index: number | null;
  unit_no: number;
}
const MOST_UNITS = 99;

/** Basins, from 1, whose answers made the line; none when the line serves the build as a whole. */
function basinsOf(line: TreeRow): number[] {
  const found = line.causes
    .flatMap(cause => cause.answers)
    .map(answer => /^basins\[(\d+)\]/.exec(answer.path)?.[1])
    .filter(index => index !== undefined)
    .map(index => Number(index) + 1);
  const basins = [...new Set(found)].sort((a, b) => a - b);
  // One control box for three basins belongs to the build, not to a basin.
  return line.total_quantity_e6 < basins.length * E6 ? [] : basins;
}

/** Where a row of the BOM sits, unit by unit: three touchscreens of three basins are one of each. */
export function placesOf(row: TreeRow, line: TreeRow | undefined): Place[] {
  const { row_no, item_id: material_number, name } = row;
  const units = Math.min(MOST_UNITS, Math.max(1, Math.round(row.total_quantity_e6 / E6)));
  const basins = line ? basinsOf(line) : [];
  const perBasin = basins.length === 0 ? units : Math.max(1, Math.floor(units / basins.length));
  return Array.from({ length: units }, (_, at) => ({
    row_no,
    material_number,
    name,
    basin_index: basins[Math.min(basins.length - 1, Math.floor(at / perBasin))] ?? null,
    unit_no: (at % perBasin) + 1,
  }));
}

/** Every place of the wanted rows; equal parts of one place are counted through. */
export function placesOfTree(rows: readonly TreeRow[], isWanted: (row: TreeRow) => boolean): Place[] {
  const lines = new Map(rows.filter(row => row.level === 0).map(row => [row.line_index, row]));
  const counted = new Map<string, number>();
  return rows
    .filter(isWanted)
    .flatMap(row => placesOf(row, lines.get(row.line_index)))
    .map(place => {
      const key = `${place.material_number}|${place.basin_index ?? ''}`;
      const unit_no = (counted.get(key) ?? 0) + 1;
      counted.set(key, unit_no);
      return { ...place, unit_no };
    });
}

interface Located {
  material_number: string;
  basin_index: number | null;
}
/** Puts every captured number into a place of its part and basin; what finds none is left over. */
export function filled<S extends Located>(places: readonly Place[], captured: readonly S[]) {
  const left = [...captured];
  const slots = places.map(place => {
    const at = left.findIndex(
      found => found.material_number === place.material_number && found.basin_index === place.basin_index,
    );
    const serial = at < 0 ? null : (left.splice(at, 1)[0] ?? null);
    return { ...place, serial };
  });
  return { slots, surplus: left };
}

/** The place that a row of a form means: its own basin's, else in turn those that serve the build as a whole. */
export function placeOfRow<P extends Located>(
  places: readonly P[],
  pattern: string,
  row: { basin_index: number | null; at: number },
): P | undefined {
  const ofPart = places.filter(place => isListed(place.material_number, [pattern]));
  const shared = ofPart.filter(place => place.basin_index === null);
  return (
    ofPart.find(place => place.basin_index === row.basin_index) ?? shared[Math.min(row.at, shared.length - 1)]
  );
}
