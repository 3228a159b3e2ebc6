import { IconClipboardList } from '@tabler/icons-react';
import { lazy } from 'react';
import type { ModuleNav } from '../../app/nav-types.ts';
import { ask } from '../../rpc/client.ts';

const OrderList = lazy(() => import('./screens/OrderList.tsx'));
const OrderWizard = lazy(() => import('./screens/OrderWizard.tsx'));
const OrderPage = lazy(() => import('./screens/OrderPage.tsx'));
const PoPage = lazy(() => import('./screens/PoPage.tsx'));
const ReviseOrder = lazy(() => import('./screens/ReviseOrder.tsx'));
const WhereUsed = lazy(() => import('./screens/WhereUsed.tsx'));

const FOUND_ORDERS = 8;

export const nav: ModuleNav = {
  module: 'orders',
  routes: [
    { path: 'orders', element: <OrderList /> },
    { path: 'orders/new/:draft_id?', element: <OrderWizard /> },
    { path: 'orders/po/:order_number', element: <PoPage /> },
    { path: 'orders/where-used/:material_id', element: <WhereUsed /> },
    { path: 'orders/:order_id', element: <OrderPage /> },
    { path: 'orders/:order_id/revise', element: <ReviseOrder /> },
  ],
  items: [
    { to: '/orders', label: 'screens.orders', icon: IconClipboardList, permission: 'orders:read', order: 10 },
  ],
  commands: [
    {
      id: 'orders.new',
      label: 'screens.new_order',
      to: '/orders/new',
      permission: 'orders:create',
      hotkey: 'alt+N',
    },
  ],
  search: async text => {
    const { rows } = await ask('orders.list', { filter: { text }, limit: FOUND_ORDERS });
    return rows.map(row => ({
      id: row.order_id,
      title: `${row.order_number} / ${row.build_number}`,
      subtitle: row.customer_name,
      to: `/orders/${row.order_id}`,
    }));
  },
  search_permission: 'orders:read',
};
