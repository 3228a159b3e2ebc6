import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCycle, findPath } from '../../../main/modules/catalogue/cycle.rules.ts';
import { type ExplosionLine, explode } from '../../../main/modules/catalogue/explosion.rules.ts';
import {
  dayBefore,
  isInForce,
  overlaps,
  required,
} from '../../../main/modules/catalogue/master-bom.rules.ts';
import { matchText, tokensOf } from '../../../main/modules/catalogue/search.rules.ts';

const piece = { code: 'EA', dimension: 'QUANTITY', factor: new Big(1) };
/** Items 0…9; each may hold only higher ones, so there is no cycle. */
const bills = fc.array(
  fc.record({
    parent: fc.nat(8),
    step: fc.integer({ min: 1, max: 4 }),
    quantity: fc.integer({ min: 1, max: 30 }),
    scrap: fc.constantFrom(0, 5, 10),
    phantom: fc.boolean(),
    base: fc.constantFrom(1, 2, 5, 10),
  }),
  { maxLength: 14 },
);
type Bill = { parent: number; step: number; quantity: number; scrap: number; phantom: boolean; base: number };

function sourceOf(rows: readonly Bill[]) {
  const lines = new Map<string, ExplosionLine[]>();
  for (const { parent, step, quantity, scrap, phantom } of rows) {
    const component = Math.min(9, parent + step);
    // One base quantity per bill: that of its first row.
    const base = rows.find(row => row.parent === parent)?.base ?? 1;
    const line = {
      component_id: String(component),
      quantity_e6: quantity * 1_000_000,
      scrap_percent_e4: scrap * 10_000,
      uom_id: 'EA',
      base_quantity_e6: base * 1_000_000,
      is_phantom: phantom,
    };
    lines.set(String(parent), [...(lines.get(String(parent)) ?? []), line]);
  }
  return {
    unit: () => piece,
    item: (id: string) => ({ material_id: id, number: id, name: id, base_uom_id: 'EA' }),
    bom: (id: string) => {
      const own = lines.get(id);
      return own && { bom_id: id, uom_id: 'EA', lines: own };
    },
  };
}

/** The plain definition, with fractions: leaves of everything below, phantom or not. */
function naiveLeaves(
  source: ReturnType<typeof sourceOf>,
  id: string,
  quantity: Big,
  into = new Map<string, Big>(),
): Map<string, Big> {
  for (const line of source.bom(id)?.lines ?? []) {
    const need = quantity
      .times(line.quantity_e6)
      .times(10_000 * 100 + line.scrap_percent_e4)
      .div(line.base_quantity_e6)
      .div(10_000 * 100);
    if (source.bom(line.component_id)) naiveLeaves(source, line.component_id, need, into);
    else into.set(line.component_id, (into.get(line.component_id) ?? new Big(0)).plus(need));
  }
  return into;
}

describe('explosion', () => {
  test('gives the leaves of the plain definition, whatever is phantom', () => {
    fc.assert(
      fc.property(bills, fc.integer({ min: 1, max: 20 }), (rows, quantity) => {
        const source = sourceOf([
          { parent: 0, step: 1, quantity: 1, scrap: 0, phantom: false, base: 1 },
          ...rows,
        ]);
        const { rows: leaves } = explode(source, '0', new Big(quantity), '2026-01-01', 'MULTI_LEVEL');
        const expected = naiveLeaves(source, '0', new Big(quantity));
        expect(leaves.map(row => row.item.material_id).sort()).toEqual([...expected.keys()].sort());
        // Both sides round once, at the sixth decimal: rounding a rounded figure again would differ by itself.
        for (const row of leaves) {
          const exact_e6 = expected.get(row.item.material_id)?.times(1_000_000) ?? new Big(-1);
          expect(exact_e6.minus(row.quantity_e6).abs().lte('0.5001')).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('single level lists no phantom that has a bill, and the tree adds up to the totals', () => {
    fc.assert(
      fc.property(bills, rows => {
        const source = sourceOf([
          { parent: 0, step: 1, quantity: 1, scrap: 0, phantom: false, base: 1 },
          ...rows,
        ]);
        const tree = explode(source, '0', new Big(3), '2026-01-01', 'INDENTED').rows.filter(
          row => !row.has_components,
        );
        const sums = new Map<string, number>();
        for (const row of tree)
          sums.set(row.item.material_id, (sums.get(row.item.material_id) ?? 0) + row.quantity_e6);
        for (const row of explode(source, '0', new Big(3), '2026-01-01', 'MULTI_LEVEL').rows) {
          expect(Math.abs((sums.get(row.item.material_id) ?? 0) - row.quantity_e6)).toBeLessThanOrEqual(
            tree.length,
          );
        }
      }),
      { numRuns: 100 },
    );
  });

  test('scrap only ever adds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000_000 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        (quantity_e6, scrap_percent_e4) => {
          const line = { quantity_e6, scrap_percent_e4, uom_id: 'EA', base_quantity_e6: 1_000_000 };
          expect(required(new Big(1), line).gte(new Big(quantity_e6).div(1_000_000))).toBe(true);
        },
      ),
    );
  });
});

describe('cycles', () => {
  const graphs = fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 20 });
  const graphOf = (edges: [number, number][]) => {
    const graph = new Map<string, string[]>();
    for (const [from, to] of edges) graph.set(String(from), [...(graph.get(String(from)) ?? []), String(to)]);
    return graph;
  };
  const reaches = (
    graph: Map<string, string[]>,
    from: string,
    to: string,
    seen = new Set<string>(),
  ): boolean =>
    (graph.get(from) ?? []).some(
      next => next === to || (!seen.has(next) && reaches(graph, next, to, seen.add(next))),
    );

  test('a cycle is found exactly when some item reaches itself, and the path is a real one', () => {
    fc.assert(
      fc.property(graphs, edges => {
        const graph = graphOf(edges);
        const path = findCycle(graph);
        expect(path !== undefined).toBe([...graph.keys()].some(node => reaches(graph, node, node)));
        if (!path) return;
        expect(path[0]).toBe(path.at(-1));
        for (const [at, node] of path.slice(0, -1).entries()) expect(graph.get(node)).toContain(path[at + 1]);
      }),
    );
  });

  test('a path is found exactly when one exists', () => {
    fc.assert(
      fc.property(graphs, fc.nat(7), fc.nat(7), (edges, a, b) => {
        const graph = graphOf(edges);
        const path = findPath(node => graph.get(node) ?? [], String(a), String(b));
        expect(path !== undefined).toBe(a === b || reaches(graph, String(a), String(b)));
        for (const [at, node] of (path ?? []).slice(0, -1).entries())
          expect(graph.get(node)).toContain(path?.[at + 1]);
      }),
    );
  });
});

describe('dates', () => {
  const day = fc
    .integer({ min: 0, max: 60 })
    .map(n => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10));
  const range = fc
    .record({ effective_start_on: fc.option(day), effective_end_on: fc.option(day) })
    .filter(r => !r.effective_start_on || !r.effective_end_on || r.effective_start_on <= r.effective_end_on);

  test('ranges overlap exactly when some day lies in both', () => {
    const days = Array.from({ length: 80 }, (_, n) =>
      new Date(Date.UTC(2025, 11, 20 + n)).toISOString().slice(0, 10),
    );
    fc.assert(
      fc.property(range, range, (a, b) => {
        expect(overlaps(a, b)).toBe(days.some(on => isInForce(a, on) && isInForce(b, on)));
      }),
    );
  });

  test('the day before', () => {
    expect([dayBefore('2025-12-01'), dayBefore('2024-03-01'), dayBefore('2026-01-01')]).toEqual([
      '2025-11-30',
      '2024-02-29',
      '2025-12-31',
    ]);
  });
});

test('whatever is typed, each word is one quoted phrase', () => {
  fc.assert(
    fc.property(fc.string(), text => {
      const tokens = tokensOf(text);
      const phrases = matchText(tokens).match(/"(?:[^"]|"")*"/g) ?? [];
      expect(phrases.map(phrase => phrase.slice(1, -1).replaceAll('""', '"'))).toEqual(tokens);
    }),
    { examples: [['"']] },
  );
});
