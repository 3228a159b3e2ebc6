/**
 * Thousands of schedules: stations, cables, clocks and disks fail as a seed says, then everything is healed and the
 * invariants are checked. A failing seed is played again, shortened and told by
 *   node tests/replication/simulation/replay.ts SEED
 */
import { expect, test } from 'vitest';
import { checkQuiet } from './invariants.ts';
import { heal, play, runSeed, shrink, told } from './run.ts';
import { type Action, stepsOf, World } from './world.ts';

/** Seeds that once found a defect, with what they found. */
const FOUND: [number, string][] = [
  [
    1039,
    'after a restore the first answer on an older connection was taken for a copy, and a settled unit was lost',
  ],
  [33, 'two copies said hello with one nonce, both were let in and met in their unit numbers'],
  [7, 'a copied file with a waiting deletion brought the deleted row back when it loaded the centre'],
];
test.each(FOUND)('seed %i: %s', async seed => {
  const failure = await runSeed(seed);
  expect(failure && told(failure)).toBeNull();
});

const BUDGET_MS = 45_000;
const FIRST = 1000;
const MOST = 3000;
test('no schedule loses, doubles or halves a unit, and all stations end equal', {
  timeout: 240_000,
}, async () => {
  const until = performance.now() + BUDGET_MS;
  let played = 0;
  for (; played < MOST && performance.now() < until; played++) {
    const failure = await runSeed(FIRST + played);
    if (failure) expect.fail(told(await shrink(failure)));
  }
  process.stdout.write(`${played} schedules played\n`);
  expect(played).toBeGreaterThan(10);
});

test('a station that works alone never meets a conflict, whatever the line does', async () => {
  const alone: readonly Action[] = [
    'command',
    'exchange',
    'deliver',
    'lose_request',
    'lose_answer',
    'kill',
    'duplicate',
  ];
  for (let seed = 1; seed <= 12; seed++) {
    const world = new World(1);
    for (const step of stepsOf(seed, 120).filter(s => alone.includes(s.action))) await world.perform(step);
    await heal(world);
    checkQuiet(world);
    const refused = world.centre.state.units.filter(u => !['applied', 'merged'].includes(u.outcome));
    expect(refused.map(u => [u.unit.intent, u.outcome, u.detail])).toEqual([]);
    world.close();
  }
});

test('the same seed gives the same story', async () => {
  const stories = [await play(4711, stepsOf(4711, 70)), await play(4711, stepsOf(4711, 70))];
  expect(stories[0]?.trace.length).toBeGreaterThan(20);
  expect(stories[1]?.trace).toEqual(stories[0]?.trace);
});
