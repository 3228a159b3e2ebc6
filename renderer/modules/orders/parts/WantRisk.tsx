import { Group, Text } from '@mantine/core';
import dayjs from 'dayjs';
import type { OrderSummary } from '../../../../preload/contract/orders.ts';
import { useTexts } from '../../../ui/texts.ts';
import { daysUntil, wantRisk } from './order-views.ts';

/** The wanted day with a small bar of how close it is, and the days in words. */
export function WantRisk({ order }: { order: Pick<OrderSummary, 'want_on' | 'order_status' | 'is_late'> }) {
  const t = useTexts('orders');
  if (!order.want_on) return <Text size="sm">—</Text>;
  const days = daysUntil(order.want_on, dayjs().format('YYYY-MM-DD'));
  const risk = wantRisk(days);
  const color = order.is_late ? 'red' : risk > 0.75 ? 'orange' : 'gray';
  return (
    <Group gap={6} wrap="nowrap">
      <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
        {order.want_on}
      </Text>
      {order.order_status !== 'SHIPPED' && (
        <>
          <span
            aria-hidden
            style={{
              width: 32,
              height: 5,
              borderRadius: 3,
              background: 'var(--mantine-color-default-border)',
              overflow: 'hidden',
              flex: 'none',
            }}
          >
            <span
              style={{
                display: 'block',
                height: '100%',
                width: `${Math.round(risk * 100)}%`,
                background: `var(--mantine-color-${color}-filled)`,
              }}
            />
          </span>
          <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
            {order.is_late
              ? t('screens.days_late', { count: -days })
              : t('screens.days_left', { count: days })}
          </Text>
        </>
      )}
    </Group>
  );
}
