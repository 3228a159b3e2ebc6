import type { Id } from '../../../db/kit/columns.ts';
import type { production } from '../../../preload/contract/production.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { notify } from '../infrastructure/notifications.service.ts';
import { orderRow } from '../orders/order-rows.service.ts';
import { setAssignee } from '../orders/status.service.ts';
import { requireOwnBuild, stopTimer } from './work.service.ts';
import { listOf } from './work-rows.service.ts';

type Input<P extends keyof typeof production> = ParsedInputOf<(typeof production)[P]>;
interface Person {
  user_id: Id<'users'>;
  full_name: string;
  initials: string;
}
const ASSEMBLERS = `select distinct u.id as user_id, u.full_name, u.initials from users u
  join user_roles ur on ur.user_id = u.id and ur.is_active = 1 and (ur.plant_id is null or ur.plant_id = @plant_id)
    and (ur.expires_at_ms is null or ur.expires_at_ms >= @now_ms)
  join roles r on r.id = ur.role_id and r.role_code = 'OPERATOR' and r.is_active = 1
  where u.is_active = 1 and u.organization_id = @organization_id and u.id <> @me order by u.full_name`;
const assemblers = (ctx: ReadCtx): Person[] =>
  ctx.sql.all<Person>(ASSEMBLERS, {
    plant_id: ctx.actor.plant_id,
    organization_id: ctx.organization_id,
    now_ms: ctx.now_ms,
    me: ctx.actor.user_id,
  });

export function handOverTo(ctx: ReadCtx, { order_id }: Input<'handOverTo'>) {
  orderRow(ctx, order_id);
  return { people: assemblers(ctx) };
}

/** Gives a build to another assembler: running timers stop with their time, ticks and notes stay. */
export function handOver(ctx: CommandCtx, { order_id, to_user_id, note }: Input<'handOver'>) {
  const order = orderRow(ctx, order_id);
  requireOwnBuild(ctx, order);
  const person =
    assemblers(ctx).find(found => found.user_id === to_user_id) ?? refuse('person_not_assembler', {});
  const running = listOf(ctx, order.id)?.tasks.filter(task => task.state === 'running') ?? [];
  for (const task of running) stopTimer(ctx, task, 'HANDED_OVER', note);
  setAssignee(ctx, order, person.user_id, { from: ctx.actor.full_name, to: person.full_name, note });
  const { order_number, build_number } = order;
  notify(ctx, {
    user_ids: [person.user_id],
    roles: ['PLANNER'],
    type: 'TASK_ASSIGNMENT',
    message_code: 'production:notices.handed_over',
    message_values: { order_number, build_number, from: ctx.actor.full_name, to: person.full_name },
    entity: { type: 'orders', id: order.id },
  });
  return { stopped: running.length };
}
