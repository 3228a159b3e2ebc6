import type { OlderTable } from '../../../preload/contract/older-tracking.ts';
import type { CommandCtx, QueryCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { orderKeyOf } from './movement.rules.ts';
import {
  bringMasters,
  bringMovements,
  type Counted,
  type Masters,
  movementIdOf,
  type Places,
  placesOf,
  type Unfit,
  unfit,
} from './older-import.service.ts';
import { OLDER_TABLES, type OlderRow, type OlderSource } from './older-source.rules.ts';

export interface ImportingStation {
  asSystem<T>(intent: string, run: (ctx: CommandCtx) => T): T;
  readAsSystem<T>(run: (ctx: QueryCtx) => T): T;
}
export interface BalanceDifference {
  order_number: string;
  work_center: string;
  in_source: number;
  here: number;
}
export interface Reconciliation {
  is_dry_run: boolean;
  departments: Counted;
  work_centers: Counted;
  users: Counted;
  movements: Counted & { left_out: Partial<Record<Unfit, number>> };
  balances: { groups: number; equal: number; different: BalanceDifference[] };
  is_equal: boolean;
}
const INTENT = 'tracking.import';
const MOST_DIFFERENCES = 50;

async function* parsed<T extends OlderTable>(source: OlderSource, table: T): AsyncIterable<OlderRow<T>[]> {
  const shape = OLDER_TABLES[table];
  for await (const rows of source.rows(table))
    yield rows.map(row => {
      const found = shape.safeParse(row);
      if (found.success) return found.data as OlderRow<T>;
      const [issue] = found.error.issues;
      return refuse('older_row_wrong', {
        table,
        row: String(row.id ?? ''),
        field: issue?.path.join('.') ?? '',
        reason: issue?.message ?? '',
      });
    });
}
/** Live rows and archived ones, each once: the older archive was often a copy. */
export async function* movementsOf(source: OlderSource): AsyncIterable<OlderRow<'production_orders'>[]> {
  const seen = new Set<number>();
  for (const table of ['production_orders', 'production_orders_archive'] as const)
    for await (const rows of parsed(source, table)) {
      const fresh = rows.filter(({ id }) => !seen.has(id));
      for (const { id } of fresh) seen.add(id);
      yield fresh;
    }
}
async function whole<T extends OlderTable>(source: OlderSource, table: T): Promise<OlderRow<T>[]> {
  const all: OlderRow<T>[] = [];
  for await (const rows of parsed(source, table)) all.push(...rows);
  return all;
}

export const mastersOf = async (source: OlderSource): Promise<Masters> => ({
  departments: await whole(source, 'departments'),
  work_centers: await whole(source, 'work_centers'),
  links: await whole(source, 'workcenter_department'),
  users: await whole(source, 'users'),
});

/**
 * Brings an older tracking database over: people with their password hashes, departments, work centres, movements. The
 * same source a second time brings what is new. A dry run counts and writes nothing.
 */
export async function importOlder(
  station: ImportingStation,
  source: OlderSource,
  { is_dry_run, told }: { is_dry_run: boolean; told?: (movements: number) => void },
): Promise<Reconciliation> {
  const masters = await mastersOf(source);
  const before = station.readAsSystem(ctx => dryCounts(ctx, source.name, masters));
  const counts = is_dry_run
    ? before.counts
    : station.asSystem(INTENT, ctx => bringMasters(ctx, source.name, masters));
  // The ids that rows got or found here, read again: a name that was free may be taken by now.
  const { places } = station.readAsSystem(ctx => placesOf(ctx, source.name, masters));
  const movements: Reconciliation['movements'] = { in_source: 0, created: 0, here: 0, left_out: {} };
  const sums = new Map<string, GroupSum>();
  for await (const rows of movementsOf(source)) {
    movements.in_source += rows.length;
    const fit = rows.filter(row => {
      const why = unfit(row, places);
      if (why) movements.left_out[why] = (movements.left_out[why] ?? 0) + 1;
      return why === null;
    });
    for (const row of fit) addTo(sums, row);
    if (!is_dry_run) {
      const { created, here } = station.asSystem(INTENT, ctx =>
        bringMovements(ctx, source.name, fit, places),
      );
      movements.created += created;
      movements.here += here;
    }
    told?.(movements.in_source);
  }
  const balances = is_dry_run
    ? { groups: sums.size, equal: 0, different: [] }
    : station.readAsSystem(ctx => compared(ctx, [...sums.values()], masters, places));
  const left_out = Object.values(movements.left_out).reduce((sum, n) => sum + n, 0);
  return {
    is_dry_run,
    ...counts,
    movements,
    balances,
    is_equal: !is_dry_run && left_out === 0 && balances.different.length === 0,
  };
}

export function dryCounts(ctx: ReadCtx, source: string, masters: Masters) {
  const { places, isHere } = placesOf(ctx, source, masters);
  const count = (ids: Iterable<string>): Counted => {
    const all = [...ids];
    const here = all.filter(isHere).length;
    return { in_source: all.length, created: 0, here };
  };
  return {
    counts: {
      departments: count(places.departments.values()),
      work_centers: count(places.centers.values()),
      users: count(places.users.values()),
    },
  };
}
export interface GroupSum {
  order_number: string;
  center: number;
  balance: number;
}
export function addTo(sums: Map<string, GroupSum>, row: OlderRow<'production_orders'>): void {
  const key = `${row.workcenter_id} ${orderKeyOf(row.production_order)}`;
  const sum = sums.get(key) ?? { order_number: row.production_order, center: row.workcenter_id, balance: 0 };
  sum.balance += row.order_type === 'IN' ? row.quantity : -row.quantity;
  sums.set(key, sum);
}
/** Sums of the source against the balances here, group by group. */
export function compared(
  ctx: ReadCtx,
  sums: readonly GroupSum[],
  masters: Masters,
  places: Places,
): Reconciliation['balances'] {
  const names = new Map(masters.work_centers.map(({ id, name }) => [id, name]));
  const different: BalanceDifference[] = [];
  let equal = 0;
  for (const { order_number, center, balance } of sums) {
    const held = ctx.sql.get<{ balance: number }>(
      'select in_quantity - out_quantity as balance from movement_totals where order_key = ? and work_center_id = ?',
      [orderKeyOf(order_number), places.centers.get(center) ?? ''],
    );
    if (held?.balance === balance) equal += 1;
    else if (different.length < MOST_DIFFERENCES)
      different.push({
        order_number,
        work_center: names.get(center) ?? String(center),
        in_source: balance,
        here: held?.balance ?? 0,
      });
  }
  return { groups: sums.length, equal, different };
}
/** Whether an earlier run has brought the row. */
export const hereAlready = (ctx: ReadCtx, source: string, { id }: { id: number }): boolean =>
  ctx.sql.get('select 1 from order_movements where id = ?', [movementIdOf(source, id)]) !== undefined;
