import { Group, Text, Timeline } from '@mantine/core';
import { useAsk } from '../../../rpc/hooks.ts';
import { formatInstant } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';

export function HistoryPanel({ order_id }: { order_id: string }) {
  const t = useTexts('orders');
  const history = useAsk('orders.history', { order_id });
  const entries = history.data?.history ?? [];
  return (
    <Timeline bulletSize={14} lineWidth={2} maw={720} active={-1}>
      {entries.map(entry => (
        <Timeline.Item
          key={`${entry.at_ms} ${entry.action}`}
          title={
            <Text size="sm" fw={600}>
              {t(`history.${entry.action}`, { defaultValue: entry.action })}
              {entry.from_status !== null &&
                entry.from_status !== entry.to_status &&
                ` → ${t(`statuses.${entry.to_status}`)}`}
            </Text>
          }
        >
          <Group gap="xs">
            <Text size="xs" c="dimmed">
              {formatInstant(entry.at_ms)} · {entry.by_name}
            </Text>
          </Group>
          {entry.comment && <Text size="sm">{entry.comment}</Text>}
        </Timeline.Item>
      ))}
    </Timeline>
  );
}
