import type { Id } from '../../../db/kit/columns.ts';
import type { fulfilment, Situation } from '../../../preload/contract/fulfilment.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { workflowState } from '../configuration/workflow.service.ts';
import { type Holder, holdersOf } from '../identity/role-holders.service.ts';
import { type OrderRow, orderRow } from '../orders/order-rows.service.ts';
import { setAssignee } from '../orders/status.service.ts';
import { ensureTasks } from '../production/task-lists.service.ts';
import { tell } from './notices.service.ts';
import { situation } from './transitions.service.ts';

type Input<P extends keyof typeof fulfilment> = ParsedInputOf<(typeof fulfilment)[P]>;

/** Active people of this plant who may have a build in its status. Administrators give builds, they do not get them. */
export const candidates = (ctx: ReadCtx, { order_id }: Input<'candidates'>): { people: Holder[] } => ({
  people: holdersFor(ctx, orderRow(ctx, order_id).order_status),
});
function holdersFor(ctx: ReadCtx, order_status: string): Holder[] {
  return holdersOf(ctx, workflowState(ctx, 'orders', order_status)?.assignee_roles ?? []);
}

/** All or none: the first build that cannot be given is named. */
export function assign(ctx: CommandCtx, { orders, user_id }: Input<'assign'>): { assigned: number } {
  for (const { order_id, expected_version } of orders) {
    const order = orderRow(ctx, order_id);
    give(ctx, order, user_id, expected_version);
  }
  return { assigned: orders.length };
}

/** Refuses `build_taken` when somebody else was faster. */
export function claim(ctx: CommandCtx, { order_id, expected_version }: Input<'claim'>): Situation {
  const order = orderRow(ctx, order_id);
  if (order.current_assignee_id !== null && order.current_assignee_id !== ctx.actor.user_id)
    refuse('build_taken', { build_number: order.build_number, by: nameOf(ctx, order.current_assignee_id) });
  give(ctx, order, ctx.actor.user_id, expected_version);
  if (order.order_status === 'READY_FOR_PRODUCTION') ensureTasks(ctx, order.id);
  return situation(ctx, { order_id });
}

/** Refuses `build_not_yours`. */
export function release(ctx: CommandCtx, { order_id, expected_version }: Input<'release'>): Situation {
  const order = orderRow(ctx, order_id);
  if (order.current_assignee_id !== ctx.actor.user_id)
    refuse('build_not_yours', { build_number: order.build_number });
  give(ctx, order, null, expected_version);
  return situation(ctx, { order_id });
}

function give(ctx: CommandCtx, order: OrderRow, user_id: Id<'users'> | null, expected_version: number): void {
  if (user_id !== null && !holdersFor(ctx, order.order_status).some(holder => holder.user_id === user_id))
    refuse('assignee_not_allowed', {
      name: nameOf(ctx, user_id),
      build_number: order.build_number,
      order_status: order.order_status,
    });
  const before = order.current_assignee_id;
  setAssignee(
    ctx,
    order,
    user_id,
    {
      from: before === null ? null : nameOf(ctx, before),
      to: user_id === null ? null : nameOf(ctx, user_id),
    },
    expected_version,
  );
  tell(ctx, order, {
    roles: ['PLANNER'],
    user_ids: [...(user_id === null ? [] : [user_id]), ...(before === null ? [] : [before])],
    type: 'TASK_ASSIGNMENT',
    code: user_id === null ? 'unassigned' : 'assigned',
    values: { name: nameOf(ctx, user_id ?? before ?? ctx.actor.user_id) },
  });
}

const nameOf = (ctx: ReadCtx, user_id: string): string =>
  ctx.sql.get<{ full_name: string }>('select full_name from users where id = ?', [user_id])?.full_name ?? '';
