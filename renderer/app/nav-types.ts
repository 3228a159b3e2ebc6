import type { ComponentType } from 'react';
import type { RouteObject } from 'react-router';

/** What the command field offers for a typed text. */
export interface SearchHit {
  id: string;
  title: string;
  subtitle?: string;
  to: string;
}
/** A number beside a rail item, in words for readers; with `isHidden` the whole item is left out. */
export interface NavBadge {
  count: number;
  label: string;
  isHidden: boolean;
}
export interface NavItem {
  to: string;
  /** Locale key in the module's texts. */
  label: string;
  icon: ComponentType<{ size?: number | string; stroke?: number | string }>;
  permission?: string;
  /** Own work first: orders 10, BOMs 20, catalogue 30, instructions 40, reports 60, administration 80 and up. */
  order: number;
  /** A hook: called while the rail is shown. */
  useBadge?: () => NavBadge;
}
export interface NavCommand {
  id: string;
  /** Locale key in the module's texts. */
  label: string;
  to?: string;
  run?: () => void;
  permission?: string;
  /** Shown in the help overlay and listened to everywhere, like `mod+N`. */
  hotkey?: string;
}
/** One per module, exported as `nav` from `renderer/modules/<module>/<module>.nav.tsx`. */
export interface ModuleNav {
  module: string;
  /** Relative to the root, without a leading slash: `orders/:order_id`. */
  routes: RouteObject[];
  items: NavItem[];
  commands?: NavCommand[];
  /** Finds records for the command field; asked while typing, at least two characters. */
  search?: (text: string) => Promise<SearchHit[]>;
  search_permission?: string;
}
