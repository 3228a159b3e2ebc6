import { print_jobs } from '../../../db/schema/logistics.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import type { PrintJobId } from './queue.service.ts';

/** The state of a label that is put, or put again, into the queue. */
export interface Place {
  queue_position: number;
  state: 'QUEUED' | 'UNKNOWN';
  state_code: '' | typeof QUEUEING;
}
/** Puts one label of a run at its place. */
export type QueueStep = (ctx: CommandCtx, place: Place) => PrintJobId;
/** What the slices of a long run have written so far; `finish` releases it. */
export interface QueuedRun {
  job_ids: PrintJobId[];
}
/** While its first label is in this state the other labels of a run wait. */
const QUEUEING = 'run_queueing';
const STEPS_A_SLICE = 40;

export const nextPosition = (ctx: ReadCtx): number =>
  1 + (ctx.sql.get<{ last: number | null }>('select max(queue_position) as last from print_jobs')?.last ?? 0);

/**
 * A run in short transactions between which other commands go. Nothing of it leaves before `releaseRun`: the first
 * label is written undecided, which holds the others back. The last one is written with it, so that whatever is
 * asked for meanwhile comes after the run.
 */
export function* queueSlices(steps: readonly QueueStep[], run: QueuedRun) {
  const last = steps.length - 1;
  let first_position = 0;
  const put = (ctx: CommandCtx, at: number): void => {
    const step = steps[at];
    const held = at === 0 ? ({ state: 'UNKNOWN', state_code: QUEUEING } as const) : QUEUED;
    if (step) run.job_ids[at] = step(ctx, { ...held, queue_position: first_position + at });
  };
  yield (ctx: CommandCtx): void => {
    first_position = nextPosition(ctx);
    put(ctx, 0);
    if (last > 0) put(ctx, last);
  };
  for (let from = 1; from < last; from += STEPS_A_SLICE)
    yield (ctx: CommandCtx): void => {
      for (let at = from; at < Math.min(from + STEPS_A_SLICE, last); at++) put(ctx, at);
    };
}
const QUEUED = { state: 'QUEUED', state_code: '' } as const;

export function releaseRun(ctx: CommandCtx, { job_ids: [first] }: QueuedRun): void {
  if (first) ctx.update(print_jobs, first, QUEUED);
}

/** Nobody decides about labels of a run that is still being put into the queue. Refuses `batch_queueing`. */
export function refuseQueueing(ctx: ReadCtx, batch_id: string): void {
  const found = ctx.sql.get('select 1 from print_jobs where batch_id = ? and state_code = ?', [
    batch_id,
    QUEUEING,
  ]);
  if (found) refuse('batch_queueing');
}
/** A run that was being queued when the station stopped is not whole: a person cancels it or lets it go. */
export function settleUnfinishedRuns(ctx: CommandCtx): void {
  const held = ctx.sql.all<{ id: PrintJobId }>('select id from print_jobs where state_code = ?', [QUEUEING]);
  for (const { id } of held) ctx.update(print_jobs, id, { state_code: 'run_not_whole' });
}
