import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  daysOf,
  isOnTime,
  meanOf,
  medianOf,
  paretoOf,
  shareOf,
  spansOf,
  staysOf,
  stepOf,
  stepsOf,
} from '../../../main/modules/reporting/life.rules.ts';
import '../../support/properties.ts';

const DAY_MS = 86_400_000;

test('days fall into ISO weeks, also around New Year, and into months', () => {
  const weeks = ['2026-01-01', '2027-01-03', '2027-01-04', '2024-12-30', '2026-11-22', '2026-11-23'];
  expect(weeks.map(day => stepOf(day, 'week'))).toEqual([
    '2026-W01',
    '2026-W53',
    '2027-W01',
    '2025-W01',
    '2026-W47',
    '2026-W48',
  ]);
  expect(stepOf('2026-11-22', 'month')).toBe('2026-11');
  expect(stepsOf('2026-10-30', '2026-11-02', 'day')).toHaveLength(4);
  expect(stepsOf('2026-11-01', '2026-11-30', 'week')).toEqual(
    [44, 45, 46, 47, 48, 49].map(week => `2026-W${week}`),
  );
});

test('shares of nothing are no data; OR-FPY-1 counts first attempts only', () => {
  expect(shareOf(0, 0)).toBeNull();
  expect(shareOf(289, 300)).toBe(963_333);
  expect(shareOf(298, 300)).toBe(993_333);
});

test('mean, median and longest of spans in hundredths of a day', () => {
  expect(spansOf([2, 4, 2, 11.65].map(days => days * DAY_MS))).toEqual({
    mean_days: 4_910_000,
    median_days: 3_000_000,
    longest_days: 11_650_000,
  });
  expect(spansOf([])).toEqual({ mean_days: null, median_days: null, longest_days: null });
  expect(medianOf([5, 1, 9])).toBe(5);
  expect(daysOf(36 * 3_600_000)).toBe(1_500_000);
});

test('shipped on the wanted day is on time', () => {
  expect([isOnTime('2026-11-20', '2026-11-20'), isOnTime('2026-11-21', '2026-11-20')]).toEqual([true, false]);
});

test('a Pareto is sorted, adds up, and ends at all', () => {
  const facts = ['b', 'a', 'b', 'c', 'b', 'a'];
  expect(paretoOf(facts, fact => fact).map(row => [row.key, row.facts.length, row.cumulative_e6])).toEqual([
    ['b', 3, 500_000],
    ['a', 2, 833_333],
    ['c', 1, 1_000_000],
  ]);
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }), list => {
      const rows = paretoOf(list, fact => fact);
      expect(rows.reduce((sum, row) => sum + row.facts.length, 0)).toBe(list.length);
      expect(rows.at(-1)?.cumulative_e6).toBe(1_000_000);
    }),
  );
});

test('stays add up to the time from the first step to the last, and the mean times their number does, too', () => {
  const steps = fc.array(fc.record({ to_status: fc.constantFrom('A', 'B'), gap_ms: fc.nat(9 * DAY_MS) }), {
    minLength: 1,
  });
  fc.assert(
    fc.property(steps, list => {
      let at_ms = 0;
      const taken = list.map(({ to_status, gap_ms }) => {
        at_ms += gap_ms;
        return { to_status, at_ms };
      });
      const spans = staysOf(taken).map(stay => stay.to_ms - stay.from_ms);
      const whole = (taken.at(-1)?.at_ms ?? 0) - (taken[0]?.at_ms ?? 0);
      expect(spans.reduce((sum, span) => sum + span, 0)).toBe(whole);
      expect((meanOf(spans) ?? 0) * spans.length).toBeCloseTo(whole, 3);
    }),
  );
});

test('every day of a period lies in one of its steps, and steps come in order', () => {
  const period = fc.record({ start: fc.integer({ min: 15_000, max: 22_000 }), length: fc.nat(400) });
  fc.assert(
    fc.property(period, fc.constantFrom('day', 'week', 'month'), ({ start, length }, by) => {
      const dayAt = (at: number) => new Date(at * DAY_MS).toISOString().slice(0, 10);
      const steps = stepsOf(dayAt(start), dayAt(start + length), by);
      expect([...steps].sort()).toEqual(steps);
      expect(steps).toContain(stepOf(dayAt(start + (length >> 1)), by));
    }),
  );
});
