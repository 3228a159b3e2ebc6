import type { Id } from '../../../db/kit/columns.ts';
import type { ReportRecord } from '../../../preload/contract/life-reports.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import type { OutsourcingStatus } from '../logistics/outsourcing.rules.ts';
import type { Scope } from './life-facts.service.ts';

export interface PartSentFact {
  shipment_item_id: string;
  shipment_number: string;
  supplier: string;
  order_id: Id<'orders'>;
  plant_id: Id<'plants'>;
  order_number: string;
  build_number: string;
  material_number: string;
  material_description: string;
  quantity_e6: number;
  outsourcing_status: OutsourcingStatus;
  sent_at_ms: number;
  expected_on: string | null;
  returned_on: string | null;
}
const PARTS = `with picked as (
    select i.id from shipments s join shipment_items i on i.shipment_id = s.id where s.shipped_at_ms >= @from_ms and s.shipped_at_ms < @to_ms
    union select id from shipment_items where returned_on >= @from and returned_on <= @to
    union select id from shipment_items where outsourcing_status in ('SENT', 'IN_PROGRESS', 'DELAYED'))
  select i.id as shipment_item_id, s.shipment_number, coalesce(s.origin_location, '') as supplier, o.id as order_id, i.plant_id,
    o.order_number, o.build_number, i.material_number, i.material_description, i.quantity_e6, i.outsourcing_status,
    s.shipped_at_ms as sent_at_ms, i.expected_on, i.returned_on
  from picked k join shipment_items i on i.id = k.id join shipments s on s.id = i.shipment_id join orders o on o.id = s.order_id
  left join product_models p on p.id = o.product_model_id
  where i.outsourcing_status in ('SENT', 'IN_PROGRESS', 'DELAYED', 'RECEIVED') and s.shipped_at_ms is not null
    and i.plant_id in (select value from json_each(@plants)) and (@family is null or p.family = @family)
    and (@customer_name is null or o.customer_name = @customer_name)
  order by s.shipped_at_ms, s.shipment_number, i.line_number`;

/** Parts that were sent out or came back in the period, and those that are out now. */
export const partsSentFacts = (
  ctx: ReadCtx,
  { zone: _zone, ...scope }: Scope,
  { from, to }: { from: string; to: string },
): PartSentFact[] => ctx.sql.all<PartSentFact>(PARTS, { ...scope, from, to });

/** The part, on the page of its build. */
export const partRecord = (part: PartSentFact): ReportRecord => ({
  record: 'build',
  id: part.shipment_item_id,
  order_id: part.order_id,
  plant_id: part.plant_id,
  title: `${part.order_number} / ${part.build_number}`,
  subtitle: `${part.material_number} · ${part.supplier}`,
  at_ms: part.sent_at_ms,
});
