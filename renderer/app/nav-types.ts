import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

export interface NavRoute {
  /** Path of react-router, without the leading slash. */
  path: string;
  element: ReactNode;
  /** `resource:action`; absent: anyone signed in. */
  permission?: string;
}
export interface NavItem {
  to: string;
  /** Key in the module's texts. */
  label: string;
  icon: Icon;
  permission?: string;
  /** Smaller comes first; own work below 50, administration from 80. */
  order: number;
  section?: 'work' | 'data' | 'admin';
}
export interface NavCommand {
  id: string;
  label: string;
  to: string;
  permission?: string;
}
export interface FoundRecord {
  id: string;
  title: string;
  subtitle?: string;
  to: string;
}
/** What a module brings to the shell: `renderer/modules/<module>/<module>.nav.tsx` exports `nav`. */
export interface ModuleNav {
  module: string;
  routes: NavRoute[];
  items: NavItem[];
  commands?: NavCommand[];
  /** Records for the field on top, by number or name. */
  search?: { permission?: string; find(text: string): Promise<FoundRecord[]> };
}
