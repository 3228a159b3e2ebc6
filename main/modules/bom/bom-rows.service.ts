import type { Id } from '../../../db/kit/columns.ts';
import type { BomHeader } from '../../../preload/contract/bom.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';

const HEADER_COLUMNS = `h.id as bom_id, h.bom_number, h.bom_version, h.status, h.row_version, h.order_id, o.order_number, o.build_number, o.customer_name,
  o.order_status, coalesce(h.configuration_revision, 1) as configuration_revision, h.created_at_ms, coalesce(c.full_name, 'Millwright') as created_by_name,
  h.approved_at_ms, a.full_name as approved_by_name, h.exported_at_ms, o.plant_id, h.product_model_id`;
const HEADER_JOINS =
  'join orders o on o.id = h.order_id left join users c on c.id = h.created_by left join users a on a.id = h.approved_by';
const ONE_HEADER = `select ${HEADER_COLUMNS} from bom_headers h ${HEADER_JOINS} where h.id = ? and h.scope = 'ORDER'`;
const HEADERS_OF_ORDER = `select ${HEADER_COLUMNS} from bom_headers h ${HEADER_JOINS} where h.order_id = ? and h.scope = 'ORDER' order by h.bom_version desc`;

export type HeaderRow = BomHeader & { plant_id: string; product_model_id: Id<'product_models'> | null };

/** An order BOM of the plant at hand. Refuses `row_not_found`. */
export function headerRow(ctx: ReadCtx, bom_id: string): HeaderRow {
  const row = ctx.sql.get<HeaderRow>(ONE_HEADER, [bom_id]);
  if (!row || (ctx.actor.is_person && row.plant_id !== ctx.actor.plant_id))
    return refuse('row_not_found', { table: 'bom_headers', id: bom_id });
  return row;
}
/** Newest first. */
export const headersOf = (ctx: ReadCtx, order_id: string): HeaderRow[] =>
  ctx.sql.all<HeaderRow>(HEADERS_OF_ORDER, [order_id]);

export function headerOf({ plant_id: _plant, product_model_id: _model, ...row }: HeaderRow): BomHeader {
  const {
    bom_id,
    bom_number,
    bom_version,
    status,
    row_version,
    order_id,
    order_number,
    build_number,
    customer_name,
    order_status,
  } = row;
  const {
    configuration_revision,
    created_at_ms,
    created_by_name,
    approved_at_ms,
    approved_by_name,
    exported_at_ms,
  } = row;
  return {
    bom_id,
    bom_number,
    bom_version,
    status,
    row_version,
    order_id,
    order_number,
    build_number,
    customer_name,
    order_status,
    configuration_revision,
    created_at_ms,
    created_by_name,
    approved_at_ms,
    approved_by_name,
    exported_at_ms,
  };
}

export interface OrderFacts {
  order_id: Id<'orders'>;
  plant_id: Id<'plants'>;
  order_number: string;
  build_number: string;
  order_status: string;
  want_on: string | null;
  document_language: 'EN' | 'FR' | 'SP';
  product_model_id: Id<'product_models'> | null;
  configuration_revision: number;
  configuration: Record<string, unknown>;
}
const ORDER = `select id as order_id, plant_id, order_number, build_number, order_status, want_on, document_language, product_model_id,
  configuration_revision, configuration from orders where id = ? and order_kind = 'CUSTOMER_BUILD'`;
/** What a BOM needs to know of its order. Refuses `row_not_found`. */
export function orderFacts(ctx: ReadCtx, order_id: string): OrderFacts {
  const row = ctx.sql.get<Omit<OrderFacts, 'configuration'> & { configuration: string }>(ORDER, [order_id]);
  if (!row || (ctx.actor.is_person && row.plant_id !== ctx.actor.plant_id))
    return refuse('row_not_found', { table: 'orders', id: order_id });
  return { ...row, configuration: JSON.parse(row.configuration) };
}

/** A configuration as it was at a revision of its order. */
export function configurationAt(ctx: ReadCtx, order_id: string, revision: number) {
  const row = ctx.sql.get<{ configuration: string }>(
    'select configuration from order_revisions where order_id = ? and revision_no = ?',
    [order_id, revision],
  );
  return row ? JSON.parse(row.configuration) : {};
}
