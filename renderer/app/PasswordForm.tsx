import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useCommand } from '../rpc/hooks.ts';
import { RefusalNotice } from '../ui/RefusalNotice.tsx';
import { useTexts } from '../ui/texts.ts';

/** Current and new password; the refusal says which rule the new one breaks. */
export function PasswordForm({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const t = useTexts('app');
  const change = useCommand('identity.changePassword');
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const differs = again !== '' && again !== next;
  const toggle = { 'aria-label': t('sign_in.show_password') };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.run({ current_password: current, new_password: next }).then(onDone, () => undefined);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <PasswordInput
          label={t('password.current')}
          autoComplete="current-password"
          value={current}
          onChange={event => setCurrent(event.currentTarget.value)}
          visibilityToggleButtonProps={toggle}
          autoFocus
        />
        <PasswordInput
          label={t('password.next')}
          autoComplete="new-password"
          value={next}
          onChange={event => setNext(event.currentTarget.value)}
          visibilityToggleButtonProps={toggle}
        />
        <PasswordInput
          label={t('password.again')}
          autoComplete="new-password"
          value={again}
          error={differs ? t('password.differs') : undefined}
          onChange={event => setAgain(event.currentTarget.value)}
          visibilityToggleButtonProps={toggle}
        />
        <RefusalNotice failure={change.failure} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={change.pending} disabled={!current || !next || next !== again}>
            {t('password.change')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
