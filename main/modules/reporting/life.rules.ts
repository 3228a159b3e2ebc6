import type { ReportStep } from '../../../preload/contract/life-reports.ts';

const DAY_MS = 86_400_000;
const MILLION = 1_000_000;

/**
 * The step of the calendar a day lies in: the day itself, its ISO week `2026-W47`, its month `2026-11`.
 * Texts sort as the steps follow each other. Source: weeks are ISO weeks (screens and files, 2).
 */
export function stepOf(day: string, by: ReportStep): string {
  if (by === 'day') return day;
  if (by === 'month') return day.slice(0, 7);
  const at = Date.parse(`${day}T00:00:00Z`);
  const weekday = (new Date(at).getUTCDay() + 6) % 7;
  // The year of a week is the year of its Thursday.
  const thursday = at + (3 - weekday) * DAY_MS;
  const year = new Date(thursday).getUTCFullYear();
  const week = 1 + Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * DAY_MS));
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** Every step that a period touches, in order. */
export function stepsOf(from: string, to: string, by: ReportStep): string[] {
  const steps = new Set<string>();
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= Date.parse(`${to}T00:00:00Z`); at += DAY_MS)
    steps.add(stepOf(new Date(at).toISOString().slice(0, 10), by));
  return [...steps];
}

/** A share in millionths; of nothing there is none, which is not zero. Source: "no data, not 0" (quality, 4.6). */
export const shareOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * MILLION);

/** Days in millionths, rounded to hundredths of a day. */
export const daysOf = (span_ms: number): number => Math.round((span_ms / DAY_MS) * 100) * (MILLION / 100);

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
export const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : sumOf(values) / values.length;
/** The middle one, or the mean of the two in the middle. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
export const longestOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((most, value) => Math.max(most, value));
/** Mean, median and longest of spans, in days. Source: cycle time per status, mean and median (10.6). */
export const spansOf = (spans_ms: readonly number[]) => {
  const days = (span_ms: number | null) => (span_ms === null ? null : daysOf(span_ms));
  return {
    mean_days: days(meanOf(spans_ms)),
    median_days: days(medianOf(spans_ms)),
    longest_days: days(longestOf(spans_ms)),
  };
};

export interface StatusStep {
  to_status: string;
  at_ms: number;
}
export interface Stay {
  status: string;
  from_ms: number;
  to_ms: number;
}
/** Stays in a status that are over; a status a build comes back to is a stay of its own. Steps in their order. */
export const staysOf = (steps: readonly StatusStep[]): Stay[] =>
  steps.flatMap(({ to_status, at_ms }, index) => {
    const next = steps[index + 1];
    return next ? [{ status: to_status, from_ms: at_ms, to_ms: next.at_ms }] : [];
  });

/** On time is shipped by the wanted day; builds without one are left out. Source: on-time share (10.6). */
export const isOnTime = (shipped_on: string, want_on: string): boolean => shipped_on <= want_on;

/** Groups in the order of their first member. */
export function grouped<Fact>(facts: readonly Fact[], keyOf: (fact: Fact) => string): Map<string, Fact[]> {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    const key = keyOf(fact);
    const held = groups.get(key);
    if (held) held.push(fact);
    else groups.set(key, [fact]);
  }
  return groups;
}

export interface ParetoRow<Fact> {
  key: string;
  facts: Fact[];
  share_e6: number | null;
  /** Of this row and all before it. */
  cumulative_e6: number | null;
}
/** Most frequent first, with the share of all and the share so far. Source: defect Pareto (quality, 4.7). */
export function paretoOf<Fact>(facts: readonly Fact[], keyOf: (fact: Fact) => string): ParetoRow<Fact>[] {
  const rows = [...grouped(facts, keyOf)].sort(
    ([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1),
  );
  let so_far = 0;
  return rows.map(([key, held]) => {
    so_far += held.length;
    return {
      key,
      facts: held,
      share_e6: shareOf(held.length, facts.length),
      cumulative_e6: shareOf(so_far, facts.length),
    };
  });
}
