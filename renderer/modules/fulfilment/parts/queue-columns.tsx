import { useMemo } from 'react';
import type { QueueRow } from '../../../../preload/contract/fulfilment.ts';
import { formatInstant } from '../../../ui/formats.ts';
import type { GridColumn } from '../../../ui/grid-column.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { OrderStatusBadge } from '../../orders/parts/OrderStatusBadge.tsx';
import { WantRisk } from '../../orders/parts/WantRisk.tsx';
import { FlagBadge } from './FlagBadge.tsx';

/** Builds in a work list. */
export function useQueueColumns(): GridColumn<QueueRow>[] {
  const t = useTexts('fulfilment');
  const orders = useTexts('orders');
  return useMemo(
    (): GridColumn<QueueRow>[] => [
      {
        key: 'build_number',
        title: t('screens.build'),
        width: 200,
        value: row => `${row.order_number} / ${row.build_number}`,
      },
      { key: 'customer_name', title: t('screens.customer'), width: 210 },
      {
        key: 'order_status',
        title: t('screens.status'),
        kind: 'badge',
        width: 190,
        value: row => orders(`statuses.${row.order_status}`),
        render: row => <OrderStatusBadge status={row.order_status} />,
      },
      {
        key: 'flag',
        title: t('screens.issues'),
        kind: 'badge',
        width: 130,
        value: row => (row.flag === 'none' ? '' : t(`screens.flag.${row.flag}`)),
        render: row => <FlagBadge flag={row.flag} />,
      },
      {
        key: 'want_on',
        title: t('screens.wanted'),
        kind: 'day',
        width: 240,
        render: row => <WantRisk order={row} />,
      },
      {
        key: 'assignee',
        title: t('screens.assignee'),
        width: 150,
        value: row => (row.is_mine ? t('screens.mine') : (row.assignee?.full_name ?? '')),
      },
      {
        key: 'in_status_since_ms',
        title: t('screens.waiting'),
        kind: 'instant',
        width: 150,
        value: row => row.in_status_since_ms,
        render: row => formatInstant(row.in_status_since_ms),
      },
      { key: 'bom_rows', title: t('screens.bom_rows'), kind: 'number', width: 100, hidden: true },
    ],
    [t, orders],
  );
}
