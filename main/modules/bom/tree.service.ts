import type { Id } from '../../../db/kit/columns.ts';
import type { BomTotals, TreeRow } from '../../../preload/contract/bom.ts';
import type { BomLine } from '../../../preload/contract/product-model.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import type { CatalogueIndex } from '../catalogue/catalogue.service.ts';
import { aggregateLeaves, type BomRow, expandLines, totals } from './expansion.rules.ts';

interface Facts {
  material_id: Id<'materials'>;
  is_kit: number;
  category: string | null;
  manufacturer_name: string | null;
  manufacturer_part_number: string | null;
  uom_id: Id<'units_of_measure'>;
  uom_code: string;
}
const FACTS = `select m.id as material_id, m.is_kit, c.category_name as category, m.manufacturer_name, m.manufacturer_part_number,
    m.base_uom_id as uom_id, u.uom_code
  from json_each(?) wanted join materials m on m.id = wanted.value
  left join material_categories c on c.id = m.material_category_id left join units_of_measure u on u.id = m.base_uom_id`;

export type ItemType = TreeRow['item_type'];
const typeOf = (row: { is_custom_part: boolean; kind: 'PART' | 'ASSEMBLY'; is_kit: boolean }): ItemType => {
  if (row.is_custom_part) return 'CUSTOM';
  if (row.kind === 'PART') return 'PART';
  return row.is_kit ? 'KIT' : 'ASSEMBLY';
};

/** The expanded tree of lines that are not stored, with what the catalogue knows of every item. */
export function expandedTree(
  ctx: ReadCtx,
  lines: readonly BomLine[],
  index: CatalogueIndex,
): (TreeRow & { uom_id: Id<'units_of_measure'> | null })[] {
  const rows = expandLines(lines, index);
  const keys = [...new Set(rows.filter(row => !row.is_custom_part).map(row => row.item_key))];
  const facts = new Map<string, Facts>(
    ctx.sql.all<Facts>(FACTS, [JSON.stringify(keys)]).map(fact => [fact.material_id, fact]),
  );
  return rows.map(row => {
    const fact = facts.get(row.item_key);
    const line = lines[row.line_index];
    return {
      line_id: null,
      row_no: row.row_no,
      parent_row_no: row.parent_row_no,
      level: row.level,
      line_index: row.line_index,
      material_id: fact?.material_id ?? null,
      item_id: row.item_id,
      name: row.name,
      item_type: typeOf({ ...row, is_kit: fact?.is_kit === 1 }),
      group: line?.group ?? null,
      category: fact?.category ?? null,
      manufacturer_name: fact?.manufacturer_name ?? null,
      manufacturer_part_number: fact?.manufacturer_part_number ?? null,
      quantity_e6: row.quantity_e6,
      total_quantity_e6: row.total_quantity_e6,
      uom_id: fact?.uom_id ?? null,
      uom_code: fact?.uom_code ?? 'EA',
      notes: row.notes,
      is_custom_part: row.is_custom_part,
      custom_part_spec: row.custom_part_spec,
      is_manual: false,
      has_components: row.has_components,
      causes: row.level === 0 ? (line?.causes ?? []) : [],
    };
  });
}

interface StoredRow {
  line_id: Id<'bom_lines'>;
  parent_line_id: string | null;
  level: number;
  material_id: Id<'materials'> | null;
  item_id: string;
  name: string;
  record_type: 'PART' | 'ASSEMBLY' | null;
  is_kit: number | null;
  category: string | null;
  manufacturer_name: string | null;
  manufacturer_part_number: string | null;
  quantity_e6: number;
  total_quantity_e6: number;
  uom_code: string;
  line_group: string | null;
  notes: string;
  is_custom_part: number;
  custom_part_spec: string | null;
  is_manual: number;
  causes: string;
}
const STORED = `select l.id as line_id, l.parent_line_id, l.level, l.component_material_id as material_id, l.item_number as item_id,
    coalesce(l.frozen_name, m.material_name, l.item_number) as name, m.record_type, m.is_kit, c.category_name as category,
    m.manufacturer_name, m.manufacturer_part_number, l.quantity_e6, l.total_quantity_e6, coalesce(u.uom_code, 'EA') as uom_code, l.line_group,
    coalesce(l.notes, '') as notes, l.is_custom_part, l.custom_part_spec, l.is_manual, l.causes
  from bom_lines l left join materials m on m.id = l.component_material_id
  left join material_categories c on c.id = m.material_category_id left join units_of_measure u on u.id = l.uom_id
  where l.bom_header_id = ?`;
const IN_ORDER = 'order by l.line_number';

function treeRowOf(
  row: StoredRow,
  place: Pick<TreeRow, 'row_no' | 'parent_row_no' | 'line_index' | 'has_components'>,
): TreeRow {
  const { parent_line_id, record_type, is_kit, line_group, custom_part_spec, causes, ...kept } = row;
  const is_custom_part = row.is_custom_part === 1;
  return {
    ...kept,
    ...place,
    item_type: typeOf({ is_custom_part, kind: record_type ?? 'PART', is_kit: is_kit === 1 }),
    group: line_group,
    is_custom_part,
    custom_part_spec: custom_part_spec === null ? null : JSON.parse(custom_part_spec),
    is_manual: row.is_manual === 1,
    causes: causes === '[]' ? [] : JSON.parse(causes),
  };
}

/** Stored lines in tree order. A draft shows the names of the catalogue, an approved version its frozen ones. */
export function storedTree(ctx: Pick<ReadCtx, 'sql'>, bom_id: string): TreeRow[] {
  const stored = ctx.sql.all<StoredRow>(`${STORED} ${IN_ORDER}`, [bom_id]);
  const places = new Map(stored.map((row, index) => [row.line_id as string, index + 1]));
  const parents = new Set(stored.map(row => row.parent_line_id));
  let line_index = -1;
  return stored.map((row, index) => {
    if (row.level === 0) line_index++;
    return treeRowOf(row, {
      row_no: index + 1,
      parent_row_no: row.parent_line_id === null ? null : (places.get(row.parent_line_id) ?? null),
      line_index,
      has_components: parents.has(row.line_id),
    });
  });
}

interface TopPlace {
  line_id: string;
  row_no: number;
  has_components: 0 | 1;
}
/** In tree order the components of a line are the deeper lines right behind it. */
const TOP_PLACES = `select line_id, row_no, next_level > 0 as has_components from (
    select id as line_id, level, row_number() over w as row_no, lead(level, 1, 0) over w as next_level
    from bom_lines where bom_header_id = ? window w as (order by line_number)
  ) where level = 0`;

/** The first level, just as `storedTree` gives it; of the other rows only how many there are. */
export function storedTop(ctx: Pick<ReadCtx, 'sql'>, bom_id: string): { rows: TreeRow[]; row_count: number } {
  const places = new Map(ctx.sql.all<TopPlace>(TOP_PLACES, [bom_id]).map(place => [place.line_id, place]));
  const rows = ctx.sql
    .all<StoredRow>(`${STORED} and l.level = 0 ${IN_ORDER}`, [bom_id])
    .map((row, line_index) => {
      const { row_no = 0, has_components = 0 } = places.get(row.line_id) ?? {};
      return treeRowOf(row, {
        row_no,
        parent_row_no: null,
        line_index,
        has_components: has_components === 1,
      });
    });
  const counted = ctx.sql.get<{ row_count: number }>(
    'select count(*) as row_count from bom_lines where bom_header_id = ?',
    [bom_id],
  );
  return { rows, row_count: counted?.row_count ?? 0 };
}

/** As the arithmetic of the expansion takes them. */
export const bomRows = (rows: readonly TreeRow[]): BomRow[] =>
  rows.map(row => ({
    ...row,
    item_key: row.material_id ?? `CUSTOM:${row.item_id}`,
    kind: row.item_type === 'PART' || row.item_type === 'CUSTOM' ? 'PART' : 'ASSEMBLY',
  }));
export const treeTotals = (rows: readonly TreeRow[]): BomTotals => totals(bomRows(rows));

/** Every item without components once, summed over the tree. */
export function aggregatedLines(rows: readonly TreeRow[]) {
  const firsts = new Map<string, TreeRow>();
  for (const row of rows) {
    const key = row.material_id ?? `CUSTOM:${row.item_id}`;
    if (!row.has_components && !firsts.has(key)) firsts.set(key, row);
  }
  return aggregateLeaves(bomRows(rows)).flatMap(leaf => {
    const first = firsts.get(leaf.item_key);
    if (!first) return [];
    const {
      material_id,
      item_id,
      name,
      item_type,
      category,
      manufacturer_name,
      manufacturer_part_number,
      uom_code,
      is_custom_part,
    } = first;
    const { total_quantity_e6, occurrences } = leaf;
    return [
      {
        material_id,
        item_id,
        name,
        item_type,
        category,
        manufacturer_name,
        manufacturer_part_number,
        uom_code,
        total_quantity_e6,
        occurrences,
        is_custom_part,
      },
    ];
  });
}
