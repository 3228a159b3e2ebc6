import type { OrderFilter, OrderGroup, OrderSort, OrderSummary } from '../../../preload/contract/orders.ts';
import { type Column, defineSheet, type Sheet } from '../../platform/sheet.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { orderByOf, whereOf } from './order-filter.rules.ts';
import { GROUP_NAME_OF_ROW } from './order-list.service.ts';
import { filterPlace, SUMMARY_COLUMNS, SUMMARY_JOINS, summaryOf } from './order-rows.service.ts';

interface OrderSheetRow extends OrderSummary {
  notes: string | null;
  product_family: string | null;
  bom_version: number | null;
  bom_status: string | null;
  want_week: string | null;
}
const MORE_COLUMNS = `o.notes, ${GROUP_NAME_OF_ROW.want_week} as want_week, m.family as product_family, b.bom_version, b.status as bom_status`;
/** The latest version of the BOM of each build, approved or not. */
const MORE_JOINS = `left join product_models m on m.id = o.product_model_id
  left join bom_headers b on b.order_id = o.id
    and b.bom_version = (select max(v.bom_version) from bom_headers v where v.order_id = o.id)`;

const ROWS = `select ${SUMMARY_COLUMNS}, ${MORE_COLUMNS} from json_each(@picked) picked
  cross join orders o on o.id = picked.value ${SUMMARY_JOINS} ${MORE_JOINS} order by picked.key`;

export interface OrderSelection {
  filter: OrderFilter;
  sort: OrderSort;
  group: OrderGroup | null;
  /** Only these of the filtered set. */
  ids: readonly string[] | null;
  /** Without these of the filtered set. */
  except: readonly string[];
}

/** Ids are sorted, not rows: the set is never held whole. */
function pickedIds(ctx: ReadCtx, { filter, sort, group, ids, except }: OrderSelection): string[] {
  const { sql, params } = whereOf(filter, filterPlace(ctx));
  const sorted = ctx.sql.all<{ id: string }>(
    `select o.id from orders o where ${sql} order by ${orderByOf(sort, group)}`,
    params,
  );
  const chosen = ids === null ? null : new Set(ids);
  const left = new Set(except);
  return sorted.flatMap(({ id }) => ((chosen === null || chosen.has(id)) && !left.has(id) ? [id] : []));
}

interface GroupRow {
  name: string | null;
  builds: number;
}
/** The groups of the list with how many of the exported builds each holds; no sheet for a list without groups. */
export function orderGroupsSheet(ctx: ReadCtx, selection: OrderSelection): Sheet[] {
  const { group } = selection;
  if (group === null) return [];
  const groups = ctx.sql.all<GroupRow>(
    `select ${GROUP_NAME_OF_ROW[group]} as name, count(*) as builds from json_each(@picked) picked
     cross join orders o on o.id = picked.value group by 1 order by min(picked.key)`,
    { picked: JSON.stringify(pickedIds(ctx, selection)) },
  );
  const words = group === 'order_status' ? { words: 'order_status' } : {};
  return [
    defineSheet<GroupRow>({
      id: 'order_groups',
      row_count: groups.length,
      is_summary: true,
      rows: () => groups,
      columns: [
        { key: group, kind: 'text', width: 30, value: g => g.name, ...words },
        { key: 'builds', kind: 'integer', width: 12, value: g => g.builds, total: 'sum' },
      ],
    }),
  ];
}

/** Every build of the filtered set, in the order of the list, with all its columns; what it is grouped by comes first. */
export function ordersSheet(ctx: ReadCtx, selection: OrderSelection): Sheet {
  const picked = pickedIds(ctx, selection);
  return defineSheet<OrderSheetRow>({
    id: 'orders',
    row_count: picked.length,
    *rows() {
      const today = ctx.today();
      const rows = ctx.sql.iterate<OrderSheetRow>(ROWS, { picked: JSON.stringify(picked) });
      for (const row of rows) yield { ...row, is_late: summaryOf(row, today).is_late };
    },
    columns: groupFirst(selection.group, [
      { key: 'order_number', kind: 'text', width: 18, value: o => o.order_number },
      { key: 'build_number', kind: 'text', width: 16, value: o => o.build_number, total: 'count' },
      { key: 'customer_name', kind: 'text', width: 30, value: o => o.customer_name },
      { key: 'project_name', kind: 'text', width: 26, value: o => o.project_name },
      { key: 'sales_person', kind: 'text', width: 20, value: o => o.sales_person },
      { key: 'want_on', kind: 'day', width: 13, value: o => o.want_on },
      { key: 'is_late', kind: 'boolean', width: 9, value: o => o.is_late },
      { key: 'order_status', kind: 'text', width: 22, value: o => o.order_status, words: 'order_status' },
      { key: 'document_language', kind: 'text', width: 13, value: o => o.document_language },
      { key: 'product_family', kind: 'text', width: 20, value: o => o.product_family },
      { key: 'configuration_revision', kind: 'integer', width: 14, value: o => o.configuration_revision },
      { key: 'bom_version', kind: 'integer', width: 12, value: o => o.bom_version },
      { key: 'bom_status', kind: 'text', width: 14, value: o => o.bom_status, words: 'bom_status' },
      { key: 'assignee_name', kind: 'text', width: 20, value: o => o.assignee_name },
      { key: 'created_by_name', kind: 'text', width: 20, value: o => o.created_by_name },
      { key: 'created_at_ms', kind: 'instant', width: 17, value: o => o.created_at_ms },
      { key: 'updated_at_ms', kind: 'instant', width: 17, value: o => o.updated_at_ms },
      { key: 'want_week', kind: 'text', width: 14, value: o => o.want_week },
      { key: 'notes', kind: 'text', width: 40, value: o => o.notes },
    ]),
  });
}
const groupFirst = (group: OrderGroup | null, columns: Column<OrderSheetRow>[]): Column<OrderSheetRow>[] =>
  group === null ? columns : columns.toSorted((a, b) => Number(b.key === group) - Number(a.key === group));
