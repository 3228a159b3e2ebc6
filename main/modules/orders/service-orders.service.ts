import type { PatchOf } from '../../../db/kit/define-table.ts';
import { order_lines, orders as ordersTable } from '../../../db/schema/orders.ts';
import type { orders } from '../../../preload/contract/orders.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import {
  type ServiceOrderPage,
  type ServiceOrderRow,
  type ServiceStatus,
  serviceStatus,
} from '../../../preload/contract/service-orders.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { recordStep, stepsOf } from '../configuration/history.service.ts';
import { notify } from '../infrastructure/notifications.service.ts';
import { mayCancel, mayDecide, sees } from './service-access.rules.ts';
import {
  linesOf,
  SERVICE_COLUMNS,
  SERVICE_JOINS,
  type ServiceRow,
  serviceRow,
} from './service-rows.service.ts';

type Input<P extends keyof typeof orders> = ParsedInputOf<(typeof orders)[P]>;
const MOST_ROWS = 500;
const LIST = `select ${SERVICE_COLUMNS}, (select count(*) from order_lines l where l.order_id = o.id) as lines,
    (select group_concat(m.material_number, ', ') from order_lines l join materials m on m.id = l.material_id where l.order_id = o.id) as items
  from orders o ${SERVICE_JOINS}
  where o.order_kind = 'SERVICE' and o.plant_id = @plant_id and o.order_status <> 'DRAFT'
  order by o.requested_at_ms desc, o.id desc`;
type ListRow = ServiceRow & { lines: number; items: string | null };

const visibleRows = (ctx: ReadCtx): ListRow[] =>
  ctx.sql.all<ListRow>(LIST, { plant_id: ctx.actor.plant_id }).filter(row => sees(ctx.actor, row));
const noCounts = (): Record<ServiceStatus, number> => ({
  DRAFT: 0,
  PENDING: 0,
  APPROVED: 0,
  REJECTED: 0,
  FULFILLED: 0,
  CANCELLED: 0,
});

function rowOf(ctx: ReadCtx, row: ListRow): ServiceOrderRow {
  return {
    order_id: row.id,
    order_number: row.order_number,
    order_status: serviceStatus.parse(row.order_status),
    requester_name: row.requester_name,
    is_own: row.requested_by === ctx.actor.user_id,
    requested_at_ms: row.requested_at_ms,
    expected_on: row.expected_on,
    processed_at_ms: row.processed_at_ms,
    lines: row.lines,
    items: row.items ?? '',
    row_version: row.row_version,
  };
}

export function listServiceOrders(ctx: ReadCtx, { status, text }: Input<'listServiceOrders'>) {
  const rows = visibleRows(ctx);
  const counts = noCounts();
  for (const row of rows) counts[row.order_status]++;
  const wanted = text.toLowerCase();
  const matches = (row: ListRow) =>
    [row.order_number, row.provisional_number ?? '', row.requester_name, row.items ?? ''].some(word =>
      word.toLowerCase().includes(wanted),
    );
  return {
    rows: rows
      .filter(row => (status === null || row.order_status === status) && matches(row))
      .slice(0, MOST_ROWS)
      .map(row => rowOf(ctx, row)),
    counts,
    may_decide: mayDecide(ctx.actor),
  };
}

export function getServiceOrder(ctx: ReadCtx, { order_id }: Input<'getServiceOrder'>): ServiceOrderPage {
  const row = serviceRow(ctx, order_id);
  const { lines: _, items: __, ...facts } = rowOf(ctx, { ...row, lines: 0, items: null });
  return {
    ...facts,
    notes: row.notes ?? '',
    internal_notes: mayDecide(ctx.actor) ? (row.internal_notes ?? '') : null,
    processed_by_name: row.processed_by_name,
    lines: linesOf(ctx, row.id),
    history: stepsOf(ctx, 'orders', row.id).map(({ metadata: _, ...step }) => step),
    may_decide: mayDecide(ctx.actor),
    may_cancel: mayCancel(ctx.actor, row),
    may_order_again: ctx.actor.may('service_orders:create'),
  };
}

/** Writes a decision with its step and tells whoever asked. */
function decide(
  ctx: CommandCtx,
  row: ServiceRow,
  to: { status: ServiceStatus; action: string; comment?: string; patch?: PatchOf<typeof ordersTable> },
): void {
  ctx.update(ordersTable, row.id, { order_status: to.status, ...to.patch });
  recordStep(ctx, {
    entity_type: 'orders',
    entity_id: row.id,
    event_type: 'transition',
    action: to.action,
    from_status: row.order_status,
    to_status: to.status,
    comment: to.comment,
  });
  if (!row.requested_by) return;
  notify(ctx, {
    user_ids: [row.requested_by],
    type: 'INFO',
    message_code: `orders:notices.service_${to.status.toLowerCase()}`,
    message_values: { order_number: row.order_number, by: ctx.actor.full_name, reason: to.comment ?? '' },
    entity: { type: 'orders', id: row.id },
  });
}
function pendingRow(ctx: ReadCtx, order_id: string): ServiceRow {
  const row = serviceRow(ctx, order_id);
  if (row.order_status !== 'PENDING')
    refuse('service_order_not_pending', { order_number: row.order_number, order_status: row.order_status });
  return row;
}

/** All of them or none. Quantities left out are approved as asked for. */
export function approveServiceOrders(ctx: CommandCtx, input: Input<'approveServiceOrders'>) {
  const wanted = new Map<string, number>(input.quantities.map(q => [q.line_id, q.approved_quantity_e6]));
  const rows = input.order_ids.map(order_id => pendingRow(ctx, order_id));
  for (const row of rows) {
    approveLines(ctx, row, wanted);
    const patch = input.expected_on === null ? {} : { expected_on: input.expected_on };
    decide(ctx, row, { status: 'APPROVED', action: 'SERVICE_APPROVED', patch });
  }
  return { approved: rows.length };
}
function approveLines(
  ctx: CommandCtx,
  { id, order_number }: ServiceRow,
  wanted: ReadonlyMap<string, number>,
): void {
  const lines = linesOf(ctx, id);
  for (const { line_id, material_number, quantity_e6, is_active } of lines) {
    if (!is_active) refuse('service_item_inactive', { material_number });
    const approved = wanted.get(line_id) ?? quantity_e6;
    if (approved > quantity_e6) refuse('approved_exceeds_asked', { material_number });
    ctx.update(order_lines, line_id, { approved_quantity_e6: approved });
  }
  if (lines.every(line => wanted.get(line.line_id) === 0)) refuse('nothing_approved', { order_number });
}

export function rejectServiceOrders(ctx: CommandCtx, { order_ids, reason }: Input<'rejectServiceOrders'>) {
  if (reason === '') refuse('reject_reason_missing', {});
  const rows = order_ids.map(order_id => pendingRow(ctx, order_id));
  for (const row of rows)
    decide(ctx, row, { status: 'REJECTED', action: 'SERVICE_REJECTED', comment: reason });
  return { rejected: rows.length };
}

export function fulfilServiceOrder(ctx: CommandCtx, { order_id }: Input<'fulfilServiceOrder'>) {
  const row = serviceRow(ctx, order_id);
  if (row.order_status !== 'APPROVED')
    refuse('service_order_not_approved', { order_number: row.order_number, order_status: row.order_status });
  for (const line of linesOf(ctx, row.id))
    ctx.update(order_lines, line.line_id, {
      fulfilled_quantity_e6: line.approved_quantity_e6 ?? line.quantity_e6,
    });
  decide(ctx, row, {
    status: 'FULFILLED',
    action: 'SERVICE_FULFILLED',
    patch: { processed_by: ctx.actor.user_id, processed_at_ms: ctx.now_ms },
  });
  return {};
}

export function setInternalNotes(ctx: CommandCtx, { order_id, internal_notes }: Input<'setInternalNotes'>) {
  ctx.update(ordersTable, serviceRow(ctx, order_id).id, { internal_notes });
  return {};
}

export function cancelServiceOrder(ctx: CommandCtx, { order_id }: Input<'cancelServiceOrder'>) {
  const row = pendingRow(ctx, order_id);
  if (!mayCancel(ctx.actor, row)) refuse('row_not_found', { table: 'orders', id: order_id });
  decide(ctx, row, { status: 'CANCELLED', action: 'SERVICE_CANCELLED' });
  return {};
}

const DECIDED = `select min(h.performed_at_ms) as at_ms from workflow_history h
  where h.entity_type = 'orders' and h.entity_id = ? and h.action in ('SERVICE_APPROVED', 'SERVICE_REJECTED')`;
const REQUESTED = `select m.id as material_id, m.material_number, m.material_name, count(distinct l.order_id) as orders,
    sum(l.quantity_e6) as quantity_e6, coalesce(u.uom_code, 'EA') as uom_code
  from json_each(?) wanted join order_lines l on l.order_id = wanted.value join materials m on m.id = l.material_id
  left join units_of_measure u on u.id = m.base_uom_id
  group by m.id order by orders desc, quantity_e6 desc, m.material_number limit 10`;
const MS_PER_HOUR = 3_600_000;

/** Of the requests the person sees. */
export function serviceFigures(ctx: ReadCtx) {
  const rows = visibleRows(ctx);
  const counts = noCounts();
  for (const row of rows) counts[row.order_status]++;
  const waits = rows.flatMap(row => {
    const decided = ctx.sql.get<{ at_ms: number | null }>(DECIDED, [row.id])?.at_ms;
    return decided && row.requested_at_ms ? [(decided - row.requested_at_ms) / MS_PER_HOUR] : [];
  });
  return {
    counts,
    total: rows.length,
    mean_approval_hours: waits.length === 0 ? null : waits.reduce((sum, h) => sum + h, 0) / waits.length,
    most_requested: ctx.sql.all<{
      material_id: ServiceItemId;
      material_number: string;
      material_name: string;
      orders: number;
      quantity_e6: number;
      uom_code: string;
    }>(REQUESTED, [JSON.stringify(rows.map(row => row.id))]),
  };
}
type ServiceItemId = ReturnType<typeof linesOf>[number]['material_id'];
