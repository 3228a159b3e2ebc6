import type { Id } from '../../../db/kit/columns.ts';
import type { PLAN_TYPES } from '../../../db/schema/quality.ts';
import type { NcrRow } from '../../../preload/contract/quality.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { headersOf } from '../bom/bom-rows.service.ts';
import { itemsOfOrder } from '../logistics/outsourcing.service.ts';
import { type OrderRow, orderRow } from '../orders/order-rows.service.ts';
import { ncrsOfOrder } from '../quality/ncrs.service.ts';

export interface SignedResult {
  log_id: Id<'inspection_logs'>;
  plan_type: (typeof PLAN_TYPES)[number];
  overall_result: 'PASS' | 'FAIL' | 'INCOMPLETE';
  attempt_no: number;
  signed_at_ms: number;
}
/** All that the guards of a build ask about, read once. */
export interface BuildFacts {
  order: OrderRow;
  bom_status: 'DRAFT' | 'APPROVED' | 'SUPERSEDED' | null;
  outsourced: ReturnType<typeof itemsOfOrder>;
  issues: NcrRow[];
  /** Newest signed record of each form. */
  results: ReadonlyMap<SignedResult['plan_type'], SignedResult>;
  in_status_since_ms: number;
  /** When the build last came back to production or packing; null when it never did. */
  returned_at_ms: number | null;
}

const RESULTS = `select id as log_id, plan_type, overall_result, attempt_no, signed_at_ms from inspection_logs
  where order_id = ? and status = 'SIGNED' order by signed_at_ms, attempt_no, revision_no`;
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
    results: new Map(ctx.sql.all<SignedResult>(RESULTS, [order_id]).map(row => [row.plan_type, row])),
    in_status_since_ms: moves.at(-1)?.performed_at_ms ?? order.created_at_ms,
    returned_at_ms: returns.at(-1)?.performed_at_ms ?? null,
  };
}
