import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Id } from '../../../db/kit/columns.ts';
import { ask, peopleFor, signIn } from '../../support/station.ts';
import '../../support/properties.ts';
import { storeBuild, storeInstructions } from './shared-build.ts';
import {
  differences,
  noProgress,
  type OfflineStation,
  offlineStation,
  testCentre,
  untilQuiet,
} from './support.ts';

const TASKS = ['A01', 'A02', 'B1.1', 'C02'] as const;
const STATUSES = ['TESTING_COMPLETE', 'READY_FOR_PRE_QC', 'PACKAGING_COMPLETE'] as const;
type Action =
  | { kind: 'complete' | 'undo'; code: (typeof TASKS)[number] }
  | { kind: 'step'; to_status: (typeof STATUSES)[number] };
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constantFrom('complete' as const, 'undo' as const), code: fc.constantFrom(...TASKS) }),
  fc.record({ kind: fc.constant('step' as const), to_status: fc.constantFrom(...STATUSES) }),
);

/** One action of a person at one station; what the station refuses by itself does not count. */
function act({ station }: OfflineStation, order_id: Id<'orders'>, wanted: Action): boolean {
  if (wanted.kind === 'step') {
    const session = signIn(station, 'org_admin');
    const { row_version } = ask(station, session, 'fulfilment.situation', { order_id });
    return station.serve(session, 'fulfilment.override', {
      order_id,
      to_status: wanted.to_status,
      expected_version: row_version,
      reason: 'Told by telephone',
    }).ok;
  }
  const session = signIn(station, 'operator');
  const { tasks } = ask(station, session, 'production.work', { order_id });
  const task_id = tasks.find(task => task.task_code === wanted.code)?.task_id;
  return station.serve(
    session,
    wanted.kind === 'complete' ? 'production.completeTask' : 'production.undoTask',
    { task_id },
  ).ok;
}
/** The steps of a build as its history tells them, oldest first. */
const stepsOf = ({ station }: OfflineStation, order_id: string) =>
  station.readAsSystem(ctx =>
    ctx.sql.all<{ from_status: string; to_status: string }>(
      "select from_status, to_status from workflow_history where entity_type = 'orders' and entity_id = ? and from_status <> to_status order by id",
      [order_id],
    ),
  );
const conflictsOf = ({ station }: OfflineStation, order_id: string): number =>
  station.readAsSystem(
    ctx =>
      ctx.sql.get<{ n: number }>(
        "select count(*) as n from conflicts where table_name = 'orders' and row_id = ? and reason_code = 'step_passed'",
        [order_id],
      )?.n ?? 0,
  );
/** Statuses along the history; two people who took one and the same step are one step. */
function walked(steps: readonly { from_status: string; to_status: string }[]): string[] {
  const way = ['READY_FOR_PRODUCTION'];
  for (const { from_status, to_status } of steps) {
    if (to_status === way.at(-1) && from_status === way.at(-2)) continue;
    expect(from_status).toBe(way.at(-1));
    way.push(to_status);
  }
  return way;
}

test('two stations that work on one build while the line is cut meet in one status and one list of done tasks', {
  timeout: 120_000,
}, async () => {
  const centre = await testCentre();
  const first = offlineStation();
  peopleFor(first.station, ['ORG_ADMIN', 'OPERATOR']);
  first.station.asSystem('test.instructions', storeInstructions);
  await first.station.replication.join(await centre.code('K1'), true, noProgress);
  const second = offlineStation();
  await second.station.replication.join(await centre.code('K2'), false, noProgress);
  const both = [first, second] as const;
  let made = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.boolean(), action), { minLength: 2, maxLength: 6 }),
      fc.boolean(),
      async (actions, isReversed) => {
        const order_id = first.station.asSystem('test.build', ctx => storeBuild(ctx, `PO-${++made}`));
        ask(first.station, signIn(first.station, 'operator'), 'production.generateTasks', { order_id });
        await untilQuiet(both);
        let taken = 0;
        for (const [isFirst, wanted] of actions)
          if (act(isFirst ? first : second, order_id, wanted) && wanted.kind === 'step') taken += 1;
        await untilQuiet(isReversed ? [second, first] : both);
        await untilQuiet(both);
        expect(differences(first, second)).toEqual([]);
        const steps = stepsOf(first, order_id);
        const { order_status } = ask(
          first.station,
          signIn(first.station, 'org_admin'),
          'fulfilment.situation',
          {
            order_id,
          },
        );
        expect(walked(steps).at(-1)).toBe(order_status);
        if (steps.length < taken) expect(conflictsOf(second, order_id)).toBeGreaterThan(0);
        else expect(conflictsOf(second, order_id)).toBe(0);
      },
    ),
    {
      numRuns: 6,
      examples: [
        [
          [
            [true, { kind: 'step', to_status: 'TESTING_COMPLETE' }],
            [false, { kind: 'step', to_status: 'PACKAGING_COMPLETE' }],
            [false, { kind: 'complete', code: 'A01' }],
          ],
          true,
        ],
        [
          [
            [true, { kind: 'complete', code: 'A01' }],
            [false, { kind: 'complete', code: 'A01' }],
            [false, { kind: 'undo', code: 'A01' }],
          ],
          false,
        ],
      ],
    },
  );
});
