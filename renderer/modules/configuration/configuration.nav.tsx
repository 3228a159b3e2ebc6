import { IconRubberStamp } from '@tabler/icons-react';
import { lazy } from 'react';
import type { ModuleNav } from '../../app/nav-types.ts';
import { useWaitingApprovals } from './parts/use-waiting-approvals.ts';

const Approvals = lazy(() => import('./screens/ApprovalsScreen.tsx'));

export const nav: ModuleNav = {
  module: 'configuration',
  routes: [{ path: 'approvals', element: <Approvals /> }],
  items: [
    {
      to: '/approvals',
      label: 'nav.approvals',
      icon: IconRubberStamp,
      order: 7,
      useBadge: useWaitingApprovals,
    },
  ],
};
