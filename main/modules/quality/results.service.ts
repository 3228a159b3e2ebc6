import type { Id } from '../../../db/kit/columns.ts';
import { PLAN_TYPES } from '../../../db/schema/quality.ts';
import type {
  InspectionResult,
  inspections,
  PlanType,
  ResultRow,
} from '../../../preload/contract/inspection.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { plantScope } from '../orders/order-rows.service.ts';
import { mayRead } from './access.service.ts';

export interface SignedResult {
  log_id: Id<'inspection_logs'>;
  plan_type: PlanType;
  overall_result: InspectionResult;
  attempt_no: number;
  /** When the attempt was first signed: a correction says what was found then, not what the build is like now. */
  judged_at_ms: number;
}
/** The order in which the records of a form count: the last attempt with its last correction stands first. */
const COUNTING = 'l.attempt_no desc, l.revision_no desc';
const SIGNED_OF_BUILD = `select l.id as log_id, l.plan_type, l.overall_result, l.attempt_no,
    min(l.signed_at_ms) over (partition by l.plan_type, l.attempt_no) as judged_at_ms
  from inspection_logs l where l.order_id = ? and l.status = 'SIGNED' order by ${COUNTING}`;

/** What counts for a build, form by form: the last signed attempt with its last correction. */
export function signedResults(ctx: ReadCtx, order_id: string): ReadonlyMap<PlanType, SignedResult> {
  const counting = new Map<PlanType, SignedResult>();
  for (const row of ctx.sql.all<SignedResult>(SIGNED_OF_BUILD, [order_id]))
    if (!counting.has(row.plan_type)) counting.set(row.plan_type, row);
  return counting;
}

export interface LatestResult {
  log_id: Id<'inspection_logs'>;
  overall_result: InspectionResult;
  is_signed: boolean;
}
const DRAFT = `select l.id as log_id, l.overall_result from inspection_logs l
  where l.order_id = ? and l.plan_type = ? and l.status = 'DRAFT' order by ${COUNTING} limit 1`;

/** The result of a form that counts; without one, the draft. Null: not begun. */
export function latestResult(ctx: ReadCtx, order_id: string, plan_type: PlanType): LatestResult | null {
  const signed = signedResults(ctx, order_id).get(plan_type);
  if (signed) return { log_id: signed.log_id, overall_result: signed.overall_result, is_signed: true };
  const draft = ctx.sql.get<Omit<LatestResult, 'is_signed'>>(DRAFT, [order_id, plan_type]);
  return draft ? { ...draft, is_signed: false } : null;
}

type Input = ParsedInputOf<(typeof inspections)['results']>;
const WANTED = `from inspection_logs l join orders o on o.id = l.order_id join inspection_plans p on p.id = l.plan_id
  left join users u on u.id = l.inspector_id
  where l.status = 'SIGNED' and (@plant_id is null or l.plant_id = @plant_id)
    and l.plan_type in (select value from json_each(@types))
    and (@overall_result is null or l.overall_result = @overall_result)
    and (@text = '' or o.order_number like @like escape '\\' or o.build_number like @like escape '\\' or o.customer_name like @like escape '\\' or l.job_id like @like escape '\\')`;

/** Signed inspections that the reader may see, newest first. */
export function listResults(ctx: ReadCtx, input: Input) {
  const readable = PLAN_TYPES.filter(type => mayRead(ctx, type));
  const types = input.plan_type ? readable.filter(type => type === input.plan_type) : readable;
  const text = input.text.trim();
  const params = {
    plant_id: plantScope(ctx),
    types: JSON.stringify(types),
    overall_result: input.overall_result,
    text,
    like: `%${text.replace(/[\\%_]/g, '\\$&')}%`,
  };
  const { total = 0 } = ctx.sql.get<{ total: number }>(`select count(*) as total ${WANTED}`, params) ?? {};
  const rows = ctx.sql.all<Omit<ResultRow, 'is_correction'> & { is_correction: 0 | 1 }>(
    `select l.id as log_id, l.order_id, o.order_number, o.build_number, o.customer_name, l.plan_type, p.plan_code, p.plan_version,
       l.attempt_no, l.revision_no, l.overall_result, l.job_id, coalesce(u.full_name, '') as inspector_name, l.signed_at_ms,
       l.failure_category, l.correction_of_id is not null as is_correction
     ${WANTED} order by l.signed_at_ms desc, l.id limit @limit offset @offset`,
    { ...params, limit: input.limit, offset: input.offset },
  );
  return { rows: rows.map(row => ({ ...row, is_correction: row.is_correction === 1 })), total };
}
