import type { Id } from '../../../db/kit/columns.ts';
import { materials } from '../../../db/schema/catalogue.ts';
import type { catalogue, MaterialDetails } from '../../../preload/contract/catalogue.ts';
import type { OutputOf, ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { catalogueIndex } from './catalogue.service.ts';
import { plantOf } from './plant.service.ts';
import { SUMMARY_COLUMNS, SUMMARY_FROM, type SummaryRow, summaryOf } from './search.service.ts';
import { componentTree, openBuilds, whereUsedRows } from './where-used.service.ts';

interface DetailRow extends SummaryRow {
  description: string | null;
  material_category_id: Id<'material_categories'> | null;
  base_uom_id: Id<'units_of_measure'>;
  base_uom_code: string;
  procurement_type: MaterialDetails['procurement_type'];
  tracking_mode: MaterialDetails['tracking_mode'];
  lead_time_days: number;
  manufacturer_name: string | null;
  warehouse_location: string | null;
  bin_location: string | null;
  can_order: number;
  is_kit: number;
  is_imported: number;
  quantities_verified: number;
  photo_file_id: Id<'file_uploads'> | null;
  drawing_file_id: Id<'file_uploads'> | null;
  row_version: number;
}
const DETAIL = `select ${SUMMARY_COLUMNS}, m.description, m.material_category_id, m.base_uom_id, u.uom_code as base_uom_code, m.procurement_type, m.tracking_mode,
  m.lead_time_days, m.manufacturer_name, m.warehouse_location, m.bin_location, m.can_order, m.is_kit, m.is_imported, m.quantities_verified, m.photo_file_id, m.drawing_file_id, m.row_version
  from ${SUMMARY_FROM} join units_of_measure u on u.id = m.base_uom_id where m.id = ? and m.plant_id = ?`;

function detailRow(ctx: ReadCtx, material_id: string): DetailRow {
  return (
    ctx.sql.get<DetailRow>(DETAIL, [material_id, plantOf(ctx)]) ?? refuse('material_unknown', { material_id })
  );
}

/** The rows that share the number: the item and its twin. */
export function idsOfNumber(ctx: ReadCtx, material_id: string): string[] {
  const rows = ctx.sql.all<{ id: string }>(
    'select o.id from materials m join materials o on o.plant_id = m.plant_id and o.material_number = m.material_number where m.id = ?',
    [material_id],
  );
  return rows.map(({ id }) => id);
}

export function getMaterial(
  ctx: ReadCtx,
  { material_id }: { material_id: Id<'materials'> },
): MaterialDetails {
  const row = detailRow(ctx, material_id);
  const ids = idsOfNumber(ctx, material_id);
  const twin = ctx.sql.get<{
    material_id: Id<'materials'>;
    record_type: 'PART' | 'ASSEMBLY';
    material_name: string;
  }>(
    'select id as material_id, record_type, material_name from materials where plant_id = ? and material_number = ? and id <> ?',
    [plantOf(ctx), row.material_number, material_id],
  );
  const categories = ctx.sql.all<MaterialDetails['categories'][number]>(
    `select c.id as category_id, c.category_code, c.category_name from material_category_links l join material_categories c on c.id = l.material_category_id
     where l.material_id = ? order by c.category_code`,
    [material_id],
  );
  const aliases = ctx.sql.all<{ alias_number: string }>(
    'select distinct a.alias_number from material_aliases a join json_each(?) wanted on wanted.value = a.material_id order by a.alias_number',
    [JSON.stringify(ids)],
  );
  return {
    ...row,
    ...summaryOf(row),
    can_order: row.can_order === 1,
    is_kit: row.is_kit === 1,
    is_imported: row.is_imported === 1,
    quantities_verified: row.quantities_verified === 1,
    aliases: aliases.map(({ alias_number }) => alias_number),
    categories,
    twin: twin ?? null,
    components: componentTree(catalogueIndex(ctx), material_id),
    where_used: whereUsedRows(ctx, ids, 1).rows,
    open_orders: openBuilds(ctx, ids).length,
  };
}

export function whereUsed(
  ctx: ReadCtx,
  { material_id }: { material_id: Id<'materials'> },
): OutputOf<typeof catalogue.whereUsed> {
  detailRow(ctx, material_id);
  const ids = idsOfNumber(ctx, material_id);
  const builds = openBuilds(ctx, ids);
  const { rows, is_cut } = whereUsedRows(ctx, ids, 100);
  return { rows, is_cut, open_orders: builds.length, builds: builds.slice(0, 200) };
}

export function createMaterial(ctx: CommandCtx, input: ParsedInputOf<typeof catalogue.createMaterial>) {
  const { id } = ctx.insert(materials, { ...input, plant_id: plantOf(ctx) });
  return { material_id: id };
}

/** The unit cannot change once quantities are stated in it. */
export function saveMaterial(
  ctx: CommandCtx,
  { material_id, row_version, ...values }: ParsedInputOf<typeof catalogue.saveMaterial>,
) {
  const before = detailRow(ctx, material_id);
  if (before.base_uom_id !== values.base_uom_id) {
    const used = ctx.sql.get(
      'select 1 from bom_lines where component_material_id = ? union all select 1 from bom_headers where material_id = ? limit 1',
      [material_id, material_id],
    );
    if (used) refuse('unit_in_use', { number: before.material_number, unit: before.base_uom_code });
  }
  const saved = ctx.update(materials, material_id, values, row_version);
  return { row_version: saved.row_version };
}

/** Where the item counts today: bills in force that contain it, open builds, approved order bills. */
export function materialReferences(
  ctx: ReadCtx,
  { material_id }: { material_id: Id<'materials'> },
): OutputOf<typeof catalogue.materialReferences> {
  detailRow(ctx, material_id);
  const count = (sql: string) => ctx.sql.get<{ n: number }>(sql, [material_id])?.n ?? 0;
  return {
    master_boms: count(
      "select count(distinct h.id) as n from bom_lines l join bom_headers h on h.id = l.bom_header_id where l.component_material_id = ? and h.scope = 'MASTER' and h.is_active = 1",
    ),
    open_orders: openBuilds(ctx, [material_id]).length,
    approved_boms: count(
      "select count(distinct h.id) as n from bom_lines l join bom_headers h on h.id = l.bom_header_id where l.component_material_id = ? and h.scope = 'ORDER' and h.status = 'APPROVED'",
    ),
  };
}

export function setMaterialActive(
  ctx: CommandCtx,
  { material_id, is_active, reason }: ParsedInputOf<typeof catalogue.setMaterialActive>,
) {
  const references = materialReferences(ctx, { material_id });
  const { material_number } = detailRow(ctx, material_id);
  if (!is_active && references.master_boms + references.open_orders > 0)
    refuse('material_in_use', { number: material_number, ...references });
  if (reason) ctx.because(reason);
  ctx.update(materials, material_id, { is_active });
  return references;
}

/** An administrator confirms that the component quantities of a kit are right. */
export function confirmQuantities(
  ctx: CommandCtx,
  { material_id, confirmed }: ParsedInputOf<typeof catalogue.confirmQuantities>,
) {
  const { material_number } = detailRow(ctx, material_id);
  const bom = ctx.sql.get(
    "select 1 from bom_headers where material_id = ? and scope = 'MASTER' and is_active = 1",
    [material_id],
  );
  if (!bom) refuse('no_active_bom', { number: material_number, on: ctx.today() });
  ctx.update(materials, material_id, { quantities_verified: confirmed });
  return {};
}
