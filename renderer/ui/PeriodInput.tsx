import { SegmentedControl } from '@mantine/core';
import { DayInput } from './DayInput.tsx';
import { daysOf, type PeriodChoice } from './period.ts';
import { useTexts } from './texts.ts';

interface Props {
  value: PeriodChoice;
  today: string;
  /** Lengths to choose with one click, in days. */
  lengths: readonly number[];
  onChange: (value: PeriodChoice) => void;
}
/** A number of days up to today with one click, or any first and last day. */
export function PeriodInput({ value, today, lengths, onChange }: Props) {
  const t = useTexts('ui');
  const days = daysOf(value, today);
  const day = (key: 'from' | 'to') => (
    <DayInput
      size="xs"
      w={118}
      aria-label={t(`period.${key}`)}
      value={days[key]}
      onChange={chosen => chosen && onChange({ ...days, [key]: chosen })}
    />
  );
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('period.label')}
        value={'last_days' in value ? String(value.last_days) : ''}
        onChange={chosen => onChange({ last_days: Number(chosen) })}
        data={lengths.map(count => ({ value: String(count), label: t('period.days', { count }) }))}
      />
      {day('from')}
      {day('to')}
    </>
  );
}
