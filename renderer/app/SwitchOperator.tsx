import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useCommand } from '../rpc/hooks.ts';
import { RefusalNotice } from '../ui/RefusalNotice.tsx';
import { useTexts } from '../ui/texts.ts';
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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.run({ pin }).then(
      ({ session, me }) => {
        becomes(me, session);
        close();
      },
      () => setPin(''),
    );
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('switch.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('switch.text')}
          </Text>
          <PasswordInput
            data-autofocus
            label={t('switch.pin')}
            inputMode="numeric"
            autoComplete="off"
            maxLength={8}
            value={pin}
            onChange={event => setPin(event.currentTarget.value.replace(/\D/g, ''))}
            visibilityToggleButtonProps={{ 'aria-label': t('pin.show') }}
          />
          <RefusalNotice failure={change.failure} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={change.pending} disabled={pin.length < 4}>
              {t('switch.enter')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
