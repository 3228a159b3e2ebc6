import type { ReactNode } from 'react';
import type { OrderSort, OrderSummary } from '../../../../preload/contract/orders.ts';
import { formatInstant } from '../../../ui/formats.ts';
import { OrderStatusBadge } from './OrderStatusBadge.tsx';
import { WantRisk } from './WantRisk.tsx';

export interface OrderColumn {
  key: string;
  width: string;
  /** The cell as text, for the screen and for the clipboard. */
  text: (row: OrderSummary) => string;
  show?: (row: OrderSummary) => ReactNode;
  link?: (row: OrderSummary) => string;
  sort?: OrderSort['by'];
  isFixed?: boolean;
}

export const orderColumns: readonly OrderColumn[] = [
  {
    key: 'order_number',
    width: '130px',
    text: row => row.order_number,
    link: row => `/orders/po/${encodeURIComponent(row.order_number)}`,
    sort: 'order_number',
    isFixed: true,
  },
  {
    key: 'build_number',
    width: '120px',
    text: row => row.build_number,
    link: row => `/orders/${row.order_id}`,
    sort: 'build_number',
    isFixed: true,
  },
  {
    key: 'customer_name',
    width: 'minmax(160px, 1.6fr)',
    text: row => row.customer_name,
    sort: 'customer_name',
  },
  {
    key: 'order_status',
    width: '190px',
    text: row => row.order_status,
    show: row => <OrderStatusBadge status={row.order_status} />,
    sort: 'order_status',
  },
  {
    key: 'want_on',
    width: '170px',
    text: row => row.want_on ?? '',
    show: row => <WantRisk order={row} />,
    sort: 'want_on',
  },
  {
    key: 'project_name',
    width: 'minmax(120px, 1fr)',
    text: row => row.project_name ?? '',
    sort: 'project_name',
  },
  { key: 'sales_person', width: '130px', text: row => row.sales_person ?? '', sort: 'sales_person' },
  { key: 'assignee_name', width: '120px', text: row => row.assignee_name ?? '' },
  { key: 'document_language', width: '80px', text: row => row.document_language, sort: 'document_language' },
  {
    key: 'configuration_revision',
    width: '70px',
    text: row => String(row.configuration_revision),
    sort: 'configuration_revision',
  },
  { key: 'created_by_name', width: '120px', text: row => row.created_by_name },
  {
    key: 'created_at_ms',
    width: '140px',
    text: row => formatInstant(row.created_at_ms),
    sort: 'created_at_ms',
  },
  {
    key: 'updated_at_ms',
    width: '140px',
    text: row => formatInstant(row.updated_at_ms),
    sort: 'updated_at_ms',
  },
];
export const USUAL_COLUMNS = [
  'customer_name',
  'order_status',
  'want_on',
  'project_name',
  'sales_person',
  'created_at_ms',
];
