import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DECIMAL_MARKS, decimalMark } from './formats.ts';

type Typed = string | number;
type Props = Omit<
  NumberInputProps,
  'value' | 'defaultValue' | 'onChange' | 'decimalSeparator' | 'allowedDecimalSeparators'
> & { value?: Typed | undefined; onChange: (value: Typed) => void };

/**
 * The one field for a number: takes comma and point, shows the mark of the language. What is being typed stays as it
 * is while it means the number it holds: `101,` would otherwise become `101` under the hand, and `1017` with the next key.
 */
export function NumberField({ value = '', onChange, onBlur, ...rest }: Props) {
  const { i18n } = useTranslation();
  const [typed, setTyped] = useState<Typed | null>(null);
  const isMeant = typed !== null && value !== '' && Number(typed) === Number(value);
  return (
    <NumberInput
      {...rest}
      value={isMeant ? typed : value}
      decimalSeparator={decimalMark(i18n.language)}
      allowedDecimalSeparators={DECIMAL_MARKS}
      onChange={next => {
        setTyped(next);
        onChange(next);
      }}
      onBlur={event => {
        setTyped(null);
        onBlur?.(event);
      }}
    />
  );
}
