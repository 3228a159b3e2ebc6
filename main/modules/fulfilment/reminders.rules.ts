export type Reminder = { kind: 'overdue' } | { kind: 'soon'; deadline_days: number };

/**
 * What is to be said of a build that is wanted in so many days (negative: it should have left already), or null.
 * `deadlines` are the days before the wanted day on which people are reminded: a day that passed while the station
 * was off is made up for until the next one.
 */
export function reminderOf(days_left: number, deadlines: readonly number[]): Reminder | null {
  if (days_left < 0) return { kind: 'overdue' };
  const due = deadlines.filter(days => days_left <= days);
  return due.length === 0 ? null : { kind: 'soon', deadline_days: Math.min(...due) };
}

const DAY_MS = 86_400_000;
/** Days from one calendar day to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
