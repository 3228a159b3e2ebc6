import type { RowOf } from '../../../db/kit/define-table.ts';
import type { inspection_characteristics, inspection_measurements } from '../../../db/schema/quality.ts';

type Check = RowOf<typeof inspection_characteristics>;
type Measurement = RowOf<typeof inspection_measurements>;

/** Nobody answered by hand; a note or a photo alone is no answer. */
export const isUnanswered = (
  row: Pick<Measurement, 'measured_text' | 'measured_value_e6' | 'is_na'>,
): boolean => row.measured_text === null && row.measured_value_e6 === null && !row.is_na;

/**
 * What finished work says to a check: yes, or the choice the configuration calls for. Null where a person has to look
 * or measure.
 */
export function answerOfWork(
  check: Pick<Check, 'data_type' | 'unit' | 'record_as' | 'is_informative'>,
  row: Pick<Measurement, 'is_applicable' | 'expected_value'>,
): string | null {
  if (!row.is_applicable || check.record_as !== null || check.is_informative) return null;
  if (row.expected_value === 'NA') return null;
  if (check.data_type === 'CHOICE') return row.expected_value;
  return check.data_type === 'BOOLEAN' && check.unit === null ? 'YES' : null;
}

/** A check that identifies a part: its answer is kept with the serial numbers of the build. */
export const identifiesPart = <C extends Pick<Check, 'data_type' | 'material_number'>>(
  check: C,
): check is C & { material_number: string } => check.data_type === 'TEXT' && check.material_number !== null;
