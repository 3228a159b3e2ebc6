import type { Id } from '../../../db/kit/columns.ts';
import type { InsertOf } from '../../../db/kit/define-table.ts';
import { order_movements } from '../../../db/schema/tracking.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { Booked, BookingRow, MovementType, tracking } from '../../../preload/contract/tracking.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { beginWork } from '../production/work-orders.service.ts';
import { centersOf, isTrackingAdministrator, type WorkCenterId } from './access.service.ts';
import { isBlank, legacyVerdict, orderKeyOf, problemsOf, signed } from './movement.rules.ts';
import { matchOrder, numberNow, type OrderMatch } from './order-match.service.ts';
import { balanceOf, hasRecentIn, recentEntries } from './totals.service.ts';

type Input<P extends keyof typeof tracking> = ParsedInputOf<(typeof tracking)[P]>;
type Flag = Booked['flag'];
/** A row of the grid that can be stored; `row` is its number as the person counts. */
interface Entry {
  row: number;
  work_center_id: WorkCenterId;
  work_center_code: string;
  order_number: string;
  order_key: string;
  quantity: number;
  remark: string | null;
}

/** Refuses `movement_rows_invalid` with every problem, `work_center_not_yours` for the whole batch. */
function entriesOf(ctx: ReadCtx, rows: readonly BookingRow[]): Entry[] {
  const numbered = rows.map((row, at) => ({ ...row, row: at + 1 })).filter(row => !isBlank(row));
  if (numbered.length === 0) refuse('no_movement_rows');
  const problems = numbered.flatMap(row => problemsOf(row, row.row));
  const [first] = problems;
  if (first) refuse('movement_rows_invalid', { row: first.row, problems, count: problems.length });
  const bookable = new Map(centersOf(ctx).flatMap(c => (c.can_book ? [[c.work_center_id, c] as const] : [])));
  return numbered.map(({ row, work_center_id, quantity, remark, ...read }): Entry => {
    const center = work_center_id === null ? undefined : bookable.get(work_center_id);
    if (!center) return refuse('work_center_not_yours', { row });
    const order_number = numberNow(ctx, read.order_number);
    return {
      row,
      work_center_id: center.work_center_id,
      work_center_code: center.work_center_code,
      order_number,
      order_key: orderKeyOf(order_number),
      quantity: quantity ?? 0,
      remark: remark.trim() || null,
    };
  });
}

export function book(ctx: CommandCtx, input: Input<'book'>): { rows: Booked[] } {
  const entries = entriesOf(ctx, input.rows);
  const flags = input.movement_type === 'OUT' ? checkOut(ctx, entries, input) : new Map<number, Flag>();
  const matches = new Map<string, OrderMatch | null>();
  const rows = entries.map(entry => {
    if (!matches.has(entry.order_key)) matches.set(entry.order_key, matchOrder(ctx, entry.order_key));
    const order_id = matches.get(entry.order_key)?.order_id ?? null;
    if (order_id && input.movement_type === 'IN') arrive(ctx, order_id, entry.work_center_id);
    return storeMovement(ctx, entry, {
      movement_type: input.movement_type,
      order_id,
      remark: entry.remark,
      source: input.source,
      flag: flags.get(entry.row) ?? null,
    });
  });
  return { rows };
}

const TYPE = 'select work_center_type from work_centers where id = ?';
/** A build that arrives where it is assembled is begun, when it was released and nobody had begun it. */
function arrive(ctx: CommandCtx, order_id: Id<'orders'>, work_center_id: WorkCenterId): void {
  const center = ctx.sql.get<{ work_center_type: string }>(TYPE, [work_center_id]);
  if (center?.work_center_type === 'ASSEMBLY') beginWork(ctx, order_id);
}

type Rest = Pick<
  InsertOf<typeof order_movements>,
  'order_id' | 'remark' | 'source' | 'flag' | 'corrects_id' | 'correction_reason'
> & { movement_type: MovementType };
export function storeMovement(
  ctx: CommandCtx,
  entry: Pick<Entry, 'work_center_id' | 'work_center_code' | 'order_number' | 'order_key' | 'quantity'>,
  rest: Rest,
): Booked {
  const { work_center_id, order_number, order_key, quantity } = entry;
  const stored = ctx.insert(order_movements, {
    plant_id: ctx.actor.plant_id,
    work_center_id,
    order_number,
    order_key,
    quantity,
    user_id: ctx.actor.user_id,
    occurred_at_ms: ctx.now_ms,
    station_id: ctx.station_id,
    ...rest,
  });
  return {
    movement_id: stored.id,
    order_number,
    work_center_code: entry.work_center_code,
    movement_type: stored.movement_type,
    quantity,
    balance: balanceOf(ctx, order_key, work_center_id),
    flag: stored.flag,
    occurred_at_ms: stored.occurred_at_ms,
  };
}

function checkOut(ctx: ReadCtx, entries: readonly Entry[], input: Input<'book'>): Map<number, Flag> {
  if (ctx.setting('tracking.checkMode') === 'LEGACY') {
    checkEntries(ctx, entries);
    return new Map();
  }
  const flags = new Map<number, Flag>();
  for (const entry of entries) if (lacksIn(ctx, entry, input)) flags.set(entry.row, 'UNKNOWN_ORDER');
  for (const short of shortagesOf(ctx, entries, input))
    flags.set(short.row, flags.get(short.row) ?? 'NEGATIVE_BALANCE');
  return flags;
}

/** Refuses `in_missing`, unless an administrator insists and says why in the remark. */
function lacksIn(ctx: ReadCtx, entry: Entry, input: Input<'book'>): boolean {
  if (hasRecentIn(ctx, entry.order_key, entry.work_center_id)) return false;
  const { row, order_number, work_center_code } = entry;
  const days = ctx.setting('tracking.lookbackDays');
  if (!input.override_missing_in || !isTrackingAdministrator(ctx))
    refuse('in_missing', { row, order_number, work_center: work_center_code, days });
  if (entry.remark === null) refuse('override_needs_remark', { row });
  return true;
}

interface Shortage {
  row: number;
  order_number: string;
  work_center: string;
  available: number;
  after: number;
}
/** The rows that leave less than nothing, the batch applied in its order. Refuses as the policy says. */
function shortagesOf(ctx: ReadCtx, entries: readonly Entry[], input: Input<'book'>): Shortage[] {
  const running = new Map<string, number>();
  const short = entries.flatMap((entry): Shortage[] => {
    const { row, order_key, work_center_id, order_number, quantity } = entry;
    const key = JSON.stringify([order_key, work_center_id]);
    const available = running.get(key) ?? balanceOf(ctx, order_key, work_center_id);
    const after = available + signed('OUT', quantity);
    running.set(key, after);
    return after < 0 ? [{ row, order_number, work_center: entry.work_center_code, available, after }] : [];
  });
  const [first] = short;
  const policy = ctx.setting('tracking.negativeBalance');
  if (!first || policy === 'ALLOW') return [];
  const details = { ...first, rows: short, count: short.length };
  if (policy === 'BLOCK') refuse('negative_balance', details);
  if (!input.confirm_negative) refuse('negative_balance_unconfirmed', details);
  return short;
}

function checkEntries(ctx: ReadCtx, entries: readonly Entry[]): void {
  const counted = new Map<string, { in_rows: number; out_rows: number }>();
  for (const { row, order_key, order_number, work_center_code } of entries) {
    const { in_rows, out_rows } = counted.get(order_key) ?? recentEntries(ctx, order_key);
    const verdict = legacyVerdict(in_rows, out_rows);
    const days = ctx.setting('tracking.lookbackDays');
    if (verdict === 'no_in') refuse('in_missing', { row, order_number, work_center: work_center_code, days });
    if (verdict === 'too_many_out') refuse('legacy_out_exceeded', { row, order_number, in_rows, out_rows });
    counted.set(order_key, { in_rows, out_rows: out_rows + 1 });
  }
}

/** What an entry form shows while it is filled in. Refuses `work_center_not_yours`. */
export function available(ctx: ReadCtx, input: Input<'available'>) {
  const { work_center_id } = input;
  const isMine = centersOf(ctx).some(c => c.work_center_id === work_center_id && c.is_accessible);
  if (!isMine) refuse('work_center_not_yours', { row: 1 });
  const order_number = numberNow(ctx, input.order_number);
  const order_key = orderKeyOf(order_number);
  const held = ctx.sql.get<{ in_quantity: number; out_quantity: number }>(
    'select in_quantity, out_quantity from movement_totals where order_key = ? and work_center_id = ?',
    [order_key, work_center_id],
  ) ?? { in_quantity: 0, out_quantity: 0 };
  return {
    order_number,
    available: held.in_quantity - held.out_quantity,
    ...held,
    has_recent_in: hasRecentIn(ctx, order_key, work_center_id),
    match: order_key === '' ? null : matchOrder(ctx, order_key),
  };
}
export type MovementId = Id<'order_movements'>;
