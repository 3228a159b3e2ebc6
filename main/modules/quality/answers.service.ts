import type { ReadCtx } from '../../rpc/context.ts';
import { type OrderRow, orderRow } from '../orders/order-rows.service.ts';
import { answeringTask } from '../production/done-checks.rules.ts';
import { linkedTasks } from '../production/done-checks.service.ts';
import { type SerialPlace, serialPlaces } from '../traceability/serials.service.ts';
import { answerOfWork, identifiesPart, isUnanswered } from './answers.rules.ts';
import { type LogRow, type MeasurementRow, measurementsOf } from './log-rows.service.ts';
import type { CheckRow, PlanParts } from './plan-store.service.ts';

export interface AnsweredRow {
  check: CheckRow;
  row: MeasurementRow;
}
/** The answer of an open check that follows from other work; null when nothing was done for it. */
type Source = (check: CheckRow, row: MeasurementRow) => Partial<MeasurementRow> | null;

/** The rows of a form as they are stored, with their checks. */
export function storedRows(ctx: ReadCtx, log: LogRow, { checks }: Pick<PlanParts, 'checks'>): AnsweredRow[] {
  const known = new Map(checks.map(check => [check.id, check]));
  return measurementsOf(ctx, log.id).flatMap(row => {
    const check = known.get(row.characteristic_id);
    return check ? [{ check, row }] : [];
  });
}
/**
 * What a form says, check by check. Of a draft, checks that nobody answered by hand say what follows from the work on
 * the build; the signature writes that down, so a signed form says what is stored.
 */
export function answersOf(ctx: ReadCtx, log: LogRow, parts: Pick<PlanParts, 'checks'>): AnsweredRow[] {
  const stored = storedRows(ctx, log, parts);
  if (log.status !== 'DRAFT') return stored;
  const source = sourceOf(ctx, log, stored);
  return stored.map(({ check, row }) => ({ check, row: withAnswer(check, row, source) }));
}
/** What one row of a draft says. */
export const answerNow = (
  ctx: ReadCtx,
  log: LogRow,
  rows: readonly AnsweredRow[],
  { check, row }: AnsweredRow,
): MeasurementRow => withAnswer(check, row, sourceOf(ctx, log, rows));
const withAnswer = (check: CheckRow, row: MeasurementRow, source: Source): MeasurementRow =>
  isUnanswered(row) ? { ...row, ...source(check, row) } : row;

/** Work and parts are looked up when the first check asks for them. */
function sourceOf(ctx: ReadCtx, log: LogRow, rows: readonly AnsweredRow[]): Source {
  let ofTasks: Source | undefined;
  let ofParts: Source | undefined;
  return (check, row) => {
    if (!row.is_applicable) return null;
    if (identifiesPart(check)) {
      ofParts ??= capturedParts(ctx, log, rows);
      return ofParts(check, row);
    }
    if (log.plan_type !== 'IN_PROCESS') return null;
    ofTasks ??= doneTasks(ctx, log);
    return ofTasks(check, row);
  };
}

/** The parts of a build that rows of its form identify. */
export function identifiedParts(ctx: ReadCtx, order: OrderRow, rows: readonly AnsweredRow[]) {
  const placeAt = serialPlaces(ctx, order);
  return (check: CheckRow & { material_number: string }, row: MeasurementRow): SerialPlace => {
    const before = rows.filter(
      other =>
        other.check.id === check.id && other.row.is_applicable && other.row.repeat_index < row.repeat_index,
    );
    return placeAt(check.material_number, { basin_index: row.repeat_index || null, at: before.length });
  };
}

/** A serial number is the answer wherever it was captured: at the task, at the build or in the form itself. */
function capturedParts(ctx: ReadCtx, log: LogRow, rows: readonly AnsweredRow[]): Source {
  const partOf = identifiedParts(ctx, orderRow(ctx, log.order_id), rows);
  return (check, row) => {
    const serial = identifiesPart(check) ? partOf(check, row).serial : null;
    return (
      serial && {
        measured_text: serial.serial_number,
        measured_by: serial.captured_by,
        measured_at_ms: serial.captured_at_ms,
        task_id: serial.task_id,
        serial_id: serial.serial_id,
      }
    );
  };
}

const FAILED = `select c.characteristic_code || ' ' || m.repeat_index as place, max(l.signed_at_ms) as signed_at_ms
  from inspection_measurements m join inspection_logs l on l.id = m.log_id
    join inspection_characteristics c on c.id = m.characteristic_id
  where l.order_id = ? and l.plan_type = ? and l.status = 'SIGNED' and m.is_conforming = 0 group by place`;

/** A done task answers its checks. Once a check failed, only a task done again after that does. */
function doneTasks(ctx: ReadCtx, log: LogRow): Source {
  const tasks = linkedTasks(ctx, log.order_id);
  const failed = new Map(
    ctx.sql
      .all<{ place: string; signed_at_ms: number }>(FAILED, [log.order_id, log.plan_type])
      .map(row => [row.place, row.signed_at_ms]),
  );
  return (check, row) => {
    const { characteristic_code: code, is_repeated_per: repeated_per } = check;
    const { repeat_index } = row;
    const measured_text = answerOfWork(check, row);
    const task = measured_text && answeringTask(tasks, { code, repeated_per, repeat_index });
    if (!task || task.completion.at_ms <= (failed.get(`${code} ${repeat_index}`) ?? 0)) return null;
    const { by: measured_by, at_ms: measured_at_ms } = task.completion;
    return { measured_text, measured_by, measured_at_ms, task_id: task.id };
  };
}
