import { asc, eq } from 'drizzle-orm';
import type { RowOf } from '../../../db/kit/define-table.ts';
import type { inspection_logs, inspection_measurements } from '../../../db/schema/quality.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';

export type LogRow = RowOf<typeof inspection_logs>;
export type MeasurementRow = RowOf<typeof inspection_measurements>;

/** Refuses `row_not_found`. */
export function logRow(ctx: ReadCtx, log_id: string): LogRow {
  const row = ctx.db
    .select()
    .from(t.inspection_logs)
    .where(eq(t.inspection_logs.id, log_id as LogRow['id']))
    .get();
  return row ?? refuse('row_not_found', { table: 'inspection_logs', id: log_id });
}
/** The rows of a form as they are stored; what they say is `answersOf`. */
export const measurementsOf = (ctx: ReadCtx, log_id: LogRow['id']): MeasurementRow[] =>
  ctx.db
    .select()
    .from(t.inspection_measurements)
    .where(eq(t.inspection_measurements.log_id, log_id))
    .orderBy(asc(t.inspection_measurements.repeat_index), asc(t.inspection_measurements.id))
    .all();
