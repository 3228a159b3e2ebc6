import type { Id } from '../../../db/kit/columns.ts';
import { SHIPMENT_NUMBERS, shipment_items, shipments } from '../../../db/schema/logistics.ts';
import type { OutsourcedLine } from '../../../preload/contract/fulfilment.ts';
import { addDays } from '../../platform/days.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { plantOf } from '../catalogue/plant.service.ts';
import { nextNumber } from '../infrastructure/numbers.service.ts';
import { mayBecome, type OutsourcingStatus } from './outsourcing.rules.ts';

const COLUMNS = `i.id as shipment_item_id, s.shipment_number, coalesce(s.origin_location, '') as supplier, s.order_id, o.order_number,
  o.build_number, i.material_number, i.material_description, i.quantity_e6, i.outsourcing_status, i.expected_on, i.returned_on,
  case when i.outsourcing_status in ('RECEIVED', 'CANCELLED') or i.expected_on is null or i.expected_on >= @today then 0
    else cast(julianday(@today) - julianday(i.expected_on) as integer) end as days_overdue,
  s.tracking_number, i.notes, i.row_version`;
const FROM = `from shipment_items i join shipments s on s.id = i.shipment_id join orders o on o.id = s.order_id
  where i.outsourcing_status is not null and (@plant_id is null or i.plant_id = @plant_id) and (@order_id is null or s.order_id = @order_id)
    and (@only_open = 0 or i.outsourcing_status not in ('RECEIVED', 'CANCELLED'))`;
interface Wanted {
  order_id?: string | undefined;
  only_open: boolean;
  limit: number;
  offset: number;
}

/** Lines made or finished outside, the longest overdue first. */
export function outsourcedLines(ctx: ReadCtx, { order_id, only_open, limit, offset }: Wanted) {
  const params = {
    today: ctx.today(),
    plant_id: ctx.actor.is_person ? ctx.actor.plant_id : null,
    order_id: order_id ?? null,
    only_open: only_open ? 1 : 0,
  };
  const { total = 0, overdue = 0 } =
    ctx.sql.get<{ total: number; overdue: number }>(
      `select count(*) as total, coalesce(sum(i.outsourcing_status not in ('RECEIVED', 'CANCELLED') and i.expected_on < @today), 0) as overdue ${FROM}`,
      params,
    ) ?? {};
  const rows = ctx.sql.all<OutsourcedLine>(
    `select ${COLUMNS} ${FROM} order by days_overdue desc, i.expected_on, s.shipment_number, i.line_number limit @limit offset @offset`,
    { ...params, limit, offset },
  );
  return { rows, total, overdue };
}

interface ItemRow {
  id: Id<'shipment_items'>;
  shipment_id: Id<'shipments'>;
  material_number: string;
  outsourcing_status: OutsourcingStatus;
  bom_line_id: string | null;
  row_version: number;
}
const ITEMS_OF_ORDER = `select i.id, i.shipment_id, i.material_number, i.outsourcing_status, i.bom_line_id, i.row_version
  from shipment_items i join shipments s on s.id = i.shipment_id where s.order_id = ? and i.outsourcing_status is not null
  order by s.shipment_number, i.line_number`;
/** The lines of one build, whatever became of them. */
export const itemsOfOrder = (ctx: ReadCtx, order_id: string): ItemRow[] =>
  ctx.sql.all<ItemRow>(ITEMS_OF_ORDER, [order_id]);
const ONE_ITEM = `select i.id, i.shipment_id, i.material_number, i.outsourcing_status, i.bom_line_id, i.row_version, s.order_id
  from shipment_items i join shipments s on s.id = i.shipment_id where i.id = ? and i.outsourcing_status is not null`;
/** Refuses `row_not_found`. */
export const outsourcedItem = (ctx: ReadCtx, id: string): ItemRow & { order_id: Id<'orders'> } =>
  ctx.sql.get<ItemRow & { order_id: Id<'orders'> }>(ONE_ITEM, [id]) ??
  refuse('row_not_found', { table: 'shipment_items', id });

export interface PartToSend {
  bom_line_id: Id<'bom_lines'> | null;
  material_id: Id<'materials'> | null;
  material_number: string;
  material_description: string;
  quantity_e6: number;
}
/** Lines to be sent out, on the shipment of the build that was not sent yet, or on a new one. */
export function addParts(
  ctx: CommandCtx,
  order_id: Id<'orders'>,
  parts: readonly PartToSend[],
): Id<'shipment_items'>[] {
  if (parts.length === 0) return [];
  const plant_id = plantOf(ctx);
  const open = ctx.sql.get<{ id: Id<'shipments'>; lines: number }>(
    `select s.id, (select coalesce(max(line_number), 0) from shipment_items i where i.shipment_id = s.id) as lines from shipments s
     where s.order_id = ? and s.shipment_type = 'INBOUND' and s.shipment_status = 'DRAFT' order by s.shipment_number limit 1`,
    [order_id],
  );
  const shipment_id =
    open?.id ??
    ctx.insert(shipments, {
      plant_id,
      shipment_number: nextNumber(ctx, SHIPMENT_NUMBERS),
      shipment_type: 'INBOUND',
      order_id,
      origin_location: ctx.setting('outsourcing.supplier'),
    }).id;
  return parts.map(
    (part, at) =>
      ctx.insert(shipment_items, {
        ...part,
        plant_id,
        shipment_id,
        line_number: (open?.lines ?? 0) + at + 1,
        outsourcing_status: 'PENDING',
      }).id,
  );
}

interface Facts {
  expected_on?: string | undefined;
  notes?: string | undefined;
  expected_version?: number | undefined;
}
/** Moves one line on. Refuses `outsourcing_state_invalid` naming the line, and `row_changed`. */
export function moveItem(
  ctx: CommandCtx,
  item: ItemRow,
  to: OutsourcingStatus | undefined,
  facts: Facts = {},
): void {
  if (to !== undefined && to !== item.outsourcing_status && !mayBecome(item.outsourcing_status, to))
    refuse('outsourcing_state_invalid', {
      material_number: item.material_number,
      status: item.outsourcing_status,
      to,
    });
  ctx.update(
    shipment_items,
    item.id,
    {
      outsourcing_status: to,
      expected_on: facts.expected_on,
      notes: facts.notes,
      ...(to === 'RECEIVED' ? { returned_on: ctx.today() } : {}),
    },
    facts.expected_version,
  );
  settleShipment(ctx, item.shipment_id);
}

interface Sending {
  supplier?: string | undefined;
  expected_on?: string | undefined;
  tracking_number?: string | undefined;
}
/** Sends lines out; they are expected back after the usual time unless a day is given. */
export function sendItems(ctx: CommandCtx, items: readonly ItemRow[], sending: Sending): void {
  const expected_on = sending.expected_on ?? addDays(ctx.today(), ctx.setting('outsourcing.defaultDays'));
  for (const shipment_id of new Set(items.map(item => item.shipment_id)))
    ctx.update(shipments, shipment_id, {
      origin_location: sending.supplier,
      tracking_number: sending.tracking_number,
      planned_delivery_on: expected_on,
      shipped_at_ms: ctx.now_ms,
    });
  for (const item of items) moveItem(ctx, item, 'SENT', { expected_on });
}

/** The shipment says what its lines say: all back, some delayed, on their way, or not sent. */
function settleShipment(ctx: CommandCtx, shipment_id: Id<'shipments'>): void {
  const states = ctx.sql
    .all<{ outsourcing_status: OutsourcingStatus }>(
      'select outsourcing_status from shipment_items where shipment_id = ?',
      [shipment_id],
    )
    .map(row => row.outsourcing_status);
  const live = states.filter(state => state !== 'CANCELLED');
  const status = (() => {
    if (live.length === 0) return 'CANCELLED';
    if (live.every(state => state === 'RECEIVED')) return 'DELIVERED';
    if (live.includes('DELAYED')) return 'DELAYED';
    return live.some(state => state !== 'PENDING') ? 'IN_TRANSIT' : 'DRAFT';
  })();
  const held = ctx.sql.get<{ shipment_status: string }>(
    'select shipment_status from shipments where id = ?',
    [shipment_id],
  );
  if (held?.shipment_status === status) return;
  ctx.update(shipments, shipment_id, {
    shipment_status: status,
    ...(status === 'DELIVERED' ? { delivered_at_ms: ctx.now_ms } : {}),
  });
}

/** A build left the building. */
export function recordDispatch(
  ctx: CommandCtx,
  order: { id: Id<'orders'>; customer_name: string; build_number: string; order_number: string },
  by: { carrier_name?: string | undefined; tracking_number?: string | undefined },
): void {
  const plant_id = plantOf(ctx);
  const shipment = ctx.insert(shipments, {
    plant_id,
    shipment_number: nextNumber(ctx, SHIPMENT_NUMBERS),
    shipment_type: 'OUTBOUND',
    shipment_status: 'IN_TRANSIT',
    order_id: order.id,
    carrier_name: by.carrier_name || null,
    tracking_number: by.tracking_number || null,
    destination_location: order.customer_name,
    shipped_at_ms: ctx.now_ms,
  });
  ctx.insert(shipment_items, {
    plant_id,
    shipment_id: shipment.id,
    line_number: 1,
    material_number: order.build_number,
    material_description: `${order.order_number} ${order.build_number}`,
    quantity_e6: 1_000_000,
    packed_quantity_e6: 1_000_000,
  });
}
