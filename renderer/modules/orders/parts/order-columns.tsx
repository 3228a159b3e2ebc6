import { Anchor } from '@mantine/core';
import { useMemo } from 'react';
import { Link } from 'react-router';
import type { OrderSummary } from '../../../../preload/contract/orders.ts';
import type { GridColumn } from '../../../ui/grid-column.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { UnsentMark } from '../../replication/parts/UnsentMark.tsx';
import { OrderStatusBadge } from './OrderStatusBadge.tsx';
import { WantRisk } from './WantRisk.tsx';

/** The columns of a list of builds. The first one leads to the build, the second to its whole order. */
export function useOrderColumns(): GridColumn<OrderSummary>[] {
  const t = useTexts('orders');
  return useMemo(() => {
    const title = (key: string) => t(`screens.columns.${key}`);
    const columns: Omit<GridColumn<OrderSummary>, 'title'>[] = [
      {
        key: 'build_number',
        width: 130,
        sortable: true,
        render: row => (
          <>
            {row.build_number}
            <UnsentMark table="orders" id={row.order_id} is_small />
          </>
        ),
      },
      {
        key: 'order_number',
        width: 130,
        sortable: true,
        render: row => (
          <Anchor component={Link} to={poAddress(row.order_number)} size="sm" tabIndex={-1} truncate>
            {row.order_number}
          </Anchor>
        ),
      },
      { key: 'customer_name', width: 230, sortable: true },
      {
        key: 'order_status',
        width: 190,
        kind: 'badge',
        sortable: true,
        value: row => t(`statuses.${row.order_status}`),
        render: row => <OrderStatusBadge status={row.order_status} />,
      },
      { key: 'want_on', width: 245, kind: 'day', sortable: true, render: row => <WantRisk order={row} /> },
      { key: 'project_name', width: 170, sortable: true },
      { key: 'sales_person', width: 130, sortable: true },
      { key: 'assignee_name', width: 130, sortable: false },
      { key: 'document_language', width: 90, sortable: true, hidden: true },
      { key: 'configuration_revision', width: 90, kind: 'number', sortable: true, hidden: true },
      { key: 'created_by_name', width: 130, sortable: false, hidden: true },
      { key: 'created_at_ms', width: 140, kind: 'instant', sortable: true },
      { key: 'updated_at_ms', width: 140, kind: 'instant', sortable: true, hidden: true },
    ];
    return columns.map(column => ({ ...column, title: title(column.key) }));
  }, [t]);
}

export const poAddress = (order_number: string) => `/orders/po/${encodeURIComponent(order_number)}`;
