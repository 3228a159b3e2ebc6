import {
  ActionIcon,
  Anchor,
  Button,
  Group,
  Indicator,
  Popover,
  ScrollArea,
  Stack,
  Text,
} from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAsk, useCommand } from '../rpc/hooks.ts';
import { RefusalNotice } from '../ui/RefusalNotice.tsx';
import { useTexts } from '../ui/texts.ts';
import { NotificationRow } from './NotificationRow.tsx';

const SHOWN = 20;
/** A message that was held back appears without any row changing. */
const EVERY_MS = 60_000;

export function NotificationBell() {
  const t = useTexts('app');
  const [opened, setOpened] = useState(false);
  const unread = useAsk('infrastructure.unreadCount', {}, { every_ms: EVERY_MS }).data?.unread ?? 0;
  const label = t('bell.label', { count: unread });
  return (
    <Popover opened={opened} onChange={setOpened} width={360} position="bottom-end" trapFocus>
      <Indicator label={unread > 99 ? '99+' : unread} disabled={unread === 0} size={16} offset={4} zIndex={1}>
        <Popover.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={label}
            title={label}
            onClick={() => setOpened(!opened)}
          >
            <IconBell size={18} stroke={1.6} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown>{opened && <Notices onClose={() => setOpened(false)} />}</Popover.Dropdown>
    </Popover>
  );
}

function Notices({ onClose }: { onClose: () => void }) {
  const t = useTexts('app');
  const list = useAsk('infrastructure.listNotifications', { limit: SHOWN });
  const readAll = useCommand('infrastructure.markAllRead');
  const rows = list.data?.rows ?? [];
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text fw={600} size="sm">
          {t('bell.title')}
        </Text>
        {list.data !== undefined && list.data.unread > 0 && (
          <Button variant="subtle" size="compact-sm" onClick={() => readAll.run({}).catch(() => undefined)}>
            {t('bell.read_all')}
          </Button>
        )}
      </Group>
      <RefusalNotice failure={list.error ?? readAll.failure} />
      {rows.length === 0 && (
        <div>
          <Text size="sm">{t('bell.none')}</Text>
          <Text size="sm" c="dimmed">
            {t('bell.none_text')}
          </Text>
        </div>
      )}
      <ScrollArea.Autosize mah={360}>
        {rows.map(row => (
          <NotificationRow key={row.notification_id} row={row} onOpen={onClose} />
        ))}
      </ScrollArea.Autosize>
      <Anchor component={Link} to="/notifications" size="sm" onClick={onClose}>
        {t('bell.all')}
      </Anchor>
    </Stack>
  );
}
