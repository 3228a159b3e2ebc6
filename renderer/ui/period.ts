import { z } from 'zod';

/** Days up to today, or fixed days; kept under a name, the first moves on with the calendar. */
export const periodChoice = z.union([
  z.object({ last_days: z.int().min(1).max(3_650) }),
  z.object({ from: z.iso.date(), to: z.iso.date() }),
]);
export type PeriodChoice = z.infer<typeof periodChoice>;

/** Calendar day `YYYY-MM-DD` of now in the zone of the plant. */
export const todayIn = (zone: string): string =>
  new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(Date.now());
export function daysBefore(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - days);
  return at.toISOString().slice(0, 10);
}
/** The first and the last day, both included. */
export const daysOf = (choice: PeriodChoice, today: string): { from: string; to: string } =>
  'last_days' in choice ? { from: daysBefore(today, choice.last_days - 1), to: today } : choice;
