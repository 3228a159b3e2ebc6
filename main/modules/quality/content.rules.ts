import type { RowOf } from '../../../db/kit/define-table.ts';
import type {
  inspection_characteristics,
  inspection_logs,
  inspection_measurements,
  inspection_plans,
} from '../../../db/schema/quality.ts';
import { canonical, sha256 } from '../../platform/canonical.ts';

type Log = RowOf<typeof inspection_logs>;
type Plan = RowOf<typeof inspection_plans>;
type Check = RowOf<typeof inspection_characteristics>;
type Measurement = RowOf<typeof inspection_measurements>;
export interface SignedRow {
  check: Check;
  row: Measurement;
}
/** `I07` or `I15.2` for the second basin. */
export const answerKey = ({ check, row }: SignedRow): string =>
  row.repeat_index === 0 ? check.characteristic_code : `${check.characteristic_code}.${row.repeat_index}`;

const answerOf = (row: Measurement) => ({
  measured_text: row.measured_text,
  measured_value_e6: row.measured_value_e6,
  is_na: row.is_na,
  other_text: row.other_text,
  note: row.note,
  files: row.files,
});
/**
 * Hash of an answer while the form is open, with who gave it and when: the same answer given at another station is
 * another one, and a signature that has not seen it conflicts.
 */
export const answerDigest = (row: Measurement): string => sha256(canonical(givenBy(row)));
const givenBy = (row: Measurement) => ({
  ...answerOf(row),
  measured_by: row.measured_by,
  measured_at_ms: row.measured_at_ms,
  task_id: row.task_id,
  serial_id: row.serial_id,
});
/** Hash of an answer as it was signed: bound to its record and moment, so it never equals that of an open answer. */
export const sealedDigest = (row: Measurement, signed_at_ms: number): string =>
  sha256(canonical({ ...givenBy(row), log_id: row.log_id, signed_at_ms }));

/**
 * What a signature covers: the record, the form with the words of every check, and every answer. Only what is stored
 * in the rows themselves, so that it can be built again at any time.
 */
export function signedContent(
  log: Log,
  plan: Plan,
  order: { order_number: string; build_number: string },
  rows: readonly SignedRow[],
): Record<string, unknown> {
  return {
    record: {
      log_id: log.id,
      order_id: log.order_id,
      order_number: order.order_number,
      build_number: order.build_number,
      plan_type: log.plan_type,
      attempt_no: log.attempt_no,
      revision_no: log.revision_no,
      configuration_revision: log.configuration_revision,
      overall_result: log.overall_result,
      job_id: log.job_id,
      instruments: log.instruments,
      notes: log.notes,
      correction_of_id: log.correction_of_id,
      correction_reason: log.correction_reason,
      failure_category: log.failure_category,
      failure_description: log.failure_description,
      needs_rework: log.needs_rework,
      inspector_id: log.inspector_id,
      signed_at_ms: log.signed_at_ms,
    },
    form: {
      plan_code: plan.plan_code,
      plan_version: plan.plan_version,
      form_id: plan.form_id,
      plan_name: plan.plan_name,
      declaration: plan.declaration,
    },
    answers: Object.fromEntries(rows.map(signed => [answerKey(signed), signedAnswer(signed)])),
  };
}
const signedAnswer = ({ check, row }: SignedRow) => ({
  name: check.characteristic_name,
  item_label: row.item_label,
  is_applicable: row.is_applicable,
  expected_value: row.expected_value,
  unit: check.unit,
  lower_limit_e6: check.lower_limit_e6,
  upper_limit_e6: check.upper_limit_e6,
  ...answerOf(row),
  is_conforming: row.is_conforming,
  measured_by: row.measured_by,
  measured_at_ms: row.measured_at_ms,
  task_id: row.task_id,
  serial_id: row.serial_id,
  answer_sha256: row.answer_sha256,
});

export interface Difference {
  kind: 'content_changed' | 'answer_removed' | 'answer_added';
  where: string;
  signed: string;
  found: string;
}
type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

/** Every place where a record is not what was signed. */
export function differencesOf(signed: Fields, found: Fields): Difference[] {
  const [before, after] = [fieldsOf(signed.answers), fieldsOf(found.answers)];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const answers = keys.flatMap((key): Difference[] => {
    if (!(key in after))
      return [{ kind: 'answer_removed', where: key, signed: canonical(before[key]), found: '' }];
    if (!(key in before))
      return [{ kind: 'answer_added', where: key, signed: '', found: canonical(after[key]) }];
    return changedFields(key, fieldsOf(before[key]), fieldsOf(after[key]));
  });
  return [
    ...changedFields('record', fieldsOf(signed.record), fieldsOf(found.record)),
    ...changedFields('form', fieldsOf(signed.form), fieldsOf(found.form)),
    ...answers,
  ];
}
function changedFields(at: string, before: Fields, after: Fields): Difference[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key): Difference[] => {
    const [signed, found] = [canonical(before[key] ?? null), canonical(after[key] ?? null)];
    return signed === found ? [] : [{ kind: 'content_changed', where: `${at}, ${key}`, signed, found }];
  });
}
