import { and, asc, desc, eq, ne } from 'drizzle-orm';
import type { Id } from '../../../db/kit/columns.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { type OrderRow, orderRow } from '../orders/order-rows.service.ts';
import { blocksOf, type Completion, completionOf, type OpenIssue, stateOf } from './work.rules.ts';

export type TaskId = Id<'operation_tasks'>;
/** The work order of a build; cancelled ones do not count. */
export function workOrderOf(ctx: ReadCtx, order_id: Id<'orders'>) {
  const { work_orders: w } = t;
  return ctx.db
    .select()
    .from(w)
    .where(and(eq(w.order_id, order_id), ne(w.order_status, 'CANCELLED')))
    .orderBy(asc(w.id))
    .get();
}

/** The newest task list in force; two of them can only be there until the inbox has settled which one counts. */
export function activeList(ctx: ReadCtx, work_order_id: Id<'work_orders'>) {
  const { work_order_operations: o } = t;
  return ctx.db
    .select()
    .from(o)
    .where(and(eq(o.work_order_id, work_order_id), eq(o.is_active, true)))
    .orderBy(desc(o.operation_number))
    .get();
}

function tasksOfWorkOrder(ctx: ReadCtx, work_order_id: Id<'work_orders'>) {
  const { operation_tasks: task, work_order_operations: o } = t;
  return ctx.db
    .select({ task })
    .from(task)
    .innerJoin(o, eq(o.id, task.operation_id))
    .where(eq(o.work_order_id, work_order_id))
    .orderBy(asc(task.sequence), asc(task.task_code))
    .all()
    .map(row => row.task);
}
export type TaskRow = ReturnType<typeof tasksOfWorkOrder>[number];

const ISSUES = `select n.id, n.ncr_number, n.ncr_type, n.defect_description, m.material_number, k.task_code
  from ncrs n left join materials m on m.id = n.material_id left join operation_tasks k on k.id = n.task_id
  where n.order_id = ? and n.status in ('OPEN', 'IN_REVIEW') order by n.reported_at_ms`;
export type IssueRow = OpenIssue & { ncr_type: string; defect_description: string };
export const openIssuesOf = (ctx: ReadCtx, order_id: string): IssueRow[] =>
  ctx.sql.all<IssueRow>(ISSUES, [order_id]);

const MATERIALS = `select p.task_id, p.material_number from operation_task_parts p
  join operation_tasks k on k.id = p.task_id where k.operation_id = ?`;
function materialsByTask(ctx: ReadCtx, operation_id: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const row of ctx.sql.all<{ task_id: string; material_number: string }>(MATERIALS, [operation_id])) {
    const held = found.get(row.task_id) ?? new Set();
    found.set(row.task_id, held.add(row.material_number));
  }
  return found;
}

/** Everything that decides about the tasks of a build; undefined while it has no list. */
export function listOf(ctx: ReadCtx, order_id: Id<'orders'>) {
  const work_order = workOrderOf(ctx, order_id);
  const operation = work_order && activeList(ctx, work_order.id);
  if (!work_order || !operation) return undefined;
  const all = tasksOfWorkOrder(ctx, work_order.id);
  const byId = new Map<string, TaskRow>(all.map(task => [task.id, task]));
  const own = all.filter(task => task.operation_id === operation.id);
  const completions = new Map<string, Completion | null>(
    own.map(task => [task.id, completionOf(task, byId)]),
  );
  const doneCodes = new Set(own.filter(task => completions.get(task.id)).map(task => task.task_code));
  const listCodes = new Set(own.map(task => task.task_code));
  const issues = openIssuesOf(ctx, order_id);
  const materials = issues.length > 0 ? materialsByTask(ctx, operation.id) : new Map<string, Set<string>>();
  const tasks = own.map(task => {
    const completion = completions.get(task.id) ?? null;
    const blocked_by = blocksOf(task, doneCodes, listCodes, issues, materials.get(task.id) ?? new Set());
    return { ...task, completion, blocked_by, state: stateOf(task, completion, blocked_by) };
  });
  return { work_order, operation, tasks, byId, issues };
}
export type TaskList = NonNullable<ReturnType<typeof listOf>>;
export type ListedTask = TaskList['tasks'][number];

const ORDER_OF_TASK = `select w.order_id, o.is_active, k.task_code from operation_tasks k
  join work_order_operations o on o.id = k.operation_id join work_orders w on w.id = o.work_order_id where k.id = ?`;
/** A task of the list in force with its build. Refuses `row_not_found`, `task_list_replaced`. */
export function taskInForce(
  ctx: ReadCtx,
  task_id: string,
): { order: OrderRow; list: TaskList; task: ListedTask } {
  const held = ctx.sql.get<{ order_id: Id<'orders'> | null; task_code: string }>(ORDER_OF_TASK, [task_id]);
  if (!held?.order_id) return refuse('row_not_found', { table: 'operation_tasks', id: task_id });
  const order = orderRow(ctx, held.order_id);
  const list = listOf(ctx, order.id);
  const task = list?.tasks.find(found => found.id === task_id);
  if (!list || !task)
    return refuse('task_list_replaced', { task: held.task_code, build_number: order.build_number });
  return { order, list, task };
}
