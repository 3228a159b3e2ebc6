import { Button, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { formatInstant } from '../../../ui/formats.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';

export type Notification = OutputAt<'infrastructure.listNotifications'>['rows'][number];

/** Content of the bell's drawer. `onOpen` leads to the record the message is about. */
export function NotificationList({ onOpen }: { onOpen?: (notification: Notification) => void }) {
  const t = useTexts('infrastructure');
  const found = useAsk('infrastructure.listNotifications', {});
  const markRead = useCommand('infrastructure.markRead');
  const markAll = useCommand('infrastructure.markAllRead');
  if (found.error) return <RefusalNotice failure={found.error} />;
  if (!found.data) return null;
  if (found.data.rows.length === 0)
    return <EmptyState title={t('notifications.none')} hint={t('notifications.none_text')} />;
  const choose = (notification: Notification) => {
    if (!notification.is_read)
      markRead.run({ notification_ids: [notification.notification_id] }).catch(() => undefined);
    onOpen?.(notification);
  };
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {t('notifications.unread', { count: found.data.unread })}
        </Text>
        <Button
          variant="subtle"
          size="compact-sm"
          disabled={found.data.unread === 0}
          loading={markAll.pending}
          onClick={() => markAll.run({}).catch(() => undefined)}
        >
          {t('notifications.mark_all')}
        </Button>
      </Group>
      <RefusalNotice failure={markRead.failure ?? markAll.failure} />
      {found.data.rows.map(row => (
        <Line key={row.notification_id} notification={row} onChoose={() => choose(row)} />
      ))}
    </Stack>
  );
}

function Line({ notification, onChoose }: { notification: Notification; onChoose: () => void }) {
  const t = useTexts('infrastructure');
  const { t: anyText } = useTranslation();
  const me = useMe();
  const isPressing = notification.priority === 'HIGH' || notification.priority === 'URGENT';
  return (
    <UnstyledButton
      onClick={onChoose}
      p="xs"
      style={{ borderBottom: '1px solid var(--mantine-color-default-border)' }}
    >
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Text size="sm" fw={notification.is_read ? 400 : 600}>
            {String(
              anyText(notification.message_code, {
                ...notification.message_values,
                defaultValue: notification.message_code,
              }),
            )}
          </Text>
          <Text size="xs" c="dimmed">
            {formatInstant(notification.created_at_ms, me.timezone)}
          </Text>
        </div>
        <Group gap={4} wrap="nowrap">
          {isPressing && (
            <StatusBadge
              tone={notification.priority === 'URGENT' ? 'bad' : 'warning'}
              label={t(`notifications.priorities.${notification.priority}`)}
            />
          )}
          {!notification.is_read && <StatusBadge tone="waiting" label={t('notifications.new')} />}
        </Group>
      </Group>
    </UnstyledButton>
  );
}
