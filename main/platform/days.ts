/** Calendar day `YYYY-MM-DD` of an instant in an IANA zone. */
export function dayInZone(at_ms: number, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(at_ms);
}
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
