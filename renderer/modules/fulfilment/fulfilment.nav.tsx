import { IconAlertTriangle, IconInbox, IconTruckDelivery } from '@tabler/icons-react';
import { lazy } from 'react';
import type { ModuleNav } from '../../app/nav-types.ts';

const WorkLists = lazy(() => import('./screens/WorkLists.tsx'));
const Issues = lazy(() => import('./screens/Issues.tsx'));
const PartsOut = lazy(() => import('./screens/PartsOut.tsx'));

export const nav: ModuleNav = {
  module: 'fulfilment',
  routes: [
    { path: 'work', element: <WorkLists /> },
    { path: 'issues', element: <Issues /> },
    { path: 'parts-out', element: <PartsOut /> },
  ],
  items: [
    { to: '/work', label: 'nav.my_work', icon: IconInbox, permission: 'orders:read', order: 5 },
    {
      to: '/parts-out',
      label: 'nav.outsourced',
      icon: IconTruckDelivery,
      permission: 'outsourcing:read',
      order: 12,
    },
    { to: '/issues', label: 'nav.issues', icon: IconAlertTriangle, permission: 'ncrs:read', order: 14 },
  ],
};
