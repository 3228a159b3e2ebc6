import { runSeed, shrink, told } from './simulation/run.ts';

/**
 * Plays schedules without end and watches the memory:
 *   node tests/replication/soak.ts --minutes 20 [--from SEED]
 * Ends with 1 at the first failure, told as short as it gets, or when memory grows without bound.
 */
const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const minutes = option('minutes', 20);
const from = option('from', 1_000_000);
const say = (text: string) => process.stdout.write(`${text}\n`);
const MEGABYTE = 1024 * 1024;
const GROWTH_LIMIT_MB = 300;
const WARM_UP = 100;
const REPORT_EVERY = 100;

const until = performance.now() + minutes * 60_000;
let settled_mb = 0;
let seed = from;
for (; performance.now() < until; seed++) {
  const failure = await runSeed(seed);
  if (failure) {
    say(told(await shrink(failure)));
    process.exitCode = 1;
    break;
  }
  const played = seed - from + 1;
  if (played % REPORT_EVERY > 0) continue;
  const used_mb = Math.round(process.memoryUsage().rss / MEGABYTE);
  if (played === WARM_UP) settled_mb = used_mb;
  say(`${played} schedules, ${used_mb} MB`);
  if (played > WARM_UP && used_mb > settled_mb + GROWTH_LIMIT_MB) {
    say(`memory grew from ${settled_mb} to ${used_mb} MB`);
    process.exitCode = 1;
    break;
  }
}
say(`${seed - from} schedules played`);
