import { toBig } from '../../../db/kit/quantity.ts';
import type { AggregatedLine, TreeRow } from '../../../preload/contract/bom.ts';
import type { PickLine, PickList } from '../../../preload/contract/pick-list.ts';
import { type Column, defineSheet, type Sheet } from '../../platform/sheet.ts';

/** Decimals shown per unit code. */
export type UnitDecimals = ReadonlyMap<string, number>;
type Item = Pick<
  TreeRow,
  | 'item_id'
  | 'name'
  | 'item_type'
  | 'category'
  | 'manufacturer_name'
  | 'manufacturer_part_number'
  | 'uom_code'
>;
const item = { key: 'item_id', kind: 'text', width: 24, value: (r: Item) => r.item_id } as const;
const name = { key: 'name', kind: 'text', width: 40, value: (r: Item) => r.name } as const;
const type = {
  key: 'item_type',
  kind: 'text',
  width: 13,
  value: (r: Item) => r.item_type,
  words: 'item_type',
} as const;
const unit = { key: 'uom_code', kind: 'text', width: 9, value: (r: Item) => r.uom_code } as const;
const origin: Column<Item>[] = [
  { key: 'category', kind: 'text', width: 20, value: r => r.category },
  { key: 'manufacturer_name', kind: 'text', width: 22, value: r => r.manufacturer_name },
  { key: 'manufacturer_part_number', kind: 'text', width: 24, value: r => r.manufacturer_part_number },
];
const decimalsOf = (units: UnitDecimals) => (r: Item) => units.get(r.uom_code) ?? 0;

/** The whole tree in its order; components are grouped under their parent. */
export function bomLevelsSheet(tree: readonly TreeRow[], units: UnitDecimals): Sheet {
  const decimals = decimalsOf(units);
  const top = tree[0]?.level ?? 0;
  return defineSheet<TreeRow>({
    id: 'bom_levels',
    row_count: tree.length,
    rows: () => tree,
    level: r => r.level - top,
    columns: [
      { key: 'level', kind: 'integer', width: 8, value: r => r.level },
      { ...item, width: 30, indent: r => r.level - top },
      name,
      type,
      { key: 'quantity_e6', kind: 'quantity', width: 12, value: r => r.quantity_e6, decimals },
      unit,
      { key: 'total_quantity_e6', kind: 'quantity', width: 14, value: r => r.total_quantity_e6, decimals },
      { key: 'group', kind: 'text', width: 18, value: r => r.group },
      ...origin,
      { key: 'is_custom_part', kind: 'boolean', width: 11, value: r => r.is_custom_part },
      { key: 'is_manual', kind: 'boolean', width: 11, value: r => r.is_manual },
      { key: 'rules', kind: 'text', width: 24, value: r => r.causes.map(c => c.rule).join(', ') || null },
      { key: 'notes', kind: 'text', width: 36, value: r => r.notes || null },
    ],
  });
}

/** Every leaf once, with what the whole build needs of it. */
export function bomAggregatedSheet(lines: readonly AggregatedLine[], units: UnitDecimals): Sheet {
  const decimals = decimalsOf(units);
  return defineSheet<AggregatedLine>({
    id: 'bom_aggregated',
    row_count: lines.length,
    rows: () => lines,
    columns: [
      item,
      name,
      type,
      {
        key: 'total_quantity_e6',
        kind: 'quantity',
        width: 14,
        value: r => r.total_quantity_e6,
        decimals,
        total: 'sum',
      },
      unit,
      { key: 'occurrences', kind: 'integer', width: 11, value: r => r.occurrences, total: 'sum' },
      ...origin,
      { key: 'is_custom_part', kind: 'boolean', width: 11, value: r => r.is_custom_part },
    ],
  });
}

/** One sheet for each distinct assembly of the tree: its direct components, per piece of the assembly. */
export function bomAssemblySheets(tree: readonly TreeRow[], units: UnitDecimals): Sheet[] {
  const decimals = decimalsOf(units);
  const children = Map.groupBy(tree, r => r.parent_row_no);
  const assemblies = new Map<string, TreeRow>();
  for (const row of tree) {
    const key = row.material_id ?? row.item_id;
    if (children.has(row.row_no) && !assemblies.has(key)) assemblies.set(key, row);
  }
  return [...assemblies.values()].map(assembly => {
    const rows = children.get(assembly.row_no) ?? [];
    return defineSheet<TreeRow>({
      id: 'bom_assembly',
      title: assembly.item_id,
      row_count: rows.length,
      rows: () => rows,
      columns: [
        item,
        name,
        type,
        { key: 'quantity_e6', kind: 'quantity', width: 12, value: r => r.quantity_e6, decimals },
        unit,
        ...origin,
        { key: 'notes', kind: 'text', width: 36, value: r => r.notes || null },
      ],
    });
  });
}

/** What to fetch, in walking order; the share of each build in words when there are several. */
export function pickListSheet({ builds, lines }: PickList, units: UnitDecimals): Sheet {
  const shares = (r: PickLine): string =>
    r.shares.map(s => `${s.order_number}/${s.build_number}: ${toBig(s.quantity_e6).toString()}`).join(', ');
  const split: Column<PickLine>[] =
    builds.length > 1 ? [{ key: 'shares', kind: 'text', width: 44, value: shares }] : [];
  return defineSheet<PickLine>({
    id: 'pick_list',
    row_count: lines.length,
    rows: () => lines,
    columns: [
      { key: 'warehouse_location', kind: 'text', width: 30, value: r => r.warehouse_location },
      { key: 'bin_location', kind: 'text', width: 14, value: r => r.bin_location },
      { key: 'item_id', kind: 'text', width: 24, value: r => r.item_id },
      { key: 'name', kind: 'text', width: 44, value: r => r.name, total: 'count' },
      {
        key: 'quantity_e6',
        kind: 'quantity',
        width: 12,
        value: r => r.quantity_e6,
        decimals: r => units.get(r.uom_code) ?? 0,
      },
      { key: 'uom_code', kind: 'text', width: 9, value: r => r.uom_code },
      ...split,
      { key: 'is_custom_part', kind: 'boolean', width: 11, value: r => r.is_custom_part },
    ],
  });
}
