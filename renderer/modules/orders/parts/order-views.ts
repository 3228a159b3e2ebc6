import { z } from 'zod';
import {
  type OrderFilter,
  type OrderSort,
  orderFilter,
  orderGroup,
  orderSort,
} from '../../../../preload/contract/orders.ts';

/** What a list shows: which rows, in which order and groups. Stored under a name or in the address. */
export const listDefinition = z.object({
  filter: orderFilter.prefault({}),
  sort: orderSort.default({ by: 'created_at_ms', direction: 'desc' }),
  group: orderGroup.nullable().default(null),
  /** Groups whose builds are folded away: these, or all but these. */
  collapsed: z
    .object({ is_all: z.boolean(), keys: z.array(z.string().max(200)).max(500).readonly() })
    .default({ is_all: false, keys: [] }),
});
export type ListDefinition = z.infer<typeof listDefinition>;

export const noFilter: OrderFilter = orderFilter.parse({});
const byWant: OrderSort = { by: 'want_on', direction: 'asc' };
const newest: OrderSort = { by: 'created_at_ms', direction: 'desc' };

export const BUILT_IN_VIEWS = ['mine', 'review', 'late', 'all'] as const;
export type BuiltInView = (typeof BUILT_IN_VIEWS)[number];
export const builtIn: Record<BuiltInView, ListDefinition> = {
  mine: listDefinition.parse({ filter: { mine: true }, sort: newest }),
  review: listDefinition.parse({ filter: { status: ['ORDER_CREATED'] }, sort: byWant }),
  late: listDefinition.parse({ filter: { late: true }, sort: byWant }),
  all: listDefinition.parse({ sort: newest }),
};

/** The definition an address carries; a broken one is no definition. */
export function definitionFrom(text: string | null): ListDefinition | null {
  if (!text) return null;
  try {
    const parsed = listDefinition.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

const DAY_MS = 86_400_000;
/** Days until the wanted day, negative when it has passed. */
export const daysUntil = (want_on: string, today: string) =>
  Math.round((Date.parse(want_on) - Date.parse(today)) / DAY_MS);

const USUAL_LEAD_DAYS = 42;
/** 0: plenty of time, 1: due or late. */
export const wantRisk = (days: number) => Math.min(1, Math.max(0, 1 - days / USUAL_LEAD_DAYS));
