import type { MaterialExportFilter } from '../../../preload/contract/reporting.ts';
import { defineSheet, type Sheet } from '../../platform/sheet.ts';
import type { ReadCtx, SqlValue } from '../../rpc/context.ts';
import { findIds } from './search.service.ts';

const MOST_FOUND = 100_000;
const BRANCH = `with recursive branch(id) as (select @category union
  select c.id from material_categories c join branch b on c.parent_category_id = b.id) select id from branch`;

interface MaterialRow {
  material_number: string;
  record_type: string;
  material_name: string;
  description: string | null;
  material_kind: string;
  category_code: string | null;
  category_name: string | null;
  uom_code: string;
  decimals: number;
  procurement_type: string;
  mrp_type: string;
  safety_stock_e6: number;
  reorder_point_e6: number;
  lot_size_e6: number;
  lead_time_days: number;
  tracking_mode: string;
  manufacturer_name: string | null;
  manufacturer_part_number: string | null;
  warehouse_location: string | null;
  bin_location: string | null;
  is_outsourced: number;
  can_order: number;
  needs_id_check: number;
  quantities_verified: number;
  is_active: number;
  updated_at_ms: number;
}
interface ComponentRow {
  assembly_number: string;
  assembly_name: string;
  bom_version: number;
  line_number: number;
  item_number: string;
  item_name: string | null;
  quantity_e6: number;
  uom_code: string;
  decimals: number;
  scrap_percent_e4: number;
  operation_number: number | null;
  is_phantom: number;
  backflush: number;
  notes: string | null;
}

/** Conditions on `materials m`, with named parameters. */
function whereOf(
  ctx: ReadCtx,
  filter: MaterialExportFilter,
): { sql: string; params: Record<string, SqlValue> } {
  const conditions = ['m.organization_id = @organization_id'];
  const params: Record<string, SqlValue> = { organization_id: ctx.organization_id };
  const add = (sql: string, more: Record<string, SqlValue> = {}) => {
    conditions.push(sql);
    Object.assign(params, more);
  };
  if (ctx.actor.is_person) add('m.plant_id = @plant_id', { plant_id: ctx.actor.plant_id });
  if (filter.active !== 'all') add(`m.is_active = ${filter.active === 'active' ? 1 : 0}`);
  if (filter.kind !== null) add('m.material_kind = @kind', { kind: filter.kind });
  if (filter.category_id !== null)
    add(
      `(m.material_category_id in (${BRANCH}) or exists (select 1 from material_category_links l
        where l.material_id = m.id and l.material_category_id in (${BRANCH})))`,
      { category: filter.category_id },
    );
  // The list finds a number once; both records of it go out, so that the file can come back whole.
  if (filter.text.trim() !== '')
    add(
      `m.material_number in (select f.material_number from json_each(@found) hit join materials f on f.id = hit.value)`,
      { found: JSON.stringify(findIds(ctx, filter.text, MOST_FOUND)) },
    );
  return { sql: conditions.join(' and '), params };
}
const countOf = (ctx: ReadCtx, sql: string, params: Record<string, SqlValue>): number =>
  ctx.sql.get<{ total: number }>(`select count(*) as total ${sql}`, params)?.total ?? 0;

/** Every item of the filtered set, by number. */
export function materialsSheet(ctx: ReadCtx, filter: MaterialExportFilter): Sheet {
  const { sql, params } = whereOf(ctx, filter);
  const decimals = (m: MaterialRow) => m.decimals;
  return defineSheet<MaterialRow>({
    id: 'materials',
    row_count: countOf(ctx, `from materials m where ${sql}`, params),
    rows: () =>
      ctx.sql.iterate<MaterialRow>(
        `select m.*, c.category_code, c.category_name, u.uom_code, u.decimals from materials m
         left join material_categories c on c.id = m.material_category_id
         join units_of_measure u on u.id = m.base_uom_id where ${sql} order by m.material_number, m.record_type`,
        params,
      ),
    columns: [
      { key: 'material_number', kind: 'text', width: 24, value: m => m.material_number },
      { key: 'record_type', kind: 'text', width: 12, value: m => m.record_type, words: 'item_type' },
      { key: 'material_name', kind: 'text', width: 44, value: m => m.material_name, total: 'count' },
      { key: 'description', kind: 'text', width: 30, value: m => m.description },
      { key: 'material_kind', kind: 'text', width: 16, value: m => m.material_kind, words: 'material_kind' },
      { key: 'category_code', kind: 'text', width: 12, value: m => m.category_code },
      { key: 'category_name', kind: 'text', width: 24, value: m => m.category_name },
      { key: 'uom_code', kind: 'text', width: 9, value: m => m.uom_code },
      {
        key: 'procurement_type',
        kind: 'text',
        width: 15,
        value: m => m.procurement_type,
        words: 'procurement_type',
      },
      { key: 'mrp_type', kind: 'text', width: 12, value: m => m.mrp_type, words: 'mrp_type' },
      { key: 'safety_stock_e6', kind: 'quantity', width: 12, value: m => m.safety_stock_e6, decimals },
      { key: 'reorder_point_e6', kind: 'quantity', width: 12, value: m => m.reorder_point_e6, decimals },
      { key: 'lot_size_e6', kind: 'quantity', width: 10, value: m => m.lot_size_e6, decimals },
      { key: 'lead_time_days', kind: 'integer', width: 10, value: m => m.lead_time_days },
      { key: 'tracking_mode', kind: 'text', width: 14, value: m => m.tracking_mode, words: 'tracking_mode' },
      { key: 'manufacturer_name', kind: 'text', width: 24, value: m => m.manufacturer_name },
      { key: 'manufacturer_part_number', kind: 'text', width: 26, value: m => m.manufacturer_part_number },
      { key: 'warehouse_location', kind: 'text', width: 22, value: m => m.warehouse_location },
      { key: 'bin_location', kind: 'text', width: 14, value: m => m.bin_location },
      { key: 'is_outsourced', kind: 'boolean', width: 12, value: m => m.is_outsourced },
      { key: 'can_order', kind: 'boolean', width: 12, value: m => m.can_order },
      { key: 'needs_id_check', kind: 'boolean', width: 12, value: m => m.needs_id_check },
      { key: 'quantities_verified', kind: 'boolean', width: 12, value: m => m.quantities_verified },
      { key: 'is_active', kind: 'boolean', width: 9, value: m => m.is_active },
      { key: 'updated_at_ms', kind: 'instant', width: 17, value: m => m.updated_at_ms },
    ],
  });
}

/** The lines of the master BOMs of the filtered set. */
export function componentsSheet(ctx: ReadCtx, filter: MaterialExportFilter): Sheet {
  const { sql, params } = whereOf(ctx, filter);
  const from = `from materials m
    join bom_headers h on h.material_id = m.id and h.scope = 'MASTER' and h.is_active = 1
    join bom_lines l on l.bom_header_id = h.id`;
  return defineSheet<ComponentRow>({
    id: 'components',
    row_count: countOf(ctx, `${from} where ${sql}`, params),
    rows: () =>
      ctx.sql.iterate<ComponentRow>(
        `select m.material_number as assembly_number, m.material_name as assembly_name, h.bom_version, l.line_number,
           l.item_number, p.material_name as item_name, l.quantity_e6, u.uom_code, u.decimals, l.scrap_percent_e4,
           l.operation_number, l.is_phantom, l.backflush, l.notes
         ${from} left join materials p on p.id = l.component_material_id join units_of_measure u on u.id = l.uom_id
         where ${sql} order by m.material_number, m.record_type, h.bom_version, l.line_number`,
        params,
      ),
    columns: [
      { key: 'assembly_number', kind: 'text', width: 24, value: c => c.assembly_number },
      { key: 'assembly_name', kind: 'text', width: 40, value: c => c.assembly_name },
      { key: 'bom_version', kind: 'integer', width: 10, value: c => c.bom_version },
      { key: 'line_number', kind: 'integer', width: 8, value: c => c.line_number },
      { key: 'item_number', kind: 'text', width: 24, value: c => c.item_number },
      { key: 'item_name', kind: 'text', width: 40, value: c => c.item_name },
      {
        key: 'quantity_e6',
        kind: 'quantity',
        width: 12,
        value: c => c.quantity_e6,
        decimals: c => c.decimals,
      },
      { key: 'uom_code', kind: 'text', width: 9, value: c => c.uom_code },
      { key: 'scrap_percent_e4', kind: 'percent', width: 9, value: c => c.scrap_percent_e4 },
      { key: 'operation_number', kind: 'integer', width: 11, value: c => c.operation_number },
      { key: 'is_phantom', kind: 'boolean', width: 10, value: c => c.is_phantom },
      { key: 'backflush', kind: 'boolean', width: 12, value: c => c.backflush },
      { key: 'notes', kind: 'text', width: 36, value: c => c.notes },
    ],
  });
}
