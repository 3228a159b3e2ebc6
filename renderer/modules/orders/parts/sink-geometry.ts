import type { Configuration, ConfigurationRow, Scalar } from '../../../../preload/contract/product-model.ts';

export interface BasinShape {
  index: number;
  /** Inches from the left end of the sink. */
  x: number;
  width_in: number;
  length_in: number;
  depth_in: number;
  isSized: boolean;
  basin_type: string | null;
  size_text: string;
  has_light: boolean;
  has_p_trap: boolean;
}
export interface FaucetShape {
  row: number;
  /** Of all single faucets. */
  place: number;
  x: number;
  faucet_type: string | null;
  isAuto: boolean;
}
export interface SprayerShape {
  row: number;
  side: 'left' | 'right';
  place: number;
  kind: 'air' | 'water';
}
export interface SinkGeometry {
  length_in: number;
  isLengthGiven: boolean;
  /** Front to back. */
  width_in: number;
  isWidthGiven: boolean;
  /** Where the basins end when they need more room than the sink has. */
  extent_in: number;
  basins: BasinShape[];
  faucets: FaucetShape[];
  sprayers: SprayerShape[];
  pegboard: {
    color: string | null;
    isPerforated: boolean;
    width_in: number;
    height_in: number;
    x: number;
  } | null;
  legs: { isAdjustable: boolean; model: string | null; hasCasters: boolean };
  direction: 'left_to_right' | 'right_to_left';
}

const STANDARD_PEGBOARD_HEIGHT_IN = 36;
const USUAL_WIDTH_IN = 30;
const UNSIZED = { width_in: 20, length_in: 20, depth_in: 8 };

export const rowsIn = (configuration: Configuration, group: string): ConfigurationRow[] => {
  const rows = configuration[group];
  return Array.isArray(rows) ? rows : [];
};
const scalarIn = (configuration: Configuration, field: string): Scalar => {
  const value = configuration[field];
  return value === undefined || Array.isArray(value) ? null : value;
};
const positive = (value: Scalar | undefined) =>
  typeof value === 'number' && value > 0 && value < 1000 ? value : null;
const word = (value: Scalar | undefined) => (typeof value === 'string' && value !== '' ? value : null);

/** Standard sizes carry their inches in the value (24X20X8); a custom one carries them in its own answers. */
function basinSize(row: ConfigurationRow) {
  const standard = /^(\d+)X(\d+)X(\d+)$/.exec(word(row.size) ?? '');
  const [width, length, depth] = standard
    ? standard.slice(1).map(Number)
    : [positive(row.width_in), positive(row.length_in), positive(row.depth_in)];
  if (!width || !length || !depth) return { ...UNSIZED, isSized: false, size_text: '' };
  return {
    width_in: width,
    length_in: length,
    depth_in: depth,
    isSized: true,
    size_text: `${width}×${length}×${depth}`,
  };
}

function placeBasins(rows: ConfigurationRow[], length_in: number): BasinShape[] {
  const sizes = rows.map(basinSize);
  const taken = sizes.reduce((sum, { width_in }) => sum + width_in, 0);
  const gap = Math.max(1, (length_in - taken) / (rows.length + 1));
  let x = gap;
  return rows.map((row, index) => {
    const size = sizes[index] ?? { ...UNSIZED, isSized: false, size_text: '' };
    const at = x;
    x += size.width_in + gap;
    return {
      index,
      x: at,
      ...size,
      basin_type: word(row.basin_type),
      has_light: row.has_basin_light === true,
      has_p_trap: row.has_p_trap_drain === true,
    };
  });
}

const middle = (basin: BasinShape) => basin.x + basin.width_in / 2;
const between = (left: BasinShape, right: BasinShape) => (left.x + left.width_in + right.x) / 2;

/** Every single faucet with its place; those without one go over the next basin that has none. */
function placeFaucets(rows: ConfigurationRow[], basins: BasinShape[], length_in: number): FaucetShape[] {
  const single = rows.flatMap((row, index) => {
    const count = Math.min(positive(row.quantity) ?? 1, 6);
    return Array.from({ length: count }, () => ({ row, index }));
  });
  const isOver = new Set<number>();
  const isBetween = new Set<number>();
  const takeNext = (limit: number, taken: Set<number>) => {
    for (let place = 0; place < limit; place += 1) {
      if (taken.has(place)) continue;
      taken.add(place);
      return place;
    }
    return null;
  };
  return single.map(({ row, index }, order) => {
    const fallback = (length_in * (order + 1)) / (single.length + 1);
    const position = /^(BASIN|BETWEEN)_(\d)/.exec(word(row.position) ?? '');
    const isGap = position ? position[1] === 'BETWEEN' : row.placement === 'BETWEEN_BASINS';
    const asked = position ? Number(position[2]) - 1 : null;
    const taken = isGap ? isBetween : isOver;
    if (asked !== null) taken.add(asked);
    const place = asked ?? takeNext(isGap ? basins.length - 1 : basins.length, taken);
    const here = place === null ? undefined : basins[place];
    const next = place === null ? undefined : basins[place + 1];
    const x = here ? (isGap ? (next ? between(here, next) : fallback) : middle(here)) : fallback;
    return {
      row: index,
      place: order,
      x,
      faucet_type: word(row.faucet_type),
      isAuto: typeof row.auto_rule === 'string',
    };
  });
}

function placeSprayers(rows: ConfigurationRow[]): SprayerShape[] {
  const places = { left: 0, right: 0 };
  return rows.flatMap((row, index) => {
    const side = row.location === 'LEFT_SIDE' ? 'left' : 'right';
    const kind = word(row.sprayer_type)?.startsWith('AIR') ? 'air' : 'water';
    return Array.from({ length: Math.min(positive(row.quantity) ?? 1, 4) }, () => {
      const shape: SprayerShape = { row: index, side, place: places[side], kind };
      places[side] += 1;
      return shape;
    });
  });
}

function pegboardOf(configuration: Configuration, length_in: number): SinkGeometry['pegboard'] {
  if (configuration.has_pegboard !== true) return null;
  const isCustom = configuration.pegboard_size_type === 'CUSTOM';
  const given = isCustom ? positive(scalarIn(configuration, 'pegboard_width_in')) : null;
  const height = isCustom ? positive(scalarIn(configuration, 'pegboard_length_in')) : null;
  const width_in = given ?? length_in;
  return {
    color: word(scalarIn(configuration, 'pegboard_color')),
    isPerforated: configuration.pegboard_type !== 'SOLID',
    width_in,
    height_in: Math.min(height ?? STANDARD_PEGBOARD_HEIGHT_IN, 72),
    x: (length_in - width_in) / 2,
  };
}

/** What can be drawn of a sink. Null when the configuration is of another kind of product. */
export function sinkGeometry(configuration: Configuration): SinkGeometry | null {
  const basinRows = rowsIn(configuration, 'basins').slice(0, 10);
  const given = positive(scalarIn(configuration, 'sink_length_in'));
  if (given === null && basinRows.length === 0 && !scalarIn(configuration, 'sink_model')) return null;
  const needed = basinRows.reduce((sum, row) => sum + basinSize(row).width_in + 4, 4);
  const length_in = given ?? Math.max(48, needed);
  const givenWidth = positive(scalarIn(configuration, 'sink_width_in'));
  const basins = placeBasins(basinRows, length_in);
  const last = basins.at(-1);
  const pegboard = pegboardOf(configuration, length_in);
  return {
    length_in,
    isLengthGiven: given !== null,
    width_in: Math.min(givenWidth ?? USUAL_WIDTH_IN, 120),
    isWidthGiven: givenWidth !== null,
    extent_in: Math.max(length_in, last ? last.x + last.width_in : 0),
    basins,
    faucets: placeFaucets(rowsIn(configuration, 'faucets'), basins, length_in),
    sprayers: placeSprayers(rowsIn(configuration, 'sprayers')),
    pegboard,
    legs: {
      isAdjustable: configuration.legs_type === 'HEIGHT_ADJUSTABLE',
      model: word(scalarIn(configuration, 'legs_model')),
      hasCasters: configuration.feet_type === 'LOCK_LEVELING_CASTERS',
    },
    direction: configuration.workflow_direction === 'RIGHT_TO_LEFT' ? 'right_to_left' : 'left_to_right',
  };
}
