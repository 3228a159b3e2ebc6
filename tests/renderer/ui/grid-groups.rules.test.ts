import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type GridLine, groupedLines, plainLines } from '../../../renderer/ui/grid-groups.rules.ts';

const group = (key: string, count: number) => ({ key, title: key, count });
const seen = ({ count, lineAt }: ReturnType<typeof plainLines>) =>
  Array.from({ length: count }, (_, line) => {
    const found = lineAt(line);
    return found?.kind === 'group' ? `#${found.group}` : found?.index;
  });

test('headings stand above their rows; a collapsed group keeps its heading alone', () => {
  const groups = [group('a', 2), group('b', 3), group('c', 1)];
  expect(seen(groupedLines(groups, () => false))).toEqual(['#0', 0, 1, '#1', 2, 3, 4, '#2', 5]);
  expect(seen(groupedLines(groups, key => key === 'b'))).toEqual(['#0', 0, 1, '#1', '#2', 5]);
  expect(seen(groupedLines(groups, () => true))).toEqual(['#0', '#1', '#2']);
  expect(seen(plainLines(3))).toEqual([0, 1, 2]);
  expect(seen(groupedLines([], () => false))).toEqual([]);
});

test('between two lines are exactly the rows that stand there', () => {
  const sizes = fc.array(fc.record({ count: fc.integer({ min: 1, max: 5 }), closed: fc.boolean() }), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(sizes, fc.nat(40), fc.nat(40), (made, a, b) => {
      const groups = made.map(({ count }, at) => group(String(at), count));
      const lines = groupedLines(groups, key => made[Number(key)]?.closed ?? false);
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const shown: GridLine[] = Array.from({ length: lines.count }, (_, at) => lines.lineAt(at)).flatMap(
        (line, at) => (line && at >= from && at <= to ? [line] : []),
      );
      const rows = shown.flatMap(line => (line.kind === 'row' ? [line.index] : []));
      const runs = lines.runsBetween(a, b);
      expect(
        runs.flatMap(([first, end]) => Array.from({ length: end - first }, (_, at) => first + at)),
      ).toEqual(rows);
    }),
    { seed: 20261121, numRuns: 300 },
  );
});
