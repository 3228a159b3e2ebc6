import {
  buildStatus,
  type OrderFilter,
  type OrderGroup,
  type OrderSort,
} from '../../../preload/contract/orders.ts';

export interface FilterPlace {
  user_id: string;
  /** Null for the program itself, which sees every plant. */
  plant_id: string | null;
  today: string;
  /** First millisecond of a calendar day of the plant. */
  startOfDay(day: string): number;
  nextDay(day: string): string;
}
export type Params = Record<string, string | number>;
export interface Where {
  sql: string;
  params: Params;
}

const SEARCHED = ['order_number', 'build_number', 'customer_name', 'project_name', 'sales_person'];
/** A trigram index finds three characters or more. */
const shortestIndexed = 3;

/** Conditions on `orders o`, with named parameters. */
export function whereOf(filter: OrderFilter, place: FilterPlace): Where {
  const conditions = ["o.order_kind = 'CUSTOMER_BUILD'"];
  const params: Params = {};
  const add = (sql: string, more: Params = {}) => {
    conditions.push(sql);
    Object.assign(params, more);
  };
  if (place.plant_id !== null) add('o.plant_id = @plant_id', { plant_id: place.plant_id });
  if (filter.status.length > 0)
    add(
      `o.order_status in (${filter.status.map((_, i) => `@status${i}`).join(', ')})`,
      Object.fromEntries(filter.status.map((status, i) => [`status${i}`, status])),
    );
  if (filter.customer_name !== undefined)
    add('o.customer_name = @customer_name', { customer_name: filter.customer_name });
  if (filter.sales_person !== undefined)
    add('o.sales_person = @sales_person', { sales_person: filter.sales_person });
  if (filter.document_language)
    add('o.document_language = @document_language', { document_language: filter.document_language });
  if (filter.want_from) add('o.want_on >= @want_from', { want_from: filter.want_from });
  if (filter.want_to) add('o.want_on <= @want_to', { want_to: filter.want_to });
  if (filter.created_from)
    add('o.created_at_ms >= @created_from', { created_from: place.startOfDay(filter.created_from) });
  if (filter.created_to)
    add('o.created_at_ms < @created_until', {
      created_until: place.startOfDay(place.nextDay(filter.created_to)),
    });
  if (filter.mine)
    add('(o.created_by = @user_id or o.current_assignee_id = @user_id)', { user_id: place.user_id });
  if (filter.late) add(`o.want_on < @today and o.order_status <> '${last}'`, { today: place.today });
  const search = searchOf(filter.text);
  if (search.indexed !== '')
    add('o.rowid in (select rowid from orders_fts where orders_fts match @words)', { words: search.indexed });
  for (const [index, word] of search.short.entries())
    add(`(${SEARCHED.map(column => `o.${column} like @short${index} escape '\\'`).join(' or ')})`, {
      [`short${index}`]: `%${word.replaceAll(/[\\%_]/g, mark => `\\${mark}`)}%`,
    });
  return { sql: conditions.join(' and '), params };
}
const last = buildStatus.options.at(-1);

/** Every word must be found somewhere; a quoted phrase of the index is taken letter by letter. */
export function searchOf(text: string): { indexed: string; short: string[] } {
  const words = text
    .replaceAll('\0', ' ')
    .split(/\s+/)
    .filter(word => word !== '')
    .slice(0, 10);
  const isLong = (word: string) => [...word].length >= shortestIndexed;
  return {
    indexed: words
      .filter(isLong)
      .map(word => `"${word.replaceAll('"', '""')}"`)
      .join(' AND '),
    short: words.filter(word => !isLong(word)),
  };
}

/** Statuses sort by their place in the flow, not by their letters. */
const STATUS_RANK = `case o.order_status ${buildStatus.options.map((status, rank) => `when '${status}' then ${rank}`).join(' ')} end`;

/**
 * Open values come last in both directions; the row makes the order total, so that pages do not overlap.
 * `backwards` is the same order from its end.
 */
export function orderByOf({ by, direction }: OrderSort, group: OrderGroup | null, backwards = false): string {
  const isAscending = (direction === 'asc') !== backwards;
  const ties = ['order_number', 'build_number', 'rowid'].map(
    column => `o.${column}${backwards ? ' desc' : ''}`,
  );
  const isOptional = by === 'project_name' || by === 'sales_person' || by === 'want_on';
  const nulls = isOptional ? ` nulls ${backwards ? 'first' : 'last'}` : '';
  const value = by === 'order_status' ? STATUS_RANK : `o.${by}`;
  const groups = group === null ? [] : [groupOrderOf({ by, direction }, group, backwards)];
  return [...groups, `${value} ${isAscending ? 'asc' : 'desc'}${nulls}`, ...ties].join(', ');
}

/** What tells one group from the next. Julian days begin on a Monday, so whole sevens of them are ISO weeks. */
export const GROUP_KEYS: Readonly<Record<OrderGroup, string>> = {
  order_number: 'o.order_number',
  customer_name: 'o.customer_name',
  order_status: STATUS_RANK,
  want_week: 'cast(julianday(o.want_on) + 0.5 as integer) / 7',
};
const SORT_OF_GROUP: Readonly<Record<OrderGroup, OrderSort['by']>> = {
  order_number: 'order_number',
  customer_name: 'customer_name',
  order_status: 'order_status',
  want_week: 'want_on',
};
/** Groups go upwards, unless the list is sorted downwards by the same thing. */
export function groupOrderOf({ by, direction }: OrderSort, group: OrderGroup, backwards = false): string {
  const isDescending = by === SORT_OF_GROUP[group] && direction === 'desc';
  const nulls = group === 'want_week' ? ` nulls ${backwards ? 'first' : 'last'}` : '';
  return `${GROUP_KEYS[group]} ${isDescending === backwards ? 'asc' : 'desc'}${nulls}`;
}
