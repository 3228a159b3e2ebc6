import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  assemblyType,
  blocksOf,
  completionOf,
  progressOf,
  stateOf,
  type TaskFacts,
  workedSeconds,
} from '../../../main/modules/production/work.rules.ts';
import { statusWithBuild } from '../../../main/modules/production/work-order.rules.ts';
import { oneBasin, twoBasins } from '../orders/order-support.ts';

const plain: TaskFacts = {
  id: '',
  task_code: '',
  operation_id: 'list',
  carried_from_id: null,
  after_codes: [],
  is_required: true,
  is_rework: false,
  ncr_id: null,
  estimated_minutes: 10,
  is_completed: false,
  completed_at_ms: null,
  completed_by: null,
  undone_at_ms: null,
  started_at_ms: null,
};
/** Tasks of which each stands on some of those before it: what a topological order gives. */
const lists = fc
  .array(fc.record({ after: fc.array(fc.nat(20), { maxLength: 3 }), minutes: fc.nat(90) }), {
    minLength: 1,
    maxLength: 21,
  })
  .map(rows =>
    rows.map(({ after, minutes }, at) => ({
      ...plain,
      id: `id-${at}`,
      task_code: `T${at}`,
      after_codes: [...new Set(after.filter(n => n < at).map(n => `T${n}`))],
      estimated_minutes: minutes,
    })),
  );
const byId = (tasks: readonly TaskFacts[]) => new Map(tasks.map(task => [task.id, task]));
const readyOf = (tasks: readonly TaskFacts[]) => {
  const index = byId(tasks);
  const done = new Set(tasks.filter(task => completionOf(task, index)).map(task => task.task_code));
  const codes = new Set(tasks.map(task => task.task_code));
  return tasks.filter(task => {
    const blocks = blocksOf(task, done, codes, [], new Set());
    return stateOf(task, completionOf(task, index), blocks) === 'ready';
  });
};

test('whatever stands on what: doing any ready task again and again does the whole list, and never one too early', () => {
  fc.assert(
    fc.property(lists, fc.infiniteStream(fc.nat()), (given, picks) => {
      let tasks: TaskFacts[] = given;
      const done: string[] = [];
      for (let ready = readyOf(tasks); ready.length > 0; ready = readyOf(tasks)) {
        const chosen = ready[(picks.next().value ?? 0) % ready.length];
        expect(chosen?.after_codes.every(code => done.includes(code))).toBe(true);
        done.push(chosen?.task_code ?? '');
        tasks = tasks.map(task => (task === chosen ? { ...task, is_completed: true } : task));
      }
      expect(done).toHaveLength(given.length);
      expect(progressOf(tasks, byId(tasks))).toEqual({
        has_list: true,
        total: given.length,
        done: given.length,
        required_open: 0,
        minutes_left: 0,
      });
    }),
  );
});

test('carry-over through any number of lists: done once stays done until it is taken back in the newest list', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.nat(5),
      fc.option(fc.nat(5), { nil: null }),
      (count, doneAt, undoneAt) => {
        const chain = Array.from({ length: count }, (_, at) => ({
          ...plain,
          id: `list-${at}`,
          carried_from_id: at === 0 ? null : `list-${at - 1}`,
          is_completed: at === doneAt,
          undone_at_ms: at === undoneAt ? 1 : null,
        }));
        const last = chain.at(-1) ?? plain;
        const isDone = completionOf(last, byId(chain)) !== null;
        const isTakenBack = undoneAt !== null && undoneAt > doneAt && undoneAt < count;
        expect(isDone).toBe(doneAt < count && !isTakenBack);
        if (isDone) expect(completionOf(last, byId(chain))?.is_carried).toBe(doneAt < count - 1);
      },
    ),
  );
});

test('an issue stops everything, the tasks with its part or the task it was found at, never the rework', () => {
  const issue = (material_number: string | null, task_code: string | null) => [
    { id: 'n', ncr_number: 'NCR-1', material_number, task_code },
  ];
  const blocked = (task: TaskFacts, material: string | null, task_code: string | null = null) =>
    blocksOf(task, new Set(), new Set(), issue(material, task_code), new Set(['T2-TS7'])).length > 0;
  const a02 = { ...plain, task_code: 'A02' };
  expect([blocked(a02, null, 'A02'), blocked(a02, null, 'A03'), blocked(a02, 'T2-TS7', 'A03')]).toEqual([
    true,
    false,
    true,
  ]);
  expect([blocked(plain, null), blocked(plain, 'T2-TS7'), blocked(plain, 'T2-LC1')]).toEqual([
    true,
    true,
    false,
  ]);
  expect(blocked({ ...plain, is_rework: true }, null)).toBe(false);
});

test('the name of a list tells family, basins and their types; a forgotten timer counts half a day at most', () => {
  expect(assemblyType('MDRD', oneBasin)).toBe('MDRD_B1_ESK1');
  expect(assemblyType('MDRD', twoBasins)).toBe('MDRD_B2_EDR1_ESK1');
  expect(assemblyType('OTHER', {})).toBe('OTHER');
  expect([workedSeconds(0, 90_000), workedSeconds(90_000, 0), workedSeconds(0, 1e9)]).toEqual([
    90, 0, 43_200,
  ]);
});

test('a work order follows its build: back before production it waits, after the test it is complete, cancelled it stays', () => {
  const at = (
    order_status: Parameters<typeof statusWithBuild>[0]['order_status'],
    started_at_ms: number | null,
  ) =>
    (['READY_FOR_PRE_QC', 'READY_FOR_PRODUCTION', 'TESTING_COMPLETE', 'SHIPPED'] as const).map(status =>
      statusWithBuild({ order_status, started_at_ms }, status),
    );
  expect(at('RELEASED', null)).toEqual(['PLANNED', 'RELEASED', 'COMPLETED', 'COMPLETED']);
  expect(at('COMPLETED', 1)).toEqual(['PAUSED', 'IN_PROGRESS', 'COMPLETED', 'COMPLETED']);
  expect(at('CANCELLED', 1)).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED', 'CANCELLED']);
});
