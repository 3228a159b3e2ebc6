import { type NumberSeries, PROVISIONAL_PREFIX } from '../../../db/kit/columns.ts';
import { SHIPMENT_NUMBERS } from '../../../db/schema/logistics.ts';
import { SERVICE_NUMBERS } from '../../../db/schema/orders.ts';
import { WORK_ORDER_NUMBERS } from '../../../db/schema/production.ts';
import { NCR_NUMBERS } from '../../../db/schema/quality.ts';
import type { ScanHit } from '../../../preload/contract/logistics.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { sees } from '../orders/service-access.rules.ts';
import { SERVICE_COLUMNS, SERVICE_JOINS, type ServiceRow } from '../orders/service-rows.service.ts';
import { buildHits } from './scan-hits.service.ts';

/** What the program numbers besides customer orders, and the tab of the build that shows it. */
const OF_BUILDS = [
  { ...WORK_ORDER_NUMBERS, table: 'work_orders', column: 'work_order_number', tab: '' },
  { ...NCR_NUMBERS, table: 'ncrs', column: 'ncr_number', tab: '?tab=issues' },
  { ...SHIPMENT_NUMBERS, table: 'shipments', column: 'shipment_number', tab: '?tab=parts' },
];
const isOf = ({ series }: NumberSeries, number: string): boolean =>
  number.startsWith(`${series}-`) || number.startsWith(PROVISIONAL_PREFIX);

/**
 * What has this number of the program, or had it until the centre gave another: paper may carry either. Other texts
 * are not looked for, because the earlier numbers are not indexed.
 */
export function numberedHits(ctx: ReadCtx, typed: string): ScanHit[] {
  const number = typed.toUpperCase();
  const hits = OF_BUILDS.filter(numbered => isOf(numbered, number)).flatMap(({ table, column, tab }) =>
    ctx.sql
      .all<{ order_id: string }>(
        `select distinct order_id from ${table} where plant_id = ? and (${column} = ? or provisional_number = ?)
           and order_id is not null limit 4`,
        [ctx.actor.plant_id, number, number],
      )
      .flatMap(({ order_id }) => buildHits(ctx, { order_id }))
      .map(hit => ({ ...hit, to: `${hit.to}${tab}` })),
  );
  return isOf(SERVICE_NUMBERS, number) ? [...hits, ...serviceHits(ctx, number)] : hits;
}

const SERVICE = `select ${SERVICE_COLUMNS} from orders o ${SERVICE_JOINS}
  where o.order_kind = 'SERVICE' and o.plant_id = ? and (o.order_number = ? or o.provisional_number = ?) limit 4`;
const serviceHits = (ctx: ReadCtx, number: string): ScanHit[] =>
  ctx.sql
    .all<ServiceRow>(SERVICE, [ctx.actor.plant_id, number, number])
    .filter(row => sees(ctx.actor, row))
    .map(row => ({
      kind: 'order',
      id: row.id,
      title: row.order_number,
      subtitle: row.requester_name,
      to: `/service/orders/${row.id}`,
    }));
