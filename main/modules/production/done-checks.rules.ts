import type { WorkTask } from '../../../preload/contract/assembly.ts';
import type { Completion } from './work.rules.ts';

/** A task as far as it answers checks. */
export interface LinkedTask {
  id: string;
  task_code: string;
  check_codes: readonly string[];
  group_kind: WorkTask['group_kind'];
  group_index: number | null;
  completion: Completion | null;
}
/** One row of a form. */
export interface AskedCheck {
  code: string;
  repeated_per: WorkTask['group_kind'];
  repeat_index: number;
}

/**
 * The task that answers a check: the last one done of those that lead to it, once all of them are done. What was done
 * at another basin answers for that basin alone.
 */
export function answeringTask<T extends LinkedTask>(
  tasks: readonly T[],
  { code, repeated_per, repeat_index }: AskedCheck,
): (T & { completion: Completion }) | null {
  const linked = tasks.filter(
    task =>
      task.check_codes.includes(code) &&
      (repeated_per === null || task.group_kind !== repeated_per || task.group_index === repeat_index),
  );
  const done = linked.flatMap(task => (task.completion ? [{ ...task, completion: task.completion }] : []));
  if (done.length < linked.length) return null;
  return done.sort((a, b) => b.completion.at_ms - a.completion.at_ms)[0] ?? null;
}
