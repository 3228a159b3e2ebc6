import type { Partitions } from '../kit/define-table.ts';

/** From the first instant to the one after the last, milliseconds UTC. */
export interface Bounds {
  from_ms: number;
  to_ms: number;
}

const WEEK_MS = 7 * 86_400_000;
const A_MONDAY_MS = Date.UTC(1970, 0, 5);
const MONTHS = { month: 1, quarter: 3, half_year: 6 };
/** No id of ours is older: what lies before was made by a wrong clock and stays in the default partition. */
const FIRST_MS = Date.UTC(2020, 0, 1);
const AHEAD = 2;

/** The interval that holds an instant: weeks begin on Monday, the others with a month; 00:00 UTC. */
export function boundsOf(every: Partitions['every'], at_ms: number): Bounds {
  if (every === 'week') {
    const from_ms = at_ms - ((((at_ms - A_MONDAY_MS) % WEEK_MS) + WEEK_MS) % WEEK_MS);
    return { from_ms, to_ms: from_ms + WEEK_MS };
  }
  const at = new Date(at_ms);
  const months = MONTHS[every];
  const first = Math.floor(at.getUTCMonth() / months) * months;
  return {
    from_ms: Date.UTC(at.getUTCFullYear(), first, 1),
    to_ms: Date.UTC(at.getUTCFullYear(), first + months, 1),
  };
}

/** Every interval in which ids are expected, oldest first: up to two that have not begun. */
export function expectedBounds(every: Partitions['every'], now_ms: number): Bounds[] {
  const all = [boundsOf(every, FIRST_MS)];
  for (let ahead = 0; ahead < AHEAD; ) {
    const next = boundsOf(every, all.at(-1)?.to_ms ?? 0);
    all.push(next);
    if (next.from_ms > now_ms) ahead += 1;
  }
  return all;
}

/** The interval of now and those that must be there before they begin. */
export const dueBounds = (every: Partitions['every'], now_ms: number): Bounds[] =>
  expectedBounds(every, now_ms).slice(-1 - AHEAD);

/** Everything in it is older than it must be kept. */
export function isPastKeeping({ to_ms }: Bounds, { keep_years }: Partitions, now_ms: number): boolean {
  const now = new Date(now_ms);
  return to_ms <= now.setUTCFullYear(now.getUTCFullYear() - keep_years);
}

const dayOf = (at_ms: number): string => new Date(at_ms).toISOString().slice(0, 10).replaceAll('-', '');
export const partitionName = (table: string, { from_ms }: Bounds): string => `${table}_p${dayOf(from_ms)}`;
export const defaultPartitionName = (table: string): string => `${table}_pdefault`;

/** The smallest id of an instant: the first 48 bits of a UUIDv7 are its milliseconds. */
export function idAt(at_ms: number): string {
  const hex = at_ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
/** The instant in an id. */
export const instantOf = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
