import { IconPalette } from '@tabler/icons-react';
import { lazy } from 'react';
import type { ModuleNav } from '../../app/nav-types.ts';

const BrandingScreen = lazy(() => import('./screens/BrandingScreen.tsx'));

export const nav: ModuleNav = {
  module: 'branding',
  routes: [{ path: 'admin/branding', element: <BrandingScreen /> }],
  items: [
    { to: '/admin/branding', label: 'nav', icon: IconPalette, permission: 'settings:update', order: 84 },
  ],
};
