import type { NcrRow } from '../../../preload/contract/quality.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { headersOf } from '../bom/bom-rows.service.ts';
import { itemsOfOrder } from '../logistics/outsourcing.service.ts';
import { type OrderRow, orderRow } from '../orders/order-rows.service.ts';
import { ncrsOfOrder } from '../quality/ncrs.service.ts';
import { signedResults } from '../quality/results.service.ts';
import type { Standing } from '../quality/standing.rules.ts';
import { standingOf } from '../quality/standing.service.ts';

/** All that the guards of a build ask about, read once. */
export interface BuildFacts extends Standing {
  order: OrderRow;
  bom_status: 'DRAFT' | 'APPROVED' | 'SUPERSEDED' | null;
  outsourced: ReturnType<typeof itemsOfOrder>;
  issues: NcrRow[];
  results: ReturnType<typeof signedResults>;
}

/** Refuses `row_not_found`. */
export function buildFacts(ctx: ReadCtx, order_id: string): BuildFacts {
  const order = orderRow(ctx, order_id);
  return {
    order,
    bom_status: headersOf(ctx, order_id)[0]?.status ?? null,
    outsourced: itemsOfOrder(ctx, order_id),
    issues: ncrsOfOrder(ctx, order_id),
    results: signedResults(ctx, order_id),
    ...standingOf(ctx, order),
  };
}
