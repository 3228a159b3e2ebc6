import { and, count, eq } from 'drizzle-orm';
import { t } from '../../../db/sqlite/tables.ts';
import type { Attempt, Form, FormProgress, FormRow } from '../../../preload/contract/inspection.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { conditionWords } from '../catalogue/condition-words.rules.ts';
import { signedAt } from '../identity/signature.service.ts';
import { type OrderRow, orderRow } from '../orders/order-rows.service.ts';
import { mayRead, requireReading, whyNotFilled } from './access.service.ts';
import { type AnsweredRow, answersOf } from './answers.service.ts';
import { documentsShown } from './check-documents.service.ts';
import { type Check, progressOf, stateOf } from './conformity.rules.ts';
import { modelOfBuild, optionsFor, shownCheck } from './form-rows.service.ts';
import { type LogRow, logRow, type MeasurementRow } from './log-rows.service.ts';
import { type CheckRow, type PlanParts, partsOf, planRow } from './plan-store.service.ts';
import { latestResult } from './results.service.ts';

/** Documents attached to a build, counted by role. */
export function documentsOf(ctx: ReadCtx, order_id: string): Record<string, number> {
  const { file_links: l, file_uploads: f } = t;
  const rows = ctx.db
    .select({ link_role: l.link_role, files: count() })
    .from(l)
    .innerJoin(f, eq(f.id, l.file_upload_id))
    .where(
      and(
        eq(l.entity_type, 'orders'),
        eq(l.entity_id, order_id),
        eq(l.is_active, true),
        eq(f.is_active, true),
      ),
    )
    .groupBy(l.link_role)
    .all();
  return Object.fromEntries(rows.map(({ link_role, files }) => [link_role, files]));
}

export const checkFacts = (row: CheckRow): Check => ({
  data_type: row.data_type,
  is_required: row.is_required,
  is_informative: row.is_informative,
  record_as: row.record_as,
  unit: row.unit,
  lower_limit_e6: row.lower_limit_e6,
  upper_limit_e6: row.upper_limit_e6,
  tolerance_e6: row.tolerance_e6,
  needs_file_role: row.needs_file_role,
  options_asking_text: row.options.flatMap(option => (option.asks_text ? [option.code] : [])),
});

export function judged(check: CheckRow, row: MeasurementRow, documents: Record<string, number>) {
  const given = { ...row, documents: check.needs_file_role ? (documents[check.needs_file_role] ?? 0) : 0 };
  return { state: stateOf(checkFacts(check), given), is_required: check.is_required };
}

/** How far a form is. */
export const progressOfLog = (ctx: ReadCtx, log: LogRow, parts: PlanParts): FormProgress =>
  progressOfAnswers(ctx, log, answersOf(ctx, log, parts));
export function progressOfAnswers(ctx: ReadCtx, log: LogRow, rows: readonly AnsweredRow[]): FormProgress {
  const documents = documentsOf(ctx, log.order_id);
  return progressOf(rows.map(({ check, row }) => judged(check, row, documents)));
}

export interface RowSources {
  order: OrderRow;
  documents: Record<string, number>;
  initials: ReadonlyMap<string, string>;
  options: ReturnType<typeof optionsFor>;
}
export function rowSources(ctx: ReadCtx, order: OrderRow, checks: readonly CheckRow[]): RowSources {
  return {
    order,
    documents: documentsOf(ctx, order.id),
    initials: new Map(
      ctx.sql
        .all<{ id: string; initials: string }>('select id, initials from users')
        .map(u => [u.id, u.initials]),
    ),
    options: optionsFor(ctx, order, checks),
  };
}

/** A row as screens and prints show it. */
export function shownRow(ctx: ReadCtx, check: CheckRow, row: MeasurementRow, sources: RowSources): FormRow {
  const { state } = judged(check, row, sources.documents);
  const rule = row.is_applicable ? null : check.applies_when;
  return {
    measurement_id: row.id,
    row_version: row.row_version,
    ...shownCheck(check),
    repeat_index: row.repeat_index,
    item_label: row.item_label,
    is_applicable: row.is_applicable,
    rule,
    rule_words:
      rule === null
        ? null
        : conditionWords(
            modelOfBuild(ctx, sources.order).compiled.model,
            rule,
            check.is_repeated_per ?? undefined,
          ),
    expected_value: row.expected_value,
    options: sources
      .options(check, row.repeat_index)
      .map(option => ({ code: option.code, label: option.label, asks_text: option.asks_text ?? false })),
    measured_text: row.measured_text,
    measured_value_e6: row.measured_value_e6,
    is_na: row.is_na,
    other_text: row.other_text,
    note: row.note,
    files: row.files,
    measured_by_initials: row.measured_by ? (sources.initials.get(row.measured_by) ?? '') : null,
    measured_at_ms: row.measured_at_ms,
    from_task_code: row.task_id && taskCode(ctx, row.task_id),
    state,
  };
}

const taskCode = (ctx: ReadCtx, task_id: string): string | null =>
  ctx.sql.get<{ task_code: string }>('select task_code from operation_tasks where id = ?', [task_id])
    ?.task_code ?? null;

type StoredAttempt = Omit<Attempt, 'log_id'> & { log_id: LogRow['id'] };
/** Every attempt and revision of one kind of form, newest first; drafts that were put aside included. */
export const attemptsOf = (ctx: ReadCtx, order_id: string, plan_type: string): Attempt[] =>
  ctx.sql.all<StoredAttempt>(
    `select l.id as log_id, l.attempt_no, l.revision_no, p.plan_version, l.status, l.overall_result, l.signed_at_ms,
       u.full_name as inspector_name, l.correction_reason
     from inspection_logs l join inspection_plans p on p.id = l.plan_id left join users u on u.id = l.inspector_id
     where l.order_id = ? and l.plan_type = ? order by l.attempt_no desc, l.revision_no desc`,
    [order_id, plan_type],
  );

/** The signature under a record, as it is shown and printed. */
export function signatureOf(ctx: ReadCtx, log_id: string): Form['signature'] {
  const s = t.electronic_signatures;
  const row = ctx.db
    .select()
    .from(s)
    .where(and(eq(s.entity_type, 'inspection_logs'), eq(s.entity_id, log_id)))
    .get();
  if (!row) return null;
  const { signer_name, signer_initials, signed_at_ms, meaning, declaration, signed_text, content_sha256 } =
    row;
  return {
    signature_id: row.id,
    signer_name,
    signer_initials,
    signed_at_ms,
    signed_at: signedAt(row),
    meaning,
    declaration,
    signed_text,
    content_sha256,
  };
}

/** A whole form with its rows by section. Refuses `row_not_found` and `not_allowed`. */
export function getForm(ctx: ReadCtx, { log_id }: { log_id: string }): Form {
  const log = logRow(ctx, log_id);
  requireReading(ctx, log.plan_type);
  const order = orderRow(ctx, log.order_id);
  const plan = planRow(ctx, log.plan_id);
  const parts = partsOf(ctx, plan.id);
  const sources = rowSources(ctx, order, parts.checks);
  const rows = Map.groupBy(answersOf(ctx, log, parts), ({ check }) => check.id);
  const sections = parts.points.map(point => ({
    code: point.point_code,
    name: point.point_name,
    rows: byRepetition(
      parts.checks
        .filter(check => check.point_id === point.id)
        .flatMap(check => (rows.get(check.id) ?? []).map(({ row }) => shownRow(ctx, check, row, sources))),
    ),
  }));
  const attempts = attemptsOf(ctx, order.id, log.plan_type);
  const is_latest = attempts.find(a => a.status === 'SIGNED')?.log_id === log.id;
  const may_act = whyNotFilled(ctx, log.plan_type, order) === null;
  return {
    log_id: log.id,
    order_id: order.id,
    order_number: order.order_number,
    build_number: order.build_number,
    customer_name: order.customer_name,
    project_name: order.project_name,
    plan_id: plan.id,
    plan_type: plan.plan_type,
    plan_code: plan.plan_code,
    plan_version: plan.plan_version,
    plan_status: plan.status,
    form_id: plan.form_id,
    plan_name: plan.plan_name,
    declaration: plan.declaration,
    setup: plan.setup,
    status: log.status,
    overall_result: log.overall_result,
    attempt_no: log.attempt_no,
    revision_no: log.revision_no,
    job_id: log.job_id,
    notes: log.notes,
    instruments: log.instruments,
    correction_of_id: log.correction_of_id,
    correction_reason: log.correction_reason,
    failure: failureOf(log),
    sections,
    progress: progressOf(sections.flatMap(section => section.rows)),
    signature: signatureOf(ctx, log.id),
    attempts,
    shown_results: shownResults(ctx, order, parts.checks),
    documents: documentsShown(ctx, order.id, parts.checks),
    order_files: sources.documents,
    may_fill: log.status === 'DRAFT' && may_act,
    may_correct: is_latest && may_act,
  };
}
const failureOf = (log: LogRow): Form['failure'] =>
  log.failure_category === null
    ? null
    : {
        category: log.failure_category,
        description: log.failure_description ?? '',
        needs_rework: log.needs_rework ?? false,
      };

/** Basin by basin as on paper: all checks of the first basin, then those of the second. */
const byRepetition = (rows: FormRow[]): FormRow[] =>
  rows.every(row => row.repeated_per === 'basins')
    ? [...rows].sort((a, b) => a.repeat_index - b.repeat_index)
    : rows;

function shownResults(ctx: ReadCtx, order: OrderRow, checks: readonly CheckRow[]): Form['shown_results'] {
  const kinds = [...new Set(checks.flatMap(c => (c.shows_plan_type ? [c.shows_plan_type] : [])))];
  return Object.fromEntries(
    kinds.map(kind => {
      const result = mayRead(ctx, kind) ? latestResult(ctx, order.id, kind) : null;
      const { log_id, overall_result } = result ?? {};
      return [kind, result?.is_signed && log_id && overall_result ? { log_id, overall_result } : null];
    }),
  );
}
