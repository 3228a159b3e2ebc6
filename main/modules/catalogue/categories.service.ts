import type { Id } from '../../../db/kit/columns.ts';
import { material_categories } from '../../../db/schema/catalogue.ts';
import type { catalogue } from '../../../preload/contract/catalogue.ts';
import type { OutputOf, ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { plantOf } from './plant.service.ts';

type Node = OutputOf<typeof catalogue.categoryTree>['categories'][number];
type Row = Omit<Node, 'items' | 'is_active'> & { is_active: number };

/** All categories in tree order with the number of items in and below each. */
export function categoryTree(ctx: ReadCtx): OutputOf<typeof catalogue.categoryTree> {
  const rows = ctx.sql.all<Row>(
    'select id as category_id, category_code, category_name, description, parent_category_id, is_active, row_version from material_categories where organization_id = ? order by category_code',
    [ctx.organization_id],
  );
  const placed = ctx.sql.all<{ category_id: string; material_number: string }>(
    `select material_category_id as category_id, material_number from materials where plant_id = @plant and is_active = 1 and material_category_id is not null
     union select l.material_category_id, m.material_number from material_category_links l join materials m on m.id = l.material_id where m.plant_id = @plant and m.is_active = 1`,
    { plant: plantOf(ctx) },
  );
  const parentOf = new Map<string, string | null>(rows.map(row => [row.category_id, row.parent_category_id]));
  const items = new Map<string, Set<string>>();
  for (const { category_id, material_number } of placed) {
    for (let at: string | null | undefined = category_id; at; at = parentOf.get(at))
      items.set(at, (items.get(at) ?? new Set()).add(material_number));
  }
  return {
    categories: rows.map(row => ({
      ...row,
      is_active: row.is_active === 1,
      items: items.get(row.category_id)?.size ?? 0,
    })),
  };
}

/** What keeps a category in use: active items filed or listed in it, in any plant, and active categories below. */
export function categoryReferences(
  ctx: ReadCtx,
  { category_id: id }: ParsedInputOf<typeof catalogue.categoryReferences>,
): OutputOf<typeof catalogue.categoryReferences> {
  const counted = ctx.sql.get<{ items: number; categories: number }>(
    `select (select count(*) from materials m where m.is_active = 1 and (m.material_category_id = @id
        or exists (select 1 from material_category_links l where l.material_id = m.id and l.material_category_id = @id))) as items,
      (select count(*) from material_categories where parent_category_id = @id and is_active = 1) as categories`,
    { id },
  );
  return counted ?? { items: 0, categories: 0 };
}

export function saveCategory(
  ctx: CommandCtx,
  { category_id, row_version, ...values }: ParsedInputOf<typeof catalogue.saveCategory>,
) {
  if (!category_id) return { category_id: ctx.insert(material_categories, values).id };
  refuseCycle(ctx, category_id, values.parent_category_id);
  if (!values.is_active) {
    const { items, categories } = categoryReferences(ctx, { category_id });
    const count = items + categories;
    if (count > 0) refuse('category_in_use', { category: values.category_code, count });
  }
  ctx.update(material_categories, category_id, values, row_version ?? undefined);
  return { category_id };
}

function refuseCycle(
  ctx: CommandCtx,
  category_id: Id<'material_categories'>,
  parent: Id<'material_categories'> | null,
): void {
  const path: string[] = [];
  for (let at: string | null = parent; at; ) {
    const row: { category_code: string; parent_category_id: string | null } | undefined = ctx.sql.get(
      'select category_code, parent_category_id from material_categories where id = ?',
      [at],
    );
    if (!row) return;
    path.unshift(row.category_code);
    if (at === category_id) refuse('category_cycle', { path: [...path, row.category_code].join(' > ') });
    at = row.parent_category_id;
  }
}
