import type { Id } from '../../../db/kit/columns.ts';
import { bom_headers, bom_lines, materials } from '../../../db/schema/catalogue.ts';
import type { catalogue } from '../../../preload/contract/catalogue.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { catalogueIndex } from './catalogue.service.ts';
import { findPath } from './cycle.rules.ts';
import { dayBefore, overlaps } from './master-bom.rules.ts';
import { getMasterBom, masterHeader } from './master-bom-read.service.ts';
import { plantOf } from './plant.service.ts';
import { unitTable } from './units.service.ts';

type SaveInput = ParsedInputOf<typeof catalogue.saveMasterBom>;
interface Item {
  id: Id<'materials'>;
  number: string;
  base_uom_id: string;
  is_active: number;
}

const itemOf = (ctx: ReadCtx, id: string): Item =>
  ctx.sql.get<Item>(
    'select id, material_number as number, base_uom_id, is_active from materials where id = ? and plant_id = ?',
    [id, plantOf(ctx)],
  ) ?? refuse('material_unknown', { material_id: id });

/** Only a version that is not in force can be changed; a change of one in force starts with a new version. */
export function saveMasterBom(ctx: CommandCtx, { bom_id, row_version, lines, ...header }: SaveInput) {
  const produced = itemOf(ctx, header.material_id);
  const held = bom_id ? masterHeader(ctx, bom_id) : undefined;
  if (held?.is_active) refuse('bom_is_active', { bom: held.bom_number, version: held.bom_version });
  if (
    header.effective_start_on !== null &&
    header.effective_end_on !== null &&
    header.effective_end_on < header.effective_start_on
  ) {
    refuse('bom_dates_reversed', { start: header.effective_start_on, end: header.effective_end_on });
  }
  const units = unitTable(ctx);
  const sameDimension = (a: string, b: string, number: string) => {
    const [from, to] = [units.get(a), units.get(b)];
    if (!from || !to || from.dimension !== to.dimension)
      refuse('dimension_mismatch', { number, from: from?.code ?? '', to: to?.code ?? '' });
  };
  sameDimension(header.uom_id, produced.base_uom_id, produced.number);
  const index = catalogueIndex(ctx);
  const components = lines.map(line => {
    const named = itemOf(ctx, line.component_material_id);
    // A number that is part and assembly means the row that the expansion takes.
    const item = itemOf(ctx, index.resolve(named.number)?.key ?? named.id);
    if (!item.is_active) refuse('component_inactive', { number: item.number });
    sameDimension(line.uom_id, item.base_uom_id, item.number);
    return item;
  });
  refuseCycle(ctx, produced, components);

  const values = { ...header, is_active: false };
  const stored = bom_id
    ? ctx.update(bom_headers, bom_id, values, row_version ?? undefined)
    : ctx.insert(bom_headers, {
        ...values,
        plant_id: plantOf(ctx),
        scope: 'MASTER',
        bom_version: nextVersion(ctx, header.material_id),
        status: 'DRAFT',
      });
  for (const { id } of ctx.sql.all<{ id: string }>('select id from bom_lines where bom_header_id = ?', [
    stored.id,
  ]))
    ctx.remove(bom_lines, id);
  const ids = lines.map(() => ctx.newId('bom_lines'));
  for (const [at, { alternate_of, component_material_id: _, ...line }] of lines.entries()) {
    const item = components[at];
    const id = ids[at];
    if (!item || !id) continue;
    ctx.insert(bom_lines, {
      id,
      ...line,
      bom_header_id: stored.id,
      line_number: (at + 1) * 10,
      component_material_id: item.id,
      item_number: item.number,
      total_quantity_e6: line.quantity_e6,
      alternate_of_line_id: alternate_of === null ? null : (ids[alternate_of / 10 - 1] ?? null),
    });
  }
  return { bom_id: stored.id };
}

/** Every link of active bills counts, whatever its dates and phantom or not. */
function refuseCycle(ctx: ReadCtx, produced: Item, components: readonly Item[]): void {
  const childrenOf = (number: string): string[] =>
    ctx.sql
      .all<{ number: string }>(
        `select distinct c.material_number as number from materials m join bom_headers h on h.material_id = m.id join bom_lines l on l.bom_header_id = h.id
         join materials c on c.id = l.component_material_id where m.plant_id = ? and m.material_number = ? and h.scope = 'MASTER' and h.is_active = 1`,
        [plantOf(ctx), number],
      )
      .map(row => row.number);
  for (const { number } of components) {
    const path = findPath(childrenOf, number, produced.number);
    if (path) refuse('bom_cycle', { path: [...path, number].join(' > ') });
  }
}

const nextVersion = (ctx: ReadCtx, material_id: string): number =>
  1 +
  (ctx.sql.get<{ v: number | null }>(
    "select max(bom_version) as v from bom_headers where material_id = ? and scope = 'MASTER'",
    [material_id],
  )?.v ?? 0);

/** A copy with the next number, not in force until it is activated. */
export function newMasterBomVersion(ctx: CommandCtx, { bom_id }: { bom_id: Id<'bom_headers'> }) {
  const bom = getMasterBom(ctx, { bom_id });
  const {
    material_id,
    bom_number,
    bom_name,
    bom_type,
    base_quantity_e6,
    uom_id,
    effective_start_on,
    effective_end_on,
  } = bom;
  const lines = bom.lines.map(({ alternate_of, ...line }) => ({
    ...line,
    alternate_of:
      alternate_of === null ? null : (bom.lines.findIndex(l => l.line_number === alternate_of) + 1) * 10,
  }));
  const copy = saveMasterBom(ctx, {
    bom_id: null,
    row_version: null,
    material_id,
    bom_number,
    bom_name,
    bom_type,
    base_quantity_e6,
    uom_id,
    effective_start_on,
    effective_end_on,
    lines: lines.map(lineInput),
  });
  return { bom_id: copy.bom_id, bom_version: nextVersion(ctx, material_id) - 1 };
}
const lineInput = (line: SaveInput['lines'][number]): SaveInput['lines'][number] => ({
  component_material_id: line.component_material_id,
  quantity_e6: line.quantity_e6,
  uom_id: line.uom_id,
  scrap_percent_e4: line.scrap_percent_e4,
  operation_number: line.operation_number,
  is_phantom: line.is_phantom,
  backflush: line.backflush,
  notes: line.notes,
  alternate_of: line.alternate_of,
});

interface Other {
  id: Id<'bom_headers'>;
  bom_version: number;
  effective_start_on: string | null;
  effective_end_on: string | null;
}
/** Refuses `overlapping_effectivity`; `end_old` ends an open older version the day before this one starts. */
export function activateMasterBom(
  ctx: CommandCtx,
  { bom_id, end_old }: ParsedInputOf<typeof catalogue.activateMasterBom>,
) {
  const bom = getMasterBom(ctx, { bom_id });
  if (bom.lines.length === 0) refuse('bom_empty', { bom: bom.bom_number });
  refuseCycle(
    ctx,
    itemOf(ctx, bom.material_id),
    bom.lines.map(line => itemOf(ctx, line.component_material_id)),
  );
  const others = ctx.sql.all<Other>(
    "select id, bom_version, effective_start_on, effective_end_on from bom_headers where material_id = ? and plant_id = ? and scope = 'MASTER' and is_active = 1 and bom_type = ? and id <> ? order by bom_version",
    [bom.material_id, plantOf(ctx), bom.bom_type, bom_id],
  );
  for (const other of others.filter(o => overlaps(o, bom))) {
    const start = bom.effective_start_on;
    const canEnd = start !== null && (other.effective_start_on === null || other.effective_start_on < start);
    if (!end_old || !canEnd) {
      refuse('overlapping_effectivity', {
        bom: bom.bom_number,
        version: other.bom_version,
        start: other.effective_start_on,
        end: other.effective_end_on,
        end_old_on: canEnd ? dayBefore(start) : null,
      });
    }
    ctx.update(bom_headers, other.id, { effective_end_on: dayBefore(start ?? '') });
  }
  ctx.update(bom_headers, bom_id, {
    is_active: true,
    status: 'APPROVED',
    approved_by: ctx.actor.user_id,
    approved_at_ms: ctx.now_ms,
  });
  ctx.update(materials, bom.material_id, { quantities_verified: false });
  return {};
}

export function deactivateMasterBom(ctx: CommandCtx, { bom_id }: { bom_id: Id<'bom_headers'> }) {
  masterHeader(ctx, bom_id);
  ctx.update(bom_headers, bom_id, { is_active: false, status: 'SUPERSEDED' });
  return {};
}
