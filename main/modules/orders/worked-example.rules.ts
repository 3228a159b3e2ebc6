import { z } from 'zod';
import type { Configuration, ConfigurationRow, Scalar } from '../../../preload/contract/product-model.ts';
import { refuse } from '../../rpc/refusal.ts';

const record = z.record(z.string(), z.unknown());
const scalarValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const basinLimit = 10;

const buildNames: Record<string, string> = {
  language: 'order_language',
  sinkModel: 'sink_model',
  width: 'sink_width_in',
  length: 'sink_length_in',
  legsType: 'legs_type',
  legsModel: 'legs_model',
  feetType: 'feet_type',
  workflowDirection: 'workflow_direction',
};
const pegboardNames: Record<string, string> = {
  color: 'pegboard_color',
  type: 'pegboard_type',
  sizeType: 'pegboard_size_type',
  width: 'pegboard_width_in',
  length: 'pegboard_length_in',
};
const basinNames: Record<string, string> = {
  basinType: 'basin_type',
  size: 'size',
  hasPTrapDrain: 'has_p_trap_drain',
  hasBasinLight: 'has_basin_light',
};
const groupNames: Record<string, Record<string, string>> = {
  faucets: { type: 'faucet_type', quantity: 'quantity', placement: 'placement', position: 'position' },
  sprayers: { type: 'sprayer_type', quantity: 'quantity', location: 'location' },
  accessories: { assemblyId: 'item_id', quantity: 'quantity' },
};

/** A value that is not a scalar cannot be an answer; its text makes the model name the field. */
function asScalar(value: unknown): Scalar {
  const parsed = scalarValue.safeParse(value);
  return parsed.success ? parsed.data : '[…]';
}

function rename(source: unknown, names: Record<string, string>, path: string): ConfigurationRow {
  const parsed = record.safeParse(source);
  if (!parsed.success) return refuse('example_invalid', { path });
  const row: ConfigurationRow = {};
  for (const [name, value] of Object.entries(parsed.data)) {
    if (value !== undefined) row[Object.hasOwn(names, name) ? (names[name] ?? name) : name] = asScalar(value);
  }
  return row;
}

function list(value: unknown, path: string): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : refuse('example_invalid', { path });
}

function basinRow(source: unknown, path: string) {
  const parsed = record.safeParse(source);
  if (!parsed.success) return refuse('example_invalid', { path });
  const { basinIndex, isCustomSize, size, ...rest } = parsed.data;
  const row = rename(rest, basinNames, path);
  const dimensions = typeof size === 'string' ? /^(\d{1,9})[xX](\d{1,9})[xX](\d{1,9})$/.exec(size) : null;
  if (typeof size === 'object' && size !== null) {
    const custom = rename(
      size,
      { width: 'width_in', length: 'length_in', depth: 'depth_in' },
      `${path}.size`,
    );
    Object.assign(row, { size: 'CUSTOM' }, custom);
  } else if (isCustomSize === true && dimensions) {
    const [width, length, depth] = dimensions.slice(1).map(Number);
    Object.assign(row, { size: 'CUSTOM', width_in: width, length_in: length, depth_in: depth });
  } else if (isCustomSize === true) row.size = 'CUSTOM';
  else row.size = asScalar(size ?? null);
  return { row, index: basinIndex };
}

/** Basins stand at their index; a gap stays an empty basin and is named by the model. */
function basinRows(source: unknown): ConfigurationRow[] {
  const given = list(source, 'basins');
  if (given.length > basinLimit) return given.map(() => ({}));
  const rows: ConfigurationRow[] = [];
  for (const [position, entry] of given.entries()) {
    const { row, index = position + 1 } = basinRow(entry, `basins[${position}]`);
    const isPlace = typeof index === 'number' && Number.isInteger(index) && index >= 1 && index <= basinLimit;
    if (!isPlace || rows[index - 1] !== undefined)
      return refuse('basin_index_invalid', { rule: 'V2', index });
    rows[index - 1] = row;
  }
  return Array.from(rows, row => row ?? {});
}

/**
 * One `config` of the worked-example form as answers of the MDRD model. Wrong values pass through, so that
 * the model names them. Refuses `example_invalid` (path) and `basin_index_invalid` (rule V2).
 */
export function workedExampleConfiguration(config: unknown): Configuration {
  const parsed = record.safeParse(config);
  if (!parsed.success) return refuse('example_invalid', { path: 'config' });
  const { pegboard, basins, faucets, sprayers, accessories, ...build } = parsed.data;
  const hasPegboard = pegboard !== null && pegboard !== undefined && pegboard !== false;
  return {
    ...rename(build, buildNames, 'config'),
    has_pegboard: hasPegboard,
    ...(hasPegboard && pegboard !== true ? rename(pegboard, pegboardNames, 'pegboard') : {}),
    basins: basinRows(basins),
    ...Object.fromEntries(
      Object.entries({ faucets, sprayers, accessories }).map(([name, rows]) => [
        name,
        list(rows, name).map((row, index) => rename(row, groupNames[name] ?? {}, `${name}[${index}]`)),
      ]),
    ),
  };
}

/** The settings a file of examples states in its metadata, by setting key. */
export function workedExampleSettings(metadata: unknown): Record<string, unknown> {
  const parsed = record.safeParse(metadata);
  if (!parsed.success) return {};
  const { feetQuantity, pegboardMode } = parsed.data;
  return {
    ...(feetQuantity === undefined ? {} : { 'bom.feetQuantity': feetQuantity }),
    ...(pegboardMode === undefined ? {} : { 'bom.pegboardMode': pegboardMode }),
  };
}
