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

export interface LatestResult {
  log_id: Id<'inspection_logs'>;
  overall_result: InspectionResult;
  is_signed: boolean;
  attempt_no: number;
  plan_version: number;
  /** False when a newer version of the form was published since. */
  is_of_active_plan: boolean;
}
interface StoredResult extends Omit<LatestResult, 'is_signed' | 'is_of_active_plan'> {
  is_signed: 0 | 1;
  is_of_active_plan: 0 | 1;
}
const LATEST = `select l.id as log_id, l.overall_result, l.status = 'SIGNED' as is_signed, l.attempt_no, p.plan_version,
    p.status = 'ACTIVE' as is_of_active_plan
  from inspection_logs l join inspection_plans p on p.id = l.plan_id
  where l.order_id = ? and l.plan_type = ? and l.status <> 'DISCARDED'
  order by l.status = 'SIGNED' desc, l.attempt_no desc, l.revision_no desc limit 1`;

/** What counts for a build: the last signed attempt with its last correction; without one, the draft. Null: not begun. */
export function latestResult(ctx: ReadCtx, order_id: string, plan_type: PlanType): LatestResult | null {
  const row = ctx.sql.get<StoredResult>(LATEST, [order_id, plan_type]);
  return row
    ? { ...row, is_signed: row.is_signed === 1, is_of_active_plan: row.is_of_active_plan === 1 }
    : null;
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
