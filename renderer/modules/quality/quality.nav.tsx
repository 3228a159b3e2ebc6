import { IconClipboardCheck } from '@tabler/icons-react';
import { lazy } from 'react';
import type { ModuleNav } from '../../app/nav-types.ts';

const Queue = lazy(() => import('./screens/QueueScreen.tsx'));
const Results = lazy(() => import('./screens/ResultsScreen.tsx'));
const FormScreen = lazy(() => import('./screens/FormScreen.tsx'));
const StationForm = lazy(() => import('./screens/StationForm.tsx'));
const Plans = lazy(() => import('./screens/PlansScreen.tsx'));
const Plan = lazy(() => import('./screens/PlanScreen.tsx'));
const Instruments = lazy(() => import('./screens/InstrumentsScreen.tsx'));

export const nav: ModuleNav = {
  module: 'quality',
  routes: [
    { path: 'quality', element: <Queue /> },
    { path: 'quality/results', element: <Results /> },
    { path: 'quality/forms/:log_id', element: <FormScreen /> },
    { path: 'quality/forms/:log_id/station', element: <StationForm /> },
    { path: 'quality/plans', element: <Plans /> },
    { path: 'quality/plans/:plan_id', element: <Plan /> },
    { path: 'quality/instruments', element: <Instruments /> },
  ],
  items: [
    {
      to: '/quality',
      label: 'nav.quality',
      icon: IconClipboardCheck,
      permission: 'inspections:read',
      order: 45,
    },
  ],
  commands: [
    { id: 'quality.results', label: 'nav.results', to: '/quality/results', permission: 'inspections:read' },
    { id: 'quality.plans', label: 'nav.plans', to: '/quality/plans', permission: 'inspection_plans:read' },
    {
      id: 'quality.instruments',
      label: 'nav.instruments',
      to: '/quality/instruments',
      permission: 'inspections:read',
    },
  ],
};
