import { IconArrowsExchange, IconBuildingWarehouse } from '@tabler/icons-react';
import { lazy } from 'react';
import type { ModuleNav } from '../../app/nav-types.ts';

const Entry = lazy(() => import('./screens/EntryScreen.tsx'));
const Station = lazy(() => import('./screens/StationScreen.tsx'));
const Movements = lazy(() => import('./screens/MovementsScreen.tsx'));
const Balances = lazy(() => import('./screens/BalancesScreen.tsx'));
const Reports = lazy(() => import('./screens/ReportsScreen.tsx'));
const Archive = lazy(() => import('./screens/ArchiveScreen.tsx'));
const Older = lazy(() => import('./screens/OlderScreen.tsx'));
const WorkCenters = lazy(() => import('./screens/WorkCentersScreen.tsx'));

export const nav: ModuleNav = {
  module: 'tracking',
  routes: [
    { path: 'tracking', element: <Movements /> },
    { path: 'tracking/in', element: <Entry key="IN" movement_type="IN" /> },
    { path: 'tracking/out', element: <Entry key="OUT" movement_type="OUT" /> },
    { path: 'tracking/balances', element: <Balances /> },
    { path: 'tracking/reports', element: <Reports /> },
    { path: 'tracking/archive', element: <Archive /> },
    { path: 'tracking/station', element: <Station /> },
    { path: 'admin/work-centers', element: <WorkCenters /> },
    { path: 'admin/older-tracking', element: <Older /> },
  ],
  items: [
    {
      to: '/tracking',
      label: 'nav.tracking',
      icon: IconArrowsExchange,
      permission: 'order_movements:read',
      order: 50,
    },
    {
      to: '/admin/work-centers',
      label: 'nav.work_centers',
      icon: IconBuildingWarehouse,
      permission: 'work_centers:update',
      order: 82,
    },
  ],
  commands: [
    {
      id: 'tracking.older',
      label: 'nav.older',
      to: '/admin/older-tracking',
      permission: 'settings:update',
    },
    {
      id: 'tracking.in',
      label: 'nav.in',
      to: '/tracking/in',
      permission: 'order_movements:create',
      hotkey: 'alt+I',
    },
    {
      id: 'tracking.out',
      label: 'nav.out',
      to: '/tracking/out',
      permission: 'order_movements:create',
      hotkey: 'alt+O',
    },
    {
      id: 'tracking.station',
      label: 'nav.station',
      to: '/tracking/station',
      permission: 'order_movements:create',
    },
    {
      id: 'tracking.balances',
      label: 'nav.balances',
      to: '/tracking/balances',
      permission: 'order_movements:read',
    },
  ],
};
