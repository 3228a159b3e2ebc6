import { z } from 'zod';
import {
  REPORT_STEPS,
  type ReportFilter,
  reportFilter,
  reportName,
} from '../../../../preload/contract/life-reports.ts';
import { daysOf, periodChoice } from '../../../ui/period.ts';

/** What the screen shows. Kept under a name or in the address. */
export const reportView = z.object({
  report: reportName.default('production'),
  period: periodChoice.default({ last_days: 90 }),
  by: z.enum(REPORT_STEPS).default('week'),
  plant_id: reportFilter.shape.plant_id,
  family: reportFilter.shape.family,
  customer_name: reportFilter.shape.customer_name,
});
export type ReportView = z.infer<typeof reportView>;

export const filterOf = (
  { period, by, plant_id, family, customer_name }: ReportView,
  today: string,
): ReportFilter => ({
  ...daysOf(period, today),
  by,
  plant_id,
  family,
  customer_name,
});
