import { z } from 'zod';
import { NCR_SEVERITIES, NCR_STATUSES, NCR_TYPES } from '../../db/schema/quality.ts';
import { inspections } from './inspection.ts';
import { ncrCategory } from './ncr-categories.ts';
import { idOf, type ModuleContract, page, query } from './rpc.ts';

export const ncrType = z.enum(NCR_TYPES);
export const ncrSeverity = z.enum(NCR_SEVERITIES);
export const ncrStatus = z.enum(NCR_STATUSES);
export const ncrRow = z.object({
  ncr_id: idOf('ncrs'),
  ncr_number: z.string(),
  order_id: idOf('orders').nullable(),
  order_number: z.string().nullable(),
  build_number: z.string().nullable(),
  ncr_type: ncrType,
  category: ncrCategory,
  severity: ncrSeverity,
  status: ncrStatus,
  needs_rework: z.boolean(),
  is_return_to_maker: z.boolean(),
  defect_description: z.string(),
  corrective_action: z.string().nullable(),
  inspection_log_id: idOf('inspection_logs').nullable(),
  /** The assembly task at which it was found. */
  task_code: z.string().nullable(),
  characteristic_codes: z.array(z.string()),
  material_number: z.string().nullable(),
  material_name: z.string().nullable(),
  quantity_needed_e6: z.int().nullable(),
  quantity_available_e6: z.int().nullable(),
  expected_on: z.string().nullable(),
  reported_by_name: z.string().nullable(),
  reported_at_ms: z.int(),
  resolution_notes: z.string().nullable(),
  resolved_by_name: z.string().nullable(),
  resolved_at_ms: z.int().nullable(),
  row_version: z.int().min(1),
});
export type NcrRow = z.infer<typeof ncrRow>;

export const quality = {
  ...inspections,
  /** Nonconformities of this plant, unsettled and severe ones first. */
  listNcrs: query({
    allow: 'ncrs:read',
    input: page.extend({
      order_id: idOf('orders').optional(),
      types: z.array(ncrType).max(NCR_TYPES.length).default([]),
      only_unsettled: z.boolean().default(false),
    }),
    output: z.object({ rows: z.array(ncrRow), total: z.int() }),
  }),
} satisfies ModuleContract;
