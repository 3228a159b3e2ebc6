import type { Answer } from '../../../preload/contract/inspection.ts';
import { refuse } from '../../rpc/refusal.ts';

interface Asked {
  characteristic_code: string;
  data_type: 'BOOLEAN' | 'TEXT' | 'NUMERIC' | 'CHOICE' | 'COUNT';
  can_be_na: boolean;
  unit: string | null;
  record_as: string | null;
}
/**
 * An answer of the kind the check asks for; whether it conforms is another question. Refuses `na_not_possible`,
 * `answer_not_possible`, `packed_too_many`.
 */
export function refuseImpossible(
  check: Asked,
  answer: Answer,
  known: { options: readonly string[]; required_e6: number },
): void {
  const code = check.characteristic_code;
  const impossible = (): never => refuse('answer_not_possible', { code });
  const { measured_text: text, measured_value_e6: value_e6 } = answer;
  if (check.record_as === 'SIGNER_INITIALS') impossible();
  if (answer.is_na) {
    if (!check.can_be_na) refuse('na_not_possible', { code });
    if (text !== null || value_e6 !== null) impossible();
    return;
  }
  switch (check.data_type) {
    case 'BOOLEAN':
      if (text !== null && text !== 'YES' && text !== 'NO') impossible();
      if (value_e6 !== null && check.unit === null) impossible();
      return;
    case 'TEXT':
      if (value_e6 !== null) impossible();
      return;
    case 'NUMERIC':
      if (text !== null) impossible();
      return;
    case 'CHOICE':
      if (value_e6 !== null || (text !== null && !known.options.includes(text))) impossible();
      return;
    case 'COUNT':
      if (text !== null && !known.options.includes(text)) impossible();
      if (value_e6 !== null && value_e6 < 0) impossible();
      if (value_e6 !== null && value_e6 > known.required_e6)
        refuse('packed_too_many', { code, required: known.required_e6 / 1_000_000 });
  }
}
