import { useEffect, useState } from 'react';
import type { BuildWork, WorkTask } from '../../../../preload/contract/assembly.ts';
import type { SerialSlot } from '../../../../preload/contract/traceability.ts';
import { failureFrom, type RpcFailure } from '../../../rpc/client.ts';
import { useCommand } from '../../../rpc/hooks.ts';
import { beepBad, beepGood } from '../../../scan/sounds.ts';

type TaskId = WorkTask['task_id'];
type SerialId = NonNullable<SerialSlot['serial']>['serial_id'];

/** The task somebody would go on with: the own one that runs, else the first that is ready, else the one that waits. */
const firstTask = (tasks: readonly WorkTask[]): WorkTask | undefined =>
  tasks.find(task => task.running?.is_mine) ??
  tasks.find(task => task.state === 'running') ??
  tasks.find(task => task.state === 'ready') ??
  tasks.find(task => task.state === 'blocked') ??
  tasks[0];

/** Where a serial number of the task belongs: its own parts, in its own basin. */
export const slotsOfTask = (task: WorkTask, slots: readonly SerialSlot[]): SerialSlot[] => {
  const numbers = new Set(task.parts.map(part => part.material_number));
  const basin = task.group_kind === 'basins' ? task.group_index : null;
  return slots.filter(
    slot =>
      numbers.has(slot.material_number) &&
      (slot.basin_index === null || basin === null || slot.basin_index === basin),
  );
};

/** One build, one task, one step; every act is stored at once. */
export function usePlayer(work: BuildWork | undefined, slots: readonly SerialSlot[]) {
  const [chosen, setChosen] = useState<TaskId | null>(null);
  const [step, setStep] = useState(0);
  const [failure, setFailure] = useState<RpcFailure | null>(null);
  const starting = useCommand('production.startTask');
  const pausing = useCommand('production.pauseTask');
  const completing = useCommand('production.completeTask');
  const undoing = useCommand('production.undoTask');
  const confirming = useCommand('production.confirmTask');
  const noting = useCommand('production.noteTask');
  const capturing = useCommand('traceability.captureSerial');
  const tasks = work?.tasks ?? [];
  const task = tasks.find(found => found.task_id === chosen) ?? firstTask(tasks);
  const task_id = task?.task_id;
  // The task chosen by itself stays chosen when it is paused or when another one opens.
  useEffect(() => {
    if (task_id && chosen === null) setChosen(task_id);
  }, [task_id, chosen]);

  const choose = (id: TaskId) => {
    setChosen(id);
    setStep(0);
    setFailure(null);
  };
  const attempt = async <T>(act: () => Promise<T>): Promise<T | undefined> => {
    try {
      setFailure(null);
      const value = await act();
      beepGood();
      return value;
    } catch (error) {
      setFailure(failureFrom(error));
      beepBad();
      return undefined;
    }
  };
  const startOrPause = () =>
    task &&
    attempt<unknown>(() =>
      task.running?.is_mine
        ? pausing.run({ task_id: task.task_id })
        : starting.run({ task_id: task.task_id }),
    );
  const complete = async () => {
    if (!task) return;
    const done = await attempt(() => completing.run({ task_id: task.task_id }));
    if (done?.next_task_id) choose(done.next_task_id);
  };
  const isLastStep = !task || step >= task.steps.length - 1;
  return {
    task,
    step: Math.min(step, Math.max(0, (task?.steps.length ?? 0) - 1)),
    isLastStep,
    failure,
    pending: [starting, pausing, completing, undoing, confirming, noting, capturing].some(c => c.pending),
    clear: () => setFailure(null),
    choose,
    startOrPause,
    complete,
    back: () => setStep(now => Math.max(0, now - 1)),
    /** The next step; after the last one the task is done. */
    next: () => (isLastStep ? complete() : setStep(now => now + 1)),
    undo: (reason: string) => task && attempt(() => undoing.run({ task_id: task.task_id, reason })),
    /** No rows: every part and tool of the task. */
    confirm: (row_ids: string[], is_confirmed: boolean) =>
      task && attempt(() => confirming.run({ task_id: task.task_id, row_ids, is_confirmed })),
    note: (note: string) => task && attempt(() => noting.run({ task_id: task.task_id, note })),
    slots: task ? slotsOfTask(task, slots) : [],
    capture: (slot: SerialSlot, serial_number: string, by: 'SCAN' | 'KEYS', replaces_id?: SerialId) =>
      work &&
      attempt(() =>
        capturing.run({
          order_id: work.order_id,
          material_number: slot.material_number,
          basin_index: slot.basin_index,
          task_id: task?.task_id ?? null,
          captured_with: by,
          serial_number,
          replaces_id: replaces_id ?? null,
        }),
      ),
  };
}
export type Player = ReturnType<typeof usePlayer>;
