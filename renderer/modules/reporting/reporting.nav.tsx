import { IconChartBar } from '@tabler/icons-react';
import { lazy } from 'react';
import type { ModuleNav } from '../../app/nav-types.ts';

const Reports = lazy(() => import('./screens/ReportsScreen.tsx'));

export const nav: ModuleNav = {
  module: 'reporting',
  routes: [{ path: 'reports', element: <Reports /> }],
  items: [
    { to: '/reports', label: 'nav.reports', icon: IconChartBar, permission: 'reports:read', order: 60 },
  ],
};
