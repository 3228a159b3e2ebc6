import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Id } from '../../../db/kit/columns.ts';
import { plants } from '../../../db/schema/identity.ts';
import { BUILD_STATUSES, orders } from '../../../db/schema/orders.ts';
import { fold } from '../../../db/sqlite/open.ts';
import type { orders as contract } from '../../../preload/contract/orders.ts';
import { ORDER_GROUPS, ORDER_SORTS, type OrderSummary } from '../../../preload/contract/orders.ts';
import type { InputOf } from '../../../preload/contract/rpc.ts';
import { bulkInsert, bulkOrders, bulkWriter } from '../../support/bulk.ts';
import { ask, testStation } from '../../support/station.ts';

const customers = [
  'Lakeshore Memorial',
  'Hôpital Général',
  'Clínica Ñandú',
  'O"Brien & Sons',
  '100% Care_Unit',
  'lakeshore north',
];
const people = [null, 'Ann Lee', 'Peter Aldous', 'Zoë Bär'];
const dayMs = 86_400_000;

/** 90 builds entered by two people over ten days. */
function listStation() {
  const station = testStation({ roles: ['PLANNER', 'ORG_ADMIN', 'VIEWER'] });
  const users = station.readAsSystem(ctx =>
    ctx.sql.all<{ id: Id<'users'>; plant_id: Id<'plants'> }>(
      "select id, plant_id from users where username in ('planner', 'org_admin') order by username desc",
    ),
  );
  const [planner, admin] = users;
  if (!planner || !admin) throw new Error('nobody to enter orders');
  for (let day = 0; day < 10; day++) {
    station.asSystem('test.orders', ctx => {
      for (let at = 0; at < 9; at++) {
        const n = day * 9 + at;
        const made = ctx.insert(orders, {
          plant_id: planner.plant_id,
          order_kind: 'CUSTOMER_BUILD',
          order_number: `PO-${1000 + Math.floor(n / 3)}`,
          build_number: `BUILD-${String((n * 7) % 90).padStart(3, '0')}`,
          customer_name: customers[(n * 5) % customers.length] ?? '',
          project_name: n % 4 === 0 ? null : `Project ${n % 6}`,
          sales_person: people[n % people.length] ?? null,
          want_on: n % 11 === 0 ? null : `2026-11-${String(10 + (n % 20)).padStart(2, '0')}`,
          document_language: n % 3 === 0 ? 'FR' : 'EN',
          order_status: BUILD_STATUSES[n % BUILD_STATUSES.length] ?? 'SHIPPED',
          current_assignee_id: n % 5 === 0 ? planner.id : null,
          configuration: {},
          configuration_revision: 1 + (n % 3),
        });
        if (n % 6 === 0) ctx.update(orders, made.id, { notes: 'seen' });
      }
    });
    station.clock.forward(dayMs);
  }
  return station;
}
type Filter = NonNullable<InputOf<typeof contract.list>['filter']>;

/** The same question answered the slow and obvious way. */
function naive(
  all: OrderSummary[],
  filter: Filter,
  today: string,
  assigned: ReadonlySet<string>,
): OrderSummary[] {
  const words = (filter.text ?? '').split(/\s+/).filter(word => word !== '');
  const searched = (o: OrderSummary) => [
    o.order_number,
    o.build_number,
    o.customer_name,
    o.project_name ?? '',
    o.sales_person ?? '',
  ];
  const has = (o: OrderSummary, word: string) => searched(o).some(text => fold(text).includes(fold(word)));
  // The plant lies in Toronto: its days begin at 05:00 UTC in November.
  const start = (day: string) => Date.parse(`${day}T05:00:00Z`);
  return all.filter(
    o =>
      words.every(word => has(o, word)) &&
      (!filter.status?.length || filter.status.includes(o.order_status)) &&
      (filter.customer_name === undefined || o.customer_name === filter.customer_name) &&
      (filter.sales_person === undefined || o.sales_person === filter.sales_person) &&
      (filter.document_language === undefined || o.document_language === filter.document_language) &&
      (filter.want_from === undefined || (o.want_on !== null && o.want_on >= filter.want_from)) &&
      (filter.want_to === undefined || (o.want_on !== null && o.want_on <= filter.want_to)) &&
      (filter.created_from === undefined || o.created_at_ms >= start(filter.created_from)) &&
      (filter.created_to === undefined || o.created_at_ms < start(filter.created_to) + dayMs) &&
      (!filter.mine || assigned.has(o.order_id)) &&
      (!filter.late || (o.want_on !== null && o.want_on < today && o.order_status !== 'SHIPPED')),
  );
}
function compare(by: (typeof ORDER_SORTS)[number], direction: 'asc' | 'desc') {
  const value = (o: OrderSummary) => (by === 'order_status' ? BUILD_STATUSES.indexOf(o.order_status) : o[by]);
  const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return (a: OrderSummary, b: OrderSummary) => {
    const [x, y] = [value(a), value(b)];
    if (x !== y) {
      if (x === null || y === null) return x === null ? 1 : -1;
      return (x < y ? -1 : 1) * (direction === 'asc' ? 1 : -1);
    }
    return (
      text(a.order_number, b.order_number) ||
      text(a.build_number, b.build_number) ||
      text(a.order_id, b.order_id)
    );
  };
}
const day = fc
  .integer({ min: 8, max: 31 })
  .map(d => (d > 30 ? '2026-12-01' : `2026-11-${String(d).padStart(2, '0')}`));
const anyFilter = fc.record({
  text: fc.constantFrom(
    '',
    'lake',
    'hopital',
    'ñandu',
    'O"B',
    '%',
    '_U',
    'po-10',
    '1012 build',
    'zo',
    'project 3 ann',
    'NEAR',
    'a* OR',
  ),
  status: fc.subarray([...BUILD_STATUSES]),
  customer_name: fc.constantFrom(...customers),
  sales_person: fc.constantFrom('Ann Lee', 'Nobody'),
  document_language: fc.constantFrom('EN' as const, 'FR' as const, 'SP' as const),
  want_from: day,
  want_to: day,
  created_from: day,
  created_to: day,
  mine: fc.boolean(),
  late: fc.boolean(),
});
/** A few conditions at a time: all at once find nothing. */
const filters = fc
  .tuple(
    anyFilter,
    fc.subarray(
      [
        'text',
        'status',
        'customer_name',
        'sales_person',
        'document_language',
        'want_from',
        'want_to',
        'created_from',
        'created_to',
        'mine',
        'late',
      ],
      { maxLength: 3 },
    ),
  )
  .map(
    ([all, kept]): Filter => Object.fromEntries(Object.entries(all).filter(([key]) => kept.includes(key))),
  );

test('any filter, sort and page agrees with the slow and obvious way', () => {
  const station = listStation();
  const planner = station.session('PLANNER');
  const all = ask(station, planner, 'orders.list', { limit: 1000 }).rows;
  expect(all).toHaveLength(90);
  const today = '2026-11-30';
  const assigned = new Set(
    station
      .readAsSystem(ctx =>
        ctx.sql.all<{ id: string }>('select id from orders where current_assignee_id is not null'),
      )
      .map(({ id }) => id),
  );
  let narrowed = 0;
  const page = fc.record({ offset: fc.integer({ min: 0, max: 95 }), limit: fc.integer({ min: 1, max: 50 }) });
  fc.assert(
    fc.property(
      filters,
      fc.constantFrom(...ORDER_SORTS),
      fc.constantFrom('asc' as const, 'desc' as const),
      page,
      (filter, by, direction, { offset, limit }) => {
        const expected = naive(all, filter, today, assigned).sort(compare(by, direction));
        if (expected.length > 0 && expected.length < 90) narrowed++;
        const found = ask(station, planner, 'orders.list', {
          filter,
          sort: { by, direction },
          offset,
          limit,
        });
        expect(found.total).toBe(expected.length);
        expect(found.rows.map(row => row.order_id)).toEqual(
          expected.slice(offset, offset + limit).map(row => row.order_id),
        );
        expect(ask(station, planner, 'orders.listIds', { filter, sort: { by, direction } }).ids).toEqual(
          expected.map(row => row.order_id),
        );
        const facets = ask(station, planner, 'orders.facets', { filter });
        const { status: _ignored, ...rest } = filter;
        expect(Object.fromEntries(facets.status.map(({ value, count }) => [value, count]))).toEqual(
          counted(naive(all, rest, today, assigned).map(row => row.order_status)),
        );
      },
    ),
    { numRuns: 150, seed: 20_261_121 },
  );
  expect(narrowed).toBeGreaterThan(30);
});
const counted = (values: string[]) =>
  Object.fromEntries(
    [...new Set(values)].map(value => [value, values.filter(other => other === value).length]),
  );

/** ISO week of a day, from the Thursday that decides its year. */
function isoWeek(day: string): string {
  const thursday = new Date(`${day}T00:00:00Z`);
  thursday.setUTCDate(thursday.getUTCDate() + 3 - ((thursday.getUTCDay() + 6) % 7));
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / dayMs / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}
const groupOf = (o: OrderSummary, group: (typeof ORDER_GROUPS)[number]): string | null => {
  if (group !== 'want_week') return o[group];
  return o.want_on === null ? null : isoWeek(o.want_on);
};

test('groups hold the rows of the list in their order, whatever the filter, the sort and the page', () => {
  const station = listStation();
  // The weeks around a new year belong to the one or the other.
  station.asSystem('test.new_year', ctx => {
    const days = ['2026-12-31', '2027-01-01', '2027-01-03', '2027-01-04', '2024-12-30', '2026-11-15'];
    const some = ctx.sql.all<{ id: Id<'orders'> }>('select id from orders limit 6');
    for (const [at, { id }] of some.entries()) ctx.update(orders, id, { want_on: days[at] ?? null });
  });
  const planner = station.session('PLANNER');
  const all = ask(station, planner, 'orders.list', { limit: 1000 }).rows;
  expect(new Set(all.map(o => groupOf(o, 'want_week')))).toContain('2026-W53');
  fc.assert(
    fc.property(
      filters,
      fc.constantFrom(...ORDER_SORTS),
      fc.constantFrom('asc' as const, 'desc' as const),
      fc.constantFrom(...ORDER_GROUPS),
      fc.integer({ min: 0, max: 60 }),
      (filter, by, direction, group, offset) => {
        const asked = { filter, sort: { by, direction }, group };
        const { groups } = ask(station, planner, 'orders.groups', asked);
        const { ids } = ask(station, planner, 'orders.listIds', asked);
        const plain = ask(station, planner, 'orders.listIds', { filter, sort: { by, direction } }).ids;
        const row = new Map(all.map(o => [o.order_id, o]));
        const inGroups = groups.flatMap(({ value, count }) => Array<string | null>(count).fill(value));
        expect(ids.map(id => groupOf(row.get(id) as OrderSummary, group))).toEqual(inGroups);
        expect(new Set(groups.map(({ value }) => value)).size).toBe(groups.length);
        // Within a group the rows stand as they do in the plain list.
        for (const { value } of groups) {
          const inGroup = (id: (typeof ids)[number]) => groupOf(row.get(id) as OrderSummary, group) === value;
          expect(ids.filter(inGroup)).toEqual(plain.filter(inGroup));
        }
        const { rows } = ask(station, planner, 'orders.list', { ...asked, offset, limit: 20 });
        expect(rows.map(o => o.order_id)).toEqual(ids.slice(offset, offset + 20));
      },
    ),
    { numRuns: 60 },
  );
});

test('builds of another plant are not seen', () => {
  const station = listStation();
  const viewer = station.session('VIEWER');
  const elsewhere = station.asSystem('test.plant', ctx => {
    const plant = ctx.insert(plants, { plant_code: 'PAR', plant_name: 'Paris', timezone: 'Europe/Paris' });
    return ctx.insert(orders, {
      plant_id: plant.id,
      order_kind: 'CUSTOMER_BUILD',
      order_number: 'PO-FR',
      build_number: 'BUILD-001',
      customer_name: 'Paris',
      order_status: 'ORDER_CREATED',
      configuration: {},
    });
  });
  expect(ask(station, viewer, 'orders.list', {}).total).toBe(90);
  expect(() => ask(station, viewer, 'orders.get', { order_id: elsewhere.id })).toThrow('row_not_found');
  expect(() => ask(station, viewer, 'orders.getPo', { order_number: 'PO-FR' })).toThrow(
    'order_number_unknown',
  );
});

test('earlier names are offered while typing', () => {
  const station = listStation();
  const planner = station.session('PLANNER');
  const offer = (text: string) =>
    ask(station, planner, 'orders.headerSuggestions', { field: 'customer_name', text }).values;
  expect(offer('lake').sort()).toEqual(['Lakeshore Memorial', 'lakeshore north']);
  expect(offer('100%')).toEqual(['100% Care_Unit']);
  expect(offer('%')).toEqual([]);
});

test('pages deep in a long list follow its order, also after a write', () => {
  const station = testStation({ roles: ['PLANNER'] });
  const session = station.session('PLANNER');
  const planner = station.readAsSystem(ctx =>
    ctx.sql.get<{ user_id: Id<'users'>; plant_id: Id<'plants'>; organization_id: number }>(
      "select id as user_id, plant_id, organization_id from users where username = 'planner'",
    ),
  );
  if (!planner) throw new Error('nobody to enter orders');
  const owner = { ...planner, at_ms: station.clock.now_ms() };
  const db = bulkWriter(station.folders.database);
  bulkInsert(db, 'orders', owner, bulkOrders(owner, 12_000));
  db.close();
  const sort = { by: 'customer_name', direction: 'desc' } as const;
  const deep = (offset: number) => {
    const { rows } = ask(station, session, 'orders.list', { sort, offset, limit: 40 });
    return rows.map(row => row.order_id);
  };
  const whole = () => ask(station, session, 'orders.listIds', { sort }).ids;
  const before = whole();
  for (const offset of [5900, 5940, 5100, 6010])
    expect(deep(offset)).toEqual(before.slice(offset, offset + 40));
  const first = before[0];
  station.asSystem('test.orders', ctx => ctx.remove(orders, first as Id<'orders'>));
  expect(deep(5900)).toEqual(before.slice(5901, 5941));
});
