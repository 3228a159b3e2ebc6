import { IconShoppingCart, IconTool } from '@tabler/icons-react';
import { lazy } from 'react';
import type { ModuleNav } from '../../app/nav-types.ts';

const ServiceShop = lazy(() => import('./screens/ServiceShop.tsx'));
const ServiceOrders = lazy(() => import('./screens/ServiceOrders.tsx'));
const ServiceOrder = lazy(() => import('./screens/ServiceOrder.tsx'));

export const nav: ModuleNav = {
  module: 'orders',
  routes: [
    { path: 'service', element: <ServiceShop /> },
    { path: 'service/orders', element: <ServiceOrders /> },
    { path: 'service/orders/:order_id', element: <ServiceOrder /> },
  ],
  items: [
    {
      to: '/service',
      label: 'service.shop',
      icon: IconShoppingCart,
      permission: 'service_orders:create',
      order: 15,
    },
    {
      to: '/service/orders',
      label: 'service.orders',
      icon: IconTool,
      permission: 'service_orders:read',
      order: 16,
    },
  ],
};
