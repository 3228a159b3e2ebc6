import { E6 } from '../../../db/kit/quantity.ts';
import type { TreeRow } from '../../../preload/contract/bom.ts';
import type { TaskPart } from '../../../preload/contract/production.ts';
import type { TaskGroup } from '../../../preload/contract/production-shapes.ts';
import { refuse } from '../../rpc/refusal.ts';

/** A work instruction as far as planning needs it. */
export interface PlannedInstruction {
  code: string;
  for_each: TaskGroup | null;
  after_codes: readonly string[];
  bom_groups: readonly string[];
  material_numbers: readonly string[];
}
export interface TaskInstance<I extends PlannedInstruction> {
  instruction: I;
  task_code: string;
  /** Unit number from 1; null for the whole build. */
  index: number | null;
  /** Row of the group the unit belongs to, from 0; null for the whole build. */
  row: number | null;
}
/** How often each row of a group is to be built in: a faucet row of quantity 3 is three faucets. */
export type UnitsOfRows = Record<TaskGroup, readonly number[]>;

/** One instance for the build, or one per unit of every row whose condition matched. */
export function instancesOf<I extends PlannedInstruction>(
  instruction: I,
  rowMatches: readonly boolean[],
  units: UnitsOfRows,
): TaskInstance<I>[] {
  const { code, for_each } = instruction;
  if (for_each === null) return [{ instruction, task_code: code, index: null, row: null }];
  let index = 0;
  return units[for_each].flatMap((count, row) =>
    Array.from({ length: count }, () => {
      index++;
      return { instruction, task_code: `${code}.${index}`, index, row };
    }).filter(() => rowMatches[row] === true),
  );
}

const byCode = new Intl.Collator('en', { numeric: true });

/**
 * Every task after those it needs, ties by code. Codes that do not apply to this build are dropped; rows of one
 * group pair up (basin 2 follows basin 2), otherwise all instances come first. Refuses `instructions_cycle`.
 */
export function inTopologicalOrder<I extends PlannedInstruction>(
  instances: readonly TaskInstance<I>[],
): { instance: TaskInstance<I>; after: string[] }[] {
  const waiting = new Map(
    instances.map(instance => [
      instance.task_code,
      { instance, after: predecessors(instance, instances), open: 0 },
    ]),
  );
  const followers = new Map<string, string[]>();
  for (const [code, node] of waiting) {
    node.open = node.after.length;
    for (const before of node.after) followers.set(before, [...(followers.get(before) ?? []), code]);
  }
  const ready = [...waiting].filter(([, node]) => node.open === 0).map(([code]) => code);
  const ordered: { instance: TaskInstance<I>; after: string[] }[] = [];
  while (ready.length > 0) {
    ready.sort(byCode.compare);
    const code = ready.shift() ?? '';
    const node = waiting.get(code);
    if (!node) continue;
    waiting.delete(code);
    ordered.push({ instance: node.instance, after: node.after });
    for (const follower of followers.get(code) ?? []) {
      const next = waiting.get(follower);
      if (next && --next.open === 0) ready.push(follower);
    }
  }
  if (waiting.size > 0) refuse('instructions_cycle', { codes: [...waiting.keys()].slice(0, 20).join(', ') });
  return ordered;
}

function predecessors<I extends PlannedInstruction>(
  task: TaskInstance<I>,
  all: readonly TaskInstance<I>[],
): string[] {
  const wanted = new Set(task.instruction.after_codes);
  return all
    .filter(other => wanted.has(other.instruction.code))
    .filter(other => {
      const pairs =
        task.instruction.for_each !== null && other.instruction.for_each === task.instruction.for_each;
      return !pairs || other.index === task.index;
    })
    .map(other => other.task_code)
    .sort(byCode.compare);
}

/**
 * The rows of the BOM one task needs. In each BOM group of the instruction the named numbers are taken wherever
 * they lie in the tree; a group that holds none of them gives its lines themselves. Lines made by rows of the
 * configuration belong to those rows only, shared evenly among their units.
 */
export function partsOf(
  task: TaskInstance<PlannedInstruction>,
  rows: readonly TreeRow[],
  units: UnitsOfRows,
): TaskPart[] {
  const wanted = new Set(task.instruction.material_numbers);
  const parts = new Map<string, TaskPart>();
  for (const group of task.instruction.bom_groups) {
    const lines = rows.filter(row => row.level === 0 && row.group === group);
    const lineOf = new Map(lines.map(line => [line.line_index, line]));
    const named = rows.filter(row => wanted.has(row.item_id) && lineOf.has(row.line_index));
    for (const row of named.length > 0 ? named : lines) {
      const line = lineOf.get(row.line_index);
      const share = line ? shareOf(task, line, units) : 0;
      if (!line || share === 0) continue;
      addPart(parts, row, line, Math.round(row.total_quantity_e6 / share));
    }
  }
  return [...parts.values()];
}

function addPart(parts: Map<string, TaskPart>, row: TreeRow, line: TreeRow, quantity_e6: number): void {
  const from_item_id = row === line ? null : line.item_id;
  const key = `${row.item_id}|${from_item_id ?? ''}`;
  const held = parts.get(key);
  if (held) {
    held.quantity_e6 += quantity_e6;
    return;
  }
  const { item_id, name, uom_code } = row;
  parts.set(key, { item_id, name, quantity_e6, uom_code, from_item_id });
}

/** Among how many units the line is shared; 0 when it belongs to other rows than the task's. */
function shareOf(task: TaskInstance<PlannedInstruction>, line: TreeRow, units: UnitsOfRows): number {
  const { for_each } = task.instruction;
  if (for_each === null || task.row === null) return 1;
  const found = line.causes
    .flatMap(cause => cause.answers)
    .map(answer => new RegExp(`^${for_each}\\[(\\d+)\\]`).exec(answer.path)?.[1])
    .filter(row => row !== undefined)
    .map(Number);
  const rowsOfLine = [...new Set(found)];
  // A line no row of the group caused (added by hand) is offered to every unit, in full.
  if (rowsOfLine.length === 0) return 1;
  if (!rowsOfLine.includes(task.row)) return 0;
  const share = rowsOfLine.reduce((sum, row) => sum + (units[for_each][row] ?? 0), 0);
  // One control box for three basins belongs to the build, not to a basin.
  return line.total_quantity_e6 < share * E6 ? 0 : share;
}
