import type { Id } from '../../../db/kit/columns.ts';
import type { orders } from '../../../preload/contract/orders.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { ServiceItem } from '../../../preload/contract/service-orders.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';

type Input<P extends keyof typeof orders> = ParsedInputOf<(typeof orders)[P]>;
const MOST_ITEMS = 300;
const ITEM = `m.id as material_id, m.material_number, m.material_name, m.record_type, coalesce(u.uom_code, 'EA') as uom_code,
  m.manufacturer_name, m.manufacturer_part_number, m.photo_file_id,
  (select count(*) from bom_headers h join bom_lines l on l.bom_header_id = h.id
    where h.material_id = m.id and h.scope = 'MASTER' and h.is_active = 1) as components`;
/** The category of the setting and everything below it. */
const TREE = `with recursive tree (id) as (
    select id from material_categories where category_code = @root and organization_id = @organization_id
    union select c.id from material_categories c join tree on c.parent_category_id = tree.id),
  placed (material_id, category_id) as (
    select m.id, m.material_category_id from materials m join tree on tree.id = m.material_category_id
    union select l.material_id, l.material_category_id from material_category_links l join tree on tree.id = l.material_category_id)`;
const FROM = `from materials m left join units_of_measure u on u.id = m.base_uom_id
  where m.plant_id = @plant_id and m.is_active = 1 and m.can_order = 1`;
const CATEGORIES = `${TREE} select c.id as category_id, c.category_code, c.category_name,
    (select count(*) from placed p join materials m on m.id = p.material_id
      where p.category_id = c.id and m.is_active = 1 and m.can_order = 1 and m.plant_id = @plant_id) as items
  from material_categories c join tree on tree.id = c.id
  where c.is_active = 1 and c.category_code <> @root order by c.category_code`;
const ITEMS = `${TREE} select ${ITEM}, (select min(p.category_id) from placed p where p.material_id = m.id) as category_id ${FROM}
  and (m.id in (select material_id from placed) or m.is_kit = 1)
  and (@category_id is null or m.id in (select material_id from placed where category_id = @category_id))
  and (@text = '' or m.material_number like @like escape '\\' or m.material_name like @like escape '\\'
    or m.manufacturer_part_number like @like escape '\\')
  order by m.material_number limit ${MOST_ITEMS + 1}`;

const placeOf = (ctx: ReadCtx) => ({
  root: ctx.setting('order.serviceCategory'),
  organization_id: ctx.organization_id,
  plant_id: ctx.actor.plant_id,
});

export function serviceCatalogue(ctx: ReadCtx, { text, category_id }: Input<'serviceCatalogue'>) {
  const place = placeOf(ctx);
  const like = `%${text.replace(/[\\%_]/g, found => `\\${found}`)}%`;
  const items = ctx.sql.all<ServiceItem>(ITEMS, { ...place, category_id, text, like });
  return {
    categories: ctx.sql.all<{
      category_id: Id<'material_categories'>;
      category_code: string;
      category_name: string;
      items: number;
    }>(CATEGORIES, place),
    items: items.slice(0, MOST_ITEMS),
    is_cut: items.length > MOST_ITEMS,
  };
}

type Stored<Row> = Omit<Row, 'can_order'> & { can_order: number };
type Detail = ServiceItem & { description: string | null; can_order: boolean };
type Component = ServiceItem & { quantity_e6: number; can_order: boolean };
const sold = <Row extends { can_order: number }>(row: Row) => ({ ...row, can_order: row.can_order === 1 });
const DETAIL = `select ${ITEM}, m.material_category_id as category_id, m.description, (m.is_active and m.can_order) as can_order
  from materials m left join units_of_measure u on u.id = m.base_uom_id where m.id = ? and m.plant_id = ?`;
const COMPONENTS = `select ${ITEM}, m.material_category_id as category_id, line.quantity_e6, (m.is_active and m.can_order) as can_order
  from bom_headers head join bom_lines line on line.bom_header_id = head.id join materials m on m.id = line.component_material_id
  left join units_of_measure u on u.id = m.base_uom_id
  where head.material_id = ? and head.scope = 'MASTER' and head.is_active = 1 order by line.line_number`;
const USED_IN = `select distinct m.material_number, m.material_name from bom_lines l
  join bom_headers h on h.id = l.bom_header_id and h.scope = 'MASTER' and h.is_active = 1 join materials m on m.id = h.material_id
  where l.component_material_id = ? order by m.material_number limit 50`;

export function serviceItem(ctx: ReadCtx, { material_id }: Input<'serviceItem'>) {
  const item = ctx.sql.get<Stored<Detail>>(DETAIL, [material_id, ctx.actor.plant_id]);
  return {
    item: sold(item ?? refuse('row_not_found', { table: 'materials', id: material_id })),
    components: ctx.sql.all<Stored<Component>>(COMPONENTS, [material_id]).map(sold),
    used_in: ctx.sql.all<{ material_number: string; material_name: string }>(USED_IN, [material_id]),
  };
}
