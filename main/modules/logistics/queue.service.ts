import { eq } from 'drizzle-orm';
import type { Id } from '../../../db/kit/columns.ts';
import { barcode_labels, print_jobs } from '../../../db/schema/logistics.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { logistics, PrinterFacts, PrintJob } from '../../../preload/contract/logistics.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { DeliveryOutcome } from '../../printing/delivery/outcome.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { surelyNow } from '../infrastructure/sure-time.service.ts';
import { printerWith } from './printers.service.ts';
import { CANCELLING, refuseUnsettledRun, settleUnfinishedRuns, takeOut } from './queue-run.service.ts';

type Input<P extends keyof typeof logistics> = ParsedInputOf<(typeof logistics)[P]>;
export type PrintJobId = Id<'print_jobs'>;

/** A label of a batch waits while an earlier one is undecided or not yet verified. */
const EARLIER =
  'select 1 from print_jobs e where e.batch_id = j.batch_id and e.batch_position < j.batch_position';
const HELD = `(j.batch_id is not null and (exists (${EARLIER} and e.state in ('UNKNOWN', 'FAILED'))
    or exists (${EARLIER} and e.state = 'PRINTED' and e.verification in ('PENDING', 'FAILED'))))`;
const ROWS = `select j.id as job_id, j.prints, j.title, j.printer_id, p.printer_name, j.state, j.state_code,
    j.state_detail, ${HELD} and j.state = 'QUEUED' as is_held, j.copies, j.attempts, j.queued_at_ms, j.ended_at_ms,
    coalesce(u.full_name, 'Millwright') as requested_by, j.batch_id, j.batch_position,
    (select max(b.batch_position) from print_jobs b where b.batch_id = j.batch_id) as batch_size,
    j.reprint_reason, j.verification, j.verified_text
  from print_jobs j join printers p on p.id = j.printer_id left join users u on u.id = j.created_by`;
const OPEN = `(j.state in ('QUEUED', 'SENDING', 'UNKNOWN', 'FAILED')
  or (j.state = 'PRINTED' and j.verification in ('PENDING', 'FAILED')))`;
type Stored = Omit<PrintJob, 'is_held'> & { is_held: 0 | 1 };
const shown = (row: Stored): PrintJob => ({ ...row, is_held: row.is_held === 1 });

export function jobWith(ctx: ReadCtx, job_id: string): PrintJob {
  const row = ctx.sql.get<Stored>(`${ROWS} where j.id = ?`, [job_id]);
  return row ? shown(row) : refuse('row_not_found', { table: 'print_jobs', id: job_id });
}
export const storedJob = (ctx: ReadCtx, job_id: PrintJobId) =>
  ctx.db.select().from(t.print_jobs).where(eq(t.print_jobs.id, job_id)).get() ??
  refuse('row_not_found', { table: 'print_jobs', id: job_id });

export function listQueue(ctx: ReadCtx, { scope, offset, limit }: Input<'listQueue'>) {
  const where = scope === 'open' ? OPEN : `not ${OPEN}`;
  const order = scope === 'open' ? 'j.queue_position' : 'j.queue_position desc';
  const counted = ctx.sql.get<{ total: number; undecided: number | null }>(
    `select count(*) as total,
       sum((j.state in ('UNKNOWN', 'FAILED') and j.state_code not in ('run_queueing', 'run_cancelling'))
         or (j.state = 'PRINTED' and j.verification in ('PENDING', 'FAILED'))) as undecided
     from print_jobs j where ${where}`,
  );
  return {
    rows: ctx.sql
      .all<Stored>(`${ROWS} where ${where} order by ${order} limit @limit offset @offset`, { limit, offset })
      .map(shown),
    total: counted?.total ?? 0,
    needs_decision: scope === 'open' ? (counted?.undecided ?? 0) : 0,
  };
}

/** A job and where it goes, as the queue sends it. */
export interface Sending {
  job_id: PrintJobId;
  title: string;
  content: string;
  copies: number;
  printer: PrinterFacts;
}
/** Takes the next job of a printer that is not busy and marks it as on its way. */
export function claimNext(ctx: CommandCtx, busy: readonly string[]): Sending | null {
  const next = ctx.sql.get<{ id: PrintJobId }>(
    `select j.id from print_jobs j join printers p on p.id = j.printer_id
     where j.state = 'QUEUED' and p.is_active = 1 and not ${HELD}
       and j.printer_id not in (select value from json_each(?)) order by j.queue_position limit 1`,
    [JSON.stringify(busy)],
  );
  if (!next) return null;
  const job = storedJob(ctx, next.id);
  ctx.update(print_jobs, job.id, {
    state: 'SENDING',
    state_code: '',
    state_detail: '',
    attempts: job.attempts + 1,
  });
  const { id, title, content, copies } = job;
  return { job_id: id, title, content, copies, printer: printerWith(ctx, job.printer_id) };
}

/** Keeps what became of a job. Only what certainly never reached the printer goes back into the queue by itself. */
export function settleJob(ctx: CommandCtx, job_id: PrintJobId, outcome: DeliveryOutcome): void {
  const job = storedJob(ctx, job_id);
  if (job.state !== 'SENDING') return;
  const why = { state_code: outcome.code, state_detail: outcome.detail.slice(0, 500) };
  if (outcome.kind === 'not_reached' && job.state_code === CANCELLING) takeOut(ctx, job_id);
  else if (outcome.kind === 'not_reached') ctx.update(print_jobs, job_id, { state: 'QUEUED', ...why });
  else if (outcome.kind === 'printed') markPrinted(ctx, job_id);
  else
    ctx.update(print_jobs, job_id, {
      state: outcome.kind === 'failed' ? 'FAILED' : 'UNKNOWN',
      ended_at_ms: ctx.now_ms,
      ...why,
    });
}
/** Keeps that a job came out: in the trail and with its label. */
export function markPrinted(ctx: CommandCtx, job_id: PrintJobId): void {
  const job = ctx.update(print_jobs, job_id, {
    state: 'PRINTED',
    state_code: '',
    state_detail: '',
    ended_at_ms: ctx.now_ms,
  });
  const { printer_name } = printerWith(ctx, job.printer_id);
  ctx.record({
    action: 'PRINT',
    category: 'labels',
    entity_type: job.barcode_label_id ? 'barcode_labels' : 'print_jobs',
    entity_id: job.barcode_label_id ?? job.id,
    entity_identifier: job.title,
    metadata: {
      prints: job.prints,
      printer: printer_name,
      copies: job.copies,
      attempts: job.attempts,
      requested_by: job.created_by,
      ...(job.reprint_reason && { reprint_reason: job.reprint_reason }),
    },
  });
  if (!job.barcode_label_id) return;
  const label = ctx.db
    .select()
    .from(t.barcode_labels)
    .where(eq(t.barcode_labels.id, job.barcode_label_id))
    .get();
  if (label)
    ctx.update(barcode_labels, label.id, {
      print_count: label.print_count + job.copies,
      last_printed_at_ms: ctx.now_ms,
      printed_by_user_id: job.created_by,
    });
}

/** What was on its way when the station stopped may have come out: a person decides. */
export function settleInterrupted(ctx: CommandCtx): number {
  const interrupted = ctx.sql.all<{ id: PrintJobId }>("select id from print_jobs where state = 'SENDING'");
  for (const { id } of interrupted)
    settleJob(ctx, id, { kind: 'unknown', code: 'station_stopped', detail: '' });
  settleUnfinishedRuns(ctx);
  return interrupted.length;
}
export const KEEP_ENDED_MS = 30 * 86_400_000;
/** Ended jobs are kept for a month; the labels and the audit trail stay. */
export function removeOldJobs(ctx: CommandCtx): void {
  const old = ctx.sql.all<{ id: PrintJobId }>(
    `select id from print_jobs where (state = 'CANCELLED' or (state = 'PRINTED' and verification in ('NONE', 'PASSED')))
       and ended_at_ms < ? limit 2000`,
    [surelyNow(ctx) - KEEP_ENDED_MS],
  );
  for (const { id } of old) ctx.remove(print_jobs, id);
}

/** A job a person decides about. Refuses `batch_queueing` and `batch_cancelling` while its run is not whole. */
function decidedJob(ctx: ReadCtx, job_id: PrintJobId): ReturnType<typeof storedJob> {
  const job = storedJob(ctx, job_id);
  if (job.batch_id) refuseUnsettledRun(ctx, job.batch_id);
  return job;
}
const isUndecided = (state: PrintJob['state']): boolean => state === 'UNKNOWN' || state === 'FAILED';

export function retryJob(ctx: CommandCtx, { job_id }: Input<'retryJob'>): PrintJob {
  const job = decidedJob(ctx, job_id);
  if (!isUndecided(job.state)) refuse('print_job_not_waiting', { title: job.title });
  ctx.update(print_jobs, job_id, { state: 'QUEUED', state_code: '', state_detail: '', ended_at_ms: null });
  return jobWith(ctx, job_id);
}
export function confirmJob(ctx: CommandCtx, { job_id }: Input<'confirmJob'>): PrintJob {
  const job = decidedJob(ctx, job_id);
  if (!isUndecided(job.state)) refuse('print_job_not_waiting', { title: job.title });
  markPrinted(ctx, job_id);
  return jobWith(ctx, job_id);
}
export function cancelJob(ctx: CommandCtx, { job_id }: Input<'cancelJob'>) {
  const job = decidedJob(ctx, job_id);
  if (job.state !== 'QUEUED' && !isUndecided(job.state))
    refuse('print_job_not_waiting', { title: job.title });
  takeOut(ctx, job.id);
  ctx.record({
    action: 'DELETE',
    category: 'labels',
    entity_type: 'print_jobs',
    entity_id: job.id,
    entity_identifier: job.title,
    metadata: { cancelled: 1 },
  });
  return {};
}
