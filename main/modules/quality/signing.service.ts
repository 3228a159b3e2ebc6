import { inspection_logs, inspection_measurements } from '../../../db/schema/quality.ts';
import type { InspectionResult, inspections } from '../../../preload/contract/inspection.ts';
import { INSPECTION_CATEGORIES } from '../../../preload/contract/ncr-categories.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import { timeInZone } from '../../platform/days.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { plantZone } from '../catalogue/plant.service.ts';
import { confirmSigner, hasSignedInSession, signRecord } from '../identity/signature.service.ts';
import { type OrderRow, orderRow } from '../orders/order-rows.service.ts';
import { requireFilling } from './access.service.ts';
import { progressOf } from './conformity.rules.ts';
import { answerKey, type SignedRow, sealedDigest, signedContent } from './content.rules.ts';
import { declarationFor } from './declaration.rules.ts';
import {
  conformsOf,
  logId,
  measurementId,
  nextRevision,
  requireDraft,
  requireDue,
  wholeLog,
} from './filling.service.ts';
import { attemptsOf, documentsOf, judged, signatureOf } from './form.service.ts';
import { refuseOverdue } from './instruments.service.ts';
import { type LogRow, logRow, measurementsOf } from './log-rows.service.ts';
import { SHORTEST_DESCRIPTION } from './ncrs.service.ts';

type Input<P extends keyof typeof inspections> = ParsedInputOf<(typeof inspections)[P]>;
type Failure = NonNullable<Input<'signForm'>['failure']>;

/** What the signing dialog shows before it asks: the words, and whether this session has signed before. */
export function prepareSigning(ctx: ReadCtx, { log_id }: Input<'prepareSigning'>) {
  const log = logRow(ctx, log_id);
  const order = orderRow(ctx, log.order_id);
  requireFilling(ctx, log.plan_type, order);
  const { plan, rows } = wholeLog(ctx, log);
  const { result } = progressOf(judgedRows(ctx, order, rows));
  const timezone = plantZone(ctx, log.plant_id);
  return {
    declaration: declarationFor(plan.declaration, result, {
      name: ctx.actor.full_name,
      date: timeInZone(ctx.now_ms, timezone),
      locale: ctx.actor.locale,
    }),
    signer_name: ctx.actor.full_name,
    signer_initials: ctx.actor.initials,
    username: ctx.actor.username,
    signed_at: `${timeInZone(ctx.now_ms, timezone)} ${timezone}`,
    is_first_of_session: !hasSignedInSession(ctx),
  };
}

const judgedRows = (ctx: ReadCtx, order: OrderRow, rows: readonly SignedRow[]) => {
  const documents = documentsOf(ctx, order.id);
  return rows.map(({ check, row }) => ({ ...judged(check, row, documents), check, row }));
};

/** Signs the form of a draft and seals it: record and answers change no more, here and at the centre. */
export function signForm(ctx: CommandCtx, input: Input<'signForm'>) {
  const log = logRow(ctx, input.log_id);
  const order = orderRow(ctx, log.order_id);
  requireFilling(ctx, log.plan_type, order);
  requireDraft(log);
  if (log.correction_of_id === null) requireDue(ctx, order, log.plan_type);
  if (log.configuration_revision !== order.configuration_revision && log.correction_of_id === null)
    refuse('configuration_changed');
  const whole = wholeLog(ctx, log);
  const rows = judgedRows(ctx, order, whole.rows);
  const { result } = progressOf(rows);
  if (result === 'INCOMPLETE') refuseIncomplete(rows);
  if (result !== input.result) refuse('inspection_changed');
  requireInstruments(ctx, log, rows);
  const failure = result === 'FAIL' ? checkedFailure(input.failure) : null;
  const method = confirmSigner(ctx, input.credentials);

  const documents = documentsOf(ctx, order.id);
  const signed_at_ms = ctx.now_ms;
  const sealedRows = whole.rows.map(({ check, row }): SignedRow => {
    const answer =
      check.record_as === 'SIGNER_INITIALS' && row.is_applicable
        ? { measured_text: ctx.actor.initials, measured_by: ctx.actor.user_id, measured_at_ms: signed_at_ms }
        : givenOf(row);
    const next = { ...row, ...answer };
    const patch = {
      ...answer,
      is_conforming: conformsOf(check, next, documents),
      answer_sha256: sealedDigest(next, signed_at_ms),
      signed_at_ms,
    };
    return { check, row: ctx.update(inspection_measurements, row.id, patch) };
  });
  const facts = {
    status: 'SIGNED' as const,
    overall_result: result,
    failure_category: failure?.category ?? null,
    failure_description: failure?.description ?? null,
    needs_rework: failure?.needs_rework ?? null,
    inspector_id: ctx.actor.user_id,
    signed_at_ms,
  };
  const content = signedContent({ ...log, ...facts }, whole.plan, order, sealedRows);
  const timezone = plantZone(ctx, log.plant_id);
  const signature = signRecord(ctx, {
    entity_type: 'inspection_logs',
    entity_id: log.id,
    entity_identifier: `${order.order_number} ${order.build_number} ${log.plan_type} ${log.attempt_no}`,
    meaning: result === 'PASS' ? 'INSPECTION_PASSED' : 'INSPECTION_FAILED',
    declaration: declarationFor(whole.plan.declaration, result, {
      name: ctx.actor.full_name,
      date: timeInZone(signed_at_ms, timezone),
      locale: ctx.actor.locale,
    }),
    timezone,
    method,
    content,
  });
  ctx.update(inspection_logs, log.id, { ...facts, content_sha256: signature.content_sha256 });
  announceResult(ctx, log, result, failure, failedCodes(rows));
  const block =
    signatureOf(ctx, log.id) ?? refuse('row_not_found', { table: 'electronic_signatures', id: log.id });
  return { log_id: log.id, overall_result: result, signature: block };
}

/** The answer with its giver, written down although it may have been there already: a draft says more than is stored. */
const givenOf = ({ measured_text, measured_by, measured_at_ms, task_id, serial_id }: SignedRow['row']) => ({
  measured_text,
  measured_by,
  measured_at_ms,
  task_id,
  serial_id,
});

type JudgedRow = ReturnType<typeof judgedRows>[number];
const failedCodes = (rows: readonly JudgedRow[]): string[] =>
  rows.flatMap(({ state, ...signed }) => (state === 'fails' ? [answerKey(signed)] : []));

function refuseIncomplete(rows: readonly JudgedRow[]): never {
  const open = rows.filter(
    ({ state, is_required }) => is_required && state !== 'ok' && state !== 'not_applicable',
  );
  const shown = open.slice(0, 5).map(answerKey).join(', ');
  return refuse('inspection_incomplete', {
    count: open.length,
    codes: open.length > 5 ? `${shown}, …` : shown,
  });
}

/** A check that was answered with an instrument names it, and the instrument is within its calibration. */
function requireInstruments(ctx: ReadCtx, log: LogRow, rows: readonly JudgedRow[]): void {
  const used = new Set(log.instruments.map(i => i.instrument_type));
  const missing = rows.find(
    ({ check, state }) =>
      check.instrument_type !== null &&
      (state === 'ok' || state === 'fails') &&
      !used.has(check.instrument_type),
  );
  if (missing)
    refuse('instrument_missing', {
      code: missing.check.characteristic_code,
      instrument_type: missing.check.instrument_type,
    });
  refuseOverdue(ctx, log.instruments);
}

function checkedFailure(failure: Failure | null): Failure {
  if (!failure) return refuse('failure_missing');
  if (!(failure.category in INSPECTION_CATEGORIES))
    refuse('ncr_category_invalid', { category: failure.category });
  if (failure.description.length < SHORTEST_DESCRIPTION)
    refuse('ncr_description_short', { least: SHORTEST_DESCRIPTION });
  return failure;
}

function announceResult(
  ctx: CommandCtx,
  log: LogRow,
  overall_result: InspectionResult,
  failure: Failure | null,
  characteristic_codes: string[],
): void {
  ctx.announce({
    kind: 'inspection_submitted',
    order_id: log.order_id,
    log_id: log.id,
    plan_type: log.plan_type,
    overall_result,
    attempt_no: log.attempt_no,
    revision_no: log.revision_no,
    failure: failure && { ...failure, characteristic_codes },
  });
}

/** A signed record is corrected by a new revision that names its reason; the signed one stays as it is. */
export function correctForm(ctx: CommandCtx, { log_id, reason }: Input<'correctForm'>) {
  const log = logRow(ctx, log_id);
  const order = orderRow(ctx, log.order_id);
  requireFilling(ctx, log.plan_type, order);
  if (log.status !== 'SIGNED') refuse('inspection_not_signed');
  const attempts = attemptsOf(ctx, log.order_id, log.plan_type);
  if (attempts.find(a => a.status === 'SIGNED')?.log_id !== log.id) refuse('inspection_not_latest');
  if (attempts.some(a => a.status === 'DRAFT')) refuse('correction_open');
  ctx.because(reason);
  const { plant_id, order_id, plan_id, plan_type, attempt_no, configuration_revision } = log;
  const revision_no = nextRevision(ctx, order_id, plan_type, attempt_no);
  const next = ctx.insert(inspection_logs, {
    id: logId(order_id, plan_type, { attempt_no, revision_no }),
    plant_id,
    order_id,
    plan_id,
    plan_type,
    attempt_no,
    revision_no,
    configuration_revision,
    status: 'DRAFT',
    overall_result: 'INCOMPLETE',
    job_id: log.job_id,
    instruments: log.instruments,
    notes: log.notes,
    correction_of_id: log.id,
    correction_reason: reason,
  });
  for (const { id, answer_sha256, signed_at_ms, log_id: from, ...row } of measurementsOf(ctx, log.id)) {
    const { characteristic_id, repeat_index } = row;
    ctx.insert(inspection_measurements, {
      ...row,
      id: measurementId(next.id, characteristic_id, repeat_index),
      log_id: next.id,
    });
  }
  return { log_id: next.id };
}
