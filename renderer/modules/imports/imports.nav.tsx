import { IconTableImport } from '@tabler/icons-react';
import { lazy } from 'react';
import type { ModuleNav } from '../../app/nav-types.ts';

const ImportsScreen = lazy(() => import('./screens/ImportsScreen.tsx'));

export const nav: ModuleNav = {
  module: 'imports',
  routes: [
    { path: 'import', element: <ImportsScreen /> },
    { path: 'import/:kind', element: <ImportsScreen /> },
  ],
  items: [{ to: '/import', label: 'nav', icon: IconTableImport, permission: 'materials:update', order: 62 }],
  commands: [{ id: 'imports.open', label: 'title', to: '/import', permission: 'materials:update' }],
};
