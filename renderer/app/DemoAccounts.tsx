import { ScrollArea, Stack, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../rpc/hooks.ts';
import { useTexts } from '../ui/texts.ts';
import classes from './Entry.module.css';

/** Who can try a station that still shows the demo plant; a choice signs in. */
export function DemoAccounts({
  onChoose,
  disabled,
}: {
  onChoose: (account: { username: string; password: string }) => void;
  disabled: boolean;
}) {
  const t = useTexts('app');
  const { t: any } = useTranslation();
  const accounts = useAsk('identity.demoAccounts', {}).data ?? [];
  if (accounts.length === 0) return null;
  return (
    <Stack gap={6} component="section" aria-label={t('demo.title')}>
      <div>
        <Text fw={600} size="sm">
          {t('demo.title')}
        </Text>
        <Text size="xs" c="dimmed">
          {t('demo.text')}
        </Text>
      </div>
      <ScrollArea.Autosize mah={168} type="auto" offsetScrollbars>
        {accounts.map(account => (
          <UnstyledButton
            key={account.username}
            className={classes.account}
            disabled={disabled}
            onClick={() => onChoose({ username: account.username, password: account.password })}
          >
            <Text size="sm">
              {account.full_name}
              <Text span size="xs" c="dimmed">
                {` · ${String(any(`identity:role_names.${account.role_code}`))}`}
              </Text>
            </Text>
            <Text size="xs" c="dimmed" ff="monospace">
              {`${account.username} / ${account.password}`}
            </Text>
          </UnstyledButton>
        ))}
      </ScrollArea.Autosize>
    </Stack>
  );
}
