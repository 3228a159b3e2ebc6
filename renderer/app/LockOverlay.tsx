import { Button, Group, PasswordInput, SegmentedControl, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useCommand } from '../rpc/hooks.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { RefusalNotice } from '../ui/RefusalNotice.tsx';
import { useTexts } from '../ui/texts.ts';
import { SwitchOperator } from './SwitchOperator.tsx';
import { useMe } from './session.tsx';

/** Covers the page without taking it down; the same person comes back, or another one takes over by PIN. */
export function LockOverlay() {
  const t = useTexts('app');
  const { me, becomes, signOut } = useMe();
  const unlock = useCommand('identity.unlock');
  const [by, setBy] = useState<string>(me.has_pin ? 'pin' : 'password');
  const [secret, setSecret] = useState('');
  const [isSwitching, setSwitching] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    unlock
      .run(by === 'pin' ? { pin: secret } : { password: secret })
      .then(becomes, () => undefined)
      .finally(() => setSecret(''));
  };
  const isReady = by === 'pin' ? /^\d{4,8}$/.test(secret) : secret !== '';
  return (
    <>
      <Dialog
        opened
        onClose={() => undefined}
        withCloseButton={false}
        closeOnEscape={false}
        closeOnClickOutside={false}
        title={t('lock.title', { name: me.full_name })}
        overlayProps={{ blur: 12, backgroundOpacity: 0.6 }}
        transitionProps={{ duration: 0 }}
      >
        <form onSubmit={submit}>
          <Stack gap="sm">
            <Text size="sm" c="dimmed">
              {t('lock.text')}
            </Text>
            {me.has_pin && (
              <SegmentedControl
                value={by}
                onChange={next => {
                  setBy(next);
                  setSecret('');
                }}
                data={[
                  { value: 'pin', label: t('switch.pin') },
                  { value: 'password', label: t('sign_in.password') },
                ]}
              />
            )}
            <PasswordInput
              key={by}
              data-autofocus
              autoFocus
              label={by === 'pin' ? t('switch.pin') : t('sign_in.password')}
              inputMode={by === 'pin' ? 'numeric' : 'text'}
              autoComplete={by === 'pin' ? 'off' : 'current-password'}
              value={secret}
              onChange={event => setSecret(event.currentTarget.value)}
              visibilityToggleButtonProps={{ 'aria-label': t('sign_in.show_password') }}
            />
            <RefusalNotice failure={unlock.failure} />
            <Button type="submit" fullWidth loading={unlock.pending} disabled={!isReady}>
              {t('lock.enter')}
            </Button>
            <Group justify="center" gap="xs">
              <Button variant="subtle" size="compact-sm" onClick={() => setSwitching(true)}>
                {t('menu.switch')}
              </Button>
              <Button variant="subtle" size="compact-sm" onClick={signOut}>
                {t('menu.sign_out')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Dialog>
      <SwitchOperator opened={isSwitching} onClose={() => setSwitching(false)} />
    </>
  );
}
