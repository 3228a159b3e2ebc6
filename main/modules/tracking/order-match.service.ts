import { type Id, PROVISIONAL_PREFIX } from '../../../db/kit/columns.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { orderKeyOf, orderNumberOf } from './movement.rules.ts';

interface Found {
  order_id: Id<'orders'>;
  order_number: string;
  build_number: string;
  customer_name: string;
}
export interface OrderMatch {
  /** Null when the number stands for several builds. */
  order_id: Id<'orders'> | null;
  customer_name: string;
  builds: number;
}
const COLUMNS = 'o.id as order_id, o.order_number, o.build_number, o.customer_name';
/** A trigram index finds three characters or more. */
const SHORTEST_INDEXED = 3;
const MOST_BUILDS = 200;

function candidates(ctx: ReadCtx, order_number: string): Found[] {
  if ([...order_number].length < SHORTEST_INDEXED)
    return ctx.sql.all<Found>(
      `select ${COLUMNS} from orders o where o.plant_id = ? and o.order_number in (?, ?, ?) limit ${MOST_BUILDS}`,
      [ctx.actor.plant_id, order_number, order_number.toUpperCase(), order_number.toLowerCase()],
    );
  return ctx.sql.all<Found>(
    `select ${COLUMNS} from orders o where o.plant_id = ? and o.rowid in
       (select rowid from orders_fts where orders_fts match ?) limit ${MOST_BUILDS}`,
    [ctx.actor.plant_id, `order_number : "${order_number.replaceAll('"', '""')}"`],
  );
}

const BY_WORK_ORDER = `select ${COLUMNS} from work_orders w join orders o on o.id = w.order_id
  where w.plant_id = ? and w.work_order_number in (?, ?) and w.order_status <> 'CANCELLED' limit 1`;
const BY_PROVISIONAL = `select ${COLUMNS} from work_orders w join orders o on o.id = w.order_id
  where w.plant_id = ? and w.provisional_number = ? and w.order_status <> 'CANCELLED' limit 1`;
/** Numbers of work orders are made here: upper case, but for one that was brought along. */
const ofWorkOrder = (ctx: ReadCtx, order_key: string): Found | undefined =>
  ctx.sql.get<Found>(BY_WORK_ORDER, [ctx.actor.plant_id, order_key, order_key.toLowerCase()]) ??
  (order_key.startsWith(PROVISIONAL_PREFIX)
    ? ctx.sql.get<Found>(BY_PROVISIONAL, [ctx.actor.plant_id, order_key])
    : undefined);

/**
 * The customer order or build whose number was booked: the number alone, `ORDER/BUILD` as on its label, or the number of
 * its work order, now or before the centre gave it.
 */
export function matchOrder(ctx: ReadCtx, order_key: string): OrderMatch | null {
  const builds = candidates(ctx, order_key).filter(o => orderKeyOf(o.order_number) === order_key);
  const [first] = builds;
  if (first)
    return {
      order_id: builds.length === 1 ? first.order_id : null,
      customer_name: first.customer_name,
      builds: builds.length,
    };
  const slash = order_key.indexOf('/');
  const build = slash > 0 ? ofLabel(ctx, order_key, slash) : ofWorkOrder(ctx, order_key);
  return build ? { order_id: build.order_id, customer_name: build.customer_name, builds: 1 } : null;
}
const ofLabel = (ctx: ReadCtx, order_key: string, slash: number): Found | undefined =>
  candidates(ctx, order_key.slice(0, slash)).find(
    o => orderKeyOf(`${o.order_number}/${o.build_number}`) === order_key,
  );

const REPLACED = `select work_order_number as number from work_orders where plant_id = @plant_id and upper(provisional_number) = @was
  union select order_number from orders where plant_id = @plant_id and upper(provisional_number) = @was`;
/** As a number is typed or read from paper, or the one by which the centre replaced it, with the build that stands behind it. */
export function numberNow(ctx: ReadCtx, typed: string): string {
  const number = orderNumberOf(typed);
  const [was = '', ...build] = orderKeyOf(number).split('/');
  if (!was.startsWith(PROVISIONAL_PREFIX)) return number;
  const found = ctx.sql.all<{ number: string }>(REPLACED, { plant_id: ctx.actor.plant_id, was });
  const [only] = found;
  return only && found.length === 1 ? [only.number, ...build].join('/') : number;
}

/** Those of the numbers that were booked before or are numbers of an order, in the order asked. */
export function knownOrders(ctx: ReadCtx, { order_numbers }: { order_numbers: readonly string[] }) {
  const isKnown = (order_number: string): boolean => {
    const order_key = orderKeyOf(numberNow(ctx, order_number));
    if (order_key === '') return false;
    const booked = ctx.sql.get(
      `select 1 from movement_totals t join work_centers w on w.id = t.work_center_id
       where t.order_key = ? and w.plant_id = ? limit 1`,
      [order_key, ctx.actor.plant_id],
    );
    return booked !== undefined || matchOrder(ctx, order_key) !== null;
  };
  return { known: order_numbers.filter(isKnown) };
}
