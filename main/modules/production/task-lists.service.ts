import type { Id } from '../../../db/kit/columns.ts';
import {
  operation_task_parts,
  operation_task_tools,
  operation_tasks,
  work_order_operations,
} from '../../../db/schema/production.ts';
import { configuration as configurationSchema } from '../../../preload/contract/product-model.ts';
import type { Task } from '../../../preload/contract/production.ts';
import type { CommandCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { modelById } from '../catalogue/product-models.service.ts';
import { type OrderRow, orderRow } from '../orders/order-rows.service.ts';
import { noteOn } from '../orders/status.service.ts';
import { approvedInstructions, toolsOf } from './instructions.service.ts';
import { bomOfBuild, buildTasks } from './tasks.service.ts';
import { assemblyType } from './work.rules.ts';
import { isInProduction, mayGenerate } from './work-access.rules.ts';
import { openWorkOrder } from './work-orders.service.ts';
import { listOf, type TaskList, workOrderOf } from './work-rows.service.ts';

/**
 * Makes the task list of a build from its configuration and BOM; an older list is put aside and what was done of
 * it counts for the tasks of the same code.
 */
export function generateTasks(ctx: CommandCtx, { order_id }: { order_id: string }) {
  const order = orderRow(ctx, order_id);
  if (!mayGenerate(ctx.actor, order)) refuse('not_allowed', { permission: 'work_orders:create' });
  if (!isInProduction(order))
    refuse('build_not_in_production', {
      build_number: order.build_number,
      order_status: order.order_status,
    });
  return makeList(ctx, order);
}

/** For a build that was claimed: makes the list unless the one in force fits the BOM, or the plant has no instructions. */
export function ensureTasks(ctx: CommandCtx, order_id: Id<'orders'>): void {
  const order = orderRow(ctx, order_id);
  if (approvedInstructions(ctx).length === 0) return;
  const held = listOf(ctx, order.id);
  if (!held || held.operation.bom_id !== bomOfBuild(ctx, order)) makeList(ctx, order);
}

function makeList(ctx: CommandCtx, order: OrderRow): { tasks: number; carried_over: number } {
  const { tasks } = buildTasks(ctx, { order_id: order.id });
  if (tasks.length === 0) refuse('no_instructions', { build_number: order.build_number });
  const held = listOf(ctx, order.id);
  const work_order = workOrderOf(ctx, order.id) ?? openWorkOrder(ctx, order);
  if (held) ctx.update(work_order_operations, held.operation.id, { is_active: false });
  const operation = ctx.insert(work_order_operations, {
    work_order_id: work_order.id,
    operation_number: (held?.operation.operation_number ?? 0) + 10,
    operation_name: typeName(ctx, order),
    bom_id: bomOfBuild(ctx, order),
    configuration_revision: order.configuration_revision,
  });
  const before = new Map(held?.tasks.map(task => [task.task_code, task]));
  const tools = toolsOf(ctx);
  for (const task of tasks)
    storeTask(
      ctx,
      operation.id,
      task,
      before.get(task.task_code)?.id ?? null,
      tools.get(task.instruction_id),
    );
  const rework = carryRework(ctx, operation.id, held, tasks.length);
  const carried_over = [...tasks, ...rework].filter(task => before.get(task.task_code)?.completion).length;
  const made = { tasks: tasks.length + rework.length, carried_over };
  noteOn(ctx, order, { action: 'TASKS_GENERATED', metadata: made });
  return made;
}

function typeName(ctx: CommandCtx, order: OrderRow): string {
  if (!order.product_model_id) return refuse('family_unknown', { family: '' });
  const { compiled } = modelById(ctx, order.product_model_id);
  return assemblyType(compiled.model.family, configurationSchema.parse(order.configuration));
}

function storeTask(
  ctx: CommandCtx,
  operation_id: Id<'work_order_operations'>,
  task: Task,
  carried_from_id: Id<'operation_tasks'> | null,
  tools: readonly { id: Id<'tools'> }[] = [],
): void {
  const { id: task_id } = ctx.insert(operation_tasks, {
    plant_id: ctx.actor.plant_id,
    operation_id,
    task_code: task.task_code,
    sequence: task.sequence,
    instruction_id: task.instruction_id,
    group_kind: task.for_each,
    group_index: task.index,
    after_codes: task.after,
    estimated_minutes: task.estimated_minutes,
    carried_from_id,
  });
  for (const { item_id, name, from_item_id, quantity_e6, uom_code } of task.parts) {
    ctx.insert(operation_task_parts, {
      task_id,
      material_number: item_id,
      material_name: name,
      from_material_number: from_item_id ?? '',
      quantity_e6,
      uom_code,
    });
  }
  for (const tool of tools) ctx.insert(operation_task_tools, { task_id, tool_id: tool.id });
}

/** Rework belongs to the build, not to its configuration: a new list takes it over. */
function carryRework(
  ctx: CommandCtx,
  operation_id: Id<'work_order_operations'>,
  held: TaskList | undefined,
  after: number,
) {
  const rework = held?.tasks.filter(task => task.is_rework) ?? [];
  rework.forEach((task, at) => {
    ctx.insert(operation_tasks, {
      plant_id: task.plant_id,
      operation_id,
      task_code: task.task_code,
      sequence: after + at + 1,
      description: task.description,
      after_codes: [],
      estimated_minutes: task.estimated_minutes,
      is_rework: true,
      ncr_id: task.ncr_id,
      characteristic_codes: task.characteristic_codes,
      carried_from_id: task.id,
    });
  });
  return rework;
}

export interface Rework {
  description: string;
  /** Failed checks it answers to. */
  characteristic_codes: string[];
  estimated_minutes: number;
}
/** Adds rework to the list of a build, first in line, linked to its nonconformity. Refuses `no_task_list`. */
export function addRework(
  ctx: CommandCtx,
  order_id: Id<'orders'>,
  ncr: { id: Id<'ncrs'>; ncr_number: string },
  wanted: readonly Rework[],
): void {
  const list = listOf(ctx, order_id) ?? refuse('no_task_list', {});
  const held = list.tasks.filter(task => task.ncr_id === ncr.id).length;
  wanted.forEach((rework, at) => {
    ctx.insert(operation_tasks, {
      plant_id: list.work_order.plant_id,
      operation_id: list.operation.id,
      task_code: `R-${ncr.ncr_number}-${held + at + 1}`,
      sequence: list.tasks.length + at + 1,
      after_codes: [],
      is_rework: true,
      ncr_id: ncr.id,
      ...rework,
    });
  });
}
