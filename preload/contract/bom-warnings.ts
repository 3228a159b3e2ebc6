import { z } from 'zod';
import { localizedText } from './product-model.ts';
import { command, idOf, query } from './rpc.ts';

/** A warning of the product model that somebody has to read before the BOM is approved. */
export const bomWarning = z.object({
  rule: z.string(),
  /** The answer it is about; empty: the build. */
  place: z.string(),
  message: localizedText,
  acknowledged_by_name: z.string().nullable(),
  acknowledged_at_ms: z.int().nullable(),
  note: z.string().nullable(),
});
export type BomWarning = z.infer<typeof bomWarning>;
const bomId = idOf('bom_headers');

export const bomWarnings = {
  warnings: query({
    allow: 'order_boms:read',
    input: z.object({ bom_id: bomId }),
    output: z.object({ warnings: z.array(bomWarning), unread: z.int() }),
    refusals: ['row_not_found', 'product_model_unknown'],
  }),
  /** One at a time: who read it, when, and a note if wished. */
  acknowledgeWarning: command({
    allow: 'order_boms:approve',
    input: z.object({
      bom_id: bomId,
      rule: z.string().max(20),
      place: z.string().max(200).default(''),
      note: z.string().trim().max(500).optional(),
    }),
    output: z.object({ unread: z.int() }),
    refusals: ['row_not_found', 'bom_not_draft', 'warning_unknown', 'warning_read'],
  }),
};
