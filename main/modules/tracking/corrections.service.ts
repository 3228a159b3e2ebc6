import { eq } from 'drizzle-orm';
import { t } from '../../../db/sqlite/tables.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import { type Booked, type tracking, UNDO_MS } from '../../../preload/contract/tracking.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { centersOf } from './access.service.ts';
import { type MovementId, storeMovement } from './booking.service.ts';
import { opposite, signed } from './movement.rules.ts';
import { balanceOf } from './totals.service.ts';

type Input<P extends keyof typeof tracking> = ParsedInputOf<(typeof tracking)[P]>;

/** A movement of a work centre that the person may book at. Refuses `row_not_found`. */
function movementAt(ctx: ReadCtx, movement_id: MovementId) {
  const row = ctx.db.select().from(t.order_movements).where(eq(t.order_movements.id, movement_id)).get();
  const center = centersOf(ctx).find(c => c.work_center_id === row?.work_center_id);
  if (!row || !center?.is_accessible)
    return refuse('row_not_found', { table: 'order_movements', id: movement_id });
  if (row.corrects_id !== null) return refuse('movement_is_correction');
  return { row, work_center_code: center.work_center_code };
}
const correctedOf = (ctx: ReadCtx, movement_id: MovementId): number =>
  ctx.sql.get<{ quantity: number }>(
    'select coalesce(sum(quantity), 0) as quantity from order_movements where corrects_id = ?',
    [movement_id],
  )?.quantity ?? 0;

function compensate(
  ctx: CommandCtx,
  { row, work_center_code }: ReturnType<typeof movementAt>,
  quantity: number,
  reason: string,
): Booked {
  const movement_type = opposite(row.movement_type);
  const after = balanceOf(ctx, row.order_key, row.work_center_id) + signed(movement_type, quantity);
  return storeMovement(
    ctx,
    { ...row, work_center_code, quantity },
    {
      movement_type,
      order_id: row.order_id,
      remark: reason === UNDO_REASON ? null : reason,
      corrects_id: row.id,
      correction_reason: reason,
      flag: after < 0 ? 'NEGATIVE_BALANCE' : null,
    },
  );
}

/** Stored as the reason of a compensating row made by Undo; screens show it in the language of the reader. */
export const UNDO_REASON = 'UNDO';
export function undo(ctx: CommandCtx, { movement_id }: Input<'undo'>): Booked {
  const found = movementAt(ctx, movement_id);
  if (found.row.user_id !== ctx.actor.user_id) refuse('undo_not_yours');
  if (ctx.now_ms - found.row.occurred_at_ms > UNDO_MS) refuse('undo_too_late', { seconds: UNDO_MS / 1000 });
  if (correctedOf(ctx, movement_id) > 0) refuse('movement_corrected');
  return compensate(ctx, found, found.row.quantity, UNDO_REASON);
}

/** Refuses `correction_too_large` beyond what is left of the movement. */
export function correct(ctx: CommandCtx, { movement_id, quantity, reason }: Input<'correct'>): Booked {
  const found = movementAt(ctx, movement_id);
  const left = found.row.quantity - correctedOf(ctx, movement_id);
  if (quantity > left) refuse('correction_too_large', { quantity, left });
  ctx.because(reason);
  return compensate(ctx, found, quantity, reason);
}
