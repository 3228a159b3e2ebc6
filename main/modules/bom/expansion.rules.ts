import type { CustomPartSpec } from '../../../preload/contract/product-model.ts';
import { refuse } from '../../rpc/refusal.ts';
import { addE6, type ExactE6, multiplyE6, oneE6, roundE6 } from './exact-quantity.rules.ts';

export type CatalogueComponent = { item_id: string; quantity_e6: number; notes: string };
export type CatalogueItem = {
  /** Tells a part and an assembly of one id apart. */
  key: string;
  item_id: string;
  name: string;
  kind: 'PART' | 'ASSEMBLY';
  components: CatalogueComponent[];
};
export type BomCatalogue = { resolve(itemId: string): CatalogueItem | undefined };

export type TopLevelLine = {
  item_id: string;
  /** Pieces, a whole number. */
  quantity: number;
  notes: string;
  is_custom_part: boolean;
  custom_part_spec: CustomPartSpec | null;
  suppress_components: string[];
};

export type BomRow = {
  /** From 1, in tree order. */
  row_no: number;
  parent_row_no: number | null;
  level: number;
  line_index: number;
  item_key: string;
  item_id: string;
  name: string;
  kind: 'PART' | 'ASSEMBLY';
  /** Per piece of the parent. */
  quantity_e6: number;
  /** Per build. */
  total_quantity_e6: number;
  notes: string;
  is_custom_part: boolean;
  custom_part_spec: CustomPartSpec | null;
  has_components: boolean;
};

export type ExpansionLimits = { levels: number; rows: number };
export const expansionLimits: ExpansionLimits = { levels: 10_000, rows: 5_000_000 };

type Frame = {
  item: CatalogueItem;
  components: CatalogueComponent[];
  next: number;
  row: BomRow;
  total: ExactE6;
};

/** An id that is both: the assembly when it has components, else the part, else the empty assembly. */
export function resolveItem(
  itemId: string,
  parts: ReadonlyMap<string, CatalogueItem>,
  assemblies: ReadonlyMap<string, CatalogueItem>,
): CatalogueItem | undefined {
  const assembly = assemblies.get(itemId);
  if (assembly && assembly.components.length > 0) return assembly;
  return parts.get(itemId) ?? assembly;
}

/**
 * The whole tree, depth first, every occurrence expanded. Iterative, so depth costs no stack. Refuses
 * `bom_item_unknown`, `bom_cycle` (path of ids), `bom_too_deep`, `bom_too_large`, `bom_quantity_invalid`
 * and `bom_quantity_too_large`.
 */
export function expandLines(
  lines: readonly TopLevelLine[],
  catalogue: BomCatalogue,
  limits: ExpansionLimits = expansionLimits,
): BomRow[] {
  const rows: BomRow[] = [];
  for (const [lineIndex, line] of lines.entries()) expandLine(line, lineIndex, catalogue, limits, rows);
  return rows;
}

function expandLine(
  line: TopLevelLine,
  lineIndex: number,
  catalogue: BomCatalogue,
  limits: ExpansionLimits,
  rows: BomRow[],
) {
  const item = line.is_custom_part ? customItem(line) : known(catalogue, line.item_id, undefined);
  const quantityE6 = checkedQuantity(line.quantity * oneE6, line.item_id, undefined);
  const hidden = line.suppress_components;
  const components =
    hidden.length > 0 ? item.components.filter(({ item_id }) => !hidden.includes(item_id)) : item.components;
  const top: BomRow = {
    row_no: rows.length + 1,
    parent_row_no: null,
    level: 0,
    line_index: lineIndex,
    item_key: item.key,
    item_id: item.item_id,
    name: item.name,
    kind: item.kind,
    quantity_e6: quantityE6,
    total_quantity_e6: quantityE6,
    notes: line.notes,
    is_custom_part: line.is_custom_part,
    custom_part_spec: line.custom_part_spec,
    has_components: components.length > 0,
  };
  rows.push(top);

  const path: Frame[] = [{ item, components, next: 0, row: top, total: quantityE6 }];
  const keysOnPath = new Set([item.key]);
  for (let frame = path.at(-1); frame; frame = path.at(-1)) {
    const component = frame.components[frame.next++];
    if (!component) {
      keysOnPath.delete(frame.item.key);
      path.pop();
      continue;
    }
    if (rows.length >= limits.rows) refuse('bom_too_large', { limit: limits.rows });
    const child = known(catalogue, component.item_id, frame.item);
    const total = multiplyE6(
      frame.total,
      checkedQuantity(component.quantity_e6, component.item_id, frame.item),
    );
    const row: BomRow = {
      row_no: rows.length + 1,
      parent_row_no: frame.row.row_no,
      level: frame.row.level + 1,
      line_index: lineIndex,
      item_key: child.key,
      item_id: child.item_id,
      name: child.name,
      kind: child.kind,
      quantity_e6: component.quantity_e6,
      total_quantity_e6: roundE6(total),
      notes: component.notes,
      is_custom_part: false,
      custom_part_spec: null,
      has_components: child.components.length > 0,
    };
    rows.push(row);
    if (!row.has_components) continue;
    if (keysOnPath.has(child.key)) refuse('bom_cycle', { path: cyclePath(path, child) });
    if (row.level >= limits.levels) refuse('bom_too_deep', { limit: limits.levels, item_id: line.item_id });
    keysOnPath.add(child.key);
    path.push({ item: child, components: child.components, next: 0, row, total });
  }
}

const customItem = (line: TopLevelLine): CatalogueItem => ({
  key: `CUSTOM:${line.item_id}`,
  item_id: line.item_id,
  name: line.item_id,
  kind: 'PART',
  components: [],
});

function known(catalogue: BomCatalogue, itemId: string, parent: CatalogueItem | undefined) {
  return (
    catalogue.resolve(itemId) ??
    refuse('bom_item_unknown', { item_id: itemId, parent_id: parent?.item_id ?? null })
  );
}

function checkedQuantity(quantityE6: number, itemId: string, parent: CatalogueItem | undefined) {
  if (Number.isSafeInteger(quantityE6) && quantityE6 > 0) return quantityE6;
  return refuse('bom_quantity_invalid', {
    item_id: itemId,
    parent_id: parent?.item_id ?? null,
    quantity_e6: quantityE6,
  });
}

/** From the first occurrence of the item down to its repetition. A very long path keeps both ends. */
function cyclePath(path: readonly Frame[], repeated: CatalogueItem) {
  const start = path.findIndex(({ item }) => item.key === repeated.key);
  const ids = [...path.slice(start).map(({ item }) => item.item_id), repeated.item_id];
  return ids.length <= 50 ? ids : [...ids.slice(0, 25), '…', ...ids.slice(-24)];
}

export type LeafTotal = {
  item_key: string;
  item_id: string;
  name: string;
  kind: 'PART' | 'ASSEMBLY';
  total_quantity_e6: number;
  /** How many places of the tree hold it. */
  occurrences: number;
  is_custom_part: boolean;
};

/** One entry per item without components, summed over the tree, in the order of first occurrence. */
export function aggregateLeaves(rows: readonly BomRow[]): LeafTotal[] {
  const leaves = new Map<string, LeafTotal>();
  for (const row of rows) {
    if (row.has_components) continue;
    const known = leaves.get(row.item_key);
    if (known) {
      known.total_quantity_e6 = addE6(known.total_quantity_e6, row.total_quantity_e6);
      known.occurrences++;
      continue;
    }
    const { item_key, item_id, name, kind, total_quantity_e6, is_custom_part } = row;
    leaves.set(item_key, {
      item_key,
      item_id,
      name,
      kind,
      total_quantity_e6,
      occurrences: 1,
      is_custom_part,
    });
  }
  return [...leaves.values()];
}

export type BomTotals = {
  rows: number;
  top_level_lines: number;
  distinct_parts: number;
  distinct_assemblies: number;
  max_level: number;
  distinct_leaves: number;
  total_leaf_quantity_e6: number;
};

export function totals(rows: readonly BomRow[]): BomTotals {
  const parts = new Set<string>();
  const assemblies = new Set<string>();
  const leaves = new Set<string>();
  let topLevelLines = 0;
  let maxLevel = 0;
  let leafQuantityE6 = 0;
  for (const row of rows) {
    (row.kind === 'PART' ? parts : assemblies).add(row.item_key);
    if (row.level === 0) topLevelLines++;
    if (row.level > maxLevel) maxLevel = row.level;
    if (row.has_components) continue;
    leaves.add(row.item_key);
    leafQuantityE6 = addE6(leafQuantityE6, row.total_quantity_e6);
  }
  return {
    rows: rows.length,
    top_level_lines: topLevelLines,
    distinct_parts: parts.size,
    distinct_assemblies: assemblies.size,
    max_level: maxLevel,
    distinct_leaves: leaves.size,
    total_leaf_quantity_e6: leafQuantityE6,
  };
}
