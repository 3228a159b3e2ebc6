import { ActionIcon, Anchor, Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconChecklist,
  IconInfoCircle,
  IconMail,
  IconMailOpened,
  IconRefresh,
  IconTruckDelivery,
  IconUser,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCommand } from '../rpc/hooks.ts';
import type { OutputAt } from '../rpc/paths.ts';
import { formatInstant } from '../ui/formats.ts';
import { useTexts } from '../ui/texts.ts';
import classes from './NotificationRow.module.css';
import { recordLink } from './record-link.ts';
import { useMe } from './session.tsx';

export type Notification = OutputAt<'infrastructure.listNotifications'>['rows'][number];
const ICONS = {
  ORDER_STATUS_CHANGE: IconTruckDelivery,
  TASK_ASSIGNMENT: IconUser,
  QC_REQUIRED: IconChecklist,
  SYSTEM_UPDATE: IconRefresh,
  ERROR: IconAlertTriangle,
  INFO: IconInfoCircle,
} as const;

/** One message: what it is about, when, the way to its record, and whether it was read. */
export function NotificationRow({ row, onOpen }: { row: Notification; onOpen?: () => void }) {
  const t = useTexts('app');
  const { t: any } = useTranslation();
  const { timezone } = useMe();
  const read = useCommand('infrastructure.markRead');
  const unread = useCommand('infrastructure.markUnread');
  const { notification_id, notification_type, priority, is_read } = row;
  const Icon = ICONS[notification_type];
  const text = String(any(row.message_code, row.message_values));
  const to = recordLink(row);
  const setRead = () => read.run({ notification_ids: [notification_id] }).catch(() => undefined);
  const toggle = () => void (is_read ? unread.run({ notification_id }).catch(() => undefined) : setRead());
  const label = t(is_read ? 'bell.mark_unread' : 'bell.mark_read');
  return (
    <div className={classes.row} data-unread={is_read ? undefined : true}>
      <Icon
        size={18}
        stroke={1.6}
        aria-label={t(`bell.types.${notification_type}`)}
        color={notification_type === 'ERROR' ? 'var(--mantine-color-error)' : undefined}
      />
      <div>
        {to === undefined ? (
          <Text size="sm" fw={is_read ? 400 : 600} className={classes.text}>
            {text}
          </Text>
        ) : (
          <Anchor
            component={Link}
            to={to}
            size="sm"
            c="inherit"
            fw={is_read ? 400 : 600}
            className={classes.text}
            onClick={() => {
              if (!is_read) void setRead();
              onOpen?.();
            }}
          >
            {text}
          </Anchor>
        )}
        <Text size="xs" c="dimmed">
          {formatInstant(row.created_at_ms, timezone)}
          {(priority === 'HIGH' || priority === 'URGENT') && ` · ${t(`bell.priorities.${priority}`)}`}
        </Text>
      </div>
      <ActionIcon variant="subtle" color="gray" size={28} aria-label={label} title={label} onClick={toggle}>
        {is_read ? <IconMailOpened size={16} stroke={1.6} /> : <IconMail size={16} stroke={1.6} />}
      </ActionIcon>
    </div>
  );
}
