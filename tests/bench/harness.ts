import { existsSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

export interface Figure {
  work: string;
  /** What was measured, with its unit. */
  measured: number;
  unit: string;
  target: number | null;
  /** Targets are upper limits unless more is better. */
  more_is_better: boolean;
  /** The same rows or bytes with nothing but the bare means, in the same run. */
  floor: number;
  floor_is: string;
  note: string;
}
/** Middle of the measured durations in ms, after one run that is not counted. */
export function median(run: () => unknown, { least_runs = 7, least_ms = 300 } = {}): number {
  run();
  const durations: number[] = [];
  const end = performance.now() + least_ms;
  while (durations.length < least_runs || performance.now() < end) {
    const from = performance.now();
    run();
    durations.push(performance.now() - from);
  }
  durations.sort((a, b) => a - b);
  return durations[Math.floor(durations.length / 2)] ?? Number.NaN;
}
/**
 * Highest resident size of this process in MB. Where Linux tells it, of this program alone: `maxRSS` of a process also
 * counts the one that started it, as large as that was at the moment of the start.
 */
export function peakMb(): number {
  const status = '/proc/self/status';
  const kb = existsSync(status) && /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8'))?.[1];
  return (kb ? Number(kb) : process.resourceUsage().maxRSS) / 1024;
}
export const isMet = (f: Figure): boolean | null =>
  f.target === null ? null : f.more_is_better ? f.measured >= f.target : f.measured <= f.target;

const shown = (n: number): string => (n >= 100 ? Math.round(n).toLocaleString('en') : n.toPrecision(3));
export function table(figures: readonly Figure[]): string {
  const line = (f: Figure): string => {
    const limit = f.target === null ? '' : `${f.more_is_better ? '>=' : '<='} ${shown(f.target)} ${f.unit}`;
    const ratio = f.more_is_better ? f.floor / f.measured : f.measured / f.floor;
    const met = isMet(f);
    return `| ${[f.work, `${shown(f.measured)} ${f.unit}`, limit, met === null ? '' : met ? 'yes' : '**no**', `${shown(f.floor)} ${f.unit} (${f.floor_is})`, ratio.toFixed(1), f.note].join(' | ')} |`;
  };
  const head = ['Work', 'Measured', 'Target', 'Met', 'Floor', 'Ratio to floor', 'Note'];
  return [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...figures.map(line)].join('\n');
}
