import { IconAdjustmentsCog, IconPackages } from '@tabler/icons-react';
import type { ModuleNav } from '../../app/nav-types.ts';
import { ask } from '../../rpc/client.ts';

const lazyScreen = <M, K extends keyof M>(load: () => Promise<M>, name: K) => ({
  lazy: async () => ({ Component: (await load())[name] }),
});

export const nav = {
  module: 'catalogue',
  routes: [
    { path: 'catalogue', ...lazyScreen(() => import('./screens/CatalogueScreen.tsx'), 'CatalogueScreen') },
    {
      path: 'catalogue/items/:material_id',
      ...lazyScreen(() => import('./screens/ItemScreen.tsx'), 'ItemScreen'),
    },
    {
      path: 'catalogue/number/:number',
      ...lazyScreen(() => import('./screens/NumberScreen.tsx'), 'NumberScreen'),
    },
    { path: 'catalogue/import', ...lazyScreen(() => import('./screens/ImportScreen.tsx'), 'ImportScreen') },
    {
      path: 'catalogue/boms/:bom_id',
      ...lazyScreen(() => import('./screens/MasterBomScreen.tsx'), 'MasterBomScreen'),
    },
    { path: 'product-models', ...lazyScreen(() => import('./screens/ModelsScreen.tsx'), 'ModelsScreen') },
    {
      path: 'product-models/:product_model_id',
      ...lazyScreen(() => import('./screens/ModelScreen.tsx'), 'ModelScreen'),
    },
  ],
  items: [
    { to: '/catalogue', label: 'nav.catalogue', icon: IconPackages, permission: 'materials:read', order: 30 },
    {
      to: '/product-models',
      label: 'nav.models',
      icon: IconAdjustmentsCog,
      permission: 'product_models:read',
      order: 82,
    },
  ],
  commands: [
    { id: 'catalogue.import', label: 'nav.import', to: '/catalogue/import', permission: 'materials:import' },
    { id: 'catalogue.new', label: 'nav.new_item', to: '/catalogue?new=1', permission: 'materials:create' },
  ],
  search: async text => {
    const { items } = await ask('catalogue.searchMaterials', { text, limit: 8 });
    return items.map(item => ({
      id: item.material_id,
      title: item.material_number,
      subtitle: item.material_name,
      to: `/catalogue/items/${item.material_id}`,
    }));
  },
  search_permission: 'materials:read',
} satisfies ModuleNav;
