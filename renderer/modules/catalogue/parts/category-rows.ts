import type { OutputAt } from '../../../rpc/paths.ts';

export type Category = OutputAt<'catalogue.categoryTree'>['categories'][number];
export interface CategoryRow {
  /** Null stands for all categories. */
  category: Category | null;
  level: number;
  has_children: boolean;
  is_open: boolean;
}

/** The rows to see, from the top: children only below an open parent, inactive ones on request or while they hold items. */
export function categoryRows(
  categories: readonly Category[],
  open: ReadonlySet<string>,
  inactive: boolean,
): CategoryRow[] {
  const seen = categories.filter(category => category.is_active || category.items > 0 || inactive);
  const childrenOf = Map.groupBy(seen, category => category.parent_category_id);
  const rows: CategoryRow[] = [{ category: null, level: 1, has_children: false, is_open: false }];
  const add = (parent: Category['parent_category_id'], level: number) => {
    for (const category of childrenOf.get(parent) ?? []) {
      const has_children = childrenOf.has(category.category_id);
      const is_open = has_children && open.has(category.category_id);
      rows.push({ category, level, has_children, is_open });
      if (is_open) add(category.category_id, level + 1);
    }
  };
  add(null, 1);
  return rows;
}

/** Where an arrow key leads from a row; the same row when it leads nowhere. */
export function rowAfter(rows: readonly CategoryRow[], at: number, key: string): number {
  const last = rows.length - 1;
  if (key === 'ArrowDown') return Math.min(at + 1, last);
  if (key === 'ArrowUp') return Math.max(at - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (key === 'ArrowRight' && rows[at]?.is_open) return at + 1;
  if (key === 'ArrowLeft') {
    const parent = rows[at]?.category?.parent_category_id;
    const found = parent ? rows.findIndex(row => row.category?.category_id === parent) : -1;
    return found < 0 ? at : found;
  }
  return at;
}
