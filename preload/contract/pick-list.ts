import { z } from 'zod';
import { aggregatedLine } from './bom.ts';
import { itemPlace } from './catalogue.ts';
import { idOf } from './rpc.ts';

/** How many builds are picked together at most. */
export const MOST_PICKED = 100;
export const pickedBuild = z.object({
  order_id: idOf('orders'),
  order_number: z.string(),
  build_number: z.string(),
  customer_name: z.string(),
  want_on: z.string().nullable(),
  bom_version: z.int(),
});
/** One item to fetch, with where it lies and what of it each build needs. */
export const pickLine = aggregatedLine
  .pick({ item_id: true, name: true, uom_code: true, is_custom_part: true })
  .extend({
    ...itemPlace.shape,
    quantity_e6: z.int(),
    shares: z.array(z.object({ order_number: z.string(), build_number: z.string(), quantity_e6: z.int() })),
  });
export type PickLine = z.infer<typeof pickLine>;
/** In walking order; what has no place comes last. */
export const pickList = z.object({ builds: z.array(pickedBuild), lines: z.array(pickLine) });
export type PickList = z.infer<typeof pickList>;
