import { IconSitemap } from '@tabler/icons-react';
import { lazy } from 'react';
import type { ModuleNav } from '../../app/nav-types.ts';

const BomReview = lazy(() => import('./screens/BomReview.tsx'));
const BomPage = lazy(() => import('./screens/BomPage.tsx'));
const BomCompare = lazy(() => import('./screens/BomCompare.tsx'));

export const nav: ModuleNav = {
  module: 'bom',
  routes: [
    { path: 'boms', element: <BomReview /> },
    { path: 'boms/compare/:a/:b', element: <BomCompare /> },
    { path: 'boms/:bom_id', element: <BomPage /> },
  ],
  items: [
    { to: '/boms', label: 'screens.boms', icon: IconSitemap, permission: 'order_boms:read', order: 20 },
  ],
};
