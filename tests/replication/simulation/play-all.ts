import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

const MOST_THREADS = 4;
export interface Played {
  played: number;
  /** The shortest story of every failure. */
  failures: string[];
}

/** Plays the seeds from `from` up to `to` on all processors, as many as the time allows. */
export async function playAll(from: number, to: number, within_ms: number): Promise<Played> {
  const threads = Math.min(MOST_THREADS, availableParallelism());
  const all = await Promise.all(
    Array.from({ length: threads }, (_, at) => playOne({ from: from + at, to, every: threads, within_ms })),
  );
  return {
    played: all.reduce((sum, one) => sum + one.played, 0),
    failures: all.flatMap(one => (one.failed === null ? [] : [one.failed])),
  };
}

interface PlayedByOne {
  played: number;
  failed: string | null;
}
function playOne(workerData: Record<string, number>): Promise<PlayedByOne> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./player.ts', import.meta.url), { workerData });
    worker.once('message', (answer: PlayedByOne) => resolve(answer));
    worker.once('error', reject);
  });
}
