import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { Movement, MovementFilter, MovementSort, tracking } from '../../../preload/contract/tracking.ts';
import { addDays, startOfDay } from '../../platform/days.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { visibleCenters } from './access.service.ts';
import { IS_CLOSED, type MovementPlace, orderByOf, type Where, whereOf } from './movement-filter.rules.ts';
import { numberNow } from './order-match.service.ts';

type Input<P extends keyof typeof tracking> = ParsedInputOf<(typeof tracking)[P]>;

export function zoneOf(ctx: ReadCtx): string {
  const row = ctx.sql.get<{ timezone: string }>('select timezone from plants where id = ?', [
    ctx.actor.plant_id,
  ]);
  return row?.timezone ?? 'UTC';
}
export function placeOf(ctx: ReadCtx): MovementPlace {
  const zone = zoneOf(ctx);
  return {
    plant_id: ctx.actor.plant_id,
    center_ids: visibleCenters(ctx).map(center => center.work_center_id),
    startOfDay: day => startOfDay(day, zone),
    nextDay: day => addDays(day, 1),
    numberNow: typed => numberNow(ctx, typed),
  };
}
const hasClosed = (ctx: ReadCtx): boolean =>
  ctx.sql.get('select 1 from movement_totals where archived_until_ms is not null limit 1') !== undefined;
export const conditionsOf = (ctx: ReadCtx, filter: MovementFilter): Where =>
  whereOf(filter, placeOf(ctx), !filter.include_archive && hasClosed(ctx));

const COLUMNS = `m.id as movement_id, m.order_number, m.order_id, m.work_center_id, w.work_center_code, w.work_center_name,
  m.movement_type, m.quantity, m.remark, coalesce(nullif(u.full_name, ''), u.username) as user_name, d.dept_name as department_name,
  m.occurred_at_ms, m.corrects_id, m.correction_reason, m.flag,
  (select coalesce(sum(c.quantity), 0) from order_movements c indexed by order_movements_corrects_id_index where c.corrects_id = m.id) as corrected_quantity`;
const JOINS = `join work_centers w on w.id = m.work_center_id join users u on u.id = m.user_id
  left join departments d on d.id = u.department_id`;

/** Everything but days, person and kind is known to the totals, which are far fewer than the movements. */
const isAnsweredByTotals = (filter: MovementFilter): boolean =>
  [filter.from, filter.to, filter.user_id, filter.department_id].every(value => value === undefined);

/** Days, centres, people and kinds are known to the day totals, which are fewer still. */
const isAnsweredByDays = (ctx: ReadCtx, filter: MovementFilter): boolean =>
  filter.text.trim() === '' &&
  filter.order_number === undefined &&
  filter.department_id === undefined &&
  (filter.include_archive || !hasClosed(ctx));

function countByDays(
  ctx: ReadCtx,
  { movement_type, work_center_id, user_id, from, to }: MovementFilter,
): number {
  const { plant_id, center_ids } = placeOf(ctx);
  const counted = { IN: 'd.in_rows', OUT: 'd.out_rows', both: 'd.in_rows + d.out_rows' }[
    movement_type ?? 'both'
  ];
  const row = ctx.sql.get<{ total: number }>(
    `select coalesce(sum(${counted}), 0) as total from movement_days d
     where d.plant_id = @plant_id and d.day between @from and @to and (@user_id is null or d.user_id = @user_id)
       and d.work_center_id in (select value from json_each(@centers))`,
    {
      plant_id,
      from: from ?? '',
      to: to ?? '9999',
      user_id: user_id ?? null,
      centers: JSON.stringify(center_ids.filter(id => work_center_id === undefined || id === work_center_id)),
    },
  );
  return row?.total ?? 0;
}

export function countMovements(ctx: ReadCtx, filter: MovementFilter): number {
  if (isAnsweredByDays(ctx, filter)) return countByDays(ctx, filter);
  if (!isAnsweredByTotals(filter)) {
    const { sql, params } = conditionsOf(ctx, filter);
    const row = ctx.sql.get<{ total: number }>(
      `select count(*) as total from order_movements m where ${sql}`,
      params,
    );
    return row?.total ?? 0;
  }
  const { movement_type, ...rest } = filter;
  const { sql, params } = totalsConditions(ctx, rest);
  const counted = { IN: 't.in_rows', OUT: 't.out_rows', both: 't.in_rows + t.out_rows' }[
    movement_type ?? 'both'
  ];
  const row = ctx.sql.get<{ total: number }>(
    `select coalesce(sum(${counted}), 0) as total from movement_totals t where ${sql}`,
    params,
  );
  return row?.total ?? 0;
}
/** The same conditions on `movement_totals t`. */
export function totalsConditions(
  ctx: ReadCtx,
  filter: Pick<MovementFilter, 'text' | 'order_number' | 'work_center_id' | 'include_archive'>,
): Where {
  const { text, order_number, work_center_id, include_archive } = filter;
  const { sql, params } = whereOf(
    { text, order_number, work_center_id, include_archive },
    placeOf(ctx),
    false,
  );
  const { plant_id: _, ...known } = params;
  const onTotals = sql.replace('m.plant_id = @plant_id and ', '').replaceAll('m.', 't.');
  return { sql: include_archive ? onTotals : `${onTotals} and not (${IS_CLOSED})`, params: known };
}

/** Picks the page on an index first; names are joined for the page alone. */
export function listMovements(ctx: ReadCtx, { filter, sort, offset, limit }: Input<'movements'>) {
  const total = countMovements(ctx, filter);
  if (sort.by === 'work_center_code') return { rows: pageByCenter(ctx, filter, sort, offset, limit), total };
  const { sql, params } = conditionsOf(ctx, filter);
  return { rows: pageOf(ctx, { sql, params: { ...params, limit, offset } }, orderByOf(sort)), total };
}
const pageOf = (ctx: ReadCtx, { sql, params }: Where, order: string): Movement[] =>
  ctx.sql.all<Movement>(
    `with picked as materialized (select m.rowid as n from order_movements m where ${sql} order by ${order} limit @limit offset @offset)
     select ${COLUMNS} from picked join order_movements m on m.rowid = picked.n ${JOINS} order by ${order}`,
    params,
  );

/** Centre after centre by the index of each, newest first: no index holds the codes and the movements together. */
function pageByCenter(
  ctx: ReadCtx,
  filter: MovementFilter,
  { direction }: MovementSort,
  offset: number,
  limit: number,
): Movement[] {
  const centers = visibleCenters(ctx).filter(
    c => filter.work_center_id === undefined || c.work_center_id === filter.work_center_id,
  );
  const rows: Movement[] = [];
  let skip = offset;
  for (const { work_center_id } of direction === 'asc' ? centers : centers.toReversed()) {
    if (rows.length === limit) break;
    const one = { ...filter, work_center_id };
    if (skip > 0) {
      const here = countMovements(ctx, one);
      if (here <= skip) {
        skip -= here;
        continue;
      }
    }
    const { sql, params } = conditionsOf(ctx, one);
    const where = {
      sql: `m.work_center_id = @one and ${sql}`,
      params: { ...params, one: work_center_id, limit: limit - rows.length, offset: skip },
    };
    rows.push(...pageOf(ctx, where, orderByOf({ by: 'occurred_at_ms', direction: 'desc' })));
    skip = 0;
  }
  return rows;
}

/** Streams the whole filtered set, for sheets. */
export function everyMovement(ctx: ReadCtx, filter: MovementFilter, sort: MovementSort) {
  const { sql, params } = conditionsOf(ctx, filter);
  return ctx.sql.iterate<Movement>(
    `select ${COLUMNS} from order_movements m ${JOINS} where ${sql} order by ${orderByOf(sort)}`,
    params,
  );
}
