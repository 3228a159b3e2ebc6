import { asc, eq } from 'drizzle-orm';
import type { Id } from '../../../db/kit/columns.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { BuildWork, WorkOrder, WorkTask } from '../../../preload/contract/assembly.ts';
import type { production } from '../../../preload/contract/production.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { placesOf } from '../catalogue/places.service.ts';
import { orderRow } from '../orders/order-rows.service.ts';
import { stepOf } from './instructions.service.ts';
import { progressOfList } from './progress.service.ts';
import { bomOfBuild } from './tasks.service.ts';
import { isInProduction, mayGenerate, mayWork } from './work-access.rules.ts';
import { type ListedTask, listOf, openIssuesOf, type TaskList, workOrderOf } from './work-rows.service.ts';

type Input<P extends keyof typeof production> = ParsedInputOf<(typeof production)[P]>;

function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string | null): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row) ?? '';
    const held = found.get(key);
    if (held) held.push(row);
    else found.set(key, [row]);
  }
  return found;
}

/** What the tasks of one list hold, read once for all of them. */
function detailsOf(ctx: ReadCtx, { operation, tasks }: TaskList) {
  const {
    operation_task_parts: p,
    operation_task_tools: l,
    operation_tasks: k,
    operation_task_events: e,
  } = t;
  const { work_instructions: w, work_instruction_steps: s } = t;
  const parts = ctx.db
    .select({ row: p })
    .from(p)
    .innerJoin(k, eq(k.id, p.task_id))
    .where(eq(k.operation_id, operation.id))
    .orderBy(asc(p.id))
    .all();
  const tools = ctx.db
    .select({ row: l, names: t.tools.tool_names })
    .from(l)
    .innerJoin(k, eq(k.id, l.task_id))
    .innerJoin(t.tools, eq(t.tools.id, l.tool_id))
    .where(eq(k.operation_id, operation.id))
    .orderBy(asc(l.id))
    .all();
  const instructions = ctx.db
    .selectDistinct({ row: w })
    .from(w)
    .innerJoin(k, eq(k.instruction_id, w.id))
    .where(eq(k.operation_id, operation.id))
    .all();
  const steps = ctx.db
    .selectDistinct({ row: s })
    .from(s)
    .innerJoin(k, eq(k.instruction_id, s.instruction_id))
    .where(eq(k.operation_id, operation.id))
    .orderBy(asc(s.step_number))
    .all();
  // Of a task and of the tasks it took over: what was noted and worked there belongs to it.
  const events = ctx.db
    .select({ row: e })
    .from(e)
    .innerJoin(k, eq(k.id, e.task_id))
    .innerJoin(t.work_order_operations, eq(t.work_order_operations.id, k.operation_id))
    .where(eq(t.work_order_operations.work_order_id, operation.work_order_id))
    .orderBy(asc(e.occurred_at_ms), asc(e.id))
    .all();
  return {
    places: placesOf(
      ctx,
      parts.map(({ row }) => row.material_number),
    ),
    parts: grouped(parts, ({ row }) => row.task_id),
    tools: grouped(tools, ({ row }) => row.task_id),
    instructions: new Map(instructions.map(({ row }) => [row.id as string, row])),
    steps: grouped(steps, ({ row }) => row.instruction_id),
    events: grouped(events, ({ row }) => row.task_id),
    names: namesOf(ctx, [
      ...tasks.flatMap(task => [task.completion?.by, task.started_by]),
      ...events.map(({ row }) => row.user_id),
      ...parts.map(({ row }) => row.confirmed_by),
      ...tools.map(({ row }) => row.confirmed_by),
    ]),
  };
}
type Details = ReturnType<typeof detailsOf>;

function namesOf(ctx: ReadCtx, ids: readonly (string | null | undefined)[]): (id: string | null) => string {
  const wanted = [...new Set(ids.filter(id => id))];
  const rows = ctx.sql.all<{ id: string; full_name: string }>(
    'select u.id, u.full_name from json_each(?) wanted join users u on u.id = wanted.value',
    [JSON.stringify(wanted)],
  );
  const names = new Map(rows.map(row => [row.id, row.full_name]));
  return id => names.get(id ?? '') ?? 'Millwright';
}

/** The task and those it took over, oldest first. */
function chainOf(task_id: string, byId: TaskList['byId']): string[] {
  const before = byId.get(task_id)?.carried_from_id;
  return before ? [...chainOf(before, byId), task_id] : [task_id];
}

function taskOf(ctx: ReadCtx, task: ListedTask, list: TaskList, details: Details): WorkTask {
  const { names } = details;
  const instruction = details.instructions.get(task.instruction_id ?? '');
  const events = chainOf(task.id, list.byId)
    .flatMap(id => details.events.get(id) ?? [])
    .map(({ row }) => row);
  const confirmed = (row: { is_confirmed: boolean; confirmed_by: string | null }) => ({
    is_confirmed: row.is_confirmed,
    confirmed_by_name: row.confirmed_by ? names(row.confirmed_by) : null,
  });
  const { completion, started_at_ms } = task;
  return {
    task_id: task.id,
    task_code: task.task_code,
    sequence: task.sequence,
    title: instruction?.title ?? null,
    instruction_text: instruction?.description ?? null,
    description: task.description,
    instruction_code: instruction?.instruction_code ?? null,
    instruction_version: instruction?.instruction_version ?? null,
    form_id: instruction?.form_id ?? null,
    group_kind: task.group_kind,
    group_index: task.group_index,
    estimated_minutes: task.estimated_minutes,
    is_required: task.is_required,
    is_rework: task.is_rework,
    ncr_number: task.ncr_id ? ncrNumber(ctx, task.ncr_id) : null,
    check_codes: instruction?.check_codes ?? task.characteristic_codes,
    state: task.state,
    blocked_by: task.blocked_by,
    running:
      started_at_ms === null
        ? null
        : {
            since_ms: started_at_ms,
            by_name: names(task.started_by),
            is_mine: task.started_by === ctx.actor.user_id,
          },
    completed: completion && {
      at_ms: completion.at_ms,
      by_name: names(completion.by),
      is_carried: completion.is_carried,
    },
    worked_seconds: events.reduce((sum, event) => sum + event.worked_seconds, 0),
    steps: (details.steps.get(task.instruction_id ?? '') ?? []).map(({ row }) => stepOf(row)),
    parts: (details.parts.get(task.id) ?? []).map(({ row }) => ({
      part_id: row.id,
      material_number: row.material_number,
      material_name: row.material_name,
      from_material_number: row.from_material_number,
      quantity_e6: row.quantity_e6,
      uom_code: row.uom_code,
      ...details.places(row.material_number),
      ...confirmed(row),
    })),
    tools: (details.tools.get(task.id) ?? []).map(({ row, names: tool }) => ({
      row_id: row.id,
      names: tool,
      ...confirmed(row),
    })),
    events: events.map(({ event_type, occurred_at_ms, user_id, worked_seconds, note }) => ({
      event_type,
      at_ms: occurred_at_ms,
      by_name: names(user_id),
      worked_seconds,
      note,
    })),
  };
}
const ncrNumber = (ctx: ReadCtx, ncr_id: string): string | null =>
  ctx.sql.get<{ ncr_number: string }>('select ncr_number from ncrs where id = ?', [ncr_id])?.ncr_number ??
  null;

/** The tasks of a build as its page and the step player show them; rework that is open comes first. */
export function work(ctx: ReadCtx, { order_id }: Input<'work'>): BuildWork {
  const order = orderRow(ctx, order_id);
  const list = listOf(ctx, order.id);
  const details = list && detailsOf(ctx, list);
  const tasks = list && details ? list.tasks.map(task => taskOf(ctx, task, list, details)) : [];
  const isFirst = (task: WorkTask) => (task.is_rework && task.state !== 'done' ? 0 : 1);
  const name = namesOf(ctx, [order.current_assignee_id]);
  const isOpen = isInProduction(order);
  return {
    order_id: order.id,
    order_number: order.order_number,
    build_number: order.build_number,
    customer_name: order.customer_name,
    want_on: order.want_on,
    order_status: order.order_status,
    assignee_id: order.current_assignee_id,
    assignee_name: order.current_assignee_id && name(order.current_assignee_id),
    may_work: isOpen && mayWork(ctx.actor, order),
    may_generate: isOpen && mayGenerate(ctx.actor, order),
    may_hand_over: isOpen && order.current_assignee_id !== null && mayWork(ctx.actor, order),
    must_confirm: ctx.setting('assembly.confirmPartsAndTools'),
    work_order: workOrderFacts(ctx, order.id),
    list: list ? listFacts(ctx, list, order) : null,
    progress: progressOfList(list),
    issues: openIssuesOf(ctx, order.id).map(({ ncr_number, ncr_type, defect_description }) => ({
      ncr_number,
      ncr_type,
      defect_description,
    })),
    tasks: tasks.sort((a, b) => isFirst(a) - isFirst(b) || a.sequence - b.sequence),
  };
}
function listFacts(ctx: ReadCtx, { operation }: TaskList, order: ReturnType<typeof orderRow>) {
  const bom = ctx.sql.get<{ bom_version: number }>('select bom_version from bom_headers where id = ?', [
    operation.bom_id,
  ]);
  return {
    operation_number: operation.operation_number,
    operation_name: operation.operation_name,
    bom_version: bom?.bom_version ?? 1,
    created_at_ms: operation.created_at_ms,
    is_outdated:
      operation.bom_id !== bomOfBuild(ctx, order) ||
      operation.configuration_revision !== order.configuration_revision,
  };
}

const workOrderFacts = (ctx: ReadCtx, order_id: Id<'orders'>): WorkOrder | null => {
  const held = workOrderOf(ctx, order_id);
  if (!held) return null;
  const { work_order_number, order_status, started_at_ms, completed_at_ms } = held;
  return { work_order_number, status: order_status, started_at_ms, completed_at_ms };
};
