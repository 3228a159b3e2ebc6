import type { z } from 'zod';
import type {
  NOTIFICATION_PACES,
  NOTIFICATION_TYPES,
  notificationChoices,
} from '../../../db/schema/infrastructure.ts';
import { addDays, dayInZone, startOfDay, timeInZone } from '../../platform/days.ts';

export type NotificationType = (typeof NOTIFICATION_TYPES)[number];
export type NotificationPace = (typeof NOTIFICATION_PACES)[number];
/** What a person chose; whoever chose nothing is told everything at once. */
export interface Preference {
  choices: z.output<typeof notificationChoices>;
  quiet_from_min: number | null;
  quiet_to_min: number | null;
}
export interface Telling {
  type: NotificationType;
  priority: 'LOW' | 'NORMAL' | 'HIGH' | 'URGENT';
}
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MIN = 1440;

/**
 * When a message is shown: an instant, at the earliest now, or null when the person does not want it. Urgent messages
 * are always shown at once. Messages wanted together wait for the next full hour, the next day or the next Monday of
 * the plant; what would be shown in the quiet hours waits for their end.
 */
export function shownAt(
  { type, priority }: Telling,
  preference: Preference | undefined,
  now_ms: number,
  zone: string,
): number | null {
  if (priority === 'URGENT' || preference === undefined) return now_ms;
  const { is_wanted, pace } = preference.choices[type] ?? { is_wanted: true, pace: 'IMMEDIATE' };
  return is_wanted ? afterQuiet(atPace(pace, now_ms, zone), preference, zone) : null;
}

function atPace(pace: NotificationPace, now_ms: number, zone: string): number {
  const today = dayInZone(now_ms, zone);
  switch (pace) {
    case 'IMMEDIATE':
      return now_ms;
    case 'HOURLY':
      return Math.ceil(now_ms / HOUR_MS) * HOUR_MS;
    case 'DAILY':
      return startOfDay(addDays(today, 1), zone);
    case 'WEEKLY':
      return startOfDay(addDays(today, 8 - weekday(today)), zone);
  }
}
/** 1 Monday … 7 Sunday. */
const weekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

const minuteOfDay = (at_ms: number, zone: string): number => {
  const [hours, minutes] = timeInZone(at_ms, zone).slice(-5).split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
};

function afterQuiet(
  at_ms: number,
  { quiet_from_min: from, quiet_to_min: to }: Preference,
  zone: string,
): number {
  if (from === null || to === null || from === to) return at_ms;
  const minute = minuteOfDay(at_ms, zone);
  const sinceStart = (minute - from + DAY_MIN) % DAY_MIN;
  const long = (to - from + DAY_MIN) % DAY_MIN;
  if (sinceStart >= long) return at_ms;
  const end = Math.floor(at_ms / MINUTE_MS) * MINUTE_MS + (long - sinceStart) * MINUTE_MS;
  // A clock change within the quiet hours moves their end on the clock.
  const off = ((to - minuteOfDay(end, zone) + DAY_MIN + DAY_MIN / 2) % DAY_MIN) - DAY_MIN / 2;
  return end + off * MINUTE_MS;
}
