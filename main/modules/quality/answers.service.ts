import type { ReadCtx } from '../../rpc/context.ts';
import { answeringTask } from '../production/done-checks.rules.ts';
import { linkedTasks } from '../production/done-checks.service.ts';
import { answerOfWork, isUnanswered } from './answers.rules.ts';
import { type LogRow, type MeasurementRow, measurementsOf } from './log-rows.service.ts';
import type { CheckRow, PlanParts } from './plan-store.service.ts';

export interface AnsweredRow {
  check: CheckRow;
  row: MeasurementRow;
}
/** The answer of an open check that follows from other work; null when nothing was done for it. */
type Source = (check: CheckRow, row: MeasurementRow) => Partial<MeasurementRow> | null;

/**
 * What a form says, check by check. Of a draft, checks that nobody answered by hand say what follows from the work on
 * the build; the signature writes that down, so a signed form says what is stored.
 */
export function answersOf(ctx: ReadCtx, log: LogRow, { checks }: Pick<PlanParts, 'checks'>): AnsweredRow[] {
  const known = new Map(checks.map(check => [check.id, check]));
  const source = log.status === 'DRAFT' ? sourceOf(ctx, log) : null;
  return measurementsOf(ctx, log.id).flatMap(row => {
    const check = known.get(row.characteristic_id);
    if (!check) return [];
    const derived = source && isUnanswered(row) ? source(check, row) : null;
    return [{ check, row: derived ? { ...row, ...derived } : row }];
  });
}

function sourceOf(ctx: ReadCtx, log: LogRow): Source | null {
  return log.plan_type === 'IN_PROCESS' ? doneTasks(ctx, log) : null;
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
