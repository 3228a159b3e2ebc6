import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useCommand } from '../rpc/hooks.ts';
import { DialogForm } from '../ui/DialogForm.tsx';
import { useTexts } from '../ui/texts.ts';
import { useMe } from './session.tsx';

interface Props {
  onDone: () => void;
  onCancel: () => void;
  cancelLabel?: string;
}
/** Current and new password; the refusal says which rule the new one breaks. */
export function PasswordForm({ onDone, onCancel, cancelLabel }: Props) {
  const t = useTexts('app');
  const { password_min_length } = useMe();
  const change = useCommand('identity.changePassword');
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const differs = again !== '' && again !== next;
  const toggle = { 'aria-label': t('sign_in.show_password') };
  return (
    <DialogForm
      onSubmit={() =>
        change.run({ current_password: current, new_password: next }).then(onDone, () => undefined)
      }
      onCancel={onCancel}
      cancelLabel={cancelLabel}
      submitLabel={t('password.change')}
      isReady={current !== '' && next !== '' && next === again}
      pending={change.pending}
      failure={change.failure}
    >
      <PasswordInput
        label={t('password.current')}
        autoComplete="current-password"
        value={current}
        onChange={event => setCurrent(event.currentTarget.value)}
        visibilityToggleButtonProps={toggle}
        data-autofocus
        autoFocus
      />
      <PasswordInput
        label={t('password.next')}
        description={t('password.rule', { count: password_min_length })}
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
    </DialogForm>
  );
}
