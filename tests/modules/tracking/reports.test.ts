import { expect, test } from 'vitest';
import { startOfDay, timeInZone } from '../../../main/platform/days.ts';
import { ask, refusalOf } from '../../support/station.ts';
import { D1, D1_NOW, type Row, trackingStation } from './tracking-support.ts';

test('OT-BAL-1 and OT-BAL-2: one balance per order and work centre, whoever booked', () => {
  const station = trackingStation();
  const { rows, counts, total } = ask(station, station.as('boss'), 'tracking.balances', {});
  expect(
    rows.map(r => [r.order_number, r.work_center_code, r.in_quantity, r.out_quantity, r.closing, r.state]),
  ).toEqual([
    ['PO-2025-001', 'WC001', 150, 120, 30, 'available'],
    ['PO-2025-001', 'WC002', 120, 125, -5, 'shortage'],
    ['PO-2025-002', 'WC001', 40, 40, 0, 'balanced'],
  ]);
  expect(counts).toEqual({ available: 1, balanced: 1, shortage: 1 });
  expect(total).toBe(3);
  expect(rows[0]).toMatchObject({
    last_user_name: 'Person u2',
    last_department_name: 'Quality Control',
    remarks: null,
  });
  const people = ask(station, station.as('boss'), 'tracking.orderFlow', {
    order_number: 'po-2025-001',
  }).people;
  expect(people.map(p => [p.user_name, p.work_center_code, p.in_quantity, p.out_quantity])).toEqual([
    ['Person u1', 'WC001', 150, 0],
    ['Person u2', 'WC001', 0, 120],
    ['Person u2', 'WC002', 120, 125],
  ]);
});

test('OT-BAL-3: in a period opening plus IN minus OUT is closing', () => {
  const station = trackingStation();
  const filter = {
    from: '2025-09-03',
    to: '2025-09-03',
    text: '001',
    work_center_id: station.center('WC001'),
  };
  expect(ask(station, station.as('boss'), 'tracking.balances', { filter }).rows).toMatchObject([
    { opening: 100, in_quantity: 50, out_quantity: 120, closing: 30 },
  ]);
  const shortages = ask(station, station.as('boss'), 'tracking.balances', { filter: { state: 'shortage' } });
  expect(shortages).toMatchObject({ total: 1, rows: [{ closing: -5 }] });
});

test('OT-REP-1: days are those of the plant: rows 5, 4, 3, 2 on 2025-09-03', () => {
  const station = trackingStation();
  expect(startOfDay('2025-09-03', 'Asia/Kolkata')).toBe(Date.UTC(2025, 8, 2, 18, 30));
  const filter = { from: '2025-09-03', to: '2025-09-03' };
  const { rows, total } = ask(station, station.as('boss'), 'tracking.movements', { filter });
  expect(rows.map(r => station.ids.indexOf(r.movement_id) + 1)).toEqual([5, 4, 3, 2]);
  expect(total).toBe(4);
});

test('OT-REP-2: the daily summary counts entries and quantities per work centre', () => {
  const station = trackingStation();
  const { centers, total } = ask(station, station.as('boss'), 'tracking.dailySummary', { day: '2025-09-03' });
  expect(
    centers.map(c => [c.work_center_code, c.in_rows, c.in_quantity, c.out_rows, c.out_quantity]),
  ).toEqual([
    ['WC001', 1, 50, 1, 120],
    ['WC002', 1, 120, 1, 125],
  ]);
  expect(total).toEqual({ in_rows: 2, in_quantity: 170, out_rows: 2, out_quantity: 245 });
  expect(ask(station, station.as('boss'), 'tracking.dailySummary', {}).day).toBe('2025-09-04');
});

test('OT-REP-3: search finds a part of the order number in any case', () => {
  const station = trackingStation();
  const found = (text: string) =>
    ask(station, station.as('boss'), 'tracking.movements', { filter: { text } }).rows.map(
      r => station.ids.indexOf(r.movement_id) + 1,
    );
  expect(found('2025-002')).toEqual([7, 6]);
  expect(found('po-2025-002')).toEqual([7, 6]);
  expect(found('%')).toEqual([]);
});

test('OT-REP-4: the cards count IN and OUT entries', () => {
  const station = trackingStation();
  expect(ask(station, station.as('boss'), 'tracking.wip', {}).cards).toMatchObject({
    in_rows: 4,
    out_rows: 3,
    work_centers: 5,
  });
});

test('OT-REP-5: row 2 is shown on 2025-09-03 at 00:10 in the zone of the plant', () => {
  expect(timeInZone(D1[1]?.at_ms ?? 0, 'Asia/Kolkata')).toBe('2025-09-03 00:10');
});

test('the flow of an order names what left one centre and has not arrived at the next', () => {
  const station = trackingStation();
  station.add([{ ...(D1[3] as Row), center: 'WC004', quantity: 100, at_ms: D1[6]?.at_ms ?? 0 }]);
  const { centers } = ask(station, station.as('boss'), 'tracking.orderFlow', {
    order_number: ' po-2025-001 ',
  });
  expect(centers.map(c => [c.work_center_code, c.balance, c.on_the_way])).toEqual([
    ['WC001', 30, null],
    ['WC002', -5, 0],
    ['WC004', 100, 25],
  ]);
});

test('work in progress counts open pieces, shortages and the days since the last IN', () => {
  const day = 86_400_000;
  const one = (days: number, order: string, quantity: number): Row => ({
    at_ms: Date.UTC(2025, 8, 4, 6, 30) - days * day,
    order,
    center: 'WC001',
    type: 'IN',
    quantity,
    user: 'u1',
  });
  const station = trackingStation([
    one(7, 'A', 1),
    one(8, 'B', 10),
    one(30, 'C', 100),
    one(31, 'D', 1000),
    { ...one(1, 'E', 5), type: 'OUT' },
  ]);
  expect(ask(station, station.as('boss'), 'tracking.wip', {}).rows[0]).toMatchObject({
    orders: 4,
    pieces: 1111,
    shortages: 1,
    missing_pieces: 5,
    ages: { up_to_7: 1, up_to_30: 110, over_30: 1000 },
  });
});

test('a trend has one entry per local day, also on days of 23 and 25 hours, and what lay there in the evening', () => {
  const zone = 'America/Toronto';
  const at = (text: string) => Date.parse(text);
  const row = (text: string, type: 'IN' | 'OUT', quantity: number): Row => ({
    at_ms: at(text),
    order: 'A',
    center: 'WC001',
    type,
    quantity,
    user: 'u1',
  });
  const station = trackingStation(
    [
      row('2026-03-07T12:00-05:00', 'IN', 1),
      row('2026-03-08T00:00-05:00', 'IN', 2),
      row('2026-03-08T23:59-04:00', 'IN', 4),
      row('2026-03-09T00:00-04:00', 'OUT', 3),
      row('2026-11-01T00:00-04:00', 'IN', 8),
      row('2026-11-01T23:59-05:00', 'IN', 16),
    ],
    { zone, now_ms: at('2026-11-20T12:00Z') },
  );
  const boss = station.as('boss');
  const days = (from: string, to: string) =>
    ask(station, boss, 'tracking.trend', { from, to }).days.map(d => [
      d.day,
      d.in_quantity,
      d.out_quantity,
      d.closing,
    ]);
  expect(days('2026-03-08', '2026-03-09')).toEqual([
    ['2026-03-08', 6, 0, 7],
    ['2026-03-09', 0, 3, 4],
  ]);
  expect(days('2026-11-01', '2026-11-02')).toEqual([
    ['2026-11-01', 24, 0, 28],
    ['2026-11-02', 0, 0, 28],
  ]);
  expect(refusalOf(station, boss, 'tracking.trend', { from: '2026-03-09', to: '2026-03-08' })).toBe(
    'period_invalid',
  );
});

test('by person and by work centre for a period', () => {
  const station = trackingStation();
  const boss = station.as('boss');
  const period = { from: '2025-09-02', to: '2025-09-04' };
  expect(ask(station, boss, 'tracking.byUser', period).rows).toEqual([
    {
      user_name: 'Person u1',
      department_name: 'Production',
      in_rows: 3,
      in_quantity: 190,
      out_rows: 1,
      out_quantity: 40,
    },
    {
      user_name: 'Person u2',
      department_name: 'Quality Control',
      in_rows: 1,
      in_quantity: 120,
      out_rows: 2,
      out_quantity: 245,
    },
  ]);
  expect(
    ask(station, boss, 'tracking.byCenter', period).rows.map(r => [
      r.work_center_code,
      r.in_quantity,
      r.out_quantity,
    ]),
  ).toEqual([
    ['WC001', 190, 160],
    ['WC002', 120, 125],
  ]);
});

test('the list pages and sorts without overlap and filters by type, person and department', () => {
  const station = trackingStation();
  const boss = station.as('boss');
  const page = (offset: number) =>
    ask(station, boss, 'tracking.movements', {
      offset,
      limit: 3,
      sort: { by: 'quantity', direction: 'desc' },
    }).rows.map(r => r.quantity);
  expect([...page(0), ...page(3), ...page(6)]).toEqual([125, 120, 120, 100, 50, 40, 40]);
  const count = (filter: Record<string, unknown>) =>
    ask(station, boss, 'tracking.movements', { filter } as never).total;
  expect(count({ movement_type: 'IN' })).toBe(4);
  expect(count({ user_id: station.people.get('u1') })).toBe(4);
  expect(count({ department_id: station.department_ids.get('Quality Control'), movement_type: 'OUT' })).toBe(
    2,
  );
  expect(count({ order_number: 'po-2025-002' })).toBe(2);
});

test('open pieces count once by whole days since their last IN, also between two days', () => {
  const now_ms = D1_NOW;
  const days = [0, 7.5, 8, 30.9, 31];
  const station = trackingStation(
    days.map((back, n) => ({
      at_ms: now_ms - back * 86_400_000,
      order: `AGE-${n}`,
      center: 'WC001',
      type: 'IN' as const,
      quantity: 10 ** n,
      user: 'u1',
    })),
  );
  const { rows } = ask(station, station.as('boss'), 'tracking.wip', {});
  expect(rows.find(row => row.work_center_code === 'WC001')).toMatchObject({
    pieces: 11_111,
    ages: { up_to_7: 11, up_to_30: 1_100, over_30: 10_000 },
  });
});
