import { eq } from 'drizzle-orm';
import type { Id } from '../../../db/kit/columns.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import type { LinkedTask } from './done-checks.rules.ts';
import { listOf, type TaskId } from './work-rows.service.ts';

/** The tasks in force of a build that answer checks of its production check, done or not. */
export function linkedTasks(ctx: ReadCtx, order_id: Id<'orders'>): (LinkedTask & { id: TaskId })[] {
  const list = listOf(ctx, order_id);
  if (!list) return [];
  const { operation_tasks: k, work_instructions: w } = t;
  const links = ctx.db
    .select({ task_id: k.id, check_codes: w.check_codes })
    .from(k)
    .innerJoin(w, eq(w.id, k.instruction_id))
    .where(eq(k.operation_id, list.operation.id))
    .all();
  const codes = new Map(links.map(link => [link.task_id, link.check_codes]));
  return list.tasks.map(({ id, task_code, group_kind, group_index, completion }) => ({
    id,
    task_code,
    check_codes: codes.get(id) ?? [],
    group_kind,
    group_index,
    completion,
  }));
}
