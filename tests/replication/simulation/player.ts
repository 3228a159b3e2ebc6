import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { runSeed, shrink, told } from './run.ts';

/** One thread of `playAll`: every n-th seed, until the time is over or one fails. */
const { from, to, every, within_ms } = z
  .object({ from: z.int(), to: z.int(), every: z.int(), within_ms: z.number() })
  .parse(workerData);
const until = performance.now() + within_ms;
let played = 0;
let failed: string | null = null;
for (let seed = from; seed < to && !failed && performance.now() < until; seed += every) {
  const failure = await runSeed(seed);
  played += 1;
  if (failure) failed = told(await shrink(failure));
}
parentPort?.postMessage({ played, failed });
