import type { Id } from '../../../db/kit/columns.ts';
import type { ReportRecord } from '../../../preload/contract/life-reports.ts';
import type { ServiceStatus } from '../../../preload/contract/service-orders.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { sees } from '../orders/service-access.rules.ts';
import type { Scope } from './life-facts.service.ts';

export interface ServiceFact {
  order_id: Id<'orders'>;
  plant_id: Id<'plants'>;
  order_number: string;
  order_status: ServiceStatus;
  requested_by: string | null;
  requester_name: string;
  requested_at_ms: number;
  /** Approved or rejected for the first time. */
  decided_at_ms: number | null;
  decision: 'SERVICE_APPROVED' | 'SERVICE_REJECTED' | null;
  fulfilled_at_ms: number | null;
}
const SERVICE = `with steps as (select h.entity_id, h.action, h.performed_at_ms as at_ms,
      row_number() over (partition by h.entity_id order by h.performed_at_ms, h.id) as place
    from workflow_history h where h.entity_type = 'orders' and h.action in ('SERVICE_APPROVED', 'SERVICE_REJECTED')
      and h.entity_id in (select id from orders where order_kind = 'SERVICE'))
  select o.id as order_id, o.plant_id, o.order_number, o.order_status, o.requested_by, coalesce(r.full_name, 'Millwright') as requester_name,
    o.requested_at_ms, s.at_ms as decided_at_ms, s.action as decision,
    case when o.order_status = 'FULFILLED' then o.processed_at_ms end as fulfilled_at_ms
  from orders o left join users r on r.id = o.requested_by left join steps s on s.entity_id = o.id and s.place = 1
  where o.order_kind = 'SERVICE' and o.order_status <> 'DRAFT' and o.requested_at_ms is not null
    and o.plant_id in (select value from json_each(@plants))
    and max(o.requested_at_ms, coalesce(s.at_ms, 0), coalesce(o.processed_at_ms, 0)) >= @from_ms and o.requested_at_ms < @to_ms
  order by o.requested_at_ms, o.order_number`;
/** Service orders that the reader sees and that were asked for, decided or fulfilled in the period. */
export const serviceFacts = (ctx: ReadCtx, { plants, from_ms, to_ms }: Scope): ServiceFact[] =>
  ctx.sql.all<ServiceFact>(SERVICE, { plants, from_ms, to_ms }).filter(fact => sees(ctx.actor, fact));

export interface ServiceItemFact {
  order_id: string;
  material_number: string;
  material_name: string;
  uom_code: string;
  quantity_e6: number;
}
const ITEMS = `select l.order_id, m.material_number, m.material_name, coalesce(u.uom_code, 'EA') as uom_code, l.quantity_e6
  from json_each(?) wanted join order_lines l on l.order_id = wanted.value join materials m on m.id = l.material_id
  left join units_of_measure u on u.id = m.base_uom_id`;
export const serviceItemFacts = (ctx: ReadCtx, order_ids: readonly string[]): ServiceItemFact[] =>
  ctx.sql.all<ServiceItemFact>(ITEMS, [JSON.stringify(order_ids)]);

export const serviceRecord = (fact: ServiceFact): ReportRecord => ({
  record: 'service_order',
  id: fact.order_id,
  order_id: fact.order_id,
  plant_id: fact.plant_id,
  title: fact.order_number,
  subtitle: fact.requester_name,
  at_ms: fact.requested_at_ms,
});
