import type { FormRow } from '../../../../preload/contract/inspection.ts';
import { formatQuantity } from '../../../ui/formats.ts';
import type { Texts } from '../../../ui/texts.ts';

type Locale = 'en' | 'fr' | 'es';
const YES_NO = new Set(['YES', 'NO', 'NA', 'MOUNTED']);

/** A stored answer word as a person reads it: yes, no, the label of a choice, or the text itself. */
export function wordOf(row: FormRow, value: string, t: Texts, locale: Locale): string {
  const option = row.options.find(o => o.code === value);
  if (option) return option.label[locale];
  return row.data_type === 'TEXT' || !YES_NO.has(value) ? value : t(`answers.${kindOf(row)}${value}`);
}
/** A test passes or fails; any other check is answered with yes or no. */
const kindOf = (row: FormRow): string => (row.test_type ? 'test_' : '');

/** The whole answer in words. */
export function answerWords(row: FormRow, t: Texts, locale: Locale): string {
  if (!row.is_applicable || row.is_na) return t('answers.NA');
  const parts = [
    row.measured_text && wordOf(row, row.measured_text, t, locale),
    row.other_text,
    row.measured_value_e6 !== null && `${formatQuantity(row.measured_value_e6)} ${row.unit ?? ''}`.trim(),
  ];
  return parts.filter(Boolean).join(' · ');
}
/** `36 to 44 °C`, or one bound. */
export function limitWords(row: FormRow, t: Texts): string | null {
  const [lower, upper] = [row.lower_limit_e6, row.upper_limit_e6];
  const unit = row.unit ?? '';
  if (lower !== null && upper !== null)
    return t('limits.between', { lower: formatQuantity(lower), upper: formatQuantity(upper), unit });
  if (lower !== null) return t('limits.least', { lower: formatQuantity(lower), unit });
  return upper === null ? null : t('limits.most', { upper: formatQuantity(upper), unit });
}
/** What the configuration calls for, in words. */
export function expectedWords(row: FormRow, t: Texts, locale: Locale): string | null {
  if (row.expected_value === null || !row.is_applicable) return null;
  const words = wordOf(row, row.expected_value, t, locale);
  return t(row.data_type === 'COUNT' ? 'required' : 'expected', {
    value: `${words} ${row.unit && row.unit !== 'EA' ? row.unit : ''}`.trim(),
  });
}
