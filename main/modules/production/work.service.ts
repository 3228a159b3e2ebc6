import type { Id } from '../../../db/kit/columns.ts';
import {
  operation_task_events,
  operation_task_parts,
  operation_task_tools,
  operation_tasks,
} from '../../../db/schema/production.ts';
import type { production } from '../../../preload/contract/production.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import type { OrderRow } from '../orders/order-rows.service.ts';
import { progressOfList } from './progress.service.ts';
import { followersOf, workedSeconds } from './work.rules.ts';
import { isInProduction, isOwn } from './work-access.rules.ts';
import { beginWork } from './work-orders.service.ts';
import { type ListedTask, listOf, type TaskList, taskInForce } from './work-rows.service.ts';

type Input<P extends keyof typeof production> = ParsedInputOf<(typeof production)[P]>;
type EventType = 'STARTED' | 'PAUSED' | 'COMPLETED' | 'UNDONE' | 'HANDED_OVER' | 'NOTE';

/** The build is on the floor and belongs to whoever acts. Refuses `build_not_in_production`, `build_not_yours`. */
export function requireOwnBuild(ctx: ReadCtx, order: OrderRow): void {
  const { build_number, order_status } = order;
  if (!isOwn(ctx.actor, order)) refuse('build_not_yours', { build_number });
  if (!isInProduction(order)) refuse('build_not_in_production', { build_number, order_status });
}
function workable(ctx: ReadCtx, task_id: string) {
  const found = taskInForce(ctx, task_id);
  requireOwnBuild(ctx, found.order);
  return found;
}

export function recordTaskEvent(
  ctx: CommandCtx,
  task_id: Id<'operation_tasks'>,
  event_type: EventType,
  more: { note?: string; worked_seconds?: number; user_id?: Id<'users'> } = {},
): void {
  ctx.insert(operation_task_events, {
    task_id,
    event_type,
    user_id: more.user_id ?? ctx.actor.user_id,
    occurred_at_ms: ctx.now_ms,
    worked_seconds: more.worked_seconds ?? 0,
    note: more.note || null,
    station_id: ctx.station_id,
  });
}
const onTimer = (ctx: ReadCtx, task: ListedTask): number =>
  task.started_at_ms === null ? 0 : workedSeconds(task.started_at_ms, ctx.now_ms);
const STOPPED = { started_at_ms: null, started_by: null };

/** Stops a running timer; its time is credited to whoever started it. */
export function stopTimer(
  ctx: CommandCtx,
  task: ListedTask,
  event: 'PAUSED' | 'HANDED_OVER',
  note = '',
): number {
  const worked_seconds = onTimer(ctx, task);
  ctx.update(operation_tasks, task.id, STOPPED);
  recordTaskEvent(ctx, task.id, event, {
    note,
    worked_seconds,
    ...(task.started_by ? { user_id: task.started_by } : {}),
  });
  return worked_seconds;
}

function refuseBlocked(task: ListedTask): void {
  if (task.blocked_by.length === 0) return;
  const by = task.blocked_by.map(block => (block.kind === 'task' ? block.task_code : block.ncr_number));
  refuse('task_blocked', { task: task.task_code, by: by.join(', ') });
}
const refuseDone = (task: ListedTask): void => {
  if (task.state === 'done') refuse('task_done', { task: task.task_code });
};

/** Starts the timer. A person works on one task at a time; a task somebody else has running is taken over. */
export function startTask(ctx: CommandCtx, { task_id }: Input<'startTask'>) {
  const { order, list, task } = workable(ctx, task_id);
  refuseDone(task);
  refuseBlocked(task);
  if (task.started_by === ctx.actor.user_id) return {};
  if (task.started_at_ms !== null) stopTimer(ctx, task, 'HANDED_OVER');
  for (const other of list.tasks)
    if (other.id !== task.id && other.started_by === ctx.actor.user_id) stopTimer(ctx, other, 'PAUSED');
  ctx.update(operation_tasks, task.id, { started_at_ms: ctx.now_ms, started_by: ctx.actor.user_id });
  recordTaskEvent(ctx, task.id, 'STARTED');
  beginWork(ctx, order.id);
  return {};
}
export function pauseTask(ctx: CommandCtx, { task_id, note }: Input<'pauseTask'>) {
  const { task } = workable(ctx, task_id);
  if (task.started_at_ms === null) refuse('task_not_running', { task: task.task_code });
  return { worked_seconds: stopTimer(ctx, task, 'PAUSED', note) };
}

export function completeTask(ctx: CommandCtx, { task_id, note }: Input<'completeTask'>) {
  const { order, task } = workable(ctx, task_id);
  refuseDone(task);
  refuseBlocked(task);
  requireConfirmed(ctx, task);
  ctx.update(operation_tasks, task.id, {
    ...STOPPED,
    is_completed: true,
    completed_at_ms: ctx.now_ms,
    completed_by: ctx.actor.user_id,
    undone_at_ms: null,
  });
  recordTaskEvent(ctx, task.id, 'COMPLETED', { note, worked_seconds: onTimer(ctx, task) });
  beginWork(ctx, order.id);
  const after = listOf(ctx, order.id);
  return { progress: progressOfList(after), next_task_id: nextTask(after, task.sequence) };
}
/** The next ready task in the order of work, from here on and then from the start. */
function nextTask(list: TaskList | undefined, sequence: number): Id<'operation_tasks'> | null {
  const ready = list?.tasks.filter(task => task.state === 'ready' || task.state === 'running') ?? [];
  const [first = null] = ready;
  return (
    (ready.find(task => task.is_rework) ?? ready.find(task => task.sequence > sequence) ?? first)?.id ?? null
  );
}
const UNCONFIRMED = `select (select count(*) from operation_task_parts where task_id = @id and is_confirmed = 0) as parts,
  (select count(*) from operation_task_tools where task_id = @id and is_confirmed = 0) as tools`;
function requireConfirmed(ctx: ReadCtx, task: ListedTask): void {
  if (!ctx.setting('assembly.confirmPartsAndTools')) return;
  const open = ctx.sql.get<{ parts: number; tools: number }>(UNCONFIRMED, { id: task.id });
  if (open && open.parts + open.tools > 0) refuse('task_not_confirmed', { task: task.task_code, ...open });
}

export function undoTask(ctx: CommandCtx, { task_id, reason }: Input<'undoTask'>) {
  const { order, list, task } = workable(ctx, task_id);
  if (!task.completion) return refuse('task_not_done', { task: task.task_code });
  const mayOverride = ctx.actor.may('work_orders:override');
  if (!mayOverride) {
    if (isSignedOff(ctx, order.id)) refuse('task_signed_off', { task: task.task_code });
    if (task.completion.by !== ctx.actor.user_id) refuse('task_of_other', { task: task.task_code });
  } else if (reason === '' && task.completion.by !== ctx.actor.user_id) {
    refuse('reason_missing', { task: task.task_code });
  }
  const followers = followersOf(task.task_code, list.tasks);
  if (followers.length > 0) refuse('task_followed', { task: task.task_code, by: followers.join(', ') });
  if (reason !== '') ctx.because(reason);
  ctx.update(operation_tasks, task.id, {
    is_completed: false,
    completed_at_ms: null,
    completed_by: null,
    undone_at_ms: ctx.now_ms,
  });
  recordTaskEvent(ctx, task.id, 'UNDONE', { note: reason });
  return {};
}
/** The production check of the build is signed, in its latest attempt. */
const isSignedOff = (ctx: ReadCtx, order_id: string): boolean =>
  ctx.sql.get<{ status: string }>(
    `select status from inspection_logs where order_id = ? and plan_type = 'IN_PROCESS' and status <> 'DISCARDED'
     order by attempt_no desc, revision_no desc limit 1`,
    [order_id],
  )?.status === 'SIGNED';

export function noteTask(ctx: CommandCtx, { task_id, note }: Input<'noteTask'>) {
  const { task } = workable(ctx, task_id);
  recordTaskEvent(ctx, task.id, 'NOTE', { note });
  return {};
}

/** Trouble at a task of this build: its timer stops, the words stay with it. */
export function noteTrouble(
  ctx: CommandCtx,
  order_id: Id<'orders'>,
  task_id: Id<'operation_tasks'>,
  note: string,
): void {
  const { order, task } = taskInForce(ctx, task_id);
  if (order.id !== order_id) refuse('row_not_found', { table: 'operation_tasks', id: task_id });
  if (task.started_at_ms === null) recordTaskEvent(ctx, task.id, 'NOTE', { note });
  else stopTimer(ctx, task, 'PAUSED', note);
}

/** Ticks parts and tools that lie ready, or takes the tick back. */
export function confirmTask(ctx: CommandCtx, { task_id, row_ids, is_confirmed }: Input<'confirmTask'>) {
  const { task } = workable(ctx, task_id);
  refuseDone(task);
  const wanted = new Set<string>(row_ids);
  const tick = is_confirmed
    ? { is_confirmed, confirmed_at_ms: ctx.now_ms, confirmed_by: ctx.actor.user_id }
    : { is_confirmed, confirmed_at_ms: null, confirmed_by: null };
  for (const table of [operation_task_parts, operation_task_tools]) {
    const rows = ctx.sql.all<{ id: string; is_confirmed: number }>(
      `select id, is_confirmed from ${table.name} where task_id = ?`,
      [task.id],
    );
    for (const row of rows)
      if ((wanted.size === 0 || wanted.has(row.id)) && (row.is_confirmed === 1) !== is_confirmed)
        ctx.update(table, row.id, tick);
  }
  return {};
}
