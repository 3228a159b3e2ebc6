import { print_jobs } from '../../../db/schema/logistics.ts';
import { MOST_LABELS } from '../../../preload/contract/labels.ts';
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

/** A run that is being cancelled: its first waiting label holds the others back until they are out of the queue. */
export const CANCELLING = 'run_cancelling';
/** Nobody decides about labels of a run that is being put into the queue or taken out. Refuses `batch_queueing` and `batch_cancelling`. */
export function refuseUnsettledRun(ctx: ReadCtx, batch_id: string): void {
  const found = ctx.sql.get<{ state_code: string }>(
    "select state_code from print_jobs where batch_id = ? and state = 'UNKNOWN' and state_code in (?, ?)",
    [batch_id, QUEUEING, CANCELLING],
  );
  if (found) refuse(found.state_code === QUEUEING ? 'batch_queueing' : 'batch_cancelling');
}
/** A run that was put into the queue or taken out when the station stopped is not whole: a person cancels it or lets it go. */
export function settleUnfinishedRuns(ctx: CommandCtx): void {
  const held = ctx.sql.all<{ id: PrintJobId; state_code: string }>(
    "select id, state_code from print_jobs where state = 'UNKNOWN' and state_code in (?, ?)",
    [QUEUEING, CANCELLING],
  );
  for (const { id, state_code } of held)
    ctx.update(print_jobs, id, {
      state_code: state_code === QUEUEING ? 'run_not_whole' : 'run_half_cancelled',
    });
}

/** Whether it must be verified stays with it: the run may be taken up again. */
export const takeOut = (ctx: CommandCtx, job_id: PrintJobId) =>
  ctx.update(print_jobs, job_id, { state: 'CANCELLED', ended_at_ms: ctx.now_ms });

export interface CancelledRun {
  cancelled: number;
}
interface Waiting {
  id: PrintJobId;
  title: string;
}
const WAITING = "batch_id = @batch_id and state in ('QUEUED', 'UNKNOWN', 'FAILED')";
/** Labels of a run that wait, the last one first, without the one that holds them back. */
const waitingOf = (ctx: ReadCtx, batch_id: string, limit: number): Waiting[] =>
  ctx.sql.all<Waiting>(
    `select id, title from print_jobs where ${WAITING} and state_code <> @CANCELLING
     order by batch_position desc limit @limit`,
    { batch_id, CANCELLING, limit },
  );

/**
 * A run out of the queue in short transactions. The first one holds all of it back, so nothing leaves once the
 * person has asked; a label on its way that does not reach its printer does not come back into the queue.
 */
export function* cancelSlices(run: CancelledRun, { batch_id }: { batch_id: string }) {
  yield (ctx: CommandCtx): void => holdBack(ctx, batch_id);
  for (let done = 0; done < MOST_LABELS; done += STEPS_A_SLICE)
    yield (ctx: CommandCtx): void => takeOutAll(ctx, waitingOf(ctx, batch_id, STEPS_A_SLICE), run);
}
function holdBack(ctx: CommandCtx, batch_id: string): void {
  refuseUnsettledRun(ctx, batch_id);
  const first = ctx.sql.get<Waiting>(
    `select id, title from print_jobs where ${WAITING} order by batch_position, queue_position limit 1`,
    { batch_id },
  );
  const { id } = first ?? refuse('batch_not_waiting');
  ctx.update(print_jobs, id, { state: 'UNKNOWN', state_code: CANCELLING });
  const onTheirWay = ctx.sql.all<Waiting>(
    "select id, title from print_jobs where batch_id = ? and state = 'SENDING'",
    [batch_id],
  );
  for (const job of onTheirWay) ctx.update(print_jobs, job.id, { state_code: CANCELLING });
}
function takeOutAll(ctx: CommandCtx, labels: readonly Waiting[], run: CancelledRun): void {
  for (const { id } of labels) takeOut(ctx, id);
  run.cancelled += labels.length;
}
export function finishCancel(ctx: CommandCtx, run: CancelledRun, { batch_id }: { batch_id: string }) {
  const last = ctx.sql.all<Waiting>(
    `select id, title from print_jobs where ${WAITING} order by batch_position`,
    {
      batch_id,
    },
  );
  takeOutAll(ctx, last, run);
  const [held] = last;
  if (held)
    ctx.record({
      action: 'DELETE',
      category: 'labels',
      entity_type: 'print_jobs',
      entity_id: held.id,
      entity_identifier: held.title,
      metadata: { cancelled: run.cancelled },
    });
  return { cancelled: run.cancelled };
}
