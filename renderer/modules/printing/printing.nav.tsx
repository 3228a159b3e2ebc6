import { lazy } from 'react';
import type { ModuleNav } from '../../app/nav-types.ts';

const PrintPreview = lazy(() => import('./screens/PrintPreview.tsx'));

export const nav: ModuleNav = {
  module: 'printing',
  routes: [{ path: 'print/:document', element: <PrintPreview /> }],
  items: [],
};
