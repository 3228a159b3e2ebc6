import { IconHammer, IconListDetails, IconTools } from '@tabler/icons-react';
import { lazy } from 'react';
import type { ModuleNav } from '../../app/nav-types.ts';

const InstructionList = lazy(() => import('./screens/InstructionList.tsx'));
const InstructionPage = lazy(() => import('./screens/InstructionPage.tsx'));
const Floor = lazy(() => import('./screens/Floor.tsx'));
const InstructionEditor = lazy(() => import('./editor/InstructionEditor.tsx'));
const InstructionTrial = lazy(() => import('./screens/InstructionTrial.tsx'));
const StepPlayer = lazy(() => import('./screens/StepPlayer.tsx'));
const ToolList = lazy(() => import('./screens/ToolList.tsx'));

export const nav: ModuleNav = {
  module: 'production',
  routes: [
    { path: 'floor', element: <Floor /> },
    { path: 'floor/:order_id', element: <StepPlayer /> },
    { path: 'instructions', element: <InstructionList /> },
    { path: 'tools', element: <ToolList /> },
    { path: 'instructions/try', element: <InstructionTrial /> },
    { path: 'instructions/new', element: <InstructionEditor /> },
    { path: 'instructions/:instruction_id/edit', element: <InstructionEditor /> },
    { path: 'instructions/:instruction_id', element: <InstructionPage /> },
  ],
  items: [
    { to: '/floor', label: 'work.nav', icon: IconHammer, permission: 'work_orders:execute', order: 6 },
    {
      to: '/instructions',
      label: 'instructions',
      icon: IconListDetails,
      permission: 'work_instructions:read',
      order: 40,
    },
    {
      to: '/tools',
      label: 'tools',
      icon: IconTools,
      permission: 'work_instructions:read',
      order: 41,
    },
  ],
};
