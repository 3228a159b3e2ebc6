import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useCommand } from '../rpc/hooks.ts';
import { RefusalNotice } from '../ui/RefusalNotice.tsx';
import { useTexts } from '../ui/texts.ts';

const PIN_PATTERN = /^\d{4,8}$/;

export function PinForm({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const t = useTexts('app');
  const set = useCommand('identity.setPin');
  const [password, setPassword] = useState('');
  const [pin, setPin] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.run({ password, pin }).then(onDone, () => undefined);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('pin.text')}
        </Text>
        <PasswordInput
          label={t('sign_in.password')}
          autoComplete="current-password"
          value={password}
          onChange={event => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('sign_in.show_password') }}
          autoFocus
        />
        <PasswordInput
          label={t('pin.new')}
          description={t('pin.rule')}
          inputMode="numeric"
          autoComplete="off"
          maxLength={8}
          value={pin}
          onChange={event => setPin(event.currentTarget.value.replace(/\D/g, ''))}
          visibilityToggleButtonProps={{ 'aria-label': t('pin.show') }}
        />
        <RefusalNotice failure={set.failure} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={set.pending} disabled={!password || !PIN_PATTERN.test(pin)}>
            {t('pin.set')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
