const formats = new Map<string, Intl.DateTimeFormat>();
/** Making a format costs a hundred times more than using it. */
function dayFormat(zone: string): Intl.DateTimeFormat {
  const held = formats.get(zone);
  if (held) return held;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  formats.set(zone, made);
  return made;
}
const QUARTER_MS = 900_000;
/** Since then every zone of the world is whole quarters of an hour from UTC, so that a quarter lies in one day. */
const WHOLE_QUARTERS_FROM_MS = Date.UTC(1973, 0, 1);
const MOST_KEPT = 100_000;
const known = new Map<string, Map<number, string>>();

/** Calendar day `YYYY-MM-DD` of an instant in an IANA zone. */
export function dayInZone(at_ms: number, zone: string): string {
  if (at_ms < WHOLE_QUARTERS_FROM_MS) return dayFormat(zone).format(at_ms);
  const quarter = Math.floor(at_ms / QUARTER_MS);
  let days = known.get(zone);
  if (!days || days.size > MOST_KEPT) {
    days = new Map();
    known.set(zone, days);
  }
  const held = days.get(quarter);
  if (held !== undefined) return held;
  const day = dayFormat(zone).format(at_ms);
  days.set(quarter, day);
  return day;
}
