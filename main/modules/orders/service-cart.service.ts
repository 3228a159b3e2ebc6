import type { Id } from '../../../db/kit/columns.ts';
import { order_lines, orders as ordersTable, SERVICE_NUMBERS } from '../../../db/schema/orders.ts';
import type { orders } from '../../../preload/contract/orders.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { ServiceCart } from '../../../preload/contract/service-orders.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { recordStep } from '../configuration/history.service.ts';
import { notify } from '../infrastructure/notifications.service.ts';
import { nextNumber } from '../infrastructure/numbers.service.ts';
import { linesOf, serviceRow } from './service-rows.service.ts';

type Input<P extends keyof typeof orders> = ParsedInputOf<(typeof orders)[P]>;
const CART = `select id, notes from orders
  where order_kind = 'SERVICE' and order_status = 'DRAFT' and requested_by = ? and plant_id = ? order by id limit 1`;
/** The cart is a draft of its own person: it survives sessions and follows to other stations. */
const cartRow = (ctx: ReadCtx) =>
  ctx.sql.get<{ id: Id<'orders'>; notes: string | null }>(CART, [ctx.actor.user_id, ctx.actor.plant_id]);

export function serviceCart(ctx: ReadCtx): ServiceCart {
  const cart = cartRow(ctx);
  return { order_id: cart?.id ?? null, notes: cart?.notes ?? '', lines: cart ? linesOf(ctx, cart.id) : [] };
}

function openCart(ctx: CommandCtx): Id<'orders'> {
  const held = cartRow(ctx);
  if (held) return held.id;
  const id = ctx.newId('orders');
  ctx.insert(ordersTable, {
    id,
    plant_id: ctx.actor.plant_id,
    order_kind: 'SERVICE',
    order_number: `CART-${id}`,
    customer_name: '',
    order_status: 'DRAFT',
    configuration: {},
    requested_by: ctx.actor.user_id,
  });
  return id;
}

type Wanted = Input<'addToCart'>['lines'];
export function addToCart(ctx: CommandCtx, { lines }: { lines: Wanted }): ServiceCart {
  const order_id = openCart(ctx);
  for (const line of lines) addLine(ctx, order_id, line);
  return serviceCart(ctx);
}
function addLine(
  ctx: CommandCtx,
  order_id: Id<'orders'>,
  { material_id, quantity_e6 }: Wanted[number],
): void {
  if (!isOrderable(ctx, material_id)) refuse('service_item_unknown', { material_id });
  const held = linesOf(ctx, order_id);
  const same = held.find(line => line.material_id === material_id);
  if (same) {
    ctx.update(order_lines, same.line_id, { quantity_e6: same.quantity_e6 + quantity_e6 });
    return;
  }
  const line_number = Math.max(0, ...held.map(line => line.line_number)) + 1;
  ctx.insert(order_lines, { order_id, line_number, material_id, quantity_e6 });
}
/** Active, here, and sold at all: parts of an assembly may be ordered one by one. */
export const isOrderable = (ctx: ReadCtx, material_id: string): boolean =>
  ctx.sql.get('select 1 from materials where id = ? and plant_id = ? and is_active = 1 and can_order = 1', [
    material_id,
    ctx.actor.plant_id,
  ]) !== undefined;

export function setCartLine(ctx: CommandCtx, { line_id, quantity_e6, notes }: Input<'setCartLine'>) {
  const cart = serviceCart(ctx);
  if (!cart.lines.some(line => line.line_id === line_id))
    refuse('row_not_found', { table: 'order_lines', id: line_id });
  if (quantity_e6 === 0) ctx.remove(order_lines, line_id);
  else ctx.update(order_lines, line_id, { quantity_e6, notes });
  return serviceCart(ctx);
}

export function setCartNotes(ctx: CommandCtx, { notes }: Input<'setCartNotes'>): ServiceCart {
  ctx.update(ordersTable, openCart(ctx), { notes });
  return serviceCart(ctx);
}

/** The cart becomes a request with a number of its own; the next item opens an empty one. */
export function submitCart(ctx: CommandCtx) {
  const { order_id, lines } = serviceCart(ctx);
  if (order_id === null || lines.length === 0) return refuse('cart_empty', {});
  const inactive = lines.find(line => !line.is_active);
  if (inactive) refuse('service_item_inactive', { material_number: inactive.material_number });
  const order_number = nextNumber(ctx, SERVICE_NUMBERS);
  ctx.update(ordersTable, order_id, {
    order_number,
    order_status: 'PENDING',
    requested_at_ms: ctx.now_ms,
  });
  recordStep(ctx, {
    entity_type: 'orders',
    entity_id: order_id,
    event_type: 'start',
    action: 'SERVICE_REQUESTED',
    from_status: 'DRAFT',
    to_status: 'PENDING',
  });
  notify(ctx, {
    roles: ['PROCUREMENT', 'PLANNER'],
    type: 'INFO',
    message_code: 'orders:notices.service_submitted',
    message_values: { order_number, requester: ctx.actor.full_name, lines: lines.length },
    entity: { type: 'orders', id: order_id },
  });
  return { order_id, order_number };
}

/** Fills the cart with what an earlier order asked for; what is no longer sold is left out by name. */
export function orderAgain(ctx: CommandCtx, { order_id }: Input<'orderAgain'>) {
  const row = serviceRow(ctx, order_id);
  const lines = linesOf(ctx, row.id);
  const sold = lines.filter(line => isOrderable(ctx, line.material_id));
  if (sold.length > 0)
    addToCart(ctx, { lines: sold.map(({ material_id, quantity_e6 }) => ({ material_id, quantity_e6 })) });
  const left_out = lines.filter(line => !sold.includes(line)).map(line => line.material_number);
  return { added: sold.length, left_out };
}
