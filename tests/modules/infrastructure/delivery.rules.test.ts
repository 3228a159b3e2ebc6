import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reminderOf } from '../../../main/modules/fulfilment/reminders.rules.ts';
import { type Preference, shownAt } from '../../../main/modules/infrastructure/delivery.rules.ts';
import { timeInZone } from '../../../main/platform/days.ts';

const ZONE = 'America/Toronto';
const at = (text: string) => Date.parse(`${text}-05:00`);
const local = (ms: number | null) => (ms === null ? null : timeInZone(ms, ZONE));
const wants = (
  choice: { is_wanted: boolean; pace: 'IMMEDIATE' | 'HOURLY' | 'DAILY' | 'WEEKLY' },
  quiet: [number, number] | null = null,
): Preference => ({
  choices: { INFO: choice },
  quiet_from_min: quiet?.[0] ?? null,
  quiet_to_min: quiet?.[1] ?? null,
});
const info = { type: 'INFO', priority: 'NORMAL' } as const;
const friday = at('2026-11-20T14:20:00');
const night: [number, number] = [22 * 60, 6 * 60];

test('a message is shown at once unless its reader chose otherwise', () => {
  const shown = (preference: Preference | undefined, now = friday, telling = info) =>
    local(shownAt(telling, preference, now, ZONE));
  expect(shown(undefined)).toBe('2026-11-20 14:20');
  expect(shown(wants({ is_wanted: false, pace: 'IMMEDIATE' }))).toBeNull();
  expect(shown(wants({ is_wanted: true, pace: 'HOURLY' }))).toBe('2026-11-20 15:00');
  expect(shown(wants({ is_wanted: true, pace: 'DAILY' }))).toBe('2026-11-21 00:00');
  expect(shown(wants({ is_wanted: true, pace: 'DAILY' }, night))).toBe('2026-11-21 06:00');
  expect(shown(wants({ is_wanted: true, pace: 'WEEKLY' }))).toBe('2026-11-23 00:00');
  const other = { type: 'ERROR', priority: 'NORMAL' } as const;
  expect(local(shownAt(other, wants({ is_wanted: false, pace: 'WEEKLY' }), friday, ZONE))).toBe(
    '2026-11-20 14:20',
  );
});

test('quiet hours hold a message until they end, over midnight too; an urgent one comes through', () => {
  const quiet = wants({ is_wanted: true, pace: 'IMMEDIATE' }, night);
  const shown = (now: string) => local(shownAt(info, quiet, at(now), ZONE));
  expect(shown('2026-11-20T21:59:00')).toBe('2026-11-20 21:59');
  expect(shown('2026-11-20T22:00:00')).toBe('2026-11-21 06:00');
  expect(shown('2026-11-21T05:59:59')).toBe('2026-11-21 06:00');
  expect(shown('2026-11-21T06:00:00')).toBe('2026-11-21 06:00');
  const late = at('2026-11-20T23:00:00');
  expect(shownAt({ type: 'INFO', priority: 'URGENT' }, quiet, late, ZONE)).toBe(late);
  // The night of the clock change in spring is an hour shorter.
  expect(local(shownAt(info, quiet, Date.parse('2027-03-14T04:30:00Z'), ZONE))).toBe('2027-03-14 06:00');
});

test('whatever is chosen: never before now, never within the quiet hours, never more than eight days and a night later', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: at('2026-01-01T00:00:00'), max: at('2027-12-31T00:00:00') }),
      fc.constantFrom('IMMEDIATE', 'HOURLY', 'DAILY', 'WEEKLY'),
      fc.integer({ min: 0, max: 1439 }),
      fc.integer({ min: 0, max: 1439 }),
      (now, pace, from, to) => {
        const shown = shownAt(info, wants({ is_wanted: true, pace }, [from, to]), now, ZONE) ?? 0;
        expect(shown).toBeGreaterThanOrEqual(now);
        expect(shown - now).toBeLessThanOrEqual(9 * 86_400_000);
        const [hours = 0, minutes = 0] = (local(shown) ?? '').slice(-5).split(':').map(Number);
        const since = (hours * 60 + minutes - from + 1440) % 1440;
        // Hours that a clock change skips or repeats are nobody's: such a night may end an hour off.
        const isChangeNight = /-(03-0[89]|03-1\d|11-0\d)/.test(local(shown) ?? '');
        if (from !== to && !isChangeNight) expect(since).toBeGreaterThanOrEqual((to - from + 1440) % 1440);
      },
    ),
  );
});

test('a reminder belongs to the nearest deadline that has come', () => {
  expect([5, 4, 3, 2, 1, 0, -1].map(days => reminderOf(days, [3, 1]))).toEqual([
    null,
    null,
    { kind: 'soon', deadline_days: 3 },
    { kind: 'soon', deadline_days: 3 },
    { kind: 'soon', deadline_days: 1 },
    { kind: 'soon', deadline_days: 1 },
    { kind: 'overdue' },
  ]);
  expect(reminderOf(0, [])).toBeNull();
});
