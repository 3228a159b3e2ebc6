import type Big from 'big.js';
import { fromBig, QuantityError } from '../../../db/kit/quantity.ts';
import { refuse } from '../../rpc/refusal.ts';
import { convert, type RequirementLine, required, type Unit } from './master-bom.rules.ts';

export interface ExplosionItem {
  material_id: string;
  number: string;
  name: string;
  base_uom_id: string;
}
export interface ExplosionLine extends RequirementLine {
  component_id: string;
  is_phantom: boolean;
}
/** The bill in force on the production date, with the unit its base quantity is stated in. */
export interface ExplosionBom {
  bom_id: string;
  uom_id: string;
  lines: ExplosionLine[];
}
export interface ExplosionSource {
  item(material_id: string): ExplosionItem;
  bom(material_id: string): ExplosionBom | undefined;
  unit(uom_id: string): Unit;
}
export type ExplosionMode = 'SINGLE_LEVEL' | 'MULTI_LEVEL' | 'INDENTED';
export interface ExplodedRow {
  item: ExplosionItem;
  level: number;
  path: string[];
  quantity_e6: number;
  has_components: boolean;
  occurrences: { parent_number: string; level: number; quantity_e6: number }[];
}
export const DEEPEST_LEVEL = 10;
const MOST_ROWS = 200_000;

interface Gathered {
  item: ExplosionItem;
  level: number;
  path: string[];
  quantity: Big;
  has_components: boolean;
  occurrences: { parent_number: string; level: number; quantity: Big }[];
}

/**
 * Requirements of a quantity in the item's base unit. Exact until the end: rounded half up to millionths once.
 * Phantoms give way to their own components. Refuses `no_active_bom`, `bom_cycle`, `bom_too_deep`,
 * `bom_too_large`, `dimension_mismatch` and `bom_quantity_too_large`.
 */
export function explode(
  source: ExplosionSource,
  material_id: string,
  quantity: Big,
  on: string,
  mode: ExplosionMode,
) {
  const top = source.item(material_id);
  const bom = source.bom(material_id) ?? refuse('no_active_bom', { number: top.number, on });
  const rows: Gathered[] = [];
  const summed = new Map<string, Gathered>();

  const add = (row: Gathered): void => {
    if (rows.length >= MOST_ROWS) refuse('bom_too_large', { limit: MOST_ROWS });
    const held = mode === 'INDENTED' ? undefined : summed.get(row.item.material_id);
    if (!held) {
      rows.push(row);
      summed.set(row.item.material_id, row);
      return;
    }
    held.quantity = held.quantity.plus(row.quantity);
    held.occurrences.push(...row.occurrences);
  };
  /** `level` counts listed levels, `path` every number down to the parent, phantoms included. */
  const walk = (
    parent: ExplosionItem,
    parentBom: ExplosionBom,
    parentQuantity: Big,
    level: number,
    path: string[],
  ): void => {
    if (path.length > DEEPEST_LEVEL) refuse('bom_too_deep', { limit: DEEPEST_LEVEL, item_id: top.number });
    const inBomUnit = convert(parentQuantity, source.unit(parent.base_uom_id), source.unit(parentBom.uom_id));
    for (const line of parentBom.lines) {
      const item = source.item(line.component_id);
      if (path.includes(item.number))
        refuse('bom_cycle', { path: [...path.slice(path.indexOf(item.number)), item.number].join(' > ') });
      const needed = convert(
        required(inBomUnit, line),
        source.unit(line.uom_id),
        source.unit(item.base_uom_id),
      );
      const own = source.bom(line.component_id);
      const below = [...path, item.number];
      if (line.is_phantom && own) {
        walk(item, own, needed, level, below);
        continue;
      }
      add({
        item,
        level,
        path: below,
        quantity: needed,
        has_components: own !== undefined,
        occurrences: [{ parent_number: parent.number, level, quantity: needed }],
      });
      if (own && mode !== 'SINGLE_LEVEL') walk(item, own, needed, level + 1, below);
    }
  };
  walk(top, bom, quantity, 1, [top.number]);
  const exploded = rows.map(rounded);
  return {
    bom_id: bom.bom_id,
    rows: mode === 'MULTI_LEVEL' ? exploded.filter(row => !row.has_components) : exploded,
    sub_assemblies: mode === 'MULTI_LEVEL' ? exploded.filter(row => row.has_components) : [],
  };
}

function rounded({ quantity, occurrences, ...row }: Gathered): ExplodedRow {
  return {
    ...row,
    quantity_e6: stored(quantity, row.item.number),
    occurrences: occurrences.map(({ quantity: part, ...o }) => ({
      ...o,
      quantity_e6: stored(part, row.item.number),
    })),
  };
}

function stored(quantity: Big, number: string): number {
  try {
    return fromBig(quantity);
  } catch (error) {
    if (error instanceof QuantityError)
      return refuse('bom_quantity_too_large', { item_id: number, quantity: quantity.toPrecision(12) });
    throw error;
  }
}
