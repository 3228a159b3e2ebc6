import { inspection_logs, inspection_measurements } from '../../../db/schema/quality.ts';
import type { Answer, inspections, PlanType } from '../../../preload/contract/inspection.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import { seedId } from '../../platform/seed-id.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { fileFacts } from '../infrastructure/files.service.ts';
import { type OrderRow, orderRow } from '../orders/order-rows.service.ts';
import { captureInForm } from '../traceability/serials.service.ts';
import { requireFilling } from './access.service.ts';
import { refuseImpossible } from './answer.rules.ts';
import { identifiesPart, isUnanswered } from './answers.rules.ts';
import { type AnsweredRow, answerNow, answersOf, identifiedParts, storedRows } from './answers.service.ts';
import { DUE_AT, requiredE6 } from './conformity.rules.ts';
import { answerDigest } from './content.rules.ts';
import { documentsOf, judged, progressOfAnswers, rowSources, shownRow } from './form.service.ts';
import { modelOfBuild, optionsFor, type PlannedRow, plannedRows } from './form-rows.service.ts';
import { instrumentsForUse } from './instruments.service.ts';
import { type LogRow, logRow, type MeasurementRow, measurementsOf } from './log-rows.service.ts';
import {
  activePlan,
  type CheckRow,
  type PlanParts,
  type PlanRow,
  partsOf,
  planRow,
} from './plan-store.service.ts';
import { latestResult } from './results.service.ts';

type Input<P extends keyof typeof inspections> = ParsedInputOf<(typeof inspections)[P]>;
const E6 = 1_000_000;

/** Refuses `inspection_not_due`, and `production_check_missing` for a test before the production check was signed. */
export function requireDue(ctx: ReadCtx, order: OrderRow, plan_type: PlanType): void {
  if (order.order_status !== DUE_AT[plan_type])
    refuse('inspection_not_due', { order_status: order.order_status, due_at: DUE_AT[plan_type] });
  if (plan_type !== 'TEST') return;
  const check = latestResult(ctx, order.id, 'IN_PROCESS');
  if (!check?.is_signed || check.overall_result !== 'PASS') refuse('production_check_missing');
}

/** The draft of a build; made from the valid form when there is none, brought up to date when the configuration moved. */
export function openForm(ctx: CommandCtx, { order_id, plan_type }: Input<'openForm'>) {
  const order = orderRow(ctx, order_id);
  requireFilling(ctx, plan_type, order);
  const draft = draftOf(ctx, order.id, plan_type);
  if (draft) {
    if (draft.configuration_revision !== order.configuration_revision) bringUpToDate(ctx, order, draft);
    return { log_id: draft.id, is_new: false };
  }
  requireDue(ctx, order, plan_type);
  const { family } = modelOfBuild(ctx, order).compiled.model;
  const plan = activePlan(ctx, plan_type, family) ?? refuse('plan_missing', { plan_type, family });
  return { log_id: createLog(ctx, order, plan).id, is_new: true };
}

export function draftOf(ctx: ReadCtx, order_id: string, plan_type: PlanType): LogRow | null {
  const row = ctx.sql.get<{ id: string }>(
    `select id from inspection_logs where order_id = ? and plan_type = ? and status = 'DRAFT'
     order by attempt_no desc, revision_no desc limit 1`,
    [order_id, plan_type],
  );
  return row ? logRow(ctx, row.id) : null;
}

/** Attempts count the signed ones; a draft that was put aside leaves its revision number used. */
function nextPlace(ctx: ReadCtx, order_id: string, plan_type: PlanType) {
  const place = ctx.sql.get<{ attempt_no: number | null }>(
    "select max(attempt_no) as attempt_no from inspection_logs where order_id = ? and plan_type = ? and status = 'SIGNED'",
    [order_id, plan_type],
  );
  const attempt_no = (place?.attempt_no ?? 0) + 1;
  return { attempt_no, revision_no: nextRevision(ctx, order_id, plan_type, attempt_no) };
}
export function nextRevision(
  ctx: ReadCtx,
  order_id: string,
  plan_type: PlanType,
  attempt_no: number,
): number {
  const held = ctx.sql.get<{ revision_no: number | null }>(
    'select max(revision_no) as revision_no from inspection_logs where order_id = ? and plan_type = ? and attempt_no = ?',
    [order_id, plan_type, attempt_no],
  );
  return (held?.revision_no ?? 0) + 1;
}

/**
 * Ids follow from the build, the kind and the attempt: two stations that open the same form without hearing of each
 * other open one form, and their answers meet check by check.
 */
function createLog(ctx: CommandCtx, order: OrderRow, plan: PlanRow): LogRow {
  const place = nextPlace(ctx, order.id, plan.plan_type);
  const log = ctx.insert(inspection_logs, {
    id: logId(order.id, plan.plan_type, place),
    plant_id: order.plant_id,
    order_id: order.id,
    plan_id: plan.id,
    plan_type: plan.plan_type,
    ...place,
    configuration_revision: order.configuration_revision,
    status: 'DRAFT',
    overall_result: 'INCOMPLETE',
    instruments: [],
  });
  for (const planned of plannedRows(ctx, order, partsOf(ctx, plan.id).checks)) insertRow(ctx, log, planned);
  return log;
}
export const logId = (
  order_id: string,
  plan_type: PlanType,
  place: { attempt_no: number; revision_no: number },
): LogRow['id'] =>
  seedId('inspection_logs', `${order_id} ${plan_type} ${place.attempt_no} ${place.revision_no}`);
export const measurementId = (log_id: string, characteristic_id: string, repeat_index: number) =>
  seedId('inspection_measurements', `${log_id} ${characteristic_id} ${repeat_index}`);

function insertRow(ctx: CommandCtx, log: LogRow, planned: PlannedRow): void {
  const { check, repeat_index, item_label, is_applicable, expected_value } = planned;
  const row = ctx.insert(inspection_measurements, {
    id: measurementId(log.id, check.id, repeat_index),
    log_id: log.id,
    characteristic_id: check.id,
    repeat_index,
    item_label,
    is_applicable,
    expected_value,
    ...(is_applicable ? firstAnswer(check, planned.default_value, log.attempt_no) : {}),
    files: [],
  });
  const answered = row.measured_text !== null || row.measured_value_e6 !== null;
  if (answered) ctx.update(inspection_measurements, row.id, { answer_sha256: answerDigest(row) });
}
function firstAnswer(check: CheckRow, value: string | null, attempt_no: number) {
  if (check.record_as === 'FIRST_PASS') return { measured_text: attempt_no === 1 ? 'YES' : 'NO' };
  if (value === null) return {};
  return check.data_type === 'NUMERIC' || check.data_type === 'COUNT'
    ? { measured_value_e6: Math.round(Number(value) * E6) }
    : { measured_text: value };
}

/** The configuration was revised while the form was open: rows follow it, answers that still apply stay. */
function bringUpToDate(ctx: CommandCtx, order: OrderRow, log: LogRow): void {
  const held = new Map<string, MeasurementRow>(measurementsOf(ctx, log.id).map(row => [row.id, row]));
  for (const planned of plannedRows(ctx, order, partsOf(ctx, log.plan_id).checks)) {
    const id = measurementId(log.id, planned.check.id, planned.repeat_index);
    const row = held.get(id);
    held.delete(id);
    const { item_label, is_applicable, expected_value } = planned;
    if (!row) insertRow(ctx, log, planned);
    else ctx.update(inspection_measurements, row.id, { item_label, is_applicable, expected_value });
  }
  for (const row of held.values()) ctx.update(inspection_measurements, row.id, { is_applicable: false });
  ctx.update(inspection_logs, log.id, { configuration_revision: order.configuration_revision });
}

interface OpenRow {
  /** As it is stored. */
  row: MeasurementRow;
  log: LogRow;
  order: OrderRow;
  check: CheckRow;
  parts: PlanParts;
  rows: AnsweredRow[];
}
/** A row of a draft that this person may fill. Refuses `inspection_signed` and what access refuses. */
function openRow(ctx: CommandCtx, measurement_id: string): OpenRow {
  const held = ctx.sql.get<{ log_id: string }>('select log_id from inspection_measurements where id = ?', [
    measurement_id,
  ]);
  const log = logRow(ctx, held?.log_id ?? unknownRow(measurement_id));
  const order = orderRow(ctx, log.order_id);
  requireFilling(ctx, log.plan_type, order);
  requireDraft(log);
  const parts = partsOf(ctx, log.plan_id);
  const rows = storedRows(ctx, log, parts);
  const found = rows.find(({ row }) => row.id === measurement_id) ?? unknownRow(measurement_id);
  return { ...found, log, order, parts, rows };
}
const unknownRow = (id: string): never => refuse('row_not_found', { table: 'inspection_measurements', id });
export function requireDraft(log: LogRow): void {
  if (log.status !== 'DRAFT') refuse('inspection_signed');
}

export function saveAnswer(ctx: CommandCtx, { measurement_id, answer }: Input<'saveAnswer'>) {
  const open = openRow(ctx, measurement_id);
  const { row, log, order, check } = open;
  const given = {
    ...answer,
    measured_text: answer.measured_text || null,
    other_text: answer.other_text || null,
    note: answer.note || null,
  };
  if (!row.is_applicable) refuse('answer_not_applicable', { code: check.characteristic_code });
  const options = optionsFor(ctx, order, [check])(check, row.repeat_index).map(option => option.code);
  refuseImpossible(check, given, { options, required_e6: requiredE6(row) });
  if (check.is_unique && !identifiesPart(check) && given.measured_text)
    refuseTaken(ctx, open, given.measured_text);
  const answered = { ...answeredBy(ctx, open, given), other_text: given.other_text, note: given.note };
  const next = { ...row, ...answered };
  ctx.update(inspection_measurements, row.id, {
    ...answered,
    answer_sha256: answerDigest(next),
    is_conforming: conformsOf(check, next, documentsOf(ctx, order.id)),
  });
  if (check.record_as === 'JOB_ID')
    ctx.update(inspection_logs, log.id, { job_id: given.measured_text?.slice(0, 50) ?? null });
  return shown(ctx, open);
}
const NOTHING = {
  measured_text: null,
  measured_value_e6: null,
  is_na: false,
  measured_by: null,
  measured_at_ms: null,
  task_id: null,
  serial_id: null,
};
/**
 * What is stored of an answer: nothing where the serial numbers of the build hold it, nor where only a note was given
 * beside what the work says.
 */
function answeredBy(ctx: CommandCtx, { row, log, order, check, rows }: OpenRow, given: Answer) {
  const now = answerNow(ctx, log, rows, { check, row });
  const isSame =
    given.measured_text === now.measured_text &&
    given.measured_value_e6 === now.measured_value_e6 &&
    given.is_na === now.is_na;
  const isDerived = isUnanswered(row);
  const isRemark = given.note !== row.note || given.other_text !== row.other_text;
  if (isSame && isDerived && (isRemark || identifiesPart(check))) return NOTHING;
  if (!isSame && !given.is_na && identifiesPart(check)) {
    captureInForm(ctx, order, identifiedParts(ctx, order, rows)(check, row), given.measured_text);
    return NOTHING;
  }
  return { ...NOTHING, ...given, measured_by: ctx.actor.user_id, measured_at_ms: ctx.now_ms };
}
export function conformsOf(
  check: CheckRow,
  row: MeasurementRow,
  documents: Record<string, number>,
): boolean | null {
  const { state } = judged(check, row, documents);
  return state === 'ok' || state === 'not_applicable' ? true : state === 'fails' ? false : null;
}
function shown(ctx: CommandCtx, { row, log, order, check, parts }: OpenRow) {
  const answers = answersOf(ctx, log, parts);
  const now = answers.find(one => one.row.id === row.id)?.row ?? unknownRow(row.id);
  return {
    row: shownRow(ctx, check, now, rowSources(ctx, order, [check])),
    progress: progressOfAnswers(ctx, log, answers),
  };
}

const TAKEN = `select o.order_number, o.build_number, m.repeat_index from inspection_measurements m
  join inspection_logs l on l.id = m.log_id join orders o on o.id = l.order_id
  where m.measured_text = ? and l.status <> 'DISCARDED' and not (l.order_id = ? and m.repeat_index = ?)
    and m.characteristic_id in (select id from inspection_characteristics where is_unique = 1 and material_number is ?)
  limit 1`;
/** Of no part of the build, the text exists once all the same; the same build may show it again in its next attempt. */
function refuseTaken(ctx: ReadCtx, { row, log, check }: OpenRow, serial: string): void {
  const taken = ctx.sql.get<{ order_number: string; build_number: string; repeat_index: number }>(TAKEN, [
    serial,
    log.order_id,
    row.repeat_index,
    check.material_number,
  ]);
  if (taken) refuse('serial_used', { serial, build: `${taken.order_number} ${taken.build_number}` });
}

export function attachFile(ctx: CommandCtx, { measurement_id, file_upload_id }: Input<'attachFile'>) {
  const open = openRow(ctx, measurement_id);
  const { id, original_name, sha256 } = fileFacts(ctx, file_upload_id);
  const others = open.row.files.filter(file => file.file_upload_id !== file_upload_id);
  return withFiles(ctx, open, [...others, { file_upload_id: id, original_name, sha256 }]);
}
export function detachFile(ctx: CommandCtx, { measurement_id, file_upload_id }: Input<'detachFile'>) {
  const open = openRow(ctx, measurement_id);
  return withFiles(
    ctx,
    open,
    open.row.files.filter(file => file.file_upload_id !== file_upload_id),
  );
}
function withFiles(ctx: CommandCtx, open: OpenRow, files: MeasurementRow['files']) {
  const next = { ...open.row, files };
  ctx.update(inspection_measurements, open.row.id, { files, answer_sha256: answerDigest(next) });
  return shown(ctx, open);
}

/** Notes and instruments of the whole form. */
export function setHeader(ctx: CommandCtx, { log_id, notes, instrument_ids }: Input<'setHeader'>) {
  const log = logRow(ctx, log_id);
  requireFilling(ctx, log.plan_type, orderRow(ctx, log.order_id));
  requireDraft(log);
  const instruments = instrumentsForUse(ctx, instrument_ids);
  const saved = ctx.update(inspection_logs, log.id, { notes: notes || null, instruments });
  return { notes: saved.notes, instruments: saved.instruments };
}

export function discardForm(ctx: CommandCtx, { log_id, reason }: Input<'discardForm'>) {
  const log = logRow(ctx, log_id);
  requireFilling(ctx, log.plan_type, orderRow(ctx, log.order_id));
  requireDraft(log);
  ctx.because(reason);
  ctx.update(inspection_logs, log.id, { status: 'DISCARDED' });
  return {};
}

/** The form a log was made with, and what it says. */
export function wholeLog(ctx: ReadCtx, log: LogRow) {
  const plan = planRow(ctx, log.plan_id);
  const parts = partsOf(ctx, plan.id);
  return { plan, parts, rows: answersOf(ctx, log, parts) };
}
