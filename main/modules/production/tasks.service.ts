import type { Id } from '../../../db/kit/columns.ts';
import type { TreeRow } from '../../../preload/contract/bom.ts';
import {
  type Configuration,
  configuration as configurationSchema,
} from '../../../preload/contract/product-model.ts';
import type { Task } from '../../../preload/contract/production.ts';
import type { TaskGroup } from '../../../preload/contract/production-shapes.ts';
import { settingKeys } from '../../../preload/contract/settings.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { bomTree } from '../bom/bom.service.ts';
import { headersOf } from '../bom/bom-rows.service.ts';
import { type ConditionOutcome, evaluateConditions } from '../catalogue/condition.rules.ts';
import type { CompiledModel } from '../catalogue/model-compile.rules.ts';
import { modelById } from '../catalogue/product-models.service.ts';
import { type OrderRow, orderRow } from '../orders/order-rows.service.ts';
import { type InstructionRow, instructionsWith, stepsOf, toolsOf } from './instructions.service.ts';
import {
  instancesOf,
  inTopologicalOrder,
  partsOf,
  type TaskInstance,
  type UnitsOfRows,
} from './tasks.rules.ts';

/** What the condition of one instruction says about one configuration. */
export interface JudgedInstruction {
  row: InstructionRow;
  /** A missing answer or a condition that broke; nothing applies then. */
  undecided: string | null;
  instances: TaskInstance<InstructionRow & { code: string }>[];
}
/** `configuration` is the normalised document, so that rows added by a rule count too. */
export function judgeInstructions(
  ctx: ReadCtx,
  compiled: CompiledModel,
  configuration: Configuration,
  want_date: string | null,
  instructions: readonly InstructionRow[],
): JudgedInstruction[] {
  const context = {
    settings: Object.fromEntries(settingKeys.map(key => [key, ctx.setting(key)])),
    today: ctx.today(),
    ...(want_date ? { want_date } : {}),
    knownItem: () => true,
  };
  const whole = evaluateConditions(
    compiled,
    configuration,
    instructions.map(i => ({ when: i.applies_when })),
    context,
  );
  const perRow = evaluateConditions(
    compiled,
    configuration,
    instructions.map(i => ({
      when: i.for_each_when ?? 'true',
      ...(i.for_each ? { for_each: i.for_each } : {}),
    })),
    context,
  );
  const units = unitsOf(configuration);
  return instructions.map((row, at) => {
    const [build, eachRow] = [whole[at] ?? [], perRow[at] ?? []];
    const applies = build.every(({ outcome }) => outcome === 'matched');
    const undecided = undecidedOf(build) ?? (applies ? undecidedOf(eachRow) : null);
    if (!applies || undecided !== null) return { row, undecided, instances: [] };
    const matches = eachRow.map(({ outcome }) => outcome === 'matched');
    const instances = instancesOf({ ...row, code: row.instruction_code }, matches, units);
    return { row, undecided, instances };
  });
}
function undecidedOf(outcomes: readonly ConditionOutcome[]): string | null {
  const open = outcomes.find(({ outcome }) => outcome === 'not_decided' || outcome === 'failed');
  return open ? (open.problem ?? open.outcome) : null;
}

/**
 * The tasks of one build in order, with the parts its BOM holds for each. A condition that cannot be decided stops
 * the work list, for a missing task is worse than a refusal: refuses `condition_failed` naming the instruction.
 */
export function instructionsFor(
  ctx: ReadCtx,
  compiled: CompiledModel,
  configuration: Configuration,
  rows: readonly TreeRow[],
  want_date: string | null,
  instructions: readonly InstructionRow[],
): Task[] {
  const judged = judgeInstructions(ctx, compiled, configuration, want_date, instructions);
  const instances = judged.flatMap(({ row, undecided, instances: own }) =>
    undecided === null
      ? own
      : refuse('condition_failed', {
          instruction: row.instruction_code,
          when: row.applies_when,
          problem: undecided,
        }),
  );
  const units = unitsOf(configuration);
  const steps = stepsOf(ctx);
  const tools = toolsOf(ctx);
  return inTopologicalOrder(instances).map(({ instance, after }, position) => {
    const { instruction, task_code, index } = instance;
    return {
      sequence: position + 1,
      task_code,
      instruction_id: instruction.id,
      instruction_code: instruction.instruction_code,
      instruction_version: instruction.instruction_version,
      form_id: instruction.form_id,
      title: instruction.title,
      description: instruction.description,
      for_each: instruction.for_each,
      index,
      after,
      estimated_minutes: instruction.estimated_minutes,
      steps: steps.get(instruction.id) ?? [],
      tools: (tools.get(instruction.id) ?? []).map(tool => tool.tool_names),
      parts: partsOf(instance, rows, units),
    };
  });
}

export const totalMinutes = (tasks: readonly Task[]): number =>
  tasks.reduce((sum, task) => sum + task.estimated_minutes, 0);

/** Faucets and sprayers are built in one by one; a basin is one row, accessories come as one job per line. */
function unitsOf(configuration: Configuration): UnitsOfRows {
  const rows = (group: TaskGroup) => {
    const value = configuration[group];
    return Array.isArray(value) ? value : [];
  };
  const counted = (group: TaskGroup) =>
    rows(group).map(row =>
      typeof row.quantity === 'number' && row.quantity > 0 ? Math.floor(row.quantity) : 1,
    );
  return {
    basins: rows('basins').map(() => 1),
    faucets: counted('faucets'),
    sprayers: counted('sprayers'),
    accessories: rows('accessories').map(() => 1),
  };
}

/** The valid BOM of a build: the approved one, else the newest. Refuses `bom_missing`. */
export const bomOfBuild = (ctx: ReadCtx, order: OrderRow): Id<'bom_headers'> =>
  order.bom_id ??
  headersOf(ctx, order.id)[0]?.bom_id ??
  refuse('bom_missing', { build_number: order.build_number });

/**
 * The tasks of a stored build, from its configuration and its valid BOM; with `draft_id` as they would be with that
 * draft in force. Refuses `bom_missing`, `family_unknown`, `instruction_not_draft`.
 */
export function buildTasks(
  ctx: ReadCtx,
  { order_id, draft_id }: { order_id: string; draft_id?: InstructionRow['id'] | undefined },
): { tasks: Task[]; total_minutes: number } {
  const order = orderRow(ctx, order_id);
  const bom_id = bomOfBuild(ctx, order);
  if (!order.product_model_id) return refuse('family_unknown', { family: '' });
  const { compiled } = modelById(ctx, order.product_model_id);
  const configuration = configurationSchema.parse(order.configuration);
  const instructions = instructionsWith(ctx, draft_id);
  const { rows } = bomTree(ctx, bom_id);
  const tasks = instructionsFor(ctx, compiled, configuration, rows, order.want_on, instructions);
  return { tasks, total_minutes: totalMinutes(tasks) };
}
