import type { Id } from '../../../db/kit/columns.ts';
import type { ServiceLine, ServiceStatus } from '../../../preload/contract/service-orders.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { sees } from './service-access.rules.ts';

const LINES = `select l.id as line_id, l.line_number, l.material_id, m.material_number, m.material_name, m.record_type,
    coalesce(u.uom_code, 'EA') as uom_code, l.quantity_e6, l.approved_quantity_e6, l.fulfilled_quantity_e6, l.notes, m.is_active
  from order_lines l join materials m on m.id = l.material_id left join units_of_measure u on u.id = m.base_uom_id
  where l.order_id = ? order by l.line_number, l.id`;
export const linesOf = (ctx: ReadCtx, order_id: string): ServiceLine[] =>
  ctx.sql
    .all<Omit<ServiceLine, 'is_active'> & { is_active: number }>(LINES, [order_id])
    .map(row => ({ ...row, is_active: row.is_active === 1 }));

export interface ServiceRow {
  id: Id<'orders'>;
  order_number: string;
  provisional_number: string | null;
  order_status: ServiceStatus;
  requested_by: Id<'users'> | null;
  requester_name: string;
  requested_at_ms: number | null;
  expected_on: string | null;
  processed_at_ms: number | null;
  processed_by_name: string | null;
  notes: string | null;
  internal_notes: string | null;
  row_version: number;
}
export const SERVICE_COLUMNS = `o.id, o.order_number, o.provisional_number, o.order_status, o.requested_by, coalesce(r.full_name, 'Millwright') as requester_name,
  o.requested_at_ms, o.expected_on, o.processed_at_ms, p.full_name as processed_by_name, o.notes, o.internal_notes, o.row_version`;
export const SERVICE_JOINS =
  'left join users r on r.id = o.requested_by left join users p on p.id = o.processed_by';
const ROW = `select ${SERVICE_COLUMNS} from orders o ${SERVICE_JOINS}
  where o.id = ? and o.order_kind = 'SERVICE' and o.plant_id = ?`;

/** A request the person may see. Refuses `row_not_found`. */
export function serviceRow(ctx: ReadCtx, order_id: string): ServiceRow {
  const row = ctx.sql.get<ServiceRow>(ROW, [order_id, ctx.actor.plant_id]);
  if (!row || !sees(ctx.actor, row)) return refuse('row_not_found', { table: 'orders', id: order_id });
  return row;
}
