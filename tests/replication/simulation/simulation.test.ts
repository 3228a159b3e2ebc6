/**
 * Thousands of schedules: stations, cables, clocks and disks fail as a seed says, then everything is healed and the
 * invariants are checked. A failing seed is played again, shortened and told by
 *   node tests/replication/simulation/replay.ts SEED
 */
import { expect, test } from 'vitest';
import { FOUND } from './found.ts';
import { checkQuiet } from './invariants.ts';
import { playAll } from './play-all.ts';
import { heal, play, runSteps, STEPS, told } from './run.ts';
import { type Action, stepsOf, World } from './world.ts';

const FIRST = 1000;
const SCHEDULES = 1600;
const BUDGET_MS = 60_000;
test('no schedule loses, doubles or halves a unit, and all stations end equal', {
  timeout: 240_000,
}, async () => {
  const { played, failures } = await playAll(FIRST, FIRST + SCHEDULES, BUDGET_MS);
  process.stdout.write(`${played} schedules played\n`);
  expect(failures).toEqual([]);
  expect(played).toBeGreaterThan(50);
});

const THREE_STATIONS = 0;
/** Stories that once found a defect, as short as they got. */
test.each(FOUND)('found once: $defect', async ({ steps }) => {
  const failure = await runSteps(THREE_STATIONS, steps);
  expect(failure && told(failure)).toBeNull();
});

const DAY_MS = 86_400_000;
test('wrong clocks change no outcome', { timeout: 120_000 }, async () => {
  const wrong = [3650 * DAY_MS, -400 * DAY_MS, 7 * 3_600_000, -90_000, 30 * DAY_MS];
  for (let seed = 300; seed < 325; seed++) {
    const steps = stepsOf(seed, STEPS).filter(s => s.action !== 'clock_jump');
    const right = await play(seed, steps);
    const other = await play(seed, steps, wrong);
    expect(other.outcomes, `seed ${seed}`).toEqual(right.outcomes);
    expect(other.trace, `seed ${seed}`).toEqual(right.trace);
  }
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
