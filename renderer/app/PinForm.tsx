import { PasswordInput, Text } from '@mantine/core';
import { useState } from 'react';
import { useCommand } from '../rpc/hooks.ts';
import { DialogForm } from '../ui/DialogForm.tsx';
import { useTexts } from '../ui/texts.ts';
import { isPin, PinInput } from './PinInput.tsx';

export function PinForm({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const t = useTexts('app');
  const set = useCommand('identity.setPin');
  const [password, setPassword] = useState('');
  const [pin, setPin] = useState('');
  return (
    <DialogForm
      onSubmit={() => set.run({ password, pin }).then(onDone, () => undefined)}
      onCancel={onCancel}
      submitLabel={t('pin.set')}
      isReady={password !== '' && isPin(pin)}
      pending={set.pending}
      failure={set.failure}
    >
      <Text size="sm" c="dimmed">
        {t('pin.text')}
      </Text>
      <PasswordInput
        label={t('sign_in.password')}
        autoComplete="current-password"
        value={password}
        onChange={event => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('sign_in.show_password') }}
        data-autofocus
      />
      <PinInput label={t('pin.new')} description={t('pin.rule')} value={pin} onChange={setPin} />
    </DialogForm>
  );
}
