import type { Id } from '../../../db/kit/columns.ts';
import { WORK_ORDER_NUMBERS, work_orders } from '../../../db/schema/production.ts';
import type { CommandCtx } from '../../rpc/context.ts';
import { nextNumber } from '../infrastructure/numbers.service.ts';
import type { BuildStatus, OrderRow } from '../orders/order-rows.service.ts';
import { statusWithBuild } from './work-order.rules.ts';
import { workOrderOf } from './work-rows.service.ts';

/** A build has one work order: opened when it comes to production, or with its first task list. */
export const openWorkOrder = (ctx: CommandCtx, order: Pick<OrderRow, 'id' | 'plant_id'>) =>
  ctx.insert(work_orders, {
    plant_id: order.plant_id,
    work_order_number: nextNumber(ctx, WORK_ORDER_NUMBERS),
    order_id: order.id,
    order_status: 'RELEASED',
  });

/** The work order follows a build that took a step. */
export function followBuild(
  ctx: CommandCtx,
  order: Pick<OrderRow, 'id' | 'plant_id'>,
  to_status: BuildStatus,
): void {
  const held = workOrderOf(ctx, order.id);
  if (!held) {
    if (to_status === 'READY_FOR_PRODUCTION') openWorkOrder(ctx, order);
    return;
  }
  const order_status = statusWithBuild(held, to_status);
  if (order_status === held.order_status) return;
  const completed_at_ms = order_status === 'COMPLETED' ? ctx.now_ms : null;
  ctx.update(work_orders, held.id, { order_status, completed_at_ms });
}

/** Work on a released build begins: with its first task, or when it arrives where it is assembled. */
export function beginWork(ctx: CommandCtx, order_id: Id<'orders'>): void {
  const held = workOrderOf(ctx, order_id);
  if (held?.order_status === 'RELEASED')
    ctx.update(work_orders, held.id, { order_status: 'IN_PROGRESS', started_at_ms: ctx.now_ms });
}
