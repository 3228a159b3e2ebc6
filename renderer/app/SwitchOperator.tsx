import { Text } from '@mantine/core';
import { useState } from 'react';
import { useCommand } from '../rpc/hooks.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { DialogForm } from '../ui/DialogForm.tsx';
import { useTexts } from '../ui/texts.ts';
import { isPin, PinInput } from './PinInput.tsx';
import { useMe } from './session.tsx';

/** A PIN alone names its owner; the page and everything typed on it stay. */
export function SwitchOperator({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useTexts('app');
  const { becomes } = useMe();
  const change = useCommand('identity.switchOperator');
  const [pin, setPin] = useState('');
  const close = () => {
    setPin('');
    change.reset();
    onClose();
  };
  const takeOver = () =>
    change.run({ pin }).then(
      ({ session, me }) => {
        becomes(me, session);
        close();
      },
      () => setPin(''),
    );
  return (
    <Dialog opened={opened} onClose={close} title={t('switch.title')}>
      <DialogForm
        onSubmit={takeOver}
        onCancel={close}
        submitLabel={t('switch.enter')}
        isReady={isPin(pin)}
        pending={change.pending}
        failure={change.failure}
      >
        <Text size="sm" c="dimmed">
          {t('switch.text')}
        </Text>
        <PinInput label={t('switch.pin')} value={pin} onChange={setPin} startsHere />
      </DialogForm>
    </Dialog>
  );
}
