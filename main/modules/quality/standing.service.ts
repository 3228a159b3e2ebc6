import type { Repeat } from '../../../preload/contract/inspection.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import type { OrderRow } from '../orders/order-rows.service.ts';
import { ncrsOfOrder } from './ncrs.service.ts';
import type { SignedResult } from './results.service.ts';
import { countsSinceMs, type Standing } from './standing.rules.ts';

const MOVES = `select to_status, transition_code, comment, performed_at_ms from workflow_history
  where entity_type = 'orders' and entity_id = ? and (from_status is null or from_status <> to_status) order by performed_at_ms, rowid`;
interface Move {
  to_status: string;
  transition_code: string | null;
  comment: string | null;
  performed_at_ms: number;
}
/** Ways back to production. Source: transitions of the order workflow (4.2). */
const RETURNS = ['R3', 'R7'];
const FROM_FINAL_QC = ['R3', 'R4'];
const movesOf = (ctx: ReadCtx, order_id: string) => ctx.sql.all<Move>(MOVES, [order_id]);
const lastReturn = (moves: readonly Move[]) =>
  moves.filter(move => RETURNS.includes(move.transition_code ?? '')).at(-1);

const standing = (order: OrderRow, moves: readonly Move[]): Standing => ({
  in_status_since_ms: moves.at(-1)?.performed_at_ms ?? order.created_at_ms,
  returned_at_ms: lastReturn(moves)?.performed_at_ms ?? null,
});
export const standingOf = (ctx: ReadCtx, order: OrderRow): Standing =>
  standing(order, movesOf(ctx, order.id));

/** Why a form that was signed is filled again: the build came back since. Null when the signed one counts. */
export function repeatOf(ctx: ReadCtx, order: OrderRow, signed: SignedResult | undefined): Repeat | null {
  if (!signed) return null;
  const moves = movesOf(ctx, order.id);
  if (signed.judged_at_ms >= countsSinceMs(signed.plan_type, standing(order, moves))) return null;
  const move = signed.plan_type === 'TEST' ? lastReturn(moves) : moves.at(-1);
  if (!move) return null;
  const code = move.transition_code ?? '';
  const rejection = FROM_FINAL_QC.includes(code)
    ? ncrsOfOrder(ctx, order.id).find(issue => issue.ncr_type === 'FINAL_QC_REJECTION')
    : undefined;
  return {
    because: code === 'R3' || code === 'R4' || code === 'R7' ? code : 'RETURNED',
    since_ms: move.performed_at_ms,
    reason: move.comment ?? rejection?.defect_description ?? null,
  };
}
