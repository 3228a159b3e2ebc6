import type { z } from 'zod';
import {
  type lifeReports,
  REPORTS,
  type ReportFilter,
  type ReportName,
} from '../../../preload/contract/life-reports.ts';
import type { lifeExport } from '../../../preload/contract/reporting.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { plantsWith } from '../identity/plant-reach.service.ts';
import { reportFilterFacts } from './filter-words.rules.ts';
import { type Scope, scopeOf } from './life-facts.service.ts';
import { procurementReport } from './life-procurement.sheets.ts';
import { leadTimeReport, productionReport } from './life-production.sheets.ts';
import { failuresReport, qualityReport } from './life-quality.sheets.ts';
import { serviceReport } from './life-service.sheets.ts';
import type { Report } from './report-table.ts';
import type { SheetTexts } from './sheet-texts.rules.ts';
import type { Subject } from './subjects.service.ts';

type Input<P extends keyof typeof lifeReports> = ParsedInputOf<(typeof lifeReports)[P]>;
interface ReportKind {
  /** What one must be allowed to read beside reports. */
  permission: string;
  make(ctx: ReadCtx, filter: ReportFilter, scope: Scope): Report;
}
const KINDS: Record<ReportName, ReportKind> = {
  production: { permission: 'orders:read', make: productionReport },
  lead_times: { permission: 'orders:read', make: leadTimeReport },
  quality: { permission: 'inspections:read', make: qualityReport },
  failures: { permission: 'ncrs:read', make: failuresReport },
  procurement: { permission: 'outsourcing:read', make: procurementReport },
  service: { permission: 'service_orders:read', make: serviceReport },
};

const CUSTOMERS = `select customer_name from orders where order_kind = 'CUSTOMER_BUILD' and plant_id in (select value from json_each(@plants))
  group by customer_name order by count(*) desc, customer_name limit 500`;
export function reportChoices(ctx: ReadCtx) {
  const plants = plantsWith(ctx, 'reports:read');
  const families = ctx.sql.all<{ family: string }>(
    'select distinct family from product_models where is_active = 1 order by family',
  );
  return {
    reports: REPORTS.filter(report => ctx.actor.may(KINDS[report].permission)),
    plants,
    families: families.map(({ family }) => family),
    customers: ctx.sql
      .all<{ customer_name: string }>(CUSTOMERS, {
        plants: JSON.stringify(plants.map(plant => plant.plant_id)),
      })
      .map(({ customer_name }) => customer_name),
  };
}

/** Refuses `not_allowed`, `period_invalid`, `no_plant_access`. */
export function reportOf(ctx: ReadCtx, report: ReportName, filter: ReportFilter): Report {
  const { permission, make } = KINDS[report];
  if (!ctx.actor.may(permission)) refuse('not_allowed', { permission });
  return make(ctx, filter, scopeOf(ctx, filter, permission));
}

/** For the screen: the lists of single records are for workbooks and are asked for number by number. */
export function report(ctx: ReadCtx, input: Input<'report'>) {
  const { headlines, tables } = reportOf(ctx, input.report, input.filter);
  return { headlines, tables: tables.slice(0, -1).map(table => table.shown()) };
}

/** Refuses `row_not_found` where the number has no list. */
export function reportRecords(ctx: ReadCtx, input: Input<'reportRecords'>) {
  const { tables } = reportOf(ctx, input.report, input.filter);
  const found = tables.find(({ sheet }) => sheet.id === input.table)?.recordsOf(input.row, input.column);
  if (!found) return refuse('row_not_found', { table: input.table, id: `${input.row} ${input.column}` });
  return { rows: found.slice(input.offset, input.offset + input.limit), total: found.length };
}

/** Every table of a report, its records last. */
export function lifeSubject(
  ctx: ReadCtx,
  { report: name, filter }: z.output<typeof lifeExport>,
  texts: SheetTexts,
): Subject {
  const { tables } = reportOf(ctx, name, filter);
  const [first] = tables;
  const title = first ? texts.title(first.sheet.id) : name;
  const plant = plantsWith(ctx, 'reports:read').find(({ plant_id }) => plant_id === filter.plant_id);
  return {
    name: title,
    sheets: tables.map(({ sheet }) => sheet),
    facts: [
      { label: texts.fact('content'), value: title },
      ...reportFilterFacts(texts, filter, plant?.plant_name ?? null),
    ],
    entity: { type: 'reports', id: null, identifier: name },
  };
}
