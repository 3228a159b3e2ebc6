import { Group, Paper, Text } from '@mantine/core';
import { useAsk } from '../../../rpc/hooks.ts';
import { formatCount, formatNumber } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';

const MOST_NAMED = 3;
/** How many, how fast, and what is asked for most. */
export function ServiceFigures() {
  const t = useTexts('orders');
  const { data } = useAsk('orders.serviceFigures', {});
  if (!data) return null;
  const figures = [
    [t('service.total'), formatCount(data.total)],
    [t('service.statuses.PENDING'), formatCount(data.counts.PENDING)],
    [t('service.statuses.APPROVED'), formatCount(data.counts.APPROVED)],
    [t('service.statuses.REJECTED'), formatCount(data.counts.REJECTED)],
    [
      t('service.mean_approval'),
      data.mean_approval_hours === null
        ? '—'
        : t('service.hours', { hours: formatNumber(data.mean_approval_hours, 1) }),
    ],
  ];
  return (
    <Group gap="sm" align="stretch">
      {figures.map(([label, value]) => (
        <Paper key={label} withBorder px="md" py="xs">
          <Text size="xs" c="dimmed">
            {label}
          </Text>
          <Text fw={600} size="lg" className="tabular">
            {value}
          </Text>
        </Paper>
      ))}
      {data.most_requested.length > 0 && (
        <Paper withBorder px="md" py="xs" style={{ flex: 1, minWidth: 240 }}>
          <Text size="xs" c="dimmed">
            {t('service.most_requested')}
          </Text>
          <Text size="sm">
            {data.most_requested
              .slice(0, MOST_NAMED)
              .map(item => `${item.material_number} (${formatCount(item.orders)})`)
              .join(', ')}
          </Text>
        </Paper>
      )}
    </Group>
  );
}
