import type { Figure, fulfilment, QUEUES, QueueRow } from '../../../preload/contract/fulfilment.ts';
import { buildStatus } from '../../../preload/contract/orders.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import { startOfDay } from '../../platform/days.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { outsourcedLines } from '../logistics/outsourcing.service.ts';
import { type BuildStatus, plantScope } from '../orders/order-rows.service.ts';
import { listNcrs } from '../quality/ncrs.service.ts';
import { bottlenecks } from './dashboard.rules.ts';

type Input<P extends keyof typeof fulfilment> = ParsedInputOf<(typeof fulfilment)[P]>;
type Queue = (typeof QUEUES)[number];

/** The statuses whose builds wait for a kind of work. Source: orders seen by each role (1.2), owners of queues (4.1). */
export const STATUSES_OF: Record<Queue, readonly BuildStatus[]> = {
  coordination: buildStatus.options.filter(status => status !== 'SHIPPED'),
  procurement: ['ORDER_CREATED', 'PARTS_SENT'],
  quality: ['READY_FOR_PRE_QC', 'READY_FOR_FINAL_QC'],
  assembly: ['READY_FOR_PRODUCTION', 'TESTING_COMPLETE', 'PACKAGING_COMPLETE'],
};

const UNSETTLED = "n.status in ('OPEN', 'IN_REVIEW')";
const ISSUES = `(select count(*) from ncrs n where n.order_id = o.id and ${UNSETTLED})`;
const FLAG = `case when exists (select 1 from ncrs n where n.order_id = o.id and ${UNSETTLED} and n.ncr_type = 'SHORTAGE') then 'on_hold'
  when exists (select 1 from ncrs n where n.order_id = o.id and n.status = 'OPEN') then 'rejected'
  when exists (select 1 from ncrs n where n.order_id = o.id and n.status = 'IN_REVIEW') then 'rework' else 'none' end`;
const COLUMNS = `o.id as order_id, o.order_number, o.build_number, o.customer_name, o.want_on, o.order_status, o.row_version,
  o.current_assignee_id as user_id, a.full_name, a.initials, o.current_assignee_id is @user_id as is_mine,
  ${ISSUES} as open_issues, ${FLAG} as flag,
  coalesce((select max(h.performed_at_ms) from workflow_history h where h.entity_type = 'orders' and h.entity_id = o.id
    and (h.from_status is null or h.from_status <> h.to_status)), o.created_at_ms) as in_status_since_ms,
  (select count(*) from bom_lines l join bom_headers b on b.id = l.bom_header_id where b.order_id = o.id and b.status <> 'SUPERSEDED' and l.level = 0) as bom_rows,
  (select b.status from bom_headers b where b.order_id = o.id and b.scope = 'ORDER' order by b.bom_version desc limit 1) as bom_status`;
const FROM = `from orders o left join users a on a.id = o.current_assignee_id
  where o.order_kind = 'CUSTOMER_BUILD' and o.order_status in (select value from json_each(@statuses))
    and (@plant_id is null or o.plant_id = @plant_id) and (@only_mine = 0 or o.current_assignee_id = @user_id)
    and (@only_late = 0 or o.want_on < @today)
    and (@to_claim = 0 or o.current_assignee_id is null or o.current_assignee_id = @user_id)`;
/** Own work first, rework before new work, then what is wanted soonest. */
const URGENT_FIRST = `order by o.current_assignee_id is @user_id desc, exists (select 1 from ncrs n where n.order_id = o.id and ${UNSETTLED}) desc,
  o.want_on is null, o.want_on, o.order_number, o.build_number`;

type Stored = Omit<QueueRow, 'assignee' | 'is_mine' | 'is_late'> & {
  user_id: NonNullable<QueueRow['assignee']>['user_id'] | null;
  full_name: string | null;
  initials: string | null;
  is_mine: 0 | 1;
};
const rowOf = ({ user_id, full_name, initials, is_mine, ...row }: Stored, today: string): QueueRow => ({
  ...row,
  assignee: user_id === null ? null : { user_id, full_name: full_name ?? '', initials: initials ?? '' },
  is_mine: is_mine === 1,
  is_late: row.want_on !== null && row.want_on < today && row.order_status !== 'SHIPPED',
});

interface Wanted {
  statuses: readonly BuildStatus[];
  only_mine?: boolean;
  only_late?: boolean;
  /** Nobody's builds and own ones. */
  to_claim?: boolean;
}
const paramsOf = (ctx: ReadCtx, wanted: Wanted) => ({
  statuses: JSON.stringify(wanted.statuses),
  plant_id: plantScope(ctx),
  user_id: ctx.actor.user_id,
  today: ctx.today(),
  only_mine: wanted.only_mine ? 1 : 0,
  only_late: wanted.only_late ? 1 : 0,
  to_claim: wanted.to_claim ? 1 : 0,
});
const countOf = (ctx: ReadCtx, wanted: Wanted): number =>
  ctx.sql.get<{ total: number }>(`select count(*) as total ${FROM}`, paramsOf(ctx, wanted))?.total ?? 0;
function pageOf(ctx: ReadCtx, wanted: Wanted, limit: number, offset = 0): QueueRow[] {
  const params = { ...paramsOf(ctx, wanted), limit, offset };
  const today = ctx.today();
  return ctx.sql
    .all<Stored>(`select ${COLUMNS} ${FROM} ${URGENT_FIRST} limit @limit offset @offset`, params)
    .map(row => rowOf(row, today));
}

/** Builds that wait for one kind of work. An assembler sees builds nobody has, and own ones. */
export function queue(ctx: ReadCtx, input: Input<'queue'>) {
  const wanted: Wanted = {
    statuses: input.status.length > 0 ? input.status : STATUSES_OF[input.queue],
    only_mine: input.only_mine,
    to_claim: input.queue === 'assembly' && input.status.length === 0,
  };
  return { rows: pageOf(ctx, wanted, input.limit, input.offset), total: countOf(ctx, wanted) };
}

const STAGES = `select order_status as status, count(*) as builds, coalesce(sum(want_on < @today), 0) as late from orders
  where order_kind = 'CUSTOMER_BUILD' and order_status <> 'SHIPPED' and (@plant_id is null or plant_id = @plant_id) group by order_status`;
const FORMS = `select count(*) as signed, coalesce(sum(overall_result = 'PASS'), 0) as passed,
    avg((signed_at_ms - created_at_ms) / 60000.0) as mean_minutes
  from inspection_logs where status = 'SIGNED' and plan_type in ('PRE_QC', 'FINAL_QC') and signed_at_ms >= ?`;
const DAYS_OF_PASS_RATE = 30;
const DAY_MS = 86_400_000;
const SHOWN_LATE = 10;
const SHOWN_ISSUES = 10;

interface Forms {
  signed: number;
  passed: number;
  mean_minutes: number | null;
}
const formsSince = (ctx: ReadCtx, since_ms: number): Forms =>
  ctx.sql.get<Forms>(FORMS, [since_ms]) ?? { signed: 0, passed: 0, mean_minutes: null };
const ordersIn = (...status: BuildStatus[]): Figure['records'] => ({
  list: 'orders',
  status,
  is_late: false,
});

export function dashboard(ctx: ReadCtx, { queue: which }: Input<'dashboard'>) {
  const rows = ctx.sql.all<{ status: BuildStatus; builds: number; late: number }>(STAGES, {
    today: ctx.today(),
    plant_id: plantScope(ctx),
  });
  const held = new Map(rows.map(row => [row.status, row]));
  const stages = buildStatus.options
    .filter(status => status !== 'SHIPPED')
    .map(status => ({ status, builds: held.get(status)?.builds ?? 0, late: held.get(status)?.late ?? 0 }));
  const narrow = bottlenecks(stages);
  return {
    figures: figuresOf(ctx, which, stages),
    stages: stages.map(stage => ({ ...stage, is_bottleneck: narrow.has(stage.status) })),
    late: pageOf(ctx, { statuses: STATUSES_OF[which], only_late: true }, SHOWN_LATE),
    issues: ctx.actor.may('ncrs:read')
      ? listNcrs(ctx, { limit: SHOWN_ISSUES, offset: 0, types: [], only_unsettled: true }).rows
      : [],
  };
}

interface Stage {
  status: BuildStatus;
  builds: number;
  late: number;
}
function figuresOf(ctx: ReadCtx, which: Queue, stages: readonly Stage[]): Figure[] {
  const builds = (...statuses: BuildStatus[]): number =>
    stages.filter(stage => statuses.includes(stage.status)).reduce((sum, stage) => sum + stage.builds, 0);
  const figure = (key: string, ...statuses: BuildStatus[]): Figure => ({
    key,
    value: builds(...statuses),
    records: ordersIn(...statuses),
  });
  const mine = { statuses: STATUSES_OF[which], only_mine: true };
  switch (which) {
    case 'coordination': {
      const forms = formsSince(ctx, ctx.now_ms - DAYS_OF_PASS_RATE * DAY_MS);
      return [
        figure('active', ...STATUSES_OF.coordination),
        figure('awaiting_parts', 'PARTS_SENT'),
        figure('in_production', ...STATUSES_OF.assembly),
        figure('pre_qc_queue', 'READY_FOR_PRE_QC'),
        figure('final_qc_queue', 'READY_FOR_FINAL_QC'),
        figure('ready_to_ship', 'READY_FOR_SHIP'),
        {
          key: 'late',
          value: stages.reduce((sum, stage) => sum + stage.late, 0),
          records: { list: 'orders', status: [], is_late: true },
        },
        { key: 'shipped', value: countOf(ctx, { statuses: ['SHIPPED'] }), records: ordersIn('SHIPPED') },
        ...passRate(forms),
      ];
    }
    case 'procurement':
      return [
        figure('to_review', 'ORDER_CREATED'),
        figure('parts_sent', 'PARTS_SENT'),
        {
          key: 'overdue_parts',
          value: outsourcedLines(ctx, { only_open: true, limit: 1, offset: 0 }).overdue,
          records: { list: 'parts_out', status: [], is_late: true },
        },
        { key: 'mine', value: countOf(ctx, mine), records: null },
      ];
    case 'quality': {
      const today = formsSince(ctx, startOfToday(ctx));
      const recent = formsSince(ctx, ctx.now_ms - DAYS_OF_PASS_RATE * DAY_MS);
      return [
        figure('pending', ...STATUSES_OF.quality),
        { key: 'signed_today', value: today.signed, records: null },
        ...passRate(recent),
        ...(recent.mean_minutes === null
          ? []
          : [{ key: 'mean_minutes', value: Math.round(recent.mean_minutes), records: null }]),
      ];
    }
    case 'assembly':
      return [
        figure('ready_for_production', 'READY_FOR_PRODUCTION'),
        { key: 'mine', value: countOf(ctx, mine), records: null },
        figure('awaiting_qc', ...STATUSES_OF.quality),
      ];
  }
}
const HUNDRED_PERCENT = 100;
const passRate = ({ signed, passed }: Forms): Figure[] =>
  signed === 0
    ? []
    : [{ key: 'pass_rate', value: Math.round((HUNDRED_PERCENT * passed) / signed), records: null }];

function startOfToday(ctx: ReadCtx): number {
  const plant = ctx.sql.get<{ timezone: string }>('select timezone from plants where id = ?', [
    ctx.actor.plant_id,
  ]);
  return startOfDay(ctx.today(), plant?.timezone ?? 'UTC');
}
