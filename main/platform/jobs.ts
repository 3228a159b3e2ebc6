import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Failure } from '../../preload/contract/rpc.ts';
import type { Actor } from '../rpc/context.ts';
import { threadFile } from './threads.ts';

/** Everything a worker thread needs to open the database read-only and act for the same person. */
export interface WorkOrder {
  work: string;
  input: unknown;
  database: string;
  folders: { work: string; resources: string; dist: string };
  actor: Pick<Actor, 'user_id' | 'username' | 'full_name' | 'initials' | 'locale' | 'plant_id' | 'is_person'>;
  organization_id: number;
  station_id: string;
  now_ms: number;
}
export type WorkMessage =
  | { kind: 'progress'; phase: string; done: number; total: number }
  | { kind: 'made'; value: unknown }
  | { kind: 'failed'; error: Failure };
export interface Job {
  job_id: string;
  made: Promise<unknown>;
  cancel(): void;
}
export class JobFailed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

/**
 * One worker thread per job: it may use a whole core for seconds without a window or a command waiting. Files of
 * a job lie in a folder of its own, which goes with a cancelled or failed job.
 */
export function createJobRunner(
  onProgress: (job_id: string, phase: string, done: number, total: number) => void,
) {
  const running = new Map<string, Job>();
  return {
    start(order: WorkOrder): Job {
      const job_id = randomUUID();
      const folder = folderFor(job_id, order.folders.work);
      const own: WorkOrder = { ...order, folders: { ...order.folders, work: folder } };
      const worker = new Worker(threadFile('worker'), {
        workerData: own,
        execArgv: [],
        // Loading the program makes much short-lived garbage; a small nursery keeps 150 MB from being kept for it.
        resourceLimits: { maxYoungGenerationSizeMb: 16 },
      });
      const cancelled = Promise.withResolvers<never>();
      let is_cancelled = false;
      const made = new Promise<unknown>((resolve, reject) => {
        worker.on('message', (message: WorkMessage) => {
          if (message.kind === 'progress') onProgress(job_id, message.phase, message.done, message.total);
          if (message.kind === 'made') resolve(message.value);
          if (message.kind === 'failed') reject(new JobFailed(message.error));
        });
        worker.on('error', reject);
        // A cancelled job has ended when its thread is gone and its files are removed, not before.
        worker.on('exit', code => {
          if (!is_cancelled) reject(new Error(`job worker ended early (${code})`));
        });
      });
      const ended = Promise.race([made, cancelled.promise]).catch(error => {
        rmSync(folder, { recursive: true, force: true });
        throw error;
      });
      const job: Job = {
        job_id,
        made: ended.finally(() => running.delete(job_id)),
        cancel: () => {
          is_cancelled = true;
          const failure = new JobFailed({ code: 'job_cancelled', message: 'job_cancelled' });
          void worker.terminate().finally(() => cancelled.reject(failure));
        },
      };
      running.set(job_id, job);
      return job;
    },
    cancel: (job_id: string): boolean => {
      const job = running.get(job_id);
      job?.cancel();
      return job !== undefined;
    },
    async stop(): Promise<void> {
      const ending = [...running.values()].map(job => job.made.catch(() => undefined));
      for (const job of running.values()) job.cancel();
      await Promise.all(ending);
    },
  };
}
const KEEP_MS = 60 * 60_000;
/** Results are fetched within minutes; folders of jobs older than an hour are removed when the next job starts. */
function folderFor(job_id: string, work: string): string {
  for (const name of readdirSync(work)) {
    const old = path.join(work, name);
    const made_ms = name.startsWith('job-') ? statSync(old, { throwIfNoEntry: false })?.mtimeMs : undefined;
    if (made_ms !== undefined && made_ms < Date.now() - KEEP_MS)
      rmSync(old, { recursive: true, force: true });
  }
  const folder = path.join(work, `job-${job_id}`);
  mkdirSync(folder);
  return folder;
}
