import { z } from 'zod';
import type { OrderFilter, OrderGroup, orders } from '../../../preload/contract/orders.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { ReadCtx, Statements } from '../../rpc/context.ts';
import { GROUP_KEYS, groupOrderOf, orderByOf, type Where, whereOf } from './order-filter.rules.ts';
import {
  filterPlace,
  type OrderId,
  plantScope,
  type StoredSummary,
  SUMMARY_COLUMNS,
  SUMMARY_JOINS,
  summaryOf,
} from './order-rows.service.ts';

type Input<P extends keyof typeof orders> = ParsedInputOf<(typeof orders)[P]>;

/** Another text as soon as anything was written, by this connection or another. */
function questionOf(ctx: ReadCtx, asked: unknown): string {
  const { data_version } = ctx.sql.get<{ data_version: number }>('pragma data_version') ?? {
    data_version: 0,
  };
  const { writes } = ctx.sql.get<{ writes: number }>('select total_changes() as writes') ?? { writes: 0 };
  return JSON.stringify([data_version, writes, asked]);
}

interface HeldTotal {
  question: string;
  total: number;
}
const totals = new WeakMap<Statements, HeldTotal>();
/** Paging and sorting ask for the same total again and again; it holds until something is written. */
function totalOf(ctx: ReadCtx, where: Where): number {
  const question = questionOf(ctx, where);
  const held = totals.get(ctx.sql);
  if (held?.question === question) return held.total;
  const { total = 0 } =
    ctx.sql.get<{ total: number }>(
      `select count(*) as total from orders o where ${where.sql}`,
      where.params,
    ) ?? {};
  totals.set(ctx.sql, { question, total });
  return total;
}

interface HeldPlaces {
  question: string;
  places: number[];
}
const sorted = new WeakMap<Statements, HeldPlaces>();
/** The whole order by row number: scrolling deep down asks for page after page of one and the same order. */
function placesOf(ctx: ReadCtx, where: Where, order: string): number[] {
  const question = questionOf(ctx, [where, order]);
  const held = sorted.get(ctx.sql);
  if (held?.question === question) return held.places;
  const found = ctx.sql.get<{ places: string }>(
    `select json_group_array(place) as places from (select o.rowid as place from orders o where ${where.sql} order by ${order})`,
    where.params,
  );
  const places = z.array(z.number()).parse(JSON.parse(found?.places ?? '[]'));
  sorted.set(ctx.sql, { question, places });
  return places;
}

/** Up to here sorting out the first rows alone is cheaper than sorting all. */
const deepest = 5000;
const longestWalk = 2000;
const rowsAtMost = (ctx: ReadCtx): number =>
  ctx.sql.get<{ last: number | null }>('select max(rowid) as last from orders')?.last ?? 0;
/** Picks the page on the narrow index first; whole rows are read for the page alone. */
export function listOrders(ctx: ReadCtx, { filter, sort, group, offset, limit }: Input<'list'>) {
  const where = whereOf(filter, filterPlace(ctx));
  const order = orderByOf(sort, group);
  const total = totalOf(ctx, where);
  // From whichever end is nearer: SQLite keeps only the rows up to the page while it sorts.
  const isNearEnd = offset > total / 2;
  const taken = Math.max(0, Math.min(limit, total - offset));
  const skipped = isNearEnd ? Math.max(0, total - offset - taken) : offset;
  const today = ctx.today();
  if (skipped > deepest) {
    const places = placesOf(ctx, where, order).slice(offset, offset + taken);
    const page = ctx.sql.all<StoredSummary>(
      `select ${SUMMARY_COLUMNS} from json_each(@places) picked join orders o on o.rowid = picked.value ${SUMMARY_JOINS} order by picked.key`,
      { places: JSON.stringify(places) },
    );
    return { rows: page.map(row => summaryOf(row, today)), total };
  }
  // Most rows fit and the newest are wanted: walking their index stops after one page.
  const isByTime = group === null && sort.by === 'created_at_ms';
  const isShortWalk = isByTime && skipped <= longestWalk && total * 2 > rowsAtMost(ctx);
  const walk = isShortWalk ? 'indexed by orders_created_at_ms_index' : '';
  const rows = ctx.sql.all<StoredSummary>(
    `with picked as materialized (select o.rowid as place from orders o ${walk} where ${where.sql} order by ${orderByOf(sort, group, isNearEnd)} limit @taken offset @skipped)
     select ${SUMMARY_COLUMNS} from picked join orders o on o.rowid = picked.place ${SUMMARY_JOINS} order by ${order}`,
    { ...where.params, taken, skipped },
  );
  return { rows: rows.map(row => summaryOf(row, today)), total };
}

export function listOrderIds(ctx: ReadCtx, { filter, sort, group }: Input<'listIds'>) {
  const where = whereOf(filter, filterPlace(ctx));
  const rows = ctx.sql.all<{ id: OrderId }>(
    `select o.id from orders o where ${where.sql} order by ${orderByOf(sort, group)}`,
    where.params,
  );
  return { ids: rows.map(row => row.id) };
}

const weekOf = (day: string): string => `strftime('%G-W%V', ${day})`;
/** The name of the group of one row. */
export const GROUP_NAME_OF_ROW: Readonly<Record<OrderGroup, string>> = {
  order_number: 'o.order_number',
  customer_name: 'o.customer_name',
  order_status: 'o.order_status',
  want_week: weekOf('o.want_on'),
};
/** In the order in which `listOrders` brings their rows. */
export function orderGroups(ctx: ReadCtx, { filter, sort, group }: Input<'groups'>) {
  const where = whereOf(filter, filterPlace(ctx));
  // Once for each group: a week is named by any of its days.
  const name = group === 'want_week' ? weekOf('min(o.want_on)') : GROUP_NAME_OF_ROW[group];
  const groups = ctx.sql.all<{ value: string | null; count: number }>(
    `select ${name} as value, count(*) as count from orders o where ${where.sql}
     group by ${GROUP_KEYS[group]} order by ${groupOrderOf(sort, group)}`,
    where.params,
  );
  return { groups };
}

const most = 200;
const facetOf = (ctx: ReadCtx, filter: OrderFilter, column: string) => {
  const where = whereOf(filter, filterPlace(ctx));
  return ctx.sql.all<{ value: string; count: number }>(
    `select o.${column} as value, count(*) as count from orders o where ${where.sql} and o.${column} is not null group by o.${column} order by count(*) desc, o.${column} limit ${most}`,
    where.params,
  );
};
/** What may be chosen next; each facet ignores its own choice. */
export function orderFacets(ctx: ReadCtx, { filter }: Input<'facets'>) {
  const { customer_name: _customer, ...anyCustomer } = filter;
  const { sales_person: _person, ...anyPerson } = filter;
  const { document_language: _language, ...anyLanguage } = filter;
  const where = whereOf(filter, filterPlace(ctx));
  const total = totalOf(ctx, where);
  return {
    status: facetOf(ctx, { ...filter, status: [] }, 'order_status'),
    customers: facetOf(ctx, anyCustomer, 'customer_name'),
    sales_persons: facetOf(ctx, anyPerson, 'sales_person'),
    languages: facetOf(ctx, anyLanguage, 'document_language'),
    total,
  };
}

/** Earlier values that start with what was typed, most used first. */
export function headerSuggestions(ctx: ReadCtx, { field, text }: Input<'headerSuggestions'>) {
  const start = `${text.trim().replaceAll(/[\\%_]/g, mark => `\\${mark}`)}%`;
  const rows = ctx.sql.all<{ value: string }>(
    `select o.${field} as value from orders o where o.${field} like @start escape '\\' and (@plant_id is null or o.plant_id = @plant_id)
     group by o.${field} order by count(*) desc, o.${field} limit 20`,
    { start, plant_id: plantScope(ctx) },
  );
  return { values: rows.map(row => row.value) };
}
