import { Button, Popover, Stack, Text } from '@mantine/core';
import { ExchangeMark } from '../modules/replication/parts/ExchangeMark.tsx';
import { useReplicationStatus } from '../modules/replication/parts/use-status.ts';
import { useConnection } from '../rpc/connection.ts';
import { useTexts } from '../ui/texts.ts';
import classes from './Shell.module.css';

/** How the exchange stands. A window that has lost its own program says that instead: it knows nothing else. */
export function StatusMark() {
  const isOpen = useConnection() === 'open';
  const status = useReplicationStatus();
  if (isOpen && status) return <ExchangeMark status={status} />;
  return isOpen ? null : <Lost />;
}

function Lost() {
  const t = useTexts('app');
  return (
    <Popover width={300} position="bottom-end" withArrow={false}>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<span className={classes.dot} data-state="lost" aria-hidden />}
        >
          <span role="status">{t('status.lost')}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={4}>
          <Text size="sm" fw={600}>
            {t('status.lost_title')}
          </Text>
          <Text size="sm">{t('status.lost_text')}</Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
