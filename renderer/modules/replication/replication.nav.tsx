import { IconArrowsExchange, IconGitCompare } from '@tabler/icons-react';
import { lazy } from 'react';
import type { ModuleNav } from '../../app/nav-types.ts';
import { useOpenConflicts } from './parts/use-open-conflicts.ts';

const Exchange = lazy(() => import('./screens/ExchangeScreen.tsx'));
const Inbox = lazy(() => import('./screens/InboxScreen.tsx'));
const Join = lazy(() => import('./screens/JoinScreen.tsx'));

export const nav: ModuleNav = {
  module: 'replication',
  routes: [
    { path: 'conflicts/:conflict_id?', element: <Inbox /> },
    { path: 'exchange', element: <Exchange /> },
    { path: 'exchange/join', element: <Join /> },
  ],
  items: [
    { to: '/conflicts', label: 'nav.conflicts', icon: IconGitCompare, order: 70, useBadge: useOpenConflicts },
    {
      to: '/exchange',
      label: 'nav.replication',
      icon: IconArrowsExchange,
      permission: 'settings:update',
      order: 87,
    },
  ],
};
