import type { ReportFilter } from '../../../preload/contract/life-reports.ts';
import { buildStatus } from '../../../preload/contract/orders.ts';
import { dayInZone } from '../../platform/days.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { bottlenecks } from '../fulfilment/dashboard.rules.ts';
import { grouped, isOnTime, shareOf, spansOf, staysOf, stepOf, stepsOf } from './life.rules.ts';
import {
  type BuildFact,
  buildRecord,
  productionFacts,
  type Scope,
  type StepFact,
  stepFacts,
} from './life-facts.service.ts';
import { counted, measured, named, type Report, reportTable } from './report-table.ts';

const entered = (build: BuildFact) => buildRecord(build, build.created_at_ms);
const shippedOf = (build: BuildFact) => buildRecord(build, build.shipped_at_ms ?? build.updated_at_ms);
const isLate = (build: BuildFact, today: string): boolean => build.want_on !== null && build.want_on < today;

/** Entered and shipped step by step, what is open where, and for whom. Source: order summary, completion rate, bottleneck (10.6). */
export function productionReport(ctx: ReadCtx, filter: ReportFilter, scope: Scope): Report {
  const { created, shipped, open_now, open_at_start } = productionFacts(ctx, scope);
  const today = ctx.today();
  const late = open_now.filter(build => isLate(build, today));
  return {
    headlines: [
      { key: 'created', kind: 'integer', value: created.length },
      { key: 'shipped', kind: 'integer', value: shipped.length },
      { key: 'completion', kind: 'percent', value: shareOf(shipped.length, created.length) },
      { key: 'open_now', kind: 'integer', value: open_now.length },
      { key: 'late_now', kind: 'integer', value: late.length },
    ],
    tables: [
      perStep(filter, scope, { created, shipped, open_at_start }),
      perStatus(open_now, today),
      perCustomer({ created, shipped, open_now, late }),
      builds(scope, [...new Map([...created, ...shipped].map(build => [build.order_id, build])).values()]),
    ],
  };
}

interface Flow {
  created: BuildFact[];
  shipped: BuildFact[];
  open_at_start: number;
}
function perStep(filter: ReportFilter, { zone }: Scope, { created, shipped, open_at_start }: Flow) {
  const stepAt = (at_ms: number) => stepOf(dayInZone(at_ms, zone), filter.by);
  const createdIn = grouped(created, build => stepAt(build.created_at_ms));
  const shippedIn = grouped(shipped, build => stepAt(build.shipped_at_ms ?? 0));
  let open = open_at_start;
  const rows = stepsOf(filter.from, filter.to, filter.by).map(step => {
    const row = { step, created: createdIn.get(step) ?? [], shipped: shippedIn.get(step) ?? [] };
    open += row.created.length - row.shipped.length;
    return { ...row, open };
  });
  return reportTable('report_production', rows, row => row.step, [
    named('step', row => row.step, { width: 14 }),
    counted('created', row => row.created.map(entered)),
    counted('shipped', row => row.shipped.map(shippedOf)),
    measured('completion', 'percent', row => shareOf(row.shipped.length, row.created.length)),
    measured('open', 'integer', row => row.open),
  ]);
}

function perStatus(open_now: readonly BuildFact[], today: string) {
  const held = grouped(open_now, build => build.order_status);
  const rows = buildStatus.options
    .filter(status => status !== 'SHIPPED')
    .map(status => ({ status, builds: held.get(status) ?? [] }));
  const narrow = bottlenecks(rows.map(row => ({ status: row.status, builds: row.builds.length })));
  return reportTable('report_statuses', rows, row => row.status, [
    named('order_status', row => row.status, { words: 'order_status' }),
    counted('builds', row => row.builds.map(entered)),
    counted('late', row => row.builds.filter(build => isLate(build, today)).map(entered)),
    counted('unassigned', row => row.builds.filter(build => build.is_assigned === 0).map(entered)),
    { key: 'is_bottleneck', kind: 'boolean', width: 12, value: row => narrow.has(row.status) },
  ]);
}

function perCustomer(lists: Record<'created' | 'shipped' | 'open_now' | 'late', readonly BuildFact[]>) {
  const name = (build: BuildFact) => build.customer_name;
  const groups = {
    created: grouped(lists.created, name),
    shipped: grouped(lists.shipped, name),
    open_now: grouped(lists.open_now, name),
    late: grouped(lists.late, name),
  };
  const customers = [...new Set(Object.values(groups).flatMap(group => [...group.keys()]))].sort();
  return reportTable('report_customers', customers, customer => customer, [
    named('customer_name', customer => customer, { width: 30 }),
    counted('created', customer => (groups.created.get(customer) ?? []).map(entered)),
    counted('shipped', customer => (groups.shipped.get(customer) ?? []).map(shippedOf)),
    counted('open_now', customer => (groups.open_now.get(customer) ?? []).map(entered)),
    counted('late', customer => (groups.late.get(customer) ?? []).map(entered)),
  ]);
}

/** The builds themselves, for a workbook. */
const builds = (
  { zone }: Scope,
  rows: readonly BuildFact[],
  id: 'report_builds' | 'report_shipped' = 'report_builds',
) =>
  reportTable(id, rows, build => build.order_id, [
    named('order_number', build => build.order_number, { width: 18 }),
    named('build_number', build => build.build_number, { width: 14 }),
    named('customer_name', build => build.customer_name, { width: 30 }),
    named('family', build => build.family, { width: 18 }),
    named('order_status', build => build.order_status, { words: 'order_status' }),
    named('created_on', build => dayInZone(build.created_at_ms, zone), { kind: 'day', width: 12 }),
    named('want_on', build => build.want_on, { kind: 'day', width: 12 }),
    named('shipped_on', build => shippedOn(build, zone), { kind: 'day', width: 12 }),
    measured('lead_days', 'quantity', build => leadOf([build]).mean_days),
  ]);
const shippedOn = (build: BuildFact, zone: string): string | null =>
  build.shipped_at_ms === null ? null : dayInZone(build.shipped_at_ms, zone);
const leadOf = (rows: readonly BuildFact[]) =>
  spansOf(
    rows.flatMap(({ created_at_ms, shipped_at_ms }) =>
      shipped_at_ms === null ? [] : [shipped_at_ms - created_at_ms],
    ),
  );

/** From entered to shipped, and in each status; on time. Source: cycle time, on-time share (10.6). */
export function leadTimeReport(ctx: ReadCtx, filter: ReportFilter, scope: Scope): Report {
  const { shipped } = productionFacts(ctx, scope);
  const { zone } = scope;
  const punctual = (rows: readonly BuildFact[]) => {
    const dated = rows.filter(build => build.want_on !== null);
    const on_time = dated.filter(build => isOnTime(shippedOn(build, zone) ?? '', build.want_on ?? ''));
    return { dated, on_time, share_e6: shareOf(on_time.length, dated.length) };
  };
  const in_all = leadOf(shipped);
  const shippedIn = grouped(shipped, build => stepOf(shippedOn(build, zone) ?? '', filter.by));
  const rows = stepsOf(filter.from, filter.to, filter.by).map(step => {
    const list = shippedIn.get(step) ?? [];
    return { step, list, ...leadOf(list), ...punctual(list) };
  });
  return {
    headlines: [
      { key: 'shipped', kind: 'integer', value: shipped.length },
      { key: 'mean_days', kind: 'quantity', value: in_all.mean_days },
      { key: 'median_days', kind: 'quantity', value: in_all.median_days },
      { key: 'on_time', kind: 'percent', value: punctual(shipped).share_e6 },
    ],
    tables: [
      reportTable('report_lead_times', rows, row => row.step, [
        named('step', row => row.step, { width: 14 }),
        counted('shipped', row => row.list.map(shippedOf)),
        measured('mean_days', 'quantity', row => row.mean_days),
        measured('median_days', 'quantity', row => row.median_days),
        measured('longest_days', 'quantity', row => row.longest_days),
        counted('with_want_on', row => row.dated.map(shippedOf)),
        counted('on_time', row => row.on_time.map(shippedOf)),
        measured('on_time_share', 'percent', row => row.share_e6),
      ]),
      perStay(stepFacts(ctx, scope), scope),
      builds(scope, shipped, 'report_shipped'),
    ],
  };
}

/** Stays in a status that ended in the period. */
function perStay(steps: readonly StepFact[], { from_ms, to_ms }: Scope) {
  const stays = [...grouped(steps, step => step.order_id).values()].flatMap(list => {
    const [build] = list;
    return build ? staysOf(list).map(stay => ({ ...stay, build })) : [];
  });
  const ended = grouped(
    stays.filter(stay => stay.to_ms >= from_ms && stay.to_ms < to_ms),
    stay => stay.status,
  );
  const rows = buildStatus.options.map(status => {
    const list = ended.get(status) ?? [];
    return { status, list, ...spansOf(list.map(stay => stay.to_ms - stay.from_ms)) };
  });
  return reportTable(
    'report_stays',
    rows.filter(row => row.status !== 'SHIPPED' || row.list.length > 0),
    row => row.status,
    [
      named('order_status', row => row.status, { words: 'order_status' }),
      counted('stays', row => row.list.map(stay => buildRecord(stay.build, stay.to_ms))),
      measured('mean_days', 'quantity', row => row.mean_days),
      measured('median_days', 'quantity', row => row.median_days),
      measured('longest_days', 'quantity', row => row.longest_days),
    ],
  );
}
