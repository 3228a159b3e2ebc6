export interface KeptCopy {
  file: string;
  made_at_ms: number;
}
const DAILY = 14;
const WEEKLY = 8;
const MONTHLY = 12;
const DAY_MS = 86_400_000;
/** Mondays of 1970 on: days are counted from a Thursday. */
const weekOf = (at_ms: number): string => String(Math.floor((Math.floor(at_ms / DAY_MS) + 3) / 7));
const monthOf = (at_ms: number): string => new Date(at_ms).toISOString().slice(0, 7);

/** The newest copy of each of the latest so many periods. */
function newestOfEach(
  copies: readonly KeptCopy[],
  period: (at_ms: number) => string,
  most: number,
): KeptCopy[] {
  const found = new Map<string, KeptCopy>();
  for (const copy of copies)
    if (!found.has(period(copy.made_at_ms))) found.set(period(copy.made_at_ms), copy);
  return [...found.values()].slice(0, most);
}

/** Copies that go: kept are the newest fourteen, one of each of the latest eight weeks and one of twelve months. */
export function copiesToDrop(copies: readonly KeptCopy[]): KeptCopy[] {
  const newestFirst = copies.toSorted((a, b) => b.made_at_ms - a.made_at_ms);
  const kept = new Set([
    ...newestFirst.slice(0, DAILY),
    ...newestOfEach(newestFirst, weekOf, WEEKLY),
    ...newestOfEach(newestFirst, monthOf, MONTHLY),
  ]);
  return newestFirst.filter(copy => !kept.has(copy));
}
