import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { InAndOut, tracking, WorkCenterChoice } from '../../../preload/contract/tracking.ts';
import { addDays } from '../../platform/days.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { visibleCenters } from './access.service.ts';
import { placeOf } from './movement-list.service.ts';

type Input<P extends keyof typeof tracking> = ParsedInputOf<(typeof tracking)[P]>;
type Center = Pick<
  WorkCenterChoice,
  'work_center_id' | 'work_center_code' | 'work_center_name' | 'is_active'
>;

/** The running totals per local day, work centre and person, kept by triggers. */
const DAY_SUMS = `sum(m.in_rows) as in_rows, sum(m.out_rows) as out_rows, sum(m.in_quantity) as in_quantity, sum(m.out_quantity) as out_quantity`;
const IN_DAYS = `m.plant_id = @plant_id and m.day between @from and @to
  and m.work_center_id in (select value from json_each(@centers))`;
const NOTHING: InAndOut = { in_rows: 0, in_quantity: 0, out_rows: 0, out_quantity: 0 };
const MOST_DAYS = 3_700;

interface Period {
  from: string;
  to: string;
  work_center_id?: string | undefined;
}
/** Refuses `period_invalid` when it ends before it begins or is longer than ten years. */
function boundsOf(ctx: ReadCtx, { from, to, work_center_id }: Period) {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
  if (days < 1 || days > MOST_DAYS) refuse('period_invalid', { from, to });
  const place = placeOf(ctx);
  const centers = visibleCenters(ctx).filter(
    c => work_center_id === undefined || c.work_center_id === work_center_id,
  );
  const params = {
    plant_id: place.plant_id,
    from,
    to,
    centers: JSON.stringify(centers.map(c => c.work_center_id)),
  };
  return { days, centers, params };
}

function perCenter(ctx: ReadCtx, period: Period): (Center & InAndOut)[] {
  const { centers, params } = boundsOf(ctx, period);
  const rows = ctx.sql.all<InAndOut & { work_center_id: string }>(
    `select m.work_center_id, ${DAY_SUMS} from movement_days m where ${IN_DAYS} group by m.work_center_id`,
    params,
  );
  const found = new Map(rows.map(row => [row.work_center_id, row]));
  return centers.flatMap(({ work_center_id, work_center_code, work_center_name, is_active }) => {
    const sums = found.get(work_center_id);
    return sums ? [{ ...sums, work_center_id, work_center_code, work_center_name, is_active }] : [];
  });
}
export const byCenter = (ctx: ReadCtx, input: Input<'byCenter'>) => ({ rows: perCenter(ctx, input) });

export function dailySummary(ctx: ReadCtx, { day = ctx.today(), work_center_id }: Input<'dailySummary'>) {
  const centers = perCenter(ctx, { from: day, to: day, work_center_id });
  const total = centers.reduce(
    (sum, c) => ({
      in_rows: sum.in_rows + c.in_rows,
      in_quantity: sum.in_quantity + c.in_quantity,
      out_rows: sum.out_rows + c.out_rows,
      out_quantity: sum.out_quantity + c.out_quantity,
    }),
    NOTHING,
  );
  return { day, centers, total };
}

export function byUser(ctx: ReadCtx, input: Input<'byUser'>) {
  const rows = ctx.sql.all<InAndOut & { user_name: string; department_name: string | null }>(
    `select coalesce(nullif(u.full_name, ''), u.username) as user_name, d.dept_name as department_name, s.in_rows, s.in_quantity,
       s.out_rows, s.out_quantity
     from (select m.user_id, ${DAY_SUMS} from movement_days m where ${IN_DAYS} group by m.user_id) s
     join users u on u.id = s.user_id left join departments d on d.id = u.department_id order by user_name`,
    boundsOf(ctx, input).params,
  );
  return { rows };
}

/** Day by day by the calendar of the plant, days of 23 and 25 hours whole. */
export function trend(ctx: ReadCtx, input: Input<'trend'>) {
  const { days, params } = boundsOf(ctx, input);
  const rows = ctx.sql.all<InAndOut & { day: string }>(
    `select m.day, ${DAY_SUMS} from movement_days m where ${IN_DAYS} group by m.day`,
    params,
  );
  const found = new Map(rows.map(({ day, ...sums }) => [day, sums]));
  let lying = lyingAt(ctx, params);
  return {
    days: Array.from({ length: days }, (_, at) => {
      const day = addDays(input.from, at);
      const sums = found.get(day) ?? NOTHING;
      lying += sums.in_quantity - sums.out_quantity;
      return { day, ...sums, closing: lying };
    }),
  };
}
/** What lay at the work centres when the period began: everything that moved before. */
function lyingAt(
  ctx: ReadCtx,
  { plant_id, from, centers }: Record<'plant_id' | 'from' | 'centers', string>,
): number {
  const row = ctx.sql.get<{ net: number }>(
    `select coalesce(sum(m.in_quantity - m.out_quantity), 0) as net from movement_days m
     where m.plant_id = @plant_id and m.day < @from and m.work_center_id in (select value from json_each(@centers))`,
    { plant_id, from, centers },
  );
  return row?.net ?? 0;
}

type OpenSums = { work_center_id: string } & Record<
  'orders' | 'pieces' | 'shortages' | 'missing_pieces' | keyof typeof AGED,
  number
>;
/** Open pieces by days since their last IN. */
const AGED = { up_to_7: [0, 7], up_to_30: [8, 30], over_30: [31, null] } as const;
const DAY_MS = 86_400_000;
const agedSums = Object.entries(AGED)
  .map(([name, [least, most]]) => {
    const oldest = most === null ? '' : `and o.days <= ${most}`;
    return `coalesce(sum(case when o.balance > 0 and o.days >= ${least} ${oldest} then o.balance end), 0) as ${name}`;
  })
  .join(', ');
const OPEN = `select o.work_center_id, sum(o.balance > 0) as orders, coalesce(sum(case when o.balance > 0 then o.balance end), 0) as pieces,
    sum(o.balance < 0) as shortages, coalesce(sum(case when o.balance < 0 then -o.balance end), 0) as missing_pieces, ${agedSums}
  from (select t.work_center_id, t.in_quantity - t.out_quantity as balance,
      cast(max(0, @now_ms - coalesce(t.last_in_at_ms, @now_ms)) / ${DAY_MS} as integer) as days
    from movement_totals t where t.in_quantity <> t.out_quantity and t.work_center_id in (select value from json_each(@held))) o
  group by o.work_center_id`;

export function wip(ctx: ReadCtx) {
  const centers = visibleCenters(ctx);
  const held = JSON.stringify(centers.map(c => c.work_center_id));
  const nothing = {
    orders: 0,
    pieces: 0,
    shortages: 0,
    missing_pieces: 0,
    up_to_7: 0,
    up_to_30: 0,
    over_30: 0,
  };
  const open = ctx.sql.all<OpenSums>(OPEN, { held, now_ms: ctx.now_ms });
  const found = new Map(open.map(({ work_center_id, ...sums }) => [work_center_id, sums]));
  const counted = ctx.sql.get<{ in_rows: number; out_rows: number }>(
    `select coalesce(sum(in_rows), 0) as in_rows, coalesce(sum(out_rows), 0) as out_rows from movement_days
     where plant_id = ? and work_center_id in (select value from json_each(?))`,
    [ctx.actor.plant_id, held],
  ) ?? { in_rows: 0, out_rows: 0 };
  const people = ctx.sql.get<{ n: number }>(
    'select count(*) as n from users where is_active = 1 and plant_id = ?',
    [ctx.actor.plant_id],
  );
  return {
    rows: centers.map(({ work_center_id, work_center_code, work_center_name, is_active }) => {
      const { up_to_7, up_to_30, over_30, ...sums } = found.get(work_center_id) ?? nothing;
      const ages = { up_to_7, up_to_30, over_30 };
      return { work_center_id, work_center_code, work_center_name, is_active, ...sums, ages };
    }),
    cards: { ...counted, people: people?.n ?? 0, work_centers: centers.filter(c => c.is_active).length },
  };
}
