import { Avatar, Button, Menu, useMantineColorScheme } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconBarcode,
  IconChevronDown,
  IconHelp,
  IconKey,
  IconLock,
  IconLogout,
  IconPassword,
  IconUsers,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useCommand } from '../rpc/hooks.ts';
import { ScannerSettings } from '../scan/ScannerSettings.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { useTexts } from '../ui/texts.ts';
import { useDensity } from '../ui/use-density.ts';
import { LANGUAGE_NAMES, LANGUAGES } from './i18n.ts';
import { PasswordForm } from './PasswordForm.tsx';
import { PinForm } from './PinForm.tsx';
import classes from './Shell.module.css';
import { SwitchOperator } from './SwitchOperator.tsx';
import { useMe } from './session.tsx';

const SCHEMES = ['light', 'dark', 'auto'] as const;
const DENSITIES = ['office', 'station'] as const;

/** Who acts, always in sight, and everything that belongs to the person. */
export function OperatorChip({ onHelp }: { onHelp: () => void }) {
  const t = useTexts('app');
  const ts = useTexts('scan');
  const { me, lock, signOut, becomes } = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { density, setDensity } = useDensity();
  const setLocale = useCommand('identity.setLocale');
  const [dialog, setDialog] = useState<'switch' | 'password' | 'pin' | 'scanner' | null>(null);
  const close = () => setDialog(null);
  const done = (text: string) => {
    close();
    notifications.show({ message: text });
  };
  return (
    <>
      <Menu position="bottom-end" width={250}>
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            px={6}
            className={classes.plain}
            leftSection={
              <Avatar size={26} color="steel" radius="xl" name={me.full_name}>
                {me.initials}
              </Avatar>
            }
            rightSection={<IconChevronDown size={14} />}
          >
            <span className={classes.name}>{me.full_name}</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah="calc(100vh - 70px)" style={{ overflow: 'auto' }}>
          <Menu.Label>{me.roles.map(role => role.role_name).join(', ')}</Menu.Label>
          <Menu.Item leftSection={<IconUsers size={16} />} onClick={() => setDialog('switch')}>
            {t('menu.switch')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLock size={16} />} onClick={lock}>
            {t('menu.lock')}
          </Menu.Item>
          <Menu.Item leftSection={<IconPassword size={16} />} onClick={() => setDialog('password')}>
            {t('menu.password')}
          </Menu.Item>
          <Menu.Item leftSection={<IconKey size={16} />} onClick={() => setDialog('pin')}>
            {t('menu.pin')}
          </Menu.Item>
          <Menu.Divider />
          <Choice
            label={t('language')}
            value={me.locale}
            options={LANGUAGES.map(value => ({ value, label: LANGUAGE_NAMES[value] }))}
            onChange={locale =>
              setLocale.run({ locale }).then(
                fresh => becomes(fresh),
                () => undefined,
              )
            }
          />
          <Choice
            label={t('theme.label')}
            value={colorScheme}
            options={SCHEMES.map(value => ({ value, label: t(`theme.${value}`) }))}
            onChange={setColorScheme}
          />
          <Choice
            label={t('density.label')}
            value={density}
            options={DENSITIES.map(value => ({ value, label: t(`density.${value}`) }))}
            onChange={setDensity}
          />
          <Menu.Item leftSection={<IconBarcode size={16} />} onClick={() => setDialog('scanner')}>
            {ts('title')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconHelp size={16} />} rightSection="?" onClick={onHelp}>
            {t('menu.help')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={signOut}>
            {t('menu.sign_out')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <SwitchOperator opened={dialog === 'switch'} onClose={close} />
      <Dialog opened={dialog === 'password'} onClose={close} title={t('menu.password')}>
        <PasswordForm onDone={() => done(t('password.done'))} onCancel={close} />
      </Dialog>
      <Dialog opened={dialog === 'scanner'} onClose={close} title={ts('open')} size="lg">
        <ScannerSettings onDone={() => done(ts('settings.saved'))} />
      </Dialog>
      <Dialog opened={dialog === 'pin'} onClose={close} title={t('menu.pin')}>
        <PinForm onDone={() => done(t('pin.done'))} onCancel={close} />
      </Dialog>
    </>
  );
}

function Choice<V extends string>(props: {
  label: string;
  value: V;
  options: { value: V; label: string }[];
  onChange: (value: V) => void;
}) {
  const chosen = props.options.find(option => option.value === props.value);
  return (
    <Menu.Sub>
      <Menu.Sub.Target>
        <Menu.Sub.Item>
          {props.label}: {chosen?.label}
        </Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        {props.options.map(option => (
          <Menu.Item
            key={option.value}
            onClick={() => props.onChange(option.value)}
            fw={option.value === props.value ? 600 : undefined}
          >
            {option.label}
          </Menu.Item>
        ))}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}
