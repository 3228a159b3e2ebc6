import type { Id } from '../../../db/kit/columns.ts';
import { addE6, multiplyE6 } from '../../../db/kit/quantity.ts';
import { materials } from '../../../db/schema/catalogue.ts';
import type { catalogue, MaterialDetails } from '../../../preload/contract/catalogue.ts';
import type { OutputOf } from '../../../preload/contract/rpc.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import type { CatalogueIndex } from './catalogue.service.ts';

type Component = MaterialDetails['components'][number];
type UsedRow = OutputOf<typeof catalogue.whereUsed>['rows'][number];
const MOST_ROWS = 5000;

/** All levels below an item, depth first, at most 5,000 rows. A cycle ends where it closes. */
export function componentTree(index: CatalogueIndex, material_id: string): Component[] {
  const rows: Component[] = [];
  const top = index.byKey(material_id);
  if (!top) return rows;
  const walk = (item: NonNullable<typeof top>, path: string[], total_e6: number): void => {
    for (const { item_id, quantity_e6, notes } of item.components) {
      const child = index.resolve(item_id);
      if (rows.length >= MOST_ROWS) return;
      const total = multiplyE6(total_e6, quantity_e6);
      rows.push({
        material_id: child ? materialId(child.key) : null,
        material_number: item_id,
        material_name: child?.name ?? '',
        record_type: child?.kind ?? 'PART',
        level: path.length,
        path: [...path, item_id],
        quantity_e6,
        total_quantity_e6: total,
        notes,
        has_components: (child?.components.length ?? 0) > 0,
      });
      if (child && !path.includes(item_id) && path.length < 100) walk(child, [...path, item_id], total);
    }
  };
  walk(top, [top.item_id], 1_000_000);
  return rows;
}

const PARENTS = `select m.id as material_id, m.material_number, m.material_name, m.record_type, h.id as bom_id, l.quantity_e6
  from bom_lines l join bom_headers h on h.id = l.bom_header_id join materials m on m.id = h.material_id
  where l.component_material_id = ? and h.scope = 'MASTER' and h.is_active = 1 order by m.material_number`;

/** Every active bill above the items, nearest first in each branch; the path leads up. */
export function whereUsedRows(
  ctx: ReadCtx,
  ids: readonly string[],
  levels: number,
): { rows: UsedRow[]; is_cut: boolean } {
  const rows: UsedRow[] = [];
  let is_cut = false;
  const walk = (id: string, path: string[]): void => {
    if (path.length >= levels) return;
    for (const row of ctx.sql.all<Omit<UsedRow, 'level' | 'path'>>(PARENTS, [id])) {
      if (rows.length >= MOST_ROWS) {
        is_cut = true;
        return;
      }
      rows.push({ ...row, level: path.length + 1, path: [...path, row.material_number] });
      if (!path.includes(row.material_number)) walk(row.material_id, [...path, row.material_number]);
    }
  };
  for (const id of ids) walk(id, []);
  return { rows, is_cut };
}

interface BuildRow {
  order_id: Id<'orders'>;
  order_number: string;
  build_number: string;
  order_status: string;
  quantity_e6: number;
}
/** Builds not yet shipped whose current bill holds one of the items, at any level. */
export function openBuilds(ctx: ReadCtx, ids: readonly string[]): BuildRow[] {
  const builds = new Map<string, BuildRow>();
  for (const id of ids) {
    const rows = ctx.sql.all<BuildRow>(
      `select o.id as order_id, o.order_number, o.build_number, o.order_status, l.total_quantity_e6 as quantity_e6
       from bom_lines l join bom_headers h on h.id = l.bom_header_id join orders o on o.id = h.order_id
       where l.component_material_id = ? and h.scope = 'ORDER' and h.status <> 'SUPERSEDED' and o.order_status not in ('SHIPPED', 'FULFILLED', 'REJECTED')
       order by o.order_number, o.build_number`,
      [id],
    );
    for (const row of rows) {
      const held = builds.get(row.order_id);
      builds.set(
        row.order_id,
        held ? { ...held, quantity_e6: addE6(held.quantity_e6, row.quantity_e6) } : row,
      );
    }
  }
  return [...builds.values()];
}

const materialId = (key: string): Id<'materials'> => materials.row.shape.id.parse(key);
