import type { NcrRow } from '../../../preload/contract/quality.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { headersOf } from '../bom/bom-rows.service.ts';
import { itemsOfOrder } from '../logistics/outsourcing.service.ts';
import { type OrderRow, orderRow } from '../orders/order-rows.service.ts';
import { ncrsOfOrder } from '../quality/ncrs.service.ts';
import { signedResults } from '../quality/results.service.ts';

/** All that the guards of a build ask about, read once. */
export interface BuildFacts {
  order: OrderRow;
  bom_status: 'DRAFT' | 'APPROVED' | 'SUPERSEDED' | null;
  outsourced: ReturnType<typeof itemsOfOrder>;
  issues: NcrRow[];
  results: ReturnType<typeof signedResults>;
  in_status_since_ms: number;
  /** When the build last came back to production or packing; null when it never did. */
  returned_at_ms: number | null;
}

const MOVES = `select to_status, transition_code, performed_at_ms from workflow_history
  where entity_type = 'orders' and entity_id = ? and (from_status is null or from_status <> to_status) order by performed_at_ms, rowid`;
interface Move {
  to_status: string;
  transition_code: string | null;
  performed_at_ms: number;
}
const RETURNS = ['R3', 'R7'];

/** Refuses `row_not_found`. */
export function buildFacts(ctx: ReadCtx, order_id: string): BuildFacts {
  const order = orderRow(ctx, order_id);
  const moves = ctx.sql.all<Move>(MOVES, [order_id]);
  const returns = moves.filter(move => RETURNS.includes(move.transition_code ?? ''));
  return {
    order,
    bom_status: headersOf(ctx, order_id)[0]?.status ?? null,
    outsourced: itemsOfOrder(ctx, order_id),
    issues: ncrsOfOrder(ctx, order_id),
    results: signedResults(ctx, order_id),
    in_status_since_ms: moves.at(-1)?.performed_at_ms ?? order.created_at_ms,
    returned_at_ms: returns.at(-1)?.performed_at_ms ?? null,
  };
}
