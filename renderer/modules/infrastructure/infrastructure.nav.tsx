import { IconAdjustments, IconHistory, IconStethoscope } from '@tabler/icons-react';
import { lazy } from 'react';
import type { ModuleNav } from '../../app/nav-types.ts';

const Settings = lazy(() => import('./screens/SettingsScreen.tsx'));
const Audit = lazy(() => import('./screens/AuditScreen.tsx'));
const Notifications = lazy(() => import('./screens/NotificationsScreen.tsx'));
const System = lazy(() => import('./screens/SystemScreen.tsx'));

export const nav: ModuleNav = {
  module: 'infrastructure',
  routes: [
    { path: 'admin/settings', element: <Settings /> },
    { path: 'admin/audit', element: <Audit /> },
    { path: 'notifications', element: <Notifications /> },
    { path: 'admin/system', element: <System /> },
  ],
  items: [
    {
      to: '/admin/settings',
      label: 'nav.settings',
      icon: IconAdjustments,
      permission: 'settings:read',
      order: 84,
    },
    { to: '/admin/audit', label: 'nav.audit', icon: IconHistory, permission: 'audit:read', order: 85 },
    {
      to: '/admin/system',
      label: 'nav.system',
      icon: IconStethoscope,
      permission: 'settings:read',
      order: 86,
    },
  ],
  commands: [{ id: 'notifications', label: 'nav.notifications', to: '/notifications' }],
};
