import fc from 'fast-check';
import { expect, test } from 'vitest';
import '../../support/properties.ts';
import { plants } from '../../../db/schema/identity.ts';
import { ask, refusalOf } from '../../support/station.ts';
import { type Row, type TrackingStation, trackingStation } from './tracking-support.ts';

const TODAY = Date.UTC(2025, 8, 3, 6, 30);
const row = (day: string, order: string, type: 'IN' | 'OUT', quantity: number): Row => ({
  at_ms: Date.parse(`${day}T08:00Z`),
  order,
  center: 'WC001',
  type,
  quantity,
  user: 'u1',
});
const GROUPS: Row[] = [
  row('2024-08-29', 'A', 'IN', 12),
  row('2024-08-30', 'A', 'OUT', 12),
  row('2024-08-30', 'B', 'IN', 12),
  row('2024-09-04', 'C', 'IN', 7),
  row('2024-09-05', 'C', 'OUT', 7),
];
const listed = (station: TrackingStation, include_archive = false) =>
  ask(station, station.as('boss'), 'tracking.movements', { filter: { include_archive } });

const archived = (station: TrackingStation) =>
  ask(station, station.as('boss'), 'tracking.archivedGroups', {}).rows.map(group => [
    group.order_number,
    group.work_center_code,
    group.until_at_ms,
    group.movements,
    group.in_quantity,
    group.out_quantity,
    group.balance,
    group.is_closed,
  ]);

test('OT-ARC-1: only a group with balance zero whose last movement is older than a year is closed', () => {
  const station = trackingStation(GROUPS, { now_ms: TODAY });
  const boss = station.as('boss');
  expect(ask(station, boss, 'tracking.archiveCandidates', {})).toEqual({
    before_on: '2024-09-03',
    groups: 1,
    movements: 2,
  });
  expect(refusalOf(station, station.as('u1'), 'tracking.archive', {})).toBe('not_allowed');
  expect(ask(station, boss, 'tracking.archive', {})).toEqual({ groups: 1, movements: 2 });
  expect(listed(station)).toMatchObject({ total: 3 });
  expect(listed(station).rows.map(r => r.order_number)).toEqual(['C', 'C', 'B']);
  expect(listed(station, true).total).toBe(5);
  expect(archived(station)).toEqual([['A', 'WC001', Date.parse('2024-08-30T08:00Z'), 2, 12, 12, 0, true]]);
  expect(ask(station, boss, 'tracking.archivedGroups', { text: 'B' }).total).toBe(0);
  expect(ask(station, boss, 'tracking.balances', {}).rows.map(r => r.order_number)).toEqual(['B', 'C']);
});

test('OT-ARC-2: a second run closes nothing', () => {
  const station = trackingStation(GROUPS, { now_ms: TODAY });
  ask(station, station.as('boss'), 'tracking.archive', {});
  expect(ask(station, station.as('boss'), 'tracking.archive', {})).toEqual({ groups: 0, movements: 0 });
});

test('a late row of a closed group opens it again, with all its rows', () => {
  const station = trackingStation(GROUPS, { now_ms: TODAY });
  ask(station, station.as('boss'), 'tracking.archive', {});
  station.add([row('2024-08-20', 'a', 'IN', 3)]);
  expect(ask(station, station.as('boss'), 'tracking.balances', { filter: { text: 'a' } }).rows).toMatchObject(
    [{ closing: 3 }],
  );
  expect(listed(station).total).toBe(6);
  expect(archived(station)).toMatchObject([['A', 'WC001', expect.any(Number), 3, 15, 12, 3, false]]);
});

interface Step {
  kind: 'move' | 'correct' | 'archive' | 'forward' | 'zone';
  order: number;
  center: number;
  type: 'IN' | 'OUT';
  quantity: number;
  /** Negative: happened earlier than rows that are already there. */
  days: number;
}
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('move', 'move', 'move', 'correct', 'archive', 'forward', 'zone'),
  order: fc.integer({ min: 0, max: 2 }),
  center: fc.integer({ min: 0, max: 1 }),
  type: fc.constantFrom('IN', 'OUT'),
  quantity: fc.integer({ min: 1, max: 3 }),
  days: fc.integer({ min: -800, max: 0 }),
});
const ORDERS = ['PO-1', 'po-2', 'É-3'];
const CENTERS = ['WC001', 'WC002'];
const ZONES = ['Asia/Kolkata', 'America/Toronto', 'Australia/Lord_Howe'];
const DAY_MS = 86_400_000;

/** The plain sum over every stored row. */
function plainSums(station: TrackingStation): Map<string, number> {
  const rows = station.readAsSystem(ctx =>
    ctx.sql.all<{ order_key: string; work_center_id: string; movement_type: string; quantity: number }>(
      'select order_key, work_center_id, movement_type, quantity from order_movements',
    ),
  );
  const sums = new Map<string, number>();
  for (const { order_key, work_center_id, movement_type, quantity } of rows) {
    const key = `${order_key} ${work_center_id}`;
    sums.set(key, (sums.get(key) ?? 0) + (movement_type === 'IN' ? quantity : -quantity));
  }
  return sums;
}

/** Day totals by the calendar of the plant, summed here over every stored row. */
function plainDays(station: TrackingStation): Record<string, unknown>[] {
  const rows = station.readAsSystem(ctx =>
    ctx.sql.all<{
      plant_id: string;
      work_center_id: string;
      user_id: string;
      movement_type: string;
      quantity: number;
      at: number;
      zone: string;
    }>(
      `select m.plant_id, m.work_center_id, m.user_id, m.movement_type, m.quantity, m.occurred_at_ms as at, p.timezone as zone
       from order_movements m join plants p on p.id = m.plant_id`,
    ),
  );
  const sums = new Map<
    string,
    {
      plant_id: string;
      day: string;
      work_center_id: string;
      user_id: string;
      in_rows: number;
      in_quantity: number;
      out_rows: number;
      out_quantity: number;
    }
  >();
  for (const { plant_id, work_center_id, user_id, movement_type, quantity, at, zone } of rows) {
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at);
    const key = `${plant_id} ${day} ${work_center_id} ${user_id}`;
    const sum = sums.get(key) ?? {
      plant_id,
      day,
      work_center_id,
      user_id,
      in_rows: 0,
      in_quantity: 0,
      out_rows: 0,
      out_quantity: 0,
    };
    if (movement_type === 'IN') {
      sum.in_rows += 1;
      sum.in_quantity += quantity;
    } else {
      sum.out_rows += 1;
      sum.out_quantity += quantity;
    }
    sums.set(key, sum);
  }
  return [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

test('balances equal the plain sum after any interleaving of bookings, corrections, archives and late rows', () => {
  const station = trackingStation([], { now_ms: TODAY });
  const run = (one: Step, boss: string) => {
    const order = ORDERS[one.order] ?? '';
    const center = CENTERS[one.center] ?? '';
    if (one.kind === 'move') {
      const at_ms = station.clock.now_ms() + one.days * DAY_MS;
      station.add([{ at_ms, order, center, type: one.type, quantity: one.quantity, user: 'u1' }]);
    } else if (one.kind === 'archive') ask(station, boss, 'tracking.archive', {});
    else if (one.kind === 'forward') station.clock.forward(60_000);
    else if (one.kind === 'zone')
      station.asSystem('test.zone', ctx =>
        ctx.update(plants, station.plant_id, { timezone: ZONES[one.order] ?? 'UTC' }),
      );
    else {
      const { rows } = ask(station, boss, 'tracking.movements', {
        filter: { include_archive: true },
        limit: 5,
      });
      const open = rows.find(r => r.corrects_id === null && r.corrected_quantity < r.quantity);
      if (open)
        ask(station, boss, 'tracking.correct', {
          movement_id: open.movement_id,
          quantity: 1,
          reason: 'test',
        });
    }
  };
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 20 }), steps => {
      const boss = station.as('boss');
      for (const one of steps) run(one, boss);
      const sums = plainSums(station);
      const { rows } = ask(station, boss, 'tracking.balances', {
        filter: { include_archive: true },
        limit: 1000,
      });
      expect(
        new Map(rows.map(r => [`${r.order_number.toUpperCase()} ${r.work_center_id}`, r.closing])),
      ).toEqual(sums);
      // Whatever is not shown without the archive is balanced.
      const shown = ask(station, boss, 'tracking.balances', { limit: 1000 }).rows;
      const open = [...sums.values()].filter(sum => sum !== 0).length;
      expect(shown.filter(r => r.closing !== 0)).toHaveLength(open);
      // The totals kept by triggers are those that a fresh sum gives.
      const drift = station.readAsSystem(ctx =>
        ctx.sql.all(
          'select * from movement_totals except select order_key, work_center_id, order_number, in_quantity, out_quantity, in_rows, out_rows, last_at_ms, last_in_at_ms, archived_until_ms from movement_sums',
        ),
      );
      expect(drift).toEqual([]);
      const days = station.readAsSystem(ctx =>
        ctx.sql.all('select * from movement_days order by 1, 2, 3, 4'),
      );
      expect(days).toEqual(plainDays(station));
    }),
    { numRuns: 20 },
  );
}, 120_000);
