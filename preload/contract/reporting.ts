import { z } from 'zod';
import { MATERIAL_KINDS } from '../../db/schema/catalogue.ts';
import { userFilter } from './identity.ts';
import { lifeReports, REPORT_SHEETS, reportFilter, reportName } from './life-reports.ts';
import { orderFilter, orderGroup, orderSort } from './orders.ts';
import { MOST_PICKED } from './pick-list.ts';
import { stationFacts } from './replication.ts';
import { idOf, job, type ModuleContract, query } from './rpc.ts';
import { balanceState, movementFilter } from './tracking.ts';

/** Where the workbook can be fetched, once, and how many rows of data it holds. */
export const workbookOffer = z.object({ ticket: z.string(), file_name: z.string(), rows: z.int() });
export type WorkbookOffer = z.infer<typeof workbookOffer>;

/** The first sheets of the exports. */
export const LAYOUT_SHEETS = [
  'orders',
  'bom_levels',
  'as_built',
  'pick_list',
  'materials',
  'stations',
  'tracking_movements',
  'users',
  'work_centers',
  ...REPORT_SHEETS,
] as const;
export type LayoutSheet = (typeof LAYOUT_SHEETS)[number];
export const BOM_VIEWS = ['levels', 'aggregated', 'assemblies'] as const;
/** The filter of the list of items. */
export const materialExportFilter = z.object({
  text: z.string().max(200).default(''),
  kind: z.enum(MATERIAL_KINDS).nullable().default(null),
  category_id: idOf('material_categories').nullable().default(null),
  active: z.enum(['active', 'inactive', 'all']).default('active'),
});
export type MaterialExportFilter = z.infer<typeof materialExportFilter>;
export const MOST_SELECTED = 100_000;

/** Columns of the first sheet in their order, and what its rows are sorted by. */
export const exportLayout = z.object({
  columns: z.array(z.string().max(60)).max(100),
  sort: z.object({ column: z.string().max(60), is_descending: z.boolean() }).nullable(),
});
export type ExportLayout = z.infer<typeof exportLayout>;
/** A CSV file holds the first sheet alone. */
const look = {
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
  layout: exportLayout.nullable().default(null),
};

const selectedOrders = z.array(idOf('orders')).min(1).max(MOST_SELECTED);
export const orderExport = z.object({
  filter: orderFilter.prefault({}),
  sort: orderSort.default({ by: 'created_at_ms', direction: 'desc' }),
  /** Rows in groups, and a second sheet that counts them. */
  group: orderGroup.nullable().default(null),
  /** Only these of the filtered set; without it the whole set. */
  ids: selectedOrders.optional(),
  /** The filtered set without these. */
  except: selectedOrders.optional(),
  ...look,
});
export const bomExport = z.object({
  bom_id: idOf('bom_headers'),
  views: z
    .array(z.enum(BOM_VIEWS))
    .min(1)
    .max(BOM_VIEWS.length)
    .default([...BOM_VIEWS]),
  ...look,
});
export const asBuiltExport = z.object({ order_id: idOf('orders'), ...look });
/** Builds that are picked together. */
export const pickListExport = z.object({
  order_ids: z.array(idOf('orders')).min(1).max(MOST_PICKED),
  ...look,
});
export const catalogueExport = z.object({ filter: materialExportFilter.prefault({}), ...look });

/** What the centre told about its stations: the rows on screen, since this station does not keep them. */
export const stationsExport = z.object({ rows: z.array(stationFacts).max(10_000), ...look });

/** The filter of the movement list; balances take what is theirs of it, and the state is theirs alone. */
export const trackingExport = z.object({
  filter: movementFilter.extend({ state: balanceState.optional() }).prefault({}),
  ...look,
});

/** Every table of a report and the records it counts. */
export const lifeExport = z.object({ report: reportName, filter: reportFilter, ...look });

export const usersExport = z.object({ filter: userFilter.prefault({}), ...look });

export const reporting = {
  ...lifeReports,
  /** The columns an export has, for choosing among them. */
  columns: query({
    allow: 'signed_in',
    input: z.object({ sheet: z.enum(LAYOUT_SHEETS) }),
    output: z.object({ columns: z.array(z.object({ key: z.string(), heading: z.string() })) }),
  }),
  exportOrders: job({
    allow: 'orders:export',
    input: orderExport,
    output: workbookOffer,
    refusals: ['too_many_rows'],
  }),
  exportBom: job({
    allow: 'order_boms:export',
    input: bomExport,
    output: workbookOffer,
    refusals: ['row_not_found', 'too_many_rows'],
  }),
  exportAsBuilt: job({
    allow: 'order_boms:export',
    input: asBuiltExport,
    output: workbookOffer,
    refusals: ['row_not_found', 'bom_missing', 'too_many_rows'],
  }),
  exportPickList: job({
    allow: 'order_boms:export',
    input: pickListExport,
    output: workbookOffer,
    refusals: ['row_not_found', 'bom_not_approved', 'too_many_rows'],
  }),
  exportCatalogue: job({
    allow: 'materials:export',
    input: catalogueExport,
    output: workbookOffer,
    refusals: ['too_many_rows'],
  }),
  exportStations: job({
    allow: 'settings:update',
    input: stationsExport,
    output: workbookOffer,
    refusals: ['too_many_rows'],
  }),
  exportTracking: job({
    allow: 'order_movements:export',
    input: trackingExport,
    output: workbookOffer,
    refusals: ['too_many_rows'],
  }),
  exportReport: job({
    allow: 'reports:export',
    input: lifeExport,
    output: workbookOffer,
    refusals: ['too_many_rows', 'period_invalid', 'no_plant_access', 'not_allowed'],
  }),
  exportUsers: job({
    allow: 'users:read',
    input: usersExport,
    output: workbookOffer,
    refusals: ['too_many_rows'],
  }),
  exportWorkCenters: job({
    allow: 'work_centers:read',
    input: z.object(look),
    output: workbookOffer,
    refusals: ['too_many_rows'],
  }),
} satisfies ModuleContract;
