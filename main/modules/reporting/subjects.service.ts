import type { z } from 'zod';
import type { UserFilter } from '../../../preload/contract/identity.ts';
import type {
  asBuiltExport,
  bomExport,
  catalogueExport,
  orderExport,
  pickListExport,
  stationsExport,
  trackingExport,
  usersExport,
} from '../../../preload/contract/reporting.ts';
import { stampInZone } from '../../platform/days.ts';
import type { Sheet } from '../../platform/sheet.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { bomAggregatedSheet, bomAssemblySheets, bomLevelsSheet, pickListSheet } from '../bom/bom.sheets.ts';
import { headerRow } from '../bom/bom-rows.service.ts';
import { pickListOf } from '../bom/pick-list.service.ts';
import { aggregatedLines, storedTree } from '../bom/tree.service.ts';
import { componentsSheet, materialsSheet } from '../catalogue/catalogue.sheets.ts';
import { usersSheet } from '../identity/users.sheets.ts';
import { orderRow } from '../orders/order-rows.service.ts';
import { orderGroupsSheet, ordersSheet } from '../orders/orders.sheets.ts';
import { asBuiltSheet } from '../traceability/as-built.sheets.ts';
import { asBuilt } from '../traceability/serials.service.ts';
import { isTrackingAdministrator } from '../tracking/access.service.ts';
import { zoneOf } from '../tracking/movement-list.service.ts';
import { balancesSheet, movementsSheet } from '../tracking/tracking.sheets.ts';
import { workCentersSheet } from '../tracking/work-centers.sheets.ts';
import {
  materialFilterFacts,
  orderFilterFacts,
  trackingFilterFacts,
  userFilterFacts,
} from './filter-words.rules.ts';
import type { Fact } from './info.sheets.ts';
import type { SheetTexts } from './sheet-texts.rules.ts';
import { stationsSheet } from './stations.sheets.ts';

/** What goes into a workbook, before anything is written. */
export interface Subject {
  /** Start of the file name. */
  name: string;
  /** The whole file name, where the usual form does not fit. */
  file_name?: string;
  sheets: Sheet[];
  facts: Fact[];
  entity: { type: string; id: string | null; identifier: string };
}

export function ordersSubject(ctx: ReadCtx, input: z.output<typeof orderExport>, texts: SheetTexts): Subject {
  const selection = {
    filter: input.filter,
    sort: input.sort,
    group: input.group,
    ids: input.ids ?? null,
    except: input.except ?? [],
  };
  const name = texts.title('orders');
  return {
    name,
    sheets: [ordersSheet(ctx, selection), ...orderGroupsSheet(ctx, selection)],
    facts: [{ label: texts.fact('content'), value: name }, ...orderFilterFacts(texts, selection)],
    entity: { type: 'orders', id: null, identifier: name },
  };
}

export function catalogueSubject(
  ctx: ReadCtx,
  input: z.output<typeof catalogueExport>,
  texts: SheetTexts,
): Subject {
  const category = input.filter.category_id;
  const code = category === null ? null : categoryCode(ctx, category);
  const name = texts.title('materials');
  return {
    name,
    sheets: [materialsSheet(ctx, input.filter), componentsSheet(ctx, input.filter)],
    facts: [{ label: texts.fact('content'), value: name }, ...materialFilterFacts(texts, input.filter, code)],
    entity: { type: 'materials', id: null, identifier: name },
  };
}
const categoryCode = (ctx: ReadCtx, id: string): string =>
  ctx.sql.get<{ code: string }>(
    "select category_code || ' ' || category_name as code from material_categories where id = ?",
    [id],
  )?.code ?? id;

const unitDecimals = (ctx: ReadCtx): Map<string, number> =>
  new Map(
    ctx.sql
      .all<{ uom_code: string; decimals: number }>('select uom_code, decimals from units_of_measure')
      .map(unit => [unit.uom_code, unit.decimals]),
  );

/** Refuses `row_not_found`. */
export function bomSubject(ctx: ReadCtx, input: z.output<typeof bomExport>, texts: SheetTexts): Subject {
  const header = headerRow(ctx, input.bom_id);
  const tree = storedTree(ctx, header.bom_id);
  const units = unitDecimals(ctx);
  const views = {
    levels: () => [bomLevelsSheet(tree, units)],
    aggregated: () => [bomAggregatedSheet(aggregatedLines(tree), units)],
    assemblies: () => bomAssemblySheets(tree, units),
  };
  const state = {
    number: header.bom_number,
    version: header.bom_version,
    status: texts.words('bom_status')[header.status] ?? header.status,
  };
  const fact = (key: string, value: string): Fact => ({ label: texts.fact(key), value });
  return {
    name: `${texts.title('bom_levels')}_${header.order_number}_${header.build_number}_V${header.bom_version}`,
    sheets: [...new Set(input.views)].flatMap(view => views[view]()),
    facts: [
      fact('content', texts.title('bom_levels')),
      fact('order', header.order_number),
      fact('build', header.build_number),
      fact('customer', header.customer_name),
      fact('bom', texts.fact('bom_state', state)),
      fact('revision', String(header.configuration_revision)),
    ],
    entity: { type: 'bom_headers', id: header.bom_id, identifier: header.bom_number },
  };
}

/** Refuses `row_not_found`, `bom_missing`. */
export function asBuiltSubject(
  ctx: ReadCtx,
  { order_id }: z.output<typeof asBuiltExport>,
  texts: SheetTexts,
): Subject {
  const order = orderRow(ctx, order_id);
  const { rows, bom_version } = asBuilt(ctx, { order_id });
  const units = unitDecimals(ctx);
  const { order_number, build_number } = order;
  return {
    name: `${texts.title('as_built')}_${order_number}_${build_number}`,
    sheets: [asBuiltSheet(rows, row => units.get(row.uom_code) ?? 0)],
    facts: [
      { label: texts.fact('content'), value: texts.title('as_built') },
      { label: texts.fact('order'), value: order_number },
      { label: texts.fact('build'), value: build_number },
      { label: texts.fact('customer'), value: order.customer_name },
      { label: texts.fact('bom'), value: String(bom_version) },
    ],
    entity: { type: 'orders', id: order.id, identifier: order_number },
  };
}

/** What to fetch for the chosen builds. Refuses `row_not_found`, `bom_not_approved`. */
export function pickListSubject(
  ctx: ReadCtx,
  { order_ids }: z.output<typeof pickListExport>,
  texts: SheetTexts,
): Subject {
  const list = pickListOf(ctx, order_ids);
  const [first, ...others] = list.builds;
  const named = first ? `${first.order_number}_${first.build_number}` : '';
  return {
    name: `${texts.title('pick_list')}_${named}${others.length > 0 ? `_x${list.builds.length}` : ''}`,
    sheets: [pickListSheet(list, unitDecimals(ctx))],
    facts: [
      { label: texts.fact('content'), value: texts.title('pick_list') },
      ...list.builds.map(({ order_number, build_number, customer_name, bom_version }) => ({
        label: texts.fact('build'),
        value: `${order_number} ${build_number}, ${customer_name}, ${texts.fact('bom')} ${bom_version}`,
      })),
    ],
    entity: {
      type: 'orders',
      id: first && others.length === 0 ? first.order_id : null,
      identifier: [...new Set(list.builds.map(({ order_number }) => order_number))].join(', ').slice(0, 200),
    },
  };
}

/** The stations of the organization as the centre told of them. */
export function stationsSubject(
  _ctx: ReadCtx,
  input: z.output<typeof stationsExport>,
  texts: SheetTexts,
): Subject {
  const name = texts.title('stations');
  return {
    name,
    sheets: [stationsSheet(input.rows)],
    facts: [{ label: texts.fact('content'), value: name }],
    entity: { type: 'replication', id: null, identifier: name },
  };
}

const plainSubject = (texts: SheetTexts, sheet: Sheet, type: string): Subject => {
  const name = texts.title(sheet.id);
  return {
    name,
    sheets: [sheet],
    facts: [{ label: texts.fact('content'), value: name }],
    entity: { type, id: null, identifier: name },
  };
};
export function usersSubject(
  ctx: ReadCtx,
  { filter }: z.output<typeof usersExport>,
  texts: SheetTexts,
): Subject {
  const plain = plainSubject(texts, usersSheet(ctx, filter), 'users');
  return {
    ...plain,
    facts: [...plain.facts, ...userFilterFacts(texts, filter, wordsOfUserFilter(ctx, filter))],
  };
}
const wordsOfUserFilter = (ctx: ReadCtx, { role_id, plant_id, department_id }: UserFilter) =>
  ctx.sql.get<{ role: string | null; plant: string | null; department: string | null }>(
    `select (select role_name from roles where id = @role_id) as role, (select plant_name from plants where id = @plant_id) as plant,
      (select dept_name from departments where id = @department_id) as department`,
    { role_id: role_id ?? null, plant_id: plant_id ?? null, department_id: department_id ?? null },
  ) ?? { role: null, plant: null, department: null };
export const workCentersSubject = (ctx: ReadCtx, _input: unknown, texts: SheetTexts): Subject =>
  plainSubject(texts, workCentersSheet(ctx), 'work_centers');

/** Movements and balances under one filter; balances are never cut down to some people's rows. */
export function trackingSubject(
  ctx: ReadCtx,
  input: z.output<typeof trackingExport>,
  texts: SheetTexts,
): Subject {
  const { state, ...filter } = input.filter;
  const isAdministrator = isTrackingAdministrator(ctx);
  const id = isAdministrator ? 'tracking_all_movements' : 'tracking_movements';
  const { text, work_center_id, from, to, include_archive } = filter;
  const start = isAdministrator ? 'production_orders_with_balance' : 'production_orders_report';
  const name = texts.title(id);
  return {
    name,
    file_name: `${start}_${stampInZone(ctx.now_ms, zoneOf(ctx))}.xlsx`,
    sheets: [
      movementsSheet(ctx, id, filter, key => texts.heading(id, key)),
      balancesSheet(ctx, { text, work_center_id, from, to, include_archive, state }, key =>
        texts.heading('tracking_balances', key),
      ),
    ],
    facts: [
      { label: texts.fact('content'), value: `${name}, ${texts.title('tracking_balances')}` },
      ...trackingFilterFacts(texts, filter, centerNamed(ctx, work_center_id)),
      ...(state === undefined
        ? []
        : [{ label: texts.title('tracking_balances'), value: texts.words('balance_state')[state] ?? state }]),
    ],
    entity: { type: 'order_movements', id: null, identifier: name },
  };
}
const centerNamed = (ctx: ReadCtx, id: string | undefined): string | null =>
  id === undefined
    ? null
    : (ctx.sql.get<{ name: string }>(
        "select work_center_code || ' - ' || work_center_name as name from work_centers where id = ?",
        [id],
      )?.name ?? id);
