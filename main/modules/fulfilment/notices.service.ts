import type { Id } from '../../../db/kit/columns.ts';
import type { CommandCtx } from '../../rpc/context.ts';
import { type Notice, notify } from '../infrastructure/notifications.service.ts';
import type { BuildStatus, OrderRow } from '../orders/order-rows.service.ts';

type Named = Pick<OrderRow, 'id' | 'order_number' | 'build_number'>;
type Told = Omit<Notice, 'message_code' | 'entity' | 'message_values'> & {
  code: string;
  values?: Record<string, string | number>;
};

/** A message about a build; its text stands under `fulfilment:notices`. */
export function tell(ctx: CommandCtx, order: Named, { code, values = {}, ...notice }: Told): void {
  const { order_number, build_number } = order;
  notify(ctx, {
    ...notice,
    message_code: `fulfilment:notices.${code}`,
    message_values: { order_number, build_number, ...values },
    entity: { type: 'orders', id: order.id },
  });
}

const INSPECTED: readonly BuildStatus[] = ['READY_FOR_PRE_QC', 'READY_FOR_FINAL_QC'];
const CREATOR = 'select created_by from orders where id = ?';
/** Tells those who work on builds in the new status, and at the end whoever entered the order. */
export function tellNextRole(ctx: CommandCtx, order: Named, to: BuildStatus, roles: readonly string[]): void {
  const creator = ctx.sql.get<{ created_by: Id<'users'> }>(CREATOR, [order.id]);
  tell(ctx, order, {
    roles,
    user_ids: to === 'SHIPPED' && creator ? [creator.created_by] : [],
    type: INSPECTED.includes(to) ? 'QC_REQUIRED' : 'ORDER_STATUS_CHANGE',
    code: `status.${to}`,
  });
}
