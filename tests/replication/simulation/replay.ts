import { runSeed, runSteps, shrink, told } from './run.ts';
import { stepsOf } from './world.ts';

/**
 * Plays schedules outside the test runner:
 *   node tests/replication/simulation/replay.ts SEED          plays one seed and tells the shortest failing story
 *   node tests/replication/simulation/replay.ts FROM COUNT    looks for failing seeds
 */
const [from = 1, count = 1] = process.argv.slice(2).map(Number);
const say = (text: string) => process.stdout.write(`${text}\n`);
const begun = performance.now();
let failures = 0;
for (let seed = from; seed < from + count; seed++) {
  const failure = await runSeed(seed);
  if (!failure) continue;
  failures += 1;
  if (count === 1) say(told(await shrink(failure)).slice(0, 20_000));
  else say(`seed ${seed}: ${failure.message.split('\n')[0]?.slice(0, 200)}`);
}
say(`${count} schedules, ${failures} failed, ${Math.round(performance.now() - begun)} ms`);
if (count === 1 && failures === 0) {
  const again = await runSteps(from, stepsOf(from, 70));
  say(again ? told(again) : 'the same again');
}
process.exitCode = failures > 0 ? 1 : 0;
