import type { AnswerState, InspectionResult } from '../../../preload/contract/inspection.ts';

/** A check as far as it decides whether an answer conforms. */
export interface Check {
  data_type: 'BOOLEAN' | 'TEXT' | 'NUMERIC' | 'CHOICE' | 'COUNT';
  is_required: boolean;
  is_informative: boolean;
  record_as: 'JOB_ID' | 'SIGNER_INITIALS' | 'FIRST_PASS' | null;
  unit: string | null;
  lower_limit_e6: number | null;
  upper_limit_e6: number | null;
  tolerance_e6: number | null;
  needs_file_role: string | null;
  /** Options that are to be explained in words. */
  options_asking_text: readonly string[];
}
export interface Given {
  is_applicable: boolean;
  expected_value: string | null;
  measured_text: string | null;
  measured_value_e6: number | null;
  is_na: boolean;
  other_text: string | null;
  note: string | null;
  /** Documents of the role the check needs, attached to the build. */
  documents: number;
}
const isFilled = (text: string | null): boolean => text !== null && text.trim() !== '';
const MILLION = 1_000_000;

/** Bounds conform. */
export function isInside(value_e6: number, check: Pick<Check, 'lower_limit_e6' | 'upper_limit_e6'>): boolean {
  return (
    (check.lower_limit_e6 === null || value_e6 >= check.lower_limit_e6) &&
    (check.upper_limit_e6 === null || value_e6 <= check.upper_limit_e6)
  );
}

/** How far an answer is and whether it conforms. */
export function stateOf(check: Check, given: Given): AnswerState {
  if (!given.is_applicable) return 'not_applicable';
  // The signature writes the initials.
  if (check.record_as === 'SIGNER_INITIALS') return 'ok';
  if (given.is_na) return given.expected_value === 'NA' || isFilled(given.note) ? 'ok' : 'note';
  switch (check.data_type) {
    case 'BOOLEAN':
      return stateOfYesNo(check, given);
    case 'TEXT':
      return isFilled(given.measured_text) ? 'ok' : 'open';
    case 'NUMERIC':
      return given.measured_value_e6 === null ? 'open' : stateOfNumber(check, given, given.measured_value_e6);
    case 'CHOICE':
      return stateOfChoice(check, given);
    case 'COUNT': {
      if (given.measured_text === 'MOUNTED') return 'ok';
      const packed_e6 = given.measured_value_e6;
      return packed_e6 !== null && packed_e6 === requiredE6(given) ? 'ok' : 'open';
    }
  }
}

/** How many are to be packed, in millionths. */
export const requiredE6 = ({ expected_value }: Pick<Given, 'expected_value'>): number =>
  Math.round(Number(expected_value ?? 0) * MILLION);

function stateOfYesNo(check: Check, given: Given): AnswerState {
  if (given.measured_text === null) return 'open';
  if (check.is_informative) return 'ok';
  if (given.measured_text !== 'YES') return 'fails';
  if (check.needs_file_role !== null && given.documents === 0) return 'file';
  if (check.unit === null) return 'ok';
  if (given.measured_value_e6 === null) return 'open';
  return stateOfNumber(check, given, given.measured_value_e6);
}
function stateOfNumber(check: Check, given: Given, value_e6: number): AnswerState {
  if (!isInside(value_e6, check)) return 'fails';
  if (check.tolerance_e6 === null || given.expected_value === null) return 'ok';
  const off_e6 = Math.abs(value_e6 - Math.round(Number(given.expected_value) * MILLION));
  return off_e6 <= check.tolerance_e6 ? 'ok' : 'fails';
}
function stateOfChoice(check: Check, given: Given): AnswerState {
  if (given.measured_text === null) return 'open';
  if (check.options_asking_text.includes(given.measured_text) && !isFilled(given.other_text)) return 'text';
  const isExpected = given.expected_value === null || given.expected_value === given.measured_text;
  return isExpected || isFilled(given.note) ? 'ok' : 'note';
}

export interface Judged {
  state: AnswerState;
  is_required: boolean;
}
/**
 * One failing required check fails the form, whatever is still open; with every required check answered and
 * conforming it passes.
 */
export function resultOf(rows: readonly Judged[]): InspectionResult {
  const required = rows.filter(row => row.is_required);
  if (required.some(row => row.state === 'fails')) return 'FAIL';
  return required.every(row => row.state === 'ok' || row.state === 'not_applicable') ? 'PASS' : 'INCOMPLETE';
}
export function progressOf(rows: readonly Judged[]) {
  const applicable = rows.filter(row => row.state !== 'not_applicable');
  return {
    answered: applicable.filter(row => row.state === 'ok' || row.state === 'fails').length,
    applicable: applicable.length,
    failing: applicable.filter(row => row.state === 'fails').length,
    result: resultOf(rows),
  };
}

/** At which step of an order each form is filled. */
export const DUE_AT = {
  PRE_QC: 'READY_FOR_PRE_QC',
  IN_PROCESS: 'READY_FOR_PRODUCTION',
  TEST: 'READY_FOR_PRODUCTION',
  PACKAGING: 'TESTING_COMPLETE',
  FINAL_QC: 'READY_FOR_FINAL_QC',
} as const;
/** Inspections of the quality department; the others belong to production. */
export const isQualityForm = (plan_type: keyof typeof DUE_AT): boolean =>
  plan_type === 'PRE_QC' || plan_type === 'FINAL_QC';
