import type { MovementFilter, MovementSort } from '../../../preload/contract/tracking.ts';
import { orderKeyOf } from './movement.rules.ts';

export interface MovementPlace {
  plant_id: string;
  /** Work centres whose rows may be seen. */
  center_ids: readonly string[];
  startOfDay(day: string): number;
  nextDay(day: string): string;
  /** What a replaced number has become. */
  numberNow(typed: string): string;
}
export interface Where {
  sql: string;
  params: Record<string, string | number>;
}

/** Orders whose number holds the text; found in the totals, which are far fewer than the movements. */
const FOUND_ORDERS = `select order_key from movement_totals where order_key like @text escape '\\'`;
/** Closed groups: nothing left and nothing moved since. A late row makes either untrue and shows all rows again. */
export const IS_CLOSED =
  't.archived_until_ms is not null and t.archived_until_ms >= t.last_at_ms and t.in_quantity = t.out_quantity';
const CLOSED = `select 1 from movement_totals t where t.order_key = m.order_key and t.work_center_id = m.work_center_id and ${IS_CLOSED}`;

export const likeOf = (text: string): string =>
  `%${orderKeyOf(text).replaceAll(/[\\%_]/g, mark => `\\${mark}`)}%`;

/** Conditions on `order_movements m`, with named parameters. `hasClosed` tells whether any group is closed at all. */
export function whereOf(filter: MovementFilter, place: MovementPlace, hasClosed: boolean): Where {
  const conditions = [
    'm.plant_id = @plant_id',
    // Unary plus: their index would have all rows sorted to find the newest ones.
    '+m.work_center_id in (select value from json_each(@centers))',
  ];
  const params: Where['params'] = {
    plant_id: place.plant_id,
    centers: JSON.stringify(
      filter.work_center_id === undefined
        ? place.center_ids
        : place.center_ids.filter(id => id === filter.work_center_id),
    ),
  };
  const add = (sql: string, more: Where['params'] = {}) => {
    conditions.push(sql);
    Object.assign(params, more);
  };
  if (filter.text.trim() !== '')
    add(`m.order_key in (${FOUND_ORDERS})`, { text: likeOf(place.numberNow(filter.text)) });
  if (filter.order_number !== undefined)
    add('m.order_key = @order_key', { order_key: orderKeyOf(place.numberNow(filter.order_number)) });
  if (filter.from !== undefined)
    add('m.occurred_at_ms >= @from_ms', { from_ms: place.startOfDay(filter.from) });
  if (filter.to !== undefined)
    add('m.occurred_at_ms < @until_ms', { until_ms: place.startOfDay(place.nextDay(filter.to)) });
  if (filter.movement_type !== undefined)
    add('m.movement_type = @movement_type', { movement_type: filter.movement_type });
  if (filter.user_id !== undefined) add('m.user_id = @user_id', { user_id: filter.user_id });
  if (filter.department_id !== undefined)
    add('m.user_id in (select id from users where department_id = @department_id)', {
      department_id: filter.department_id,
    });
  if (hasClosed && !filter.include_archive) add(`not exists (${CLOSED})`);
  return { sql: conditions.join(' and '), params };
}

const COLUMNS: Record<MovementSort['by'], string> = {
  occurred_at_ms: 'm.occurred_at_ms',
  order_number: 'm.order_key',
  quantity: 'm.quantity',
  work_center_code: '(select w.work_center_code from work_centers w where w.id = m.work_center_id)',
};
/**
 * The row number makes the order total, so that pages do not overlap; it stands in every index. Among equal quantities
 * time runs as the quantities do, which is how the index holds them.
 */
export function orderByOf({ by, direction }: MovementSort): string {
  const newest = 'm.occurred_at_ms desc, m.rowid desc';
  const along = `m.occurred_at_ms ${direction}, m.rowid ${direction}`;
  if (by === 'occurred_at_ms') return along;
  const ties = by === 'quantity' ? along : newest;
  return `${COLUMNS[by]} ${direction}, ${ties}`;
}
