import { z } from 'zod';
import { empty, idOf, page, query } from './rpc.ts';

/** Reports of the order's life, each with its tables in the order of the screen. */
export const REPORT_TABLES = {
  production: ['report_production', 'report_statuses', 'report_customers', 'report_builds'],
  lead_times: ['report_lead_times', 'report_stays', 'report_shipped'],
  quality: ['report_quality', 'report_forms', 'report_inspectors', 'report_inspections'],
  failures: ['report_causes', 'report_failed_checks', 'report_issue_kinds', 'report_issues'],
  procurement: ['report_procurement', 'report_suppliers', 'report_parts_sent'],
  service: ['report_service', 'report_service_items', 'report_service_orders'],
} as const;
export const REPORTS = ['production', 'lead_times', 'quality', 'failures', 'procurement', 'service'] as const;
export const reportName = z.enum(REPORTS);
export type ReportName = z.infer<typeof reportName>;
export type ReportTableName = (typeof REPORT_TABLES)[ReportName][number];
/** The first table of each report. */
export const REPORT_SHEETS = [
  'report_production',
  'report_lead_times',
  'report_quality',
  'report_causes',
  'report_procurement',
  'report_service',
] as const satisfies ReportTableName[];
export const REPORT_STEPS = ['day', 'week', 'month'] as const;
export type ReportStep = (typeof REPORT_STEPS)[number];

const day = z.iso.date();
export const reportFilter = z.object({
  /** First and last day by the calendar of the plant. */
  from: day,
  to: day,
  by: z.enum(REPORT_STEPS).default('week'),
  /** Without one: all plants that one may read. */
  plant_id: idOf('plants').optional(),
  family: z.string().min(1).max(40).optional(),
  /** Of a service order: it has none. */
  customer_name: z.string().min(1).max(200).optional(),
});
export type ReportFilter = z.infer<typeof reportFilter>;

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const cellKind = z.enum([
  'text',
  'integer',
  'quantity',
  'day',
  'instant',
  'boolean',
  'percent',
  'duration_min',
]);
/** Values as they are stored: shares and days in millionths. */
const headline = z.object({ key: z.string(), kind: cellKind, value: z.number().nullable() });
export const reportTable = z.object({
  table: z.string(),
  columns: z.array(
    z.object({
      key: z.string(),
      kind: cellKind,
      /** Names the words of a closed set of codes. */
      words: z.string().nullable(),
      /** Shown of a quantity. */
      decimals: z.int(),
      total: z.number().nullable(),
      /** Each number of the column is a list of records that can be asked for. */
      is_listed: z.boolean(),
    }),
  ),
  rows: z.array(z.object({ key: z.string(), cells: z.array(cell) })),
});
export type ReportTable = z.infer<typeof reportTable>;

export const REPORT_RECORDS = ['build', 'inspection', 'issue', 'service_order'] as const;
export const reportRecord = z.object({
  record: z.enum(REPORT_RECORDS),
  id: z.string(),
  /** The build it belongs to. */
  order_id: idOf('orders').nullable(),
  /** Its page opens in this plant. */
  plant_id: idOf('plants'),
  title: z.string(),
  subtitle: z.string(),
  at_ms: z.int(),
});
export type ReportRecord = z.infer<typeof reportRecord>;

const asked = z.object({ report: reportName, filter: reportFilter });
const refusals = ['period_invalid', 'no_plant_access', 'not_allowed'] as const;
export const lifeReports = {
  /** What may be asked for: reports, plants and product families. */
  reportChoices: query({
    allow: 'reports:read',
    input: empty,
    output: z.object({
      reports: z.array(reportName),
      plants: z.array(z.object({ plant_id: idOf('plants'), plant_name: z.string() })),
      families: z.array(z.string()),
      /** Those with most builds. */
      customers: z.array(z.string()),
    }),
  }),
  report: query({
    allow: 'reports:read',
    input: asked,
    output: z.object({ headlines: z.array(headline), tables: z.array(reportTable) }),
    refusals,
  }),
  /** The records behind one number of a report. */
  reportRecords: query({
    allow: 'reports:read',
    input: page.extend({
      ...asked.shape,
      table: z.string().max(60),
      row: z.string().max(200),
      column: z.string().max(60),
    }),
    output: z.object({ rows: z.array(reportRecord), total: z.int() }),
    refusals: [...refusals, 'row_not_found'],
  }),
};
