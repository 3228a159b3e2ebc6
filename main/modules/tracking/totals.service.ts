import type { ReadCtx } from '../../rpc/context.ts';

/** The running totals of one order at one work centre, kept by triggers as movements come in. */
export interface Totals {
  in_quantity: number;
  out_quantity: number;
}
const NOTHING: Totals = { in_quantity: 0, out_quantity: 0 };
export const totalsOf = (ctx: ReadCtx, order_key: string, work_center_id: string): Totals =>
  ctx.sql.get<Totals>(
    'select in_quantity, out_quantity from movement_totals where order_key = ? and work_center_id = ?',
    [order_key, work_center_id],
  ) ?? NOTHING;
export const balanceOf = (ctx: ReadCtx, order_key: string, work_center_id: string): number => {
  const { in_quantity, out_quantity } = totalsOf(ctx, order_key, work_center_id);
  return in_quantity - out_quantity;
};

const DAY_MS = 86_400_000;
const lookbackFrom = (ctx: ReadCtx): number => ctx.now_ms - ctx.setting('tracking.lookbackDays') * DAY_MS;

/** A real IN, not a correction, within the days in which one is looked for. */
export function hasRecentIn(ctx: ReadCtx, order_key: string, work_center_id: string): boolean {
  const found = ctx.sql.get(
    `select 1 from order_movements where order_key = ? and work_center_id = ? and occurred_at_ms >= ?
     and movement_type = 'IN' and corrects_id is null limit 1`,
    [order_key, work_center_id, lookbackFrom(ctx)],
  );
  return found !== undefined;
}

/** Entries of an order over all work centres within the same days. */
export function recentEntries(ctx: ReadCtx, order_key: string): { in_rows: number; out_rows: number } {
  const row = ctx.sql.get<{ in_rows: number; out_rows: number }>(
    `select coalesce(sum(movement_type = 'IN'), 0) as in_rows, coalesce(sum(movement_type = 'OUT'), 0) as out_rows
     from order_movements where order_key = ? and occurred_at_ms >= ?`,
    [order_key, lookbackFrom(ctx)],
  );
  return row ?? { in_rows: 0, out_rows: 0 };
}
