import { DateInput, type DateInputProps } from '@mantine/dates';
import { useState } from 'react';
import { readDay } from './day-text.ts';
import { useTexts } from './texts.ts';

type Taken = 'value' | 'onChange' | 'valueFormat' | 'dateParser' | 'fixOnBlur' | 'onInput';
interface Props extends Omit<DateInputProps, Taken> {
  /** YYYY-MM-DD, or nothing. */
  value: string;
  onChange: (day: string) => void;
}
/** A day, typed or chosen. What is no day stays in the field with the reason and counts as not given. */
export function DayInput({ value, onChange, onBlur, error, ...props }: Props) {
  const t = useTexts('ui');
  const [typed, setTyped] = useState('');
  const [isLeft, setLeft] = useState(false);
  const isUnread = typed.trim() !== '' && readDay(typed) === null;
  return (
    <DateInput
      valueFormat="YYYY-MM-DD"
      placeholder={t('day.form')}
      clearButtonProps={{ 'aria-label': t('clear') }}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      {...props}
      value={value || null}
      dateParser={readDay}
      fixOnBlur={!isUnread}
      error={isUnread && isLeft ? t('day.unread') : error}
      onInput={event => {
        setTyped(event.currentTarget.value);
        setLeft(false);
      }}
      onChange={day => {
        if (day !== readDay(typed)) setTyped('');
        onChange(day ?? '');
      }}
      onBlur={event => {
        setLeft(true);
        if (isUnread && value !== '') onChange('');
        onBlur?.(event);
      }}
    />
  );
}
