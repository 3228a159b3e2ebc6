import type { ModuleNav } from './nav-types.ts';

const found = import.meta.glob<{ nav: ModuleNav }>('../modules/*/*.nav.tsx', { eager: true });
/** Every module's routes, rail items, commands and search. */
export const modules: ModuleNav[] = Object.values(found).map(m => m.nav);
export const railItems = modules
  .flatMap(nav => nav.items.map(item => ({ ...item, module: nav.module })))
  .sort((a, b) => a.order - b.order);
