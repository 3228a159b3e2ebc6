import { print_jobs } from '../../../db/schema/logistics.ts';
import type { logistics, PrintJob } from '../../../preload/contract/logistics.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import type { JobCtx } from '../../rpc/handlers.ts';
import { refuse } from '../../rpc/refusal.ts';
import { markPrinted, type PrintJobId, storedJob } from './queue.service.ts';
import {
  type QueuedRun,
  type QueueStep,
  queueSlices,
  refuseUnsettledRun,
  releaseRun,
} from './queue-run.service.ts';
import { type Copy, copyOf, queued } from './reprint.service.ts';

type Resume = ParsedInputOf<(typeof logistics)['resumeBatch']>;
interface Latest {
  id: PrintJobId;
  state: PrintJob['state'];
  batch_position: number;
}
/** What goes out again, in its order. Labels that have come out do so as copies. */
interface ResumedRun extends QueuedRun {
  meant: (Latest & { copy: Copy | null })[];
}

/** The newest job at each place of the run. Refuses `batch_queueing` and `batch_cancelling`. */
function latestOf(ctx: ReadCtx, batch_id: string): Latest[] {
  refuseUnsettledRun(ctx, batch_id);
  const jobs = ctx.sql.all<Latest>(
    'select id, state, batch_position from print_jobs where batch_id = ? order by batch_position, queue_position',
    [batch_id],
  );
  return [...new Map(jobs.map(job => [job.batch_position, job])).values()];
}
function meantOf(ctx: ReadCtx, { batch_id, from_position }: Resume): Latest[] {
  const meant = latestOf(ctx, batch_id).filter(job => job.batch_position >= from_position);
  if (meant.length === 0) refuse('row_not_found', { table: 'print_jobs', id: batch_id });
  if (meant.some(job => job.state === 'SENDING')) refuse('batch_still_sending');
  return meant;
}

/** In a job thread: the labels from the given one on, laid out while other calls go on. */
export async function layOutResume(ctx: JobCtx, input: Resume): Promise<ResumedRun> {
  const meant = meantOf(ctx, input);
  const laidOut = meant.map((job, at) => {
    ctx.progress('laying_out', at, meant.length);
    return { ...job, copy: job.state === 'PRINTED' ? copyOf(ctx, job.id) : null };
  });
  return { meant: laidOut, job_ids: [] };
}

/** Labels that came out before the jam stay as they are; those from the given one on go out again. */
export function* resumeSlices(run: ResumedRun, input: Resume) {
  const stateOf = ({ id, state }: Latest) => `${id} ${state}`;
  yield (ctx: CommandCtx): void => {
    const now = meantOf(ctx, input).map(stateOf);
    if (now.join() !== run.meant.map(stateOf).join()) refuse('batch_changed');
  };
  yield* queueSlices(
    run.meant.map(job => stepOf(job, input)),
    run,
  );
}
function stepOf({ id, batch_position, copy }: ResumedRun['meant'][number], input: Resume): QueueStep {
  const { batch_id, reason } = input;
  return (ctx, place) => {
    ctx.because(reason);
    if (!copy) return ctx.update(print_jobs, id, { ...place, state_detail: '', ended_at_ms: null }).id;
    const { verification } = storedJob(ctx, id);
    ctx.update(print_jobs, id, { verification: 'NONE' });
    return queued(ctx, {
      ...copy,
      reprint_of: id,
      reprint_reason: reason,
      verification: verification === 'NONE' ? 'NONE' : 'PENDING',
      batch_id,
      batch_position,
      ...place,
    });
  };
}

export function finishResume(ctx: CommandCtx, run: ResumedRun, { batch_id, from_position, reason }: Resume) {
  ctx.because(reason);
  releaseRun(ctx, run);
  // What was undecided before the first label to be sent again has come out: the person counted up to here.
  for (const job of latestOf(ctx, batch_id))
    if (job.batch_position < from_position && (job.state === 'UNKNOWN' || job.state === 'FAILED'))
      markPrinted(ctx, job.id);
  return { queued: run.meant.length };
}
