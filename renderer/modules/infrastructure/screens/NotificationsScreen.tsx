import { Button, Group, MultiSelect, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconAdjustments } from '@tabler/icons-react';
import { useState } from 'react';
import { notificationRow } from '../../../../preload/contract/infrastructure.ts';
import { NotificationRow } from '../../../app/NotificationRow.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { PreferencesDialog } from '../parts/PreferencesDialog.tsx';

const TYPES = notificationRow.shape.notification_type.options;
const STEP = 50;
const MOST = 500;

/** Everything one was told, newest first. */
export default function NotificationsScreen() {
  const t = useTexts('infrastructure');
  const words = useTexts('app');
  const [onlyUnread, setOnlyUnread] = useState(true);
  const [types, setTypes] = useState<string[]>([]);
  const [limit, setLimit] = useState(STEP);
  const [isChoosing, setChoosing] = useState(false);
  const readAll = useCommand('infrastructure.markAllRead');
  const found = useAsk(
    'infrastructure.listNotifications',
    { only_unread: onlyUnread, types: TYPES.filter(type => types.includes(type)), limit },
    { keepPrevious: true },
  );
  const { rows = [], total = 0, unread = 0 } = found.data ?? {};
  return (
    <Stack gap="sm" h="100%" style={{ minHeight: 0 }}>
      <PageHeader
        title={words('bell.title')}
        subtitle={t('notifications.subtitle', { count: unread })}
        actions={
          <>
            <Button
              variant="default"
              leftSection={<IconAdjustments size={16} />}
              onClick={() => setChoosing(true)}
            >
              {t('notifications.preferences')}
            </Button>
            <Button
              disabled={unread === 0}
              loading={readAll.pending}
              onClick={() => readAll.run({}).catch(() => undefined)}
            >
              {words('bell.read_all')}
            </Button>
          </>
        }
      />
      <Group gap="xs" align="flex-start">
        <SegmentedControl
          aria-label={t('notifications.which')}
          value={onlyUnread ? 'unread' : 'all'}
          data={[
            { value: 'unread', label: t('notifications.unread') },
            { value: 'all', label: t('notifications.all') },
          ]}
          onChange={value => setOnlyUnread(value === 'unread')}
        />
        <MultiSelect
          aria-label={t('notifications.type')}
          placeholder={types.length === 0 ? t('notifications.any_type') : undefined}
          miw={260}
          clearable
          data={TYPES.map(value => ({ value, label: words(`bell.types.${value}`) }))}
          value={types}
          onChange={setTypes}
        />
      </Group>
      <RefusalNotice failure={found.error ?? readAll.failure} />
      {found.data && rows.length === 0 && (
        <EmptyState
          title={words(onlyUnread ? 'bell.none_unread' : 'bell.none')}
          text={words('bell.none_text')}
        />
      )}
      <div style={{ overflow: 'auto', minHeight: 0, maxWidth: 960 }}>
        {rows.map(row => (
          <NotificationRow key={row.notification_id} row={row} />
        ))}
        {total > rows.length && rows.length > 0 && limit < MOST && (
          <Group justify="space-between" py="xs">
            <Text size="sm" c="dimmed">
              {t('notifications.shown', { shown: rows.length, total })}
            </Text>
            <Button variant="default" size="compact-sm" onClick={() => setLimit(held => held + STEP)}>
              {t('notifications.more')}
            </Button>
          </Group>
        )}
      </div>
      {isChoosing && <PreferencesDialog onClose={() => setChoosing(false)} />}
    </Stack>
  );
}
