import type { Id } from '../../../db/kit/columns.ts';
import type { WorkBuild } from '../../../preload/contract/assembly.ts';
import type { production } from '../../../preload/contract/production.ts';
import type { OutputOf, ParsedInputOf } from '../../../preload/contract/rpc.ts';
import { addDays } from '../../platform/days.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { plantScope } from '../orders/order-rows.service.ts';
import { taskProgress } from './progress.service.ts';

/** A build is urgent when it is wanted within a week. */
const URGENT_DAYS = 7;

interface FloorRow
  extends Omit<WorkBuild, 'can_claim' | 'is_mine' | 'is_urgent' | 'has_rework' | 'progress'> {
  order_id: Id<'orders'>;
  assignee_id: string | null;
  has_rework: 0 | 1;
}
/** The work order of a build as everywhere: the first that is not cancelled. */
const ON_FLOOR = `with on_floor as (
  select o.id, o.order_number, o.build_number, o.customer_name, o.want_on, o.order_status, o.current_assignee_id, o.row_version,
    w.work_order_number, w.order_status as work_order_status
  from orders o left join work_orders w on w.id = (
    select min(v.id) from work_orders v where v.order_id = o.id and v.order_status <> 'CANCELLED')
  where o.order_kind = 'CUSTOMER_BUILD' and o.order_status in ('READY_FOR_PRODUCTION', 'TESTING_COMPLETE', 'PACKAGING_COMPLETE')
    and (@plant_id is null or o.plant_id = @plant_id))`;
const STATUSES = `${ON_FLOOR} select work_order_status as status, count(*) as builds from on_floor group by 1 order by 1`;
const PAGE = `${ON_FLOOR} select f.id as order_id, f.order_number, f.build_number, f.customer_name, f.want_on, f.order_status,
    f.current_assignee_id as assignee_id, f.row_version, f.work_order_number, f.work_order_status, a.full_name as assignee_name,
    (select count(*) from ncrs n where n.order_id = f.id and n.status in ('OPEN', 'IN_REVIEW')) as open_issues,
    exists (select 1 from work_orders w join work_order_operations p on p.work_order_id = w.id and p.is_active = 1
      join operation_tasks k on k.operation_id = p.id and k.is_rework = 1 and k.is_completed = 0
      where w.order_id = f.id) as has_rework
  from on_floor f left join users a on a.id = f.current_assignee_id
  where @work_order_status is null or f.work_order_status = @work_order_status
  order by has_rework desc, f.current_assignee_id is @user_id desc, f.want_on is null, f.want_on, f.order_number, f.build_number
  limit @limit offset @offset`;

/** One page of the builds on the floor: rework first, then own ones, then what is wanted soonest. */
export function workBuilds(
  ctx: ReadCtx,
  input: ParsedInputOf<(typeof production)['workBuilds']>,
): OutputOf<(typeof production)['workBuilds']> {
  const plant_id = plantScope(ctx);
  const counted = ctx.sql.all<{ status: WorkBuild['work_order_status']; builds: number }>(STATUSES, {
    plant_id,
  });
  const isWanted = (status: WorkBuild['work_order_status']) =>
    input.work_order_status === null || status === input.work_order_status;
  const soon = addDays(ctx.today(), URGENT_DAYS);
  const rows = ctx.sql.all<FloorRow>(PAGE, { ...input, plant_id, user_id: ctx.actor.user_id });
  return {
    builds: rows.map(({ assignee_id, has_rework, ...row }) => ({
      ...row,
      is_mine: assignee_id === ctx.actor.user_id,
      can_claim:
        assignee_id === null && row.order_status === 'READY_FOR_PRODUCTION' && ctx.actor.may('orders:claim'),
      is_urgent: row.want_on !== null && row.want_on <= soon,
      has_rework: has_rework === 1,
      progress: taskProgress(ctx, row.order_id),
    })),
    total: counted.reduce((sum, { status, builds }) => sum + (isWanted(status) ? builds : 0), 0),
    statuses: counted.flatMap(({ status, builds }) => (status === null ? [] : [{ status, builds }])),
  };
}
