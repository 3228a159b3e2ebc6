import type { Id } from '../../../db/kit/columns.ts';
import type { NCR_CATEGORIES, NCR_SEVERITIES, NCR_STATUSES, NCR_TYPES } from '../../../db/schema/quality.ts';
import type { InspectionResult, PlanType } from '../../../preload/contract/inspection.ts';
import type { ReportFilter, ReportRecord } from '../../../preload/contract/life-reports.ts';
import { addDays, startOfDay } from '../../platform/days.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { plantsWith } from '../identity/plant-reach.service.ts';
import type { BuildStatus } from '../orders/order-rows.service.ts';

const MOST_DAYS = 3_700;
const DAY_MS = 86_400_000;

/** What a report reads: the instants of its days, the plants and the family. */
export interface Scope {
  from_ms: number;
  /** The first instant after the last day. */
  to_ms: number;
  zone: string;
  /** JSON array of ids, as the statements take it. */
  plants: string;
  family: string | null;
  customer_name: string | null;
}

/** Refuses `period_invalid` and `no_plant_access`. Days are those of the chosen plant, or of the reader's own. */
export function scopeOf(ctx: ReadCtx, filter: ReportFilter, permission: string): Scope {
  const { from, to, plant_id, family, customer_name } = filter;
  const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
  if (days < 1 || days > MOST_DAYS) refuse('period_invalid', { from, to });
  const open = plantsWith(ctx, permission).map(plant => plant.plant_id);
  const chosen = plant_id === undefined ? open : open.filter(id => id === plant_id);
  if (chosen.length === 0) refuse('no_plant_access');
  const plant = ctx.sql.get<{ timezone: string }>('select timezone from plants where id = ?', [
    plant_id ?? ctx.actor.plant_id,
  ]);
  const zone = plant?.timezone ?? 'UTC';
  return {
    from_ms: startOfDay(from, zone),
    to_ms: startOfDay(addDays(to, 1), zone),
    zone,
    plants: JSON.stringify(chosen),
    family: family ?? null,
    customer_name: customer_name ?? null,
  };
}
const periodOf = ({ zone: _zone, ...scope }: Scope) => scope;

const BUILD = `o.id as order_id, o.plant_id, o.order_number, o.build_number, o.customer_name, coalesce(p.family, '') as family, o.want_on, o.order_status,
  o.created_at_ms, o.updated_at_ms, o.current_assignee_id is not null as is_assigned`;
/** Builds of the plants and the family. */
const BUILDS = `from orders o left join product_models p on p.id = o.product_model_id
  where o.order_kind = 'CUSTOMER_BUILD' and o.plant_id in (select value from json_each(@plants)) and (@family is null or p.family = @family) and (@customer_name is null or o.customer_name = @customer_name)`;
/** A step that moved the build, not one that only notes something. */
const MOVED = "h.entity_type = 'orders' and h.from_status is not h.to_status";

interface StoredBuild {
  order_id: Id<'orders'>;
  plant_id: Id<'plants'>;
  order_number: string;
  build_number: string;
  customer_name: string;
  family: string;
  want_on: string | null;
  order_status: BuildStatus;
  created_at_ms: number;
  updated_at_ms: number;
  is_assigned: 0 | 1;
}
export interface BuildFact extends StoredBuild {
  /** Its latest arrival in SHIPPED, where it still is. */
  shipped_at_ms: number | null;
}
const SHIPPED_SINCE = `with arrivals as (select h.entity_id, max(h.performed_at_ms) as at_ms from workflow_history h
    where ${MOVED} and h.to_status = 'SHIPPED' and h.performed_at_ms >= @from_ms group by h.entity_id)
  select ${BUILD}, a.at_ms as shipped_at_ms from arrivals a cross join orders o on o.id = a.entity_id
  left join product_models p on p.id = o.product_model_id
  where o.order_kind = 'CUSTOMER_BUILD' and o.order_status = 'SHIPPED' and o.plant_id in (select value from json_each(@plants))
    and (@family is null or p.family = @family) and (@customer_name is null or o.customer_name = @customer_name) order by a.at_ms, o.order_number, o.build_number`;
const CREATED = `select ${BUILD} ${BUILDS} and o.created_at_ms >= @from_ms and o.created_at_ms < @to_ms
  order by o.created_at_ms, o.order_number, o.build_number`;
const OPEN = `select ${BUILD} ${BUILDS} and o.order_status <> 'SHIPPED' order by o.created_at_ms, o.order_number, o.build_number`;

export interface ProductionFacts {
  created: BuildFact[];
  shipped: BuildFact[];
  /** Not shipped at this moment, whenever they were entered. */
  open_now: BuildFact[];
  open_at_start: number;
}
export function productionFacts(ctx: ReadCtx, scope: Scope): ProductionFacts {
  const since = ctx.sql.all<BuildFact & { shipped_at_ms: number }>(SHIPPED_SINCE, {
    from_ms: scope.from_ms,
    plants: scope.plants,
    family: scope.family,
    customer_name: scope.customer_name,
  });
  const shippedAt = new Map<string, number>(since.map(build => [build.order_id, build.shipped_at_ms]));
  const { plants, family, customer_name } = scope;
  const created = ctx.sql.all<StoredBuild>(CREATED, periodOf(scope)).map(build => ({
    ...build,
    // Brought over as shipped, without the step: its last change is all there is to know.
    shipped_at_ms:
      shippedAt.get(build.order_id) ?? (build.order_status === 'SHIPPED' ? build.updated_at_ms : null),
  }));
  const withoutStep = created.filter(build => build.shipped_at_ms !== null && !shippedAt.has(build.order_id));
  const open_now = ctx.sql
    .all<StoredBuild>(OPEN, { plants, family, customer_name })
    .map(build => ({ ...build, shipped_at_ms: null }));
  const before = ({ created_at_ms }: StoredBuild): boolean => created_at_ms < scope.from_ms;
  return {
    created,
    shipped: [...since, ...withoutStep].filter(({ shipped_at_ms }) => (shipped_at_ms ?? 0) < scope.to_ms),
    open_now,
    open_at_start: open_now.filter(before).length + since.filter(before).length,
  };
}

export interface StepFact extends StoredBuild {
  to_status: BuildStatus;
  at_ms: number;
}
const STEPS = `with moved as (select distinct h.entity_id from workflow_history h
    where ${MOVED} and h.performed_at_ms >= @from_ms and h.performed_at_ms < @to_ms)
  select ${BUILD}, h.to_status, h.performed_at_ms as at_ms
  from moved m cross join orders o on o.id = m.entity_id left join product_models p on p.id = o.product_model_id
  cross join workflow_history h on h.entity_id = o.id and ${MOVED}
  where o.order_kind = 'CUSTOMER_BUILD' and o.plant_id in (select value from json_each(@plants)) and (@family is null or p.family = @family) and (@customer_name is null or o.customer_name = @customer_name)
  order by o.id, h.performed_at_ms, h.id`;
/** Every status step of the builds that moved in the period, build by build in their order. */
export const stepFacts = (ctx: ReadCtx, scope: Scope): StepFact[] =>
  ctx.sql.all<StepFact>(STEPS, periodOf(scope));

export interface InspectionFact {
  log_id: string;
  order_id: Id<'orders'>;
  plant_id: Id<'plants'>;
  order_number: string;
  build_number: string;
  customer_name: string;
  plan_type: PlanType;
  attempt_no: number;
  signed_at_ms: number;
  opened_at_ms: number;
  inspector_name: string;
  /** Of the latest correction of the record. */
  result: InspectionResult;
}
const OF_ORDERS = `join orders o on o.id = l.order_id left join product_models p on p.id = o.product_model_id
  where l.plant_id in (select value from json_each(@plants)) and (@family is null or p.family = @family) and (@customer_name is null or o.customer_name = @customer_name)`;
const INSPECTIONS = `select l.id as log_id, l.order_id, l.plant_id, o.order_number, o.build_number, o.customer_name, l.plan_type, l.attempt_no, l.signed_at_ms,
    l.created_at_ms as opened_at_ms, coalesce(u.full_name, '') as inspector_name,
    coalesce((select n.overall_result from inspection_logs n where n.order_id = l.order_id and n.plan_type = l.plan_type
      and n.attempt_no = l.attempt_no and n.status = 'SIGNED' order by n.revision_no desc limit 1), l.overall_result) as result
  from inspection_logs l left join users u on u.id = l.inspector_id ${OF_ORDERS}
    and l.status = 'SIGNED' and l.revision_no = 1 and l.signed_at_ms >= @from_ms and l.signed_at_ms < @to_ms
    and l.plan_type in (select value from json_each(@types))
  order by l.signed_at_ms, l.id`;
/** Signed inspections, each by the day of its first signature. */
export const inspectionFacts = (ctx: ReadCtx, scope: Scope, types: readonly PlanType[]): InspectionFact[] =>
  ctx.sql.all<InspectionFact>(INSPECTIONS, { ...periodOf(scope), types: JSON.stringify(types) });

export interface FailedCheckFact extends Omit<InspectionFact, 'opened_at_ms' | 'inspector_name' | 'result'> {
  characteristic_code: string;
  check_name: string;
}
const FAILED_CHECKS = `select l.id as log_id, l.order_id, l.plant_id, o.order_number, o.build_number, o.customer_name, l.plan_type, l.attempt_no, l.signed_at_ms,
    c.characteristic_code, json_extract(c.characteristic_name, '$.' || @locale) as check_name
  from inspection_logs l join inspection_measurements m on m.log_id = l.id and m.is_conforming = 0
  join inspection_characteristics c on c.id = m.characteristic_id ${OF_ORDERS}
    and l.status = 'SIGNED' and l.signed_at_ms >= @from_ms and l.signed_at_ms < @to_ms
    and l.plan_type in (select value from json_each(@types))
    and not exists (select 1 from inspection_logs n where n.order_id = l.order_id and n.plan_type = l.plan_type
      and n.attempt_no = l.attempt_no and n.status = 'SIGNED' and n.revision_no > l.revision_no)
  order by l.signed_at_ms, l.id, c.sequence`;
/** Checks that did not conform, of the latest correction of each record. */
export const failedCheckFacts = (ctx: ReadCtx, scope: Scope, types: readonly PlanType[]): FailedCheckFact[] =>
  ctx.sql.all<FailedCheckFact>(FAILED_CHECKS, {
    ...periodOf(scope),
    types: JSON.stringify(types),
    locale: ctx.actor.locale,
  });

export interface IssueFact {
  ncr_id: string;
  ncr_number: string;
  order_id: Id<'orders'> | null;
  plant_id: Id<'plants'>;
  order_number: string | null;
  build_number: string | null;
  ncr_type: (typeof NCR_TYPES)[number];
  category: (typeof NCR_CATEGORIES)[number];
  severity: (typeof NCR_SEVERITIES)[number];
  status: (typeof NCR_STATUSES)[number];
  reported_at_ms: number;
  resolved_at_ms: number | null;
}
const ISSUES = `select n.id as ncr_id, n.ncr_number, n.order_id, n.plant_id, o.order_number, o.build_number, n.ncr_type, n.category, n.severity, n.status,
    n.reported_at_ms, n.resolved_at_ms
  from ncrs n left join orders o on o.id = n.order_id left join product_models p on p.id = o.product_model_id
  where n.plant_id in (select value from json_each(@plants)) and (@family is null or p.family = @family) and (@customer_name is null or o.customer_name = @customer_name)
    and n.reported_at_ms >= @from_ms and n.reported_at_ms < @to_ms
  order by n.reported_at_ms, n.id`;
export const issueFacts = (ctx: ReadCtx, scope: Scope): IssueFact[] =>
  ctx.sql.all<IssueFact>(ISSUES, periodOf(scope));

export const buildRecord = (
  build: Pick<StoredBuild, 'order_id' | 'plant_id' | 'order_number' | 'build_number' | 'customer_name'>,
  at_ms: number,
): ReportRecord => ({
  record: 'build',
  id: build.order_id,
  order_id: build.order_id,
  plant_id: build.plant_id,
  title: `${build.order_number} / ${build.build_number}`,
  subtitle: build.customer_name,
  at_ms,
});
export const inspectionRecord = (
  log: Pick<
    InspectionFact,
    'log_id' | 'order_id' | 'plant_id' | 'order_number' | 'build_number' | 'customer_name' | 'signed_at_ms'
  >,
): ReportRecord => ({
  record: 'inspection',
  id: log.log_id,
  order_id: log.order_id,
  plant_id: log.plant_id,
  title: `${log.order_number} / ${log.build_number}`,
  subtitle: log.customer_name,
  at_ms: log.signed_at_ms,
});
export const issueRecord = (issue: IssueFact): ReportRecord => ({
  record: 'issue',
  id: issue.ncr_id,
  order_id: issue.order_id,
  plant_id: issue.plant_id,
  title: issue.ncr_number,
  subtitle: issue.order_number === null ? '' : `${issue.order_number} / ${issue.build_number}`,
  at_ms: issue.reported_at_ms,
});
