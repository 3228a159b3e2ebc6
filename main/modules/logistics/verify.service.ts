import { print_jobs } from '../../../db/schema/logistics.ts';
import { plainScan } from '../../../preload/contract/codes.ts';
import type { logistics, PrintJob } from '../../../preload/contract/logistics.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse, refuseAndKeep } from '../../rpc/refusal.ts';
import { jobWith, storedJob } from './queue.service.ts';

type Input<P extends keyof typeof logistics> = ParsedInputOf<(typeof logistics)[P]>;

/** Brackets of application identifiers are print, separators are scanner: neither is data. HIBC stars are neither, too. */
const bare = (text: string): string => plainScan(text).replace(/[()]/g, '').toUpperCase();

/** A scanner that fires twice reads the label before this one again within this time. */
const TWICE_MS = 2_000;
function isReadTwice(ctx: ReadCtx, { batch_id }: { batch_id: string | null }, read: string): boolean {
  if (batch_id === null) return false;
  const passed = ctx.sql.all<{ barcode_value: string }>(
    "select barcode_value from print_jobs where batch_id = ? and state = 'PRINTED' and verification = 'PASSED' and updated_at_ms > ?",
    [batch_id, ctx.now_ms - TWICE_MS],
  );
  return passed.some(({ barcode_value }) => bare(barcode_value) === read);
}

/**
 * Compares the fresh label with what it should say. Refuses `label_unreadable` and `label_wrong`, and keeps the
 * refusal with the job: the step stays blocked until the right label is read. A double scan of the label before says
 * nothing about this one: `label_read_twice`, and nothing is kept.
 */
export function verifyJob(ctx: CommandCtx, { job_id, text }: Input<'verifyJob'>): PrintJob {
  const job = storedJob(ctx, job_id);
  if (job.state !== 'PRINTED' || job.verification === 'NONE' || job.verification === 'PASSED')
    refuse('print_job_not_verified', { title: job.title });
  const read = bare(text);
  const passes = read !== '' && read === bare(job.barcode_value);
  if (!passes && isReadTwice(ctx, job, read)) refuse('label_read_twice', { title: job.title });
  ctx.update(print_jobs, job_id, {
    verification: passes ? 'PASSED' : 'FAILED',
    verified_text: text.slice(0, 500),
  });
  ctx.record({
    action: passes ? 'APPROVE' : 'REJECT',
    category: 'labels',
    entity_type: 'barcode_labels',
    entity_id: job.barcode_label_id ?? job.id,
    entity_identifier: job.title,
    success: passes,
    metadata: { read: text.slice(0, 200), expected: job.barcode_value },
  });
  if (read === '') refuseAndKeep('label_unreadable', { title: job.title });
  if (!passes)
    refuseAndKeep('label_wrong', {
      title: job.title,
      read: plainScan(text).slice(0, 60),
      expected: job.barcode_value,
    });
  return jobWith(ctx, job_id);
}
