import { dayInZone } from '../../db/sqlite/local-day.ts';

export { dayInZone };
/** Calendar arithmetic on days, free of zones. */
export function addDays(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}
/** Local date and time `YYYY-MM-DD HH:MM` of an instant in an IANA zone. */
export function timeInZone(at_ms: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at_ms);
  return `${dayInZone(at_ms, zone)} ${parts}`;
}

/** `YYYYMMDD_HHMMSS` of an instant in an IANA zone, for file names. */
export function stampInZone(at_ms: number, zone: string): string {
  const time = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(at_ms);
  return `${dayInZone(at_ms, zone)} ${time}`.replaceAll(/[-:]/g, '').replace(' ', '_');
}

const HOUR_MS = 3_600_000;
/** First millisecond of a calendar day in an IANA zone, whatever its clocks do that night. */
export function startOfDay(day: string, zone: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // No zone is more than 15 hours from UTC.
  let before = midnight - 15 * HOUR_MS;
  let within = midnight + 15 * HOUR_MS;
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (dayInZone(middle, zone) >= day) within = middle;
    else before = middle;
  }
  return within;
}
