import type { Id } from '../../../db/kit/columns.ts';
import { toBig } from '../../../db/kit/quantity.ts';
import { bom_headers, materials } from '../../../db/schema/catalogue.ts';
import type { catalogue, MasterBom } from '../../../preload/contract/catalogue.ts';
import type { OutputOf, ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import {
  type ExplodedRow,
  type ExplosionBom,
  type ExplosionItem,
  type ExplosionLine,
  explode as explodeBom,
} from './explosion.rules.ts';
import { plantOf } from './plant.service.ts';
import { unitTable } from './units.service.ts';

interface HeaderRow {
  bom_id: Id<'bom_headers'>;
  material_id: Id<'materials'>;
  material_number: string;
  material_name: string;
  bom_number: string;
  bom_name: string;
  bom_version: number;
  bom_type: MasterBom['bom_type'];
  effective_start_on: string | null;
  effective_end_on: string | null;
  base_quantity_e6: number;
  uom_id: Id<'units_of_measure'>;
  uom_code: string;
  row_version: number;
  is_active: number;
  status: 'DRAFT' | 'APPROVED' | 'SUPERSEDED';
}
const HEADER = `select h.id as bom_id, h.material_id, m.material_number, m.material_name, h.bom_number, h.bom_name, h.bom_version, h.bom_type,
  h.effective_start_on, h.effective_end_on, h.base_quantity_e6, h.uom_id, u.uom_code, h.row_version, h.is_active, h.status
  from bom_headers h join materials m on m.id = h.material_id join units_of_measure u on u.id = h.uom_id where h.scope = 'MASTER' and h.plant_id = @plant`;

export function masterHeader(ctx: ReadCtx, bom_id: string): HeaderRow {
  return (
    ctx.sql.get<HeaderRow>(`${HEADER} and h.id = @bom_id`, { plant: plantOf(ctx), bom_id }) ??
    refuse('bom_unknown', { bom_id })
  );
}

/** DRAFT until first activated, EXPIRED once the end date has passed, INACTIVE when taken out of force. */
function stateOf(row: HeaderRow, today: string): MasterBom['state'] {
  if (!row.is_active) return row.status === 'DRAFT' ? 'DRAFT' : 'INACTIVE';
  return row.effective_end_on !== null && row.effective_end_on < today ? 'EXPIRED' : 'ACTIVE';
}

export function listMasterBoms(
  ctx: ReadCtx,
  { material_id }: { material_id: string },
): OutputOf<typeof catalogue.listMasterBoms> {
  const rows = ctx.sql.all<HeaderRow & { lines: number }>(
    `${HEADER.replace('h.status', 'h.status, (select count(*) from bom_lines l where l.bom_header_id = h.id) as lines')} and h.material_id = @material_id order by h.bom_version desc`,
    { plant: plantOf(ctx), material_id },
  );
  return { boms: rows.map(row => ({ ...row, state: stateOf(row, ctx.today()) })) };
}

type LineRow = Omit<MasterBom['lines'][number], 'is_phantom' | 'backflush' | 'alternate_of'> & {
  is_phantom: number;
  backflush: number;
  alternate_of_line_id: string | null;
};
export function getMasterBom(ctx: ReadCtx, { bom_id }: { bom_id: string }): MasterBom {
  const header = masterHeader(ctx, bom_id);
  const lines = ctx.sql.all<LineRow>(
    `select l.id as line_id, l.line_number, l.component_material_id, l.quantity_e6, l.uom_id, u.uom_code, l.scrap_percent_e4, l.operation_number, l.is_phantom, l.backflush,
       l.notes, l.alternate_of_line_id, m.material_number, m.material_name, m.record_type
     from bom_lines l join materials m on m.id = l.component_material_id join units_of_measure u on u.id = l.uom_id where l.bom_header_id = ? order by l.line_number`,
    [bom_id],
  );
  const numberOf = new Map<string, number>(lines.map(line => [line.line_id, line.line_number]));
  return {
    ...header,
    state: stateOf(header, ctx.today()),
    lines: lines.map(({ alternate_of_line_id, ...line }) => ({
      ...line,
      is_phantom: line.is_phantom === 1,
      backflush: line.backflush === 1,
      alternate_of: alternate_of_line_id === null ? null : (numberOf.get(alternate_of_line_id) ?? null),
    })),
  };
}

/** The bill of the item that holds on the day: the highest version wins. Alternates are not required. */
export function explode(
  ctx: ReadCtx,
  input: ParsedInputOf<typeof catalogue.explode>,
): OutputOf<typeof catalogue.explode> {
  const on = input.on ?? ctx.today();
  const units = unitTable(ctx);
  const unit = (id: string) => units.get(id) ?? refuse('unit_unknown', { unit: id });
  const items = new Map<string, ExplosionItem>();
  const boms = new Map<string, ExplosionBom | undefined>();
  const source = {
    unit,
    item: (id: string) => {
      const known = items.get(id) ?? readItem(ctx, id);
      items.set(id, known);
      return known;
    },
    bom: (id: string) => {
      if (!boms.has(id)) boms.set(id, readBom(ctx, id, on));
      return boms.get(id);
    },
  };
  const { bom_id, rows, sub_assemblies } = explodeBom(
    source,
    input.material_id,
    toBig(input.quantity_e6),
    on,
    input.mode,
  );
  const shown = ({ item, ...row }: ExplodedRow) => ({
    ...row,
    material_id: materials.row.shape.id.parse(item.material_id),
    material_number: item.number,
    material_name: item.name,
    uom_code: unit(item.base_uom_id).code,
  });
  return {
    bom_id: bom_headers.row.shape.id.parse(bom_id),
    on,
    rows: rows.map(shown),
    sub_assemblies: sub_assemblies.map(shown),
  };
}

function readItem(ctx: ReadCtx, id: string): ExplosionItem {
  return (
    ctx.sql.get<ExplosionItem>(
      'select id as material_id, material_number as number, material_name as name, base_uom_id from materials where id = ?',
      [id],
    ) ?? refuse('material_unknown', { material_id: id })
  );
}

function readBom(ctx: ReadCtx, material_id: string, on: string): ExplosionBom | undefined {
  const header = ctx.sql.get<{ bom_id: string; uom_id: string; base_quantity_e6: number }>(
    `select id as bom_id, uom_id, base_quantity_e6 from bom_headers where material_id = ? and scope = 'MASTER' and is_active = 1 and bom_type = 'PRODUCTION'
       and (effective_start_on is null or effective_start_on <= ?) and (effective_end_on is null or effective_end_on >= ?) order by bom_version desc limit 1`,
    [material_id, on, on],
  );
  if (!header) return undefined;
  const lines = ctx.sql.all<Omit<ExplosionLine, 'is_phantom' | 'base_quantity_e6'> & { is_phantom: number }>(
    `select component_material_id as component_id, quantity_e6, scrap_percent_e4, uom_id, is_phantom from bom_lines
     where bom_header_id = ? and alternate_of_line_id is null order by line_number`,
    [header.bom_id],
  );
  return {
    ...header,
    lines: lines.map(line => ({
      ...line,
      is_phantom: line.is_phantom === 1,
      base_quantity_e6: header.base_quantity_e6,
    })),
  };
}

/** Line by line, matched by component in order of appearance. */
export function compareMasterBoms(
  ctx: ReadCtx,
  input: ParsedInputOf<typeof catalogue.compareMasterBoms>,
): OutputOf<typeof catalogue.compareMasterBoms> {
  const from = byComponent(getMasterBom(ctx, { bom_id: input.from_bom_id }));
  const to = byComponent(getMasterBom(ctx, { bom_id: input.to_bom_id }));
  const lines: OutputOf<typeof catalogue.compareMasterBoms>['lines'] = [];
  for (const key of new Set([...from.keys(), ...to.keys()])) {
    const [a, b] = [from.get(key), to.get(key)];
    const isSame =
      a &&
      b &&
      a.quantity_e6 === b.quantity_e6 &&
      a.uom_id === b.uom_id &&
      a.scrap_percent_e4 === b.scrap_percent_e4 &&
      a.is_phantom === b.is_phantom;
    const change = !a ? 'ADDED' : !b ? 'REMOVED' : isSame ? 'SAME' : 'CHANGED';
    lines.push({
      change,
      material_number: (b ?? a)?.material_number ?? '',
      material_name: (b ?? a)?.material_name ?? '',
      from_quantity_e6: a?.quantity_e6 ?? null,
      to_quantity_e6: b?.quantity_e6 ?? null,
      from_uom: a?.uom_code ?? null,
      to_uom: b?.uom_code ?? null,
      from_scrap_percent_e4: a?.scrap_percent_e4 ?? null,
      to_scrap_percent_e4: b?.scrap_percent_e4 ?? null,
    });
  }
  return { lines };
}

function byComponent(bom: MasterBom): Map<string, MasterBom['lines'][number]> {
  const seen = new Map<string, number>();
  return new Map(
    bom.lines.map(line => {
      const n = (seen.get(line.component_material_id) ?? 0) + 1;
      seen.set(line.component_material_id, n);
      return [`${line.component_material_id} ${n}`, line];
    }),
  );
}
