/** Rows that stand one after the other under a heading of their own. */
export interface GridGroup {
  key: string;
  title: string;
  count: number;
}
export type GridLine = { kind: 'group'; group: number } | { kind: 'row'; index: number };
/** What stands on screen from top to bottom: every row, or the headings of groups with the rows of the open ones. */
export interface GridLines {
  count: number;
  lineAt(line: number): GridLine | undefined;
  /** Runs of rows (from, up to and not including) on the lines between two lines, both included. */
  runsBetween(a: number, b: number): [number, number][];
}

export function plainLines(count: number): GridLines {
  return {
    count,
    lineAt: line => (line >= 0 && line < count ? { kind: 'row', index: line } : undefined),
    runsBetween: (a, b) => [[Math.max(0, Math.min(a, b)), Math.min(count, Math.max(a, b) + 1)]],
  };
}

export function groupedLines(groups: readonly GridGroup[], isCollapsed: (key: string) => boolean): GridLines {
  // Line of each heading and index of its first row; one more at the end closes the last group.
  const headings: number[] = [0];
  const firsts: number[] = [0];
  for (const [at, { key, count }] of groups.entries()) {
    headings.push((headings[at] ?? 0) + 1 + (isCollapsed(key) ? 0 : count));
    firsts.push((firsts[at] ?? 0) + count);
  }
  const count = headings[groups.length] ?? 0;
  const groupAt = (line: number): number => {
    let [low, high] = [0, groups.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((headings[middle] ?? 0) <= line) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    count,
    lineAt: line => {
      if (line < 0 || line >= count) return undefined;
      const group = groupAt(line);
      const below = line - (headings[group] ?? 0);
      return below === 0
        ? { kind: 'group', group }
        : { kind: 'row', index: (firsts[group] ?? 0) + below - 1 };
    },
    runsBetween: (a, b) => {
      const [from, to] = [Math.max(0, Math.min(a, b)), Math.min(count - 1, Math.max(a, b))];
      const runs: [number, number][] = [];
      for (let group = groupAt(from); group < groups.length; group++) {
        const heading = headings[group] ?? 0;
        if (heading > to) break;
        const first = firsts[group] ?? 0;
        const start = first + Math.max(0, from - heading - 1);
        const end = first + Math.min(to, (headings[group + 1] ?? 0) - 1) - heading;
        if (end > start) runs.push([start, end]);
      }
      return runs;
    },
  };
}
