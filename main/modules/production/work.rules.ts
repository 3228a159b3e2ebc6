import type { Id } from '../../../db/kit/columns.ts';
import type { TaskBlock, TaskProgress, TaskState } from '../../../preload/contract/assembly.ts';
import type { Configuration } from '../../../preload/contract/product-model.ts';

/** What the rules need to know of a task; instants are milliseconds UTC. */
export interface TaskFacts {
  id: string;
  task_code: string;
  operation_id: string;
  carried_from_id: string | null;
  after_codes: readonly string[];
  is_required: boolean;
  is_rework: boolean;
  ncr_id: string | null;
  estimated_minutes: number;
  is_completed: boolean;
  completed_at_ms: number | null;
  completed_by: Id<'users'> | null;
  undone_at_ms: number | null;
  started_at_ms: number | null;
}
export interface Completion {
  at_ms: number;
  by: Id<'users'> | null;
  /** Done under an earlier list. */
  is_carried: boolean;
}
export interface OpenIssue {
  id: string;
  ncr_number: string;
  /** The part that is short or at fault: stops the tasks that need it. */
  material_number: string | null;
  /** The task at which it was found; without part and task the whole build stops. */
  task_code: string | null;
}

/**
 * When and by whom a task was done. What was done under an earlier list counts until it is taken back, also when
 * word of it arrives after the new list was made.
 */
export function completionOf(
  task: TaskFacts,
  byId: ReadonlyMap<string, TaskFacts>,
  is_carried = false,
): Completion | null {
  if (task.is_completed) return { at_ms: task.completed_at_ms ?? 0, by: task.completed_by, is_carried };
  if (task.undone_at_ms !== null || task.carried_from_id === null) return null;
  const before = byId.get(task.carried_from_id);
  return before ? completionOf(before, byId, true) : null;
}

/** An issue stops the tasks that need its part, else its task, else all of them; never the rework that puts it right. */
export function blocksOf(
  task: TaskFacts,
  doneCodes: ReadonlySet<string>,
  listCodes: ReadonlySet<string>,
  issues: readonly OpenIssue[],
  materials: ReadonlySet<string>,
): TaskBlock[] {
  const waiting = task.after_codes.filter(code => listCodes.has(code) && !doneCodes.has(code));
  const stopping = task.is_rework ? [] : issues.filter(issue => isStopped(task, issue, materials));
  return [
    ...waiting.map(task_code => ({ kind: 'task' as const, task_code })),
    ...stopping.map(({ ncr_number }) => ({ kind: 'issue' as const, ncr_number })),
  ];
}

function isStopped(task: TaskFacts, issue: OpenIssue, materials: ReadonlySet<string>): boolean {
  if (issue.material_number !== null) return materials.has(issue.material_number);
  return issue.task_code === null || issue.task_code === task.task_code;
}

export function stateOf(
  task: TaskFacts,
  completion: Completion | null,
  blocks: readonly TaskBlock[],
): TaskState {
  if (completion) return 'done';
  if (task.started_at_ms !== null) return 'running';
  return blocks.length > 0 ? 'blocked' : 'ready';
}

export function progressOf(tasks: readonly TaskFacts[], byId: ReadonlyMap<string, TaskFacts>): TaskProgress {
  const open = tasks.filter(task => completionOf(task, byId) === null);
  return {
    has_list: tasks.length > 0,
    total: tasks.length,
    done: tasks.length - open.length,
    required_open: open.filter(task => task.is_required).length,
    minutes_left: open.reduce((sum, task) => sum + task.estimated_minutes, 0),
  };
}

/** Tasks that stand on this one and are done or under way. */
export const followersOf = (code: string, tasks: readonly (TaskFacts & { state: TaskState })[]): string[] =>
  tasks
    .filter(task => task.after_codes.includes(code) && (task.state === 'done' || task.state === 'running'))
    .map(task => task.task_code);

/** A day's work at most: a timer forgotten over the weekend is no week of work. */
const LONGEST_SECONDS = 12 * 3600;
export const workedSeconds = (started_at_ms: number, now_ms: number): number =>
  Math.min(LONGEST_SECONDS, Math.max(0, Math.round((now_ms - started_at_ms) / 1000)));

const BASIN_WORDS: Record<string, string> = { E_DRAIN: 'EDR', E_SINK: 'ESK', E_SINK_DI: 'EDI' };
/** Family, basins and their types, such as `MDRD_B2_EDR1_ESK1`. */
export function assemblyType(family: string, configuration: Configuration): string {
  const basins = Array.isArray(configuration.basins) ? configuration.basins : [];
  const counts = Object.entries(BASIN_WORDS).flatMap(([type, word]) => {
    const count = basins.filter(basin => basin.basin_type === type).length;
    return count > 0 ? [`${word}${count}`] : [];
  });
  return [family, ...(basins.length > 0 ? [`B${basins.length}`] : []), ...counts].join('_');
}
