import { expect, test } from 'vitest';
import { legacyVerdict } from '../../../main/modules/tracking/movement.rules.ts';
import { ask, refusalOf } from '../../support/station.ts';
import { D1, type TrackingStation, trackingStation, typed } from './tracking-support.ts';

const DAY_MS = 86_400_000;
const setting = (station: TrackingStation, key: string, value: string) =>
  ask(station, station.session('ORG_ADMIN'), 'infrastructure.saveSetting', { key, value });
const closing = (station: TrackingStation, order: string, code: string) =>
  ask(station, station.as('boss'), 'tracking.balances', { filter: { text: order } }).rows.find(
    row => row.work_center_code === code,
  )?.closing;

test('OT-BAL-4: an OUT beyond the balance asks first, then is saved with its flag', () => {
  const station = trackingStation();
  const u1 = station.as('u1');
  const input = { movement_type: 'OUT' as const, rows: [typed(station.center('WC001'), 'PO-2025-001', 35)] };
  const reply = station.serve(u1, 'tracking.book', input);
  expect(reply).toMatchObject({
    ok: false,
    error: { code: 'negative_balance_unconfirmed', details: { available: 30, after: -5, row: 1 } },
  });
  expect(closing(station, 'PO-2025-001', 'WC001')).toBe(30);
  const { rows } = ask(station, u1, 'tracking.book', { ...input, confirm_negative: true });
  expect(rows).toMatchObject([{ balance: -5, flag: 'NEGATIVE_BALANCE' }]);
});

test('OT-BAL-5: the rows of a batch are applied in order; with BLOCK the second fails and nothing is saved', () => {
  const station = trackingStation();
  setting(station, 'tracking.negativeBalance', 'BLOCK');
  const rows = [20, 15].map(quantity => typed(station.center('WC001'), 'PO-2025-001', quantity));
  const reply = station.serve(station.as('u1'), 'tracking.book', {
    movement_type: 'OUT',
    rows,
    confirm_negative: true,
  });
  expect(reply).toMatchObject({
    ok: false,
    error: { code: 'negative_balance', details: { row: 2, available: 10, after: -5 } },
  });
  expect(closing(station, 'PO-2025-001', 'WC001')).toBe(30);
});

test('with ALLOW an OUT beyond the balance is saved without a word', () => {
  const station = trackingStation();
  setting(station, 'tracking.negativeBalance', 'ALLOW');
  const { rows } = ask(station, station.as('u1'), 'tracking.book', {
    movement_type: 'OUT',
    rows: [typed(station.center('WC001'), 'PO-2025-001', 35)],
  });
  expect(rows).toMatchObject([{ balance: -5, flag: null }]);
});

test('OT-BAL-6: an OUT without any IN is refused; an administrator books it with a remark', () => {
  const station = trackingStation();
  const rows = (remark: string) => [typed(station.center('WC001'), 'PO-2025-009', 1, remark)];
  const out = { movement_type: 'OUT' as const, override_missing_in: true, confirm_negative: true };
  expect(refusalOf(station, station.as('u1'), 'tracking.book', { ...out, rows: rows('found') })).toBe(
    'in_missing',
  );
  const boss = station.as('boss');
  expect(refusalOf(station, boss, 'tracking.book', { ...out, rows: rows('') })).toBe('override_needs_remark');
  expect(
    ask(station, boss, 'tracking.book', { ...out, rows: rows('found on the shelf') }).rows,
  ).toMatchObject([{ balance: -1, flag: 'UNKNOWN_ORDER' }]);
});

test('an IN older than the lookback does not count, nor does one that only corrects', () => {
  const station = trackingStation(D1.map(row => ({ ...row, at_ms: row.at_ms - 40 * DAY_MS })));
  const out = { movement_type: 'OUT' as const, rows: [typed(station.center('WC001'), 'PO-2025-001', 1)] };
  expect(refusalOf(station, station.as('u1'), 'tracking.book', out)).toBe('in_missing');
  ask(station, station.as('boss'), 'tracking.correct', {
    movement_id: station.ids[2] ?? '',
    quantity: 1,
    reason: 'miscounted',
  } as never);
  expect(refusalOf(station, station.as('u1'), 'tracking.book', out)).toBe('in_missing');
  setting(station, 'tracking.lookbackDays', '60');
  expect(refusalOf(station, station.as('u1'), 'tracking.book', out)).toBe('accepted');
});

test.each([
  [0, 0, 'no_in'],
  [1, 0, 'save'],
  [1, 1, 'save'],
  [1, 2, 'too_many_out'],
  [2, 3, 'save'],
  [3, 5, 'save'],
  [3, 6, 'too_many_out'],
])('OT-BAL-7: the older check with %i IN and %i OUT entries: %s', (in_rows, out_rows, verdict) => {
  expect(legacyVerdict(in_rows, out_rows)).toBe(verdict);
  const entry = (type: 'IN' | 'OUT', n: number) =>
    ({
      at_ms: D1[0]?.at_ms ?? 0,
      order: 'PO-7',
      center: n % 2 ? 'WC001' : 'WC002',
      type,
      quantity: 1,
      user: 'u1',
    }) as const;
  const station = trackingStation([
    ...Array.from({ length: in_rows }, (_, n) => entry('IN', n)),
    ...Array.from({ length: out_rows }, (_, n) => entry('OUT', n)),
  ]);
  setting(station, 'tracking.checkMode', 'LEGACY');
  const out = { movement_type: 'OUT' as const, rows: [typed(station.center('WC003'), 'po-7 ', 1)] };
  const expected = { no_in: 'in_missing', save: 'accepted', too_many_out: 'legacy_out_exceeded' }[verdict];
  expect(refusalOf(station, station.as('u1'), 'tracking.book', out)).toBe(expected);
});

test('OT-BAL-8: the older check does not see quantities: OUT 500 after IN 10 leaves -490', () => {
  const station = trackingStation([]);
  setting(station, 'tracking.checkMode', 'LEGACY');
  const u1 = station.as('u1');
  const one = (movement_type: 'IN' | 'OUT', quantity: number) =>
    ask(station, u1, 'tracking.book', {
      movement_type,
      rows: [typed(station.center('WC001'), 'PO-8', quantity)],
    });
  one('IN', 10);
  expect(one('OUT', 500).rows[0]?.balance).toBe(-490);
});

test('OT-BAL-9: a compensating row for 5 of the 125 that left makes the balance 0; more than the movement is refused', () => {
  const station = trackingStation();
  const boss = station.as('boss');
  const movement_id = ask(station, boss, 'tracking.movements', { filter: { text: '001' } }).rows[0]
    ?.movement_id;
  if (!movement_id) throw new Error('row 5 is missing');
  const correction = { movement_id, quantity: 5, reason: 'miscounted' };
  expect(refusalOf(station, station.as('u1'), 'tracking.correct', correction)).toBe('not_allowed');
  expect(ask(station, boss, 'tracking.correct', correction)).toMatchObject({
    movement_type: 'IN',
    balance: 0,
  });
  expect(closing(station, 'PO-2025-001', 'WC002')).toBe(0);
  expect(refusalOf(station, boss, 'tracking.correct', { ...correction, quantity: 121 })).toBe(
    'correction_too_large',
  );
  const [newest, corrected] = ask(station, boss, 'tracking.movements', {
    filter: { work_center_id: station.center('WC002') },
  }).rows;
  expect(newest).toMatchObject({ corrects_id: movement_id, correction_reason: 'miscounted' });
  expect(corrected).toMatchObject({ corrected_quantity: 5 });
  expect(
    refusalOf(station, boss, 'tracking.correct', { ...correction, movement_id: newest?.movement_id }),
  ).toBe('movement_is_correction');
});

test('a grid is saved whole or not at all, every problem named by its row; blank rows are ignored', () => {
  const station = trackingStation([]);
  const u1 = station.as('u1');
  const wc1 = station.center('WC001');
  const rows = [
    typed(wc1, ' po-1 ', 5, 'a|b'),
    typed(wc1, '', null),
    typed(wc1, '', 3),
    typed(null, 'x'.repeat(51), 1.5, 'r'.repeat(501)),
    typed(wc1, 'PO-2', 0),
  ];
  const reply = station.serve(u1, 'tracking.book', { movement_type: 'IN', rows });
  expect(reply).toMatchObject({
    ok: false,
    error: {
      code: 'movement_rows_invalid',
      details: {
        problems: [
          { row: 3, field: 'order_number', code: 'missing' },
          { row: 4, field: 'work_center_id', code: 'missing' },
          { row: 4, field: 'order_number', code: 'too_long' },
          { row: 4, field: 'quantity', code: 'not_whole_positive' },
          { row: 4, field: 'remark', code: 'too_long' },
          { row: 5, field: 'quantity', code: 'not_whole_positive' },
        ],
      },
    },
  });
  expect(ask(station, u1, 'tracking.movements', {}).total).toBe(0);
  expect(refusalOf(station, u1, 'tracking.book', { movement_type: 'IN', rows: [typed(wc1, '', null)] })).toBe(
    'no_movement_rows',
  );
  ask(station, u1, 'tracking.book', { movement_type: 'IN', rows: rows.slice(0, 2) });
  expect(ask(station, u1, 'tracking.movements', {}).rows).toMatchObject([
    { order_number: 'po-1', remark: 'a|b', quantity: 5 },
  ]);
  expect(
    ask(station, u1, 'tracking.available', { order_number: ' PO-1', work_center_id: wc1 }),
  ).toMatchObject({
    available: 5,
    has_recent_in: true,
    match: null,
  });
});

test('undo is for the author, for 30 seconds, once; it compensates instead of deleting', () => {
  const station = trackingStation([]);
  const u1 = station.as('u1');
  const bookOne = () =>
    ask(station, u1, 'tracking.book', {
      movement_type: 'IN',
      rows: [typed(station.center('WC001'), 'PO-3', 4)],
    }).rows[0]?.movement_id;
  const movement_id = bookOne();
  expect(refusalOf(station, station.as('desk'), 'tracking.undo', { movement_id })).toBe('not_allowed');
  expect(refusalOf(station, station.as('boss'), 'tracking.undo', { movement_id })).toBe('undo_not_yours');
  station.clock.forward(30_000);
  if (!movement_id) throw new Error('not booked');
  expect(ask(station, u1, 'tracking.undo', { movement_id })).toMatchObject({
    movement_type: 'OUT',
    balance: 0,
  });
  expect(refusalOf(station, u1, 'tracking.undo', { movement_id })).toBe('movement_corrected');
  expect(ask(station, u1, 'tracking.movements', {}).total).toBe(2);
  const late = bookOne();
  station.clock.forward(30_001);
  expect(refusalOf(station, u1, 'tracking.undo', { movement_id: late })).toBe('undo_too_late');
});
