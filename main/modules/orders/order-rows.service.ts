import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Id } from '../../../db/kit/columns.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { buildStatus, documentLanguage, OrderSummary } from '../../../preload/contract/orders.ts';
import { addDays, startOfDay } from '../../platform/days.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import type { FilterPlace } from './order-filter.rules.ts';

export type OrderId = Id<'orders'>;
export type BuildStatus = z.output<typeof buildStatus>;

/** A build of the plant at hand. Refuses `row_not_found`. */
export function orderRow(ctx: ReadCtx, order_id: string) {
  const row = ctx.db
    .select()
    .from(t.orders)
    .where(eq(t.orders.id, order_id as OrderId))
    .get();
  const isHere = row && (!ctx.actor.is_person || row.plant_id === ctx.actor.plant_id);
  if (!row || !isHere || row.order_kind !== 'CUSTOMER_BUILD')
    return refuse('row_not_found', { table: 'orders', id: order_id });
  return row;
}
export type OrderRow = ReturnType<typeof orderRow>;

export const SUMMARY_COLUMNS = `o.id as order_id, o.order_number, o.build_number, o.customer_name, o.project_name, o.sales_person, o.want_on,
  o.document_language, o.order_status, o.configuration_revision, o.bom_id, a.full_name as assignee_name,
  coalesce(c.full_name, 'Millwright') as created_by_name, o.created_at_ms, o.updated_at_ms, o.row_version`;
export const SUMMARY_JOINS =
  'left join users a on a.id = o.current_assignee_id left join users c on c.id = o.created_by';
export type StoredSummary = Omit<OrderSummary, 'is_late'>;
export const summaryOf = (row: StoredSummary, today: string): OrderSummary => ({
  ...row,
  is_late: row.want_on !== null && row.want_on < today && row.order_status !== 'SHIPPED',
});

const SUMMARIES_OF_ORDER = `select ${SUMMARY_COLUMNS} from orders o ${SUMMARY_JOINS}
  where o.order_number = @order_number and o.order_kind = 'CUSTOMER_BUILD' and (@plant_id is null or o.plant_id = @plant_id)
  order by o.build_number`;
/** The builds of one customer order. */
export function buildsOf(ctx: ReadCtx, order_number: string): OrderSummary[] {
  const today = ctx.today();
  return ctx.sql
    .all<StoredSummary>(SUMMARIES_OF_ORDER, { order_number, plant_id: plantScope(ctx) })
    .map(row => summaryOf(row, today));
}
/** The plant a person works in; the program itself sees all. */
export const plantScope = (ctx: ReadCtx): string | null => (ctx.actor.is_person ? ctx.actor.plant_id : null);

export function filterPlace(ctx: ReadCtx): FilterPlace {
  const zone =
    ctx.sql.get<{ timezone: string }>('select timezone from plants where id = ?', [ctx.actor.plant_id])
      ?.timezone ?? 'UTC';
  return {
    user_id: ctx.actor.user_id,
    plant_id: plantScope(ctx),
    today: ctx.today(),
    startOfDay: day => startOfDay(day, zone),
    nextDay: day => addDays(day, 1),
  };
}

export type DocumentLanguage = z.output<typeof documentLanguage>;
