import type { Id } from '../../../db/kit/columns.ts';
import { orders as ordersTable } from '../../../db/schema/orders.ts';
import type { CommandCtx } from '../../rpc/context.ts';
import { type HistoryStep, recordStep } from '../configuration/history.service.ts';
import type { BuildStatus, OrderRow } from './order-rows.service.ts';

type Told = Pick<HistoryStep, 'action' | 'transition_code' | 'comment' | 'metadata'>;

/** Writes the new status with its step in the history. Whether it may be is decided by the workflow. */
export function setOrderStatus(
  ctx: CommandCtx,
  order: Pick<OrderRow, 'id' | 'order_status'>,
  to_status: BuildStatus,
  told: Told,
  expected_version?: number,
): void {
  ctx.update(ordersTable, order.id, { order_status: to_status }, expected_version);
  recordStep(ctx, {
    entity_type: 'orders',
    entity_id: order.id,
    event_type: 'transition',
    from_status: order.order_status,
    to_status,
    ...told,
  });
}

/** Gives a build to a person, or to nobody. */
export function setAssignee(
  ctx: CommandCtx,
  order: Pick<OrderRow, 'id' | 'order_status'>,
  user_id: Id<'users'> | null,
  metadata: Record<string, unknown>,
  expected_version?: number,
): void {
  ctx.update(ordersTable, order.id, { current_assignee_id: user_id }, expected_version);
  noteOn(ctx, order, { action: user_id === null ? 'ORDER_UNASSIGNED' : 'ORDER_ASSIGNED', metadata });
}

/** A step in the history of a build that leaves its status as it is. */
export function noteOn(ctx: CommandCtx, order: Pick<OrderRow, 'id' | 'order_status'>, told: Told): void {
  recordStep(ctx, {
    entity_type: 'orders',
    entity_id: order.id,
    from_status: order.order_status,
    to_status: order.order_status,
    ...told,
  });
}
