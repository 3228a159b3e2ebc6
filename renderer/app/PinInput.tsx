import { PasswordInput } from '@mantine/core';
import { useTexts } from '../ui/texts.ts';

/** Four to eight digits, hidden; anything but digits is not taken. */
export const isPin = (text: string): boolean => /^\d{4,8}$/.test(text);

interface Props {
  label: string;
  description?: string;
  value: string;
  onChange: (pin: string) => void;
  startsHere?: boolean;
}
export function PinInput({ label, description, value, onChange, startsHere = false }: Props) {
  const t = useTexts('app');
  return (
    <PasswordInput
      data-autofocus={startsHere || undefined}
      autoFocus={startsHere}
      label={label}
      description={description}
      inputMode="numeric"
      autoComplete="off"
      maxLength={8}
      value={value}
      onChange={event => onChange(event.currentTarget.value.replace(/\D/g, ''))}
      visibilityToggleButtonProps={{ 'aria-label': t('pin.show') }}
    />
  );
}
