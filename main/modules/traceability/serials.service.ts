import type { Id } from '../../../db/kit/columns.ts';
import { batch_numbers, serial_numbers } from '../../../db/schema/traceability.ts';
import type { TreeRow } from '../../../preload/contract/bom.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { traceability } from '../../../preload/contract/traceability.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { bomTree } from '../bom/bom.service.ts';
import { headersOf } from '../bom/bom-rows.service.ts';
import { type OrderRow, orderRow } from '../orders/order-rows.service.ts';
import { bomOfBuild } from '../production/tasks.service.ts';
import { requireOwnBuild } from '../production/work.service.ts';
import { isInProduction, mayWork } from '../production/work-access.rules.ts';
import { cleanNumber, filled, isListed, isPlausible, placeOfRow, placesOfTree } from './serials.rules.ts';

type Input<P extends keyof typeof traceability> = ParsedInputOf<(typeof traceability)[P]>;
interface Captured {
  serial_id: Id<'serial_numbers'>;
  material_number: string;
  serial_number: string;
  basin_index: number | null;
  captured_at_ms: number;
  captured_by: Id<'users'>;
  captured_by_name: string;
  task_id: Id<'operation_tasks'> | null;
}
const SERIALS = `select s.id as serial_id, s.material_number, s.serial_number, s.basin_index, s.captured_at_ms, s.captured_by,
    s.task_id, coalesce(u.full_name, 'Millwright') as captured_by_name
  from serial_numbers s left join users u on u.id = s.captured_by where s.order_id = ? order by s.captured_at_ms, s.id`;
const BATCHES = `select b.id as batch_id, b.material_number, b.batch_number, b.basin_index, b.captured_at_ms,
    coalesce(u.full_name, 'Millwright') as captured_by_name
  from batch_numbers b left join users u on u.id = b.captured_by where b.order_id = ? order by b.captured_at_ms, b.id`;
interface Batch extends Pick<Captured, 'material_number' | 'captured_at_ms' | 'captured_by_name'> {
  batch_id: Id<'batch_numbers'>;
  batch_number: string;
  basin_index: number;
}

const SAME_BATCH = `select b.id as batch_id from batch_numbers b join batch_numbers named on named.id = ?
  where b.order_id = named.order_id and b.material_number = named.material_number and b.batch_number = named.batch_number`;
/** One that was typed at two stations without network is there twice and counts once, as it was captured first. */
const batchesOf = (ctx: ReadCtx, order_id: string): Batch[] => {
  const seen = new Set<string>();
  return ctx.sql.all<Batch>(BATCHES, [order_id]).filter(({ material_number, batch_number }) => {
    const key = `${material_number}\n${batch_number}`;
    return !seen.has(key) && seen.add(key);
  });
};

/** Items tracked by serial number in the catalogue, and those of the setting. */
export function serialItems(ctx: ReadCtx): (row: Pick<TreeRow, 'item_id'>) => boolean {
  const marked = new Set(
    ctx.sql
      .all<{ material_number: string }>(
        "select distinct material_number from materials where tracking_mode = 'SERIAL' and is_active = 1",
      )
      .map(row => row.material_number),
  );
  const patterns = ctx.setting('assembly.serialItems');
  return ({ item_id }) => marked.has(item_id) || isListed(item_id, patterns);
}
function slotsOf(ctx: ReadCtx, order: OrderRow) {
  const { header, rows } = bomTree(ctx, bomOfBuild(ctx, order));
  const needsSerial = serialItems(ctx);
  const captured = ctx.sql.all<Captured>(SERIALS, [order.id]);
  const { slots, surplus } = filled(placesOfTree(rows, needsSerial), captured);
  const inBuild = new Set(rows.map(row => row.item_id));
  return {
    header,
    rows,
    needsSerial,
    captured,
    slots,
    /** Captured of a part that asks for none. */
    besides: surplus.filter(serial => inBuild.has(serial.material_number)),
    surplus: surplus.filter(serial => !inBuild.has(serial.material_number)),
  };
}

export function serials(ctx: ReadCtx, { order_id }: Input<'serials'>) {
  const order = orderRow(ctx, order_id);
  const { slots, surplus } = slotsOf(ctx, order);
  return {
    slots: slots.map(({ row_no: _, ...slot }) => slot),
    missing: slots.filter(slot => slot.serial === null).length,
    surplus,
    may_capture: isInProduction(order) && mayWork(ctx.actor, order),
  };
}
/** Parts of a build whose serial number is required and not captured, one entry per part and basin. */
export function serialsMissing(ctx: ReadCtx, order_id: Id<'orders'>) {
  const open = slotsOf(ctx, orderRow(ctx, order_id)).slots.filter(slot => slot.serial === null);
  return open.map(({ material_number, name, basin_index, unit_no }) => ({
    material_number,
    name,
    basin_index,
    unit_no,
  }));
}
export function asBuilt(ctx: ReadCtx, { order_id }: Input<'asBuilt'>) {
  const order = orderRow(ctx, order_id);
  const { header, rows, needsSerial, slots, besides, surplus } = slotsOf(ctx, order);
  const batches = batchesOf(ctx, order_id);
  const firstRow = new Map([...rows].reverse().map(row => [row.item_id, row.row_no]));
  return {
    bom_version: header.bom_version,
    // What names only the part, not its place, is shown at the first place of the part.
    rows: rows.map(row => {
      const atFirst = <R extends { material_number: string }>(found: readonly R[]) =>
        firstRow.get(row.item_id) === row.row_no
          ? found.filter(one => one.material_number === row.item_id)
          : [];
      const own = slots.flatMap(slot => (slot.row_no === row.row_no && slot.serial ? [slot.serial] : []));
      return {
        ...row,
        needs_serial: needsSerial(row),
        serials: [...own, ...atFirst(besides)],
        batches: atFirst(batches).map(({ basin_index: _, ...batch }) => batch),
      };
    }),
    surplus,
  };
}

/** Refuses `serial_invalid` when the text holds what no label holds. */
function numberOf(typed: string): string {
  const number = cleanNumber(typed);
  if (!isPlausible(number)) refuse('serial_invalid', { serial_number: number });
  return number;
}
function capturable(ctx: ReadCtx, order_id: string, material_number: string) {
  const order = orderRow(ctx, order_id);
  requireOwnBuild(ctx, order);
  const found = slotsOf(ctx, order);
  if (!found.rows.some(row => row.item_id === material_number))
    refuse('part_not_in_build', { material_number, build_number: order.build_number });
  return { order, ...found };
}

const HELD = `select s.id, s.order_id, o.order_number, o.build_number from serial_numbers s
  left join orders o on o.id = s.order_id where s.material_number = ? and s.serial_number = ?`;
interface Held {
  id: Id<'serial_numbers'>;
  order_id: string | null;
  order_number: string | null;
  build_number: string | null;
}
/** The row of a number that is in no build now. Refuses `serial_taken`, naming the build it is in. */
function freeNumber(ctx: ReadCtx, material_number: string, serial_number: string): Held | undefined {
  const held = ctx.sql.get<Held>(HELD, [material_number, serial_number]);
  if (held?.order_id)
    refuse('serial_taken', {
      serial_number,
      material_number,
      order_number: held.order_number ?? '',
      build_number: held.build_number ?? '',
    });
  return held;
}
type Installing = Pick<
  Input<'captureSerial'>,
  'material_number' | 'basin_index' | 'task_id' | 'captured_with'
> & {
  serial_number: string;
  captured_where: 'TASK' | 'TEST' | 'BUILD';
};
function install(ctx: CommandCtx, order: OrderRow, held: Held | undefined, part: Installing) {
  const { material_number, serial_number, ...where } = part;
  const values = {
    ...where,
    status: 'INSTALLED' as const,
    order_id: order.id,
    captured_by: ctx.actor.user_id,
    captured_at_ms: ctx.now_ms,
    station_id: ctx.station_id,
  };
  return held
    ? ctx.update(serial_numbers, held.id, values)
    : ctx.insert(serial_numbers, { plant_id: order.plant_id, material_number, serial_number, ...values });
}
export function captureSerial(ctx: CommandCtx, input: Input<'captureSerial'>) {
  const { material_number, basin_index, replaces_id, task_id, captured_with } = input;
  const { order, slots, captured } = capturable(ctx, input.order_id, material_number);
  const serial_number = numberOf(input.serial_number);
  const held = freeNumber(ctx, material_number, serial_number);
  const replaced = captured.find(serial => serial.serial_id === replaces_id);
  if (replaced) takeOut(ctx, replaced.serial_id, false);
  const places = slots.filter(slot => slot.material_number === material_number);
  const here = places.filter(slot => slot.basin_index === basin_index);
  if (places.length > 0 && !replaced && !here.some(slot => slot.serial === null))
    refuse('serials_complete', { material_number, build_number: order.build_number });
  const captured_where = task_id ? 'TASK' : 'BUILD';
  const part = {
    material_number,
    basin_index,
    task_id,
    captured_with,
    serial_number,
    captured_where,
  } as const;
  const { id: serial_id } = install(ctx, order, held, part);
  return { serial_id, missing: serialsMissing(ctx, order.id).length };
}

/** A part of a build as a form asks for it, with the serial number captured wherever that was. */
export interface SerialPlace {
  material_number: string;
  basin_index: number | null;
  serial: Captured | null;
}
/**
 * The places that rows of forms mean by a part number or its beginning with a `*`. A part that the BOM does not have
 * is asked for all the same, under the number of the form.
 */
export function serialPlaces(ctx: ReadCtx, order: OrderRow) {
  const hasBom = headersOf(ctx, order.id).length > 0;
  const { slots, besides, surplus } = hasBom
    ? slotsOf(ctx, order)
    : { slots: [], besides: [], surplus: ctx.sql.all<Captured>(SERIALS, [order.id]) };
  return (pattern: string, row: { basin_index: number | null; at: number }): SerialPlace => {
    const material_number = pattern.replace(/\*$/, '');
    const { basin_index } = row;
    return (
      placeOfRow(slots, pattern, row) ?? {
        material_number,
        basin_index,
        serial: placeOfRow([...besides, ...surplus], material_number, row) ?? null,
      }
    );
  };
}
/**
 * Captures what a form says of a place; null takes the part out. Who may fill the form decides, also after production.
 * Refuses `serial_invalid`, `serial_taken`.
 */
export function captureInForm(
  ctx: CommandCtx,
  order: OrderRow,
  { material_number, basin_index, serial }: SerialPlace,
  typed: string | null,
): void {
  const serial_number = typed === null ? null : numberOf(typed);
  if (serial && serial.serial_number === serial_number) return;
  const held = serial_number === null ? undefined : freeNumber(ctx, material_number, serial_number);
  if (serial) takeOut(ctx, serial.serial_id, false);
  if (serial_number === null) return;
  const where = { task_id: null, captured_where: 'TEST', captured_with: 'KEYS' } as const;
  install(ctx, order, held, { material_number, basin_index, serial_number, ...where });
}

const takeOut = (ctx: CommandCtx, serial_id: Id<'serial_numbers'>, is_scrapped: boolean, notes?: string) =>
  ctx.update(serial_numbers, serial_id, {
    order_id: null,
    basin_index: null,
    task_id: null,
    status: is_scrapped ? 'SCRAPPED' : 'IN_STOCK',
    ...(notes === undefined ? {} : { notes }),
  });
export function releaseSerial(ctx: CommandCtx, { serial_id, reason, is_scrapped }: Input<'releaseSerial'>) {
  requireOwnBuild(ctx, buildOf(ctx, 'serial_numbers', serial_id));
  ctx.because(reason);
  takeOut(ctx, serial_id, is_scrapped, reason);
  return {};
}
function buildOf(ctx: ReadCtx, table: 'serial_numbers' | 'batch_numbers', id: string): OrderRow {
  const row = ctx.sql.get<{ order_id: string | null }>(`select order_id from ${table} where id = ?`, [id]);
  return orderRow(ctx, row?.order_id ?? refuse('row_not_found', { table, id }));
}

export function captureBatch(ctx: CommandCtx, input: Input<'captureBatch'>) {
  const { material_number, task_id, captured_with } = input;
  const { order } = capturable(ctx, input.order_id, material_number);
  const batch_number = numberOf(input.batch_number);
  const known = batchesOf(ctx, order.id).some(
    batch => batch.material_number === material_number && batch.batch_number === batch_number,
  );
  if (known) refuse('batch_known', { batch_number, material_number });
  ctx.insert(batch_numbers, {
    plant_id: order.plant_id,
    order_id: order.id,
    material_number,
    batch_number,
    basin_index: input.basin_index ?? 0,
    task_id,
    captured_by: ctx.actor.user_id,
    captured_at_ms: ctx.now_ms,
    captured_with,
    station_id: ctx.station_id,
  });
  return {};
}
export function removeBatch(ctx: CommandCtx, { batch_id }: Input<'removeBatch'>) {
  requireOwnBuild(ctx, buildOf(ctx, 'batch_numbers', batch_id));
  const same = ctx.sql.all<Pick<Batch, 'batch_id'>>(SAME_BATCH, [batch_id]);
  for (const batch of same) ctx.remove(batch_numbers, batch.batch_id);
  return {};
}
