import type { OutputOf, ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { BalanceFilter, BalanceRow, InAndOut, tracking } from '../../../preload/contract/tracking.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { visibleCenters } from './access.service.ts';
import { orderKeyOf, stateOf } from './movement.rules.ts';
import type { Where } from './movement-filter.rules.ts';
import { placeOf, totalsConditions } from './movement-list.service.ts';
import { numberNow } from './order-match.service.ts';

type Input<P extends keyof typeof tracking> = ParsedInputOf<(typeof tracking)[P]>;

/** Groups `b` with opening, in_quantity, out_quantity and closing; opening plus IN minus OUT is closing. */
export function groupsOf(ctx: ReadCtx, filter: BalanceFilter): Where {
  const { sql, params } = totalsConditions(ctx, filter);
  const common = 't.order_key, t.work_center_id, t.order_number, t.last_at_ms';
  if (filter.from === undefined && filter.to === undefined)
    return {
      sql: `select ${common}, 0 as opening, t.in_quantity, t.out_quantity, t.in_quantity - t.out_quantity as closing
            from movement_totals t where ${sql}`,
      params,
    };
  const place = placeOf(ctx);
  const from_ms = filter.from === undefined ? 0 : place.startOfDay(filter.from);
  const until_ms =
    filter.to === undefined ? Number.MAX_SAFE_INTEGER : place.startOfDay(place.nextDay(filter.to));
  // From the end backwards: what came after the period is taken off, what is left is the closing.
  return {
    sql: `select ${common}, t.in_quantity - t.out_quantity - coalesce(r.later, 0) - coalesce(r.came, 0) + coalesce(r.gone, 0) as opening,
            coalesce(r.came, 0) as in_quantity, coalesce(r.gone, 0) as out_quantity,
            t.in_quantity - t.out_quantity - coalesce(r.later, 0) as closing
          from movement_totals t left join (
            select m.order_key, m.work_center_id,
              sum(case when m.occurred_at_ms >= @until_ms then case m.movement_type when 'IN' then m.quantity else -m.quantity end else 0 end) as later,
              sum(case when m.occurred_at_ms < @until_ms and m.movement_type = 'IN' then m.quantity else 0 end) as came,
              sum(case when m.occurred_at_ms < @until_ms and m.movement_type = 'OUT' then m.quantity else 0 end) as gone
            from order_movements m where m.plant_id = @plant_id and m.occurred_at_ms >= @from_ms
            group by m.order_key, m.work_center_id
          ) r on r.order_key = t.order_key and r.work_center_id = t.work_center_id where ${sql}`,
    params: { ...params, plant_id: ctx.actor.plant_id, from_ms, until_ms },
  };
}
/** In a period only groups with something in it. */
const TOUCHED = '(b.opening <> 0 or b.in_quantity <> 0 or b.out_quantity <> 0)';
const STATES = { available: 'b.closing > 0', balanced: 'b.closing = 0', shortage: 'b.closing < 0' };
const DETAILS = `select b.order_number, b.work_center_id, w.work_center_code, w.work_center_name, w.is_active,
    b.opening, b.in_quantity, b.out_quantity, b.closing, b.last_at_ms,
    (select group_concat(remark, ', ') from (select distinct m.remark from order_movements m
      where m.order_key = b.order_key and m.work_center_id = b.work_center_id and m.remark is not null order by m.remark)) as remarks,
    coalesce(nullif(u.full_name, ''), u.username) as last_user_name, d.dept_name as last_department_name`;
const LAST_BY = `left join users u on u.id = (select m.user_id from order_movements m
    where m.order_key = b.order_key and m.work_center_id = b.work_center_id order by m.occurred_at_ms desc, m.id desc limit 1)
  left join departments d on d.id = u.department_id`;
type Stored = Omit<BalanceRow, 'is_active' | 'state'> & { is_active: 0 | 1 };
const rowOf = ({ is_active, ...row }: Stored): BalanceRow => ({
  ...row,
  is_active: is_active === 1,
  state: stateOf(row.closing),
});
const chosenState = (filter: BalanceFilter): string => (filter.state ? ` and ${STATES[filter.state]}` : '');

export function listBalances(ctx: ReadCtx, { filter, offset, limit }: Input<'balances'>) {
  const { sql, params } = groupsOf(ctx, filter);
  const counts = ctx.sql.get<{ available: number; balanced: number; shortage: number }>(
    `select coalesce(sum(b.closing > 0), 0) as available, coalesce(sum(b.closing = 0), 0) as balanced,
       coalesce(sum(b.closing < 0), 0) as shortage from (${sql}) b where ${TOUCHED}`,
    params,
  ) ?? { available: 0, balanced: 0, shortage: 0 };
  const rows = ctx.sql.all<Stored>(
    `with page as materialized (select b.* from (${sql}) b join work_centers w on w.id = b.work_center_id
       where ${TOUCHED}${chosenState(filter)} order by b.order_key, w.work_center_code limit @limit offset @offset)
     ${DETAILS} from page b join work_centers w on w.id = b.work_center_id ${LAST_BY} order by b.order_key, w.work_center_code`,
    { ...params, limit, offset },
  );
  const total = filter.state ? counts[filter.state] : counts.available + counts.balanced + counts.shortage;
  return { rows: rows.map(rowOf), total, counts };
}

/** Streams every balance of the filter, for sheets. */
export function* everyBalance(ctx: ReadCtx, filter: BalanceFilter): Generator<BalanceRow> {
  const { sql, params } = groupsOf(ctx, filter);
  const rows = ctx.sql.iterate<Stored>(
    `${DETAILS} from (${sql}) b join work_centers w on w.id = b.work_center_id ${LAST_BY}
     where ${TOUCHED}${chosenState(filter)} order by b.order_key, w.work_center_code`,
    params,
  );
  for (const row of rows) yield rowOf(row);
}

type FlowCenter = OutputOf<typeof tracking.orderFlow>['centers'][number];
const PEOPLE = `select coalesce(nullif(u.full_name, ''), u.username) as user_name, w.work_center_code,
    sum(m.movement_type = 'IN') as in_rows, sum(m.movement_type = 'OUT') as out_rows,
    sum(case m.movement_type when 'IN' then m.quantity else 0 end) as in_quantity,
    sum(case m.movement_type when 'OUT' then m.quantity else 0 end) as out_quantity
  from order_movements m join users u on u.id = m.user_id join work_centers w on w.id = m.work_center_id
  where m.order_key = @order_key and m.work_center_id in (select value from json_each(@centers))
  group by m.user_id, m.work_center_id order by w.work_center_code, user_name`;

export function orderFlow(ctx: ReadCtx, input: Input<'orderFlow'>) {
  const order_number = numberNow(ctx, input.order_number);
  const order_key = orderKeyOf(order_number);
  const params = {
    order_key,
    centers: JSON.stringify(visibleCenters(ctx).map(c => c.work_center_id)),
  };
  const rows = ctx.sql.all<Omit<FlowCenter, 'is_active' | 'on_the_way'> & { is_active: 0 | 1 }>(
    `select w.id as work_center_id, w.work_center_code, w.work_center_name, w.is_active, t.in_rows, t.in_quantity,
       t.out_rows, t.out_quantity, t.in_quantity - t.out_quantity as balance
     from movement_totals t join work_centers w on w.id = t.work_center_id
     where t.order_key = @order_key and t.work_center_id in (select value from json_each(@centers))
     order by w.flow_position, w.work_center_code`,
    params,
  );
  const centers = rows.map((row, at) => {
    const before = rows[at - 1];
    return {
      ...row,
      is_active: row.is_active === 1,
      on_the_way: before ? before.out_quantity - row.in_quantity : null,
    };
  });
  const people = ctx.sql.all<InAndOut & { user_name: string; work_center_code: string }>(PEOPLE, params);
  return { order_number, centers, people };
}
