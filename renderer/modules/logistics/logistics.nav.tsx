import { IconPrinter, IconTag, IconTags } from '@tabler/icons-react';
import { lazy } from 'react';
import { isProgramNumber } from '../../../preload/contract/numbers.ts';
import type { ModuleNav } from '../../app/nav-types.ts';
import { ask } from '../../rpc/client.ts';
import { useAsk } from '../../rpc/hooks.ts';
import { useTexts } from '../../ui/texts.ts';

const Queue = lazy(() => import('./screens/QueueScreen.tsx'));
const Run = lazy(() => import('./screens/PrintRunScreen.tsx'));
const Printed = lazy(() => import('./screens/LabelScreen.tsx'));
const Printers = lazy(() => import('./screens/PrintersScreen.tsx'));
const Templates = lazy(() => import('./screens/TemplatesScreen.tsx'));
const Designer = lazy(() => import('./screens/DesignerScreen.tsx'));

function useUndecided() {
  const t = useTexts('logistics');
  const { data } = useAsk('logistics.listQueue', { scope: 'open', limit: 1 });
  const count = data?.needs_decision ?? 0;
  return { count, label: t('queue.needs', { count }), isHidden: false };
}

export const nav: ModuleNav = {
  module: 'logistics',
  routes: [
    { path: 'labels', element: <Queue /> },
    { path: 'labels/print', element: <Run /> },
    { path: 'labels/printed/:label_id', element: <Printed /> },
    { path: 'admin/printers', element: <Printers /> },
    { path: 'admin/labels', element: <Templates /> },
    { path: 'admin/labels/:template_id', element: <Designer /> },
  ],
  items: [
    {
      to: '/labels',
      label: 'nav.queue',
      icon: IconTag,
      permission: 'labels:read',
      order: 55,
      useBadge: useUndecided,
    },
    {
      to: '/admin/printers',
      label: 'nav.printers',
      icon: IconPrinter,
      permission: 'printers:update',
      order: 83,
    },
    {
      to: '/admin/labels',
      label: 'nav.templates',
      icon: IconTags,
      permission: 'label_templates:update',
      order: 84,
    },
  ],
  /** Numbers that the program gave; names and customer orders are found by the modules that hold them. */
  search: async text => {
    if (!isProgramNumber(text)) return [];
    const { hits } = await ask('logistics.resolveScan', { text });
    return hits.map(({ title, subtitle, to }) => ({ id: to, title, subtitle, to }));
  },
  search_permission: 'orders:read',
  commands: [{ id: 'labels.print', label: 'nav.run', to: '/labels/print', permission: 'labels:create' }],
};
