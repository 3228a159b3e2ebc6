import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  aggregateLeaves,
  expandLines,
  resolveItem,
  totals,
} from '../../../main/modules/bom/expansion.rules.ts';
import { evaluateConfiguration } from '../../../main/modules/catalogue/product-model.rules.ts';
import { workedExampleConfiguration } from '../../../main/modules/orders/worked-example.rules.ts';
import { Refusal } from '../../../main/rpc/refusal.ts';
import {
  hasCatalog,
  mdrd,
  readExamples,
  skipReason,
  smallBuild,
  withPegboard,
} from '../catalogue/product-model-support.ts';
import { realCatalogue, smallCatalogue, topLine } from './catalogue-support.ts';

if (!hasCatalog) process.stderr.write(`${skipReason}\n`);

function refusalOf(work: () => unknown) {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, details: error.details };
    throw error;
  }
  return undefined;
}

describe.skipIf(!hasCatalog)('worked examples with the real catalogue', () => {
  const examples = hasCatalog ? readExamples().examples : [];
  test.each(examples)('$id rows, levels and leaf totals', ({ config, expectedTree, expectedLeafTotals }) => {
    const catalogue = realCatalogue();
    const { lines } = evaluateConfiguration(mdrd, workedExampleConfiguration(config), {
      settings: {},
      today: '2026-01-05',
      knownItem: catalogue.has,
    });
    const rows = expandLines(lines, catalogue);
    const found = totals(rows);
    expect({
      rows: found.rows,
      maxLevel: found.max_level,
      distinctLeaves: found.distinct_leaves,
      totalLeafQuantity: found.total_leaf_quantity_e6 / 1_000_000,
    }).toEqual(expectedTree);
    const leaves = aggregateLeaves(rows).map(leaf => [leaf.item_id, leaf.total_quantity_e6 / 1_000_000]);
    expect(Object.fromEntries(leaves)).toEqual(expectedLeafTotals);
    expect(found.top_level_lines).toBe(lines.length);
  });
});

describe.skipIf(!hasCatalog)('pegboard panels with the real catalogue', () => {
  const custom = { pegboard_size_type: 'CUSTOM', pegboard_width_in: 90, pegboard_length_in: 30 };
  test.each([
    ['KIT', {}, ['T2-ADW-PB-12036']],
    ['LINES', {}, ['T2-ADW-PB-12036']],
    ['KIT', custom, ['720.215.002 T2-ADW-PB-90x30']],
    ['LINES', custom, ['720.215.002 T2-ADW-PB-90x30']],
  ])('%s %o holds one panel', (mode, changes, panels) => {
    const catalogue = realCatalogue();
    const { lines } = evaluateConfiguration(
      mdrd,
      { ...smallBuild, ...withPegboard, sink_length_in: 120, ...changes },
      { settings: { 'bom.pegboardMode': mode }, today: '2026-01-05', knownItem: catalogue.has },
    );
    const leaves = aggregateLeaves(expandLines(lines, catalogue)).filter(leaf =>
      /T2-ADW-PB-\d/.test(leaf.item_id),
    );
    expect(leaves.map(leaf => leaf.item_id)).toEqual(panels);
    expect(leaves[0]?.total_quantity_e6).toBe(1e6);
  });
});

test('an id that is part and assembly resolves to the assembly only when that has components', () => {
  const part = { key: 'P:X', item_id: 'X', name: 'part', kind: 'PART', components: [] } as const;
  const empty = { key: 'A:X', item_id: 'X', name: 'empty', kind: 'ASSEMBLY', components: [] } as const;
  const filled = { ...empty, components: [{ item_id: 'Y', quantity_e6: 1, notes: '' }] };
  const mutable = <T extends { components: readonly unknown[] }>(item: T) => ({ ...item, components: [] });
  const parts = new Map([['X', mutable(part)]]);
  expect(resolveItem('X', parts, new Map([['X', filled]]))?.name).toBe('empty');
  expect(resolveItem('X', parts, new Map([['X', mutable(empty)]]))?.name).toBe('part');
  expect(resolveItem('X', new Map(), new Map([['X', mutable(empty)]]))?.name).toBe('empty');
  expect(resolveItem('X', new Map(), new Map())).toBeUndefined();
});

test('rows come in tree order with quantities per parent and in total', () => {
  const catalogue = smallCatalogue({ A: { B: 2, C: 0.5 }, B: { C: 3 } });
  const rows = expandLines([topLine('A', 2)], catalogue);
  expect(
    rows.map(row => [
      row.row_no,
      row.parent_row_no,
      row.level,
      row.item_id,
      row.quantity_e6,
      row.total_quantity_e6,
    ]),
  ).toEqual([
    [1, null, 0, 'A', 2e6, 2e6],
    [2, 1, 1, 'B', 2e6, 4e6],
    [3, 2, 2, 'C', 3e6, 12e6],
    [4, 1, 1, 'C', 5e5, 1e6],
  ]);
  expect(aggregateLeaves(rows)).toEqual([
    {
      item_key: 'C',
      item_id: 'C',
      name: 'C',
      kind: 'PART',
      total_quantity_e6: 13e6,
      occurrences: 2,
      is_custom_part: false,
    },
  ]);
});

test('suppressed components are left out of their own line only', () => {
  const catalogue = smallCatalogue({ KIT: { PANEL: 1, GROMMET: 1 } });
  const rows = expandLines([topLine('KIT', 1, ['PANEL']), topLine('KIT')], catalogue);
  expect(rows.map(row => row.item_id)).toEqual(['KIT', 'GROMMET', 'KIT', 'PANEL', 'GROMMET']);
});

test('a cycle is refused with its path of ids', () => {
  const catalogue = smallCatalogue({ TOP: { A: 1 }, A: { B: 1 }, B: { C: 1 }, C: { A: 1 } });
  expect(refusalOf(() => expandLines([topLine('TOP')], catalogue))).toEqual({
    code: 'bom_cycle',
    details: { path: ['A', 'B', 'C', 'A'] },
  });
});

test('the same item twice on different branches is no cycle', () => {
  const catalogue = smallCatalogue({ TOP: { A: 1, B: 1 }, A: { S: 1 }, B: { S: 1 }, S: { P: 2 } });
  expect(totals(expandLines([topLine('TOP')], catalogue))).toMatchObject({
    rows: 7,
    total_leaf_quantity_e6: 4e6,
  });
});

test('10,000 levels expand; one level more is refused', () => {
  const chain = (levels: number) =>
    smallCatalogue(
      Object.fromEntries(Array.from({ length: levels }, (_, i) => [`N${i}`, { [`N${i + 1}`]: 1 }])),
    );
  expect(totals(expandLines([topLine('N0')], chain(10_000)))).toMatchObject({
    rows: 10_001,
    max_level: 10_000,
  });
  expect(refusalOf(() => expandLines([topLine('N0')], chain(10_001)))?.code).toBe('bom_too_deep');
});

test('unknown ids, impossible quantities and explosions are refused by name', () => {
  const catalogue = smallCatalogue({ A: { B: 0 }, H: { I: 9e9 }, I: { J: 9e9 } });
  expect(refusalOf(() => expandLines([topLine('NONE')], catalogue))).toEqual({
    code: 'bom_item_unknown',
    details: { item_id: 'NONE', parent_id: null },
  });
  expect(refusalOf(() => expandLines([topLine('A')], catalogue))?.code).toBe('bom_quantity_invalid');
  for (const quantity of [0, -1, Number.NaN, 1e300]) {
    expect(refusalOf(() => expandLines([topLine('B', quantity)], catalogue))?.code).toBe(
      'bom_quantity_invalid',
    );
  }
  expect(refusalOf(() => expandLines([topLine('H')], catalogue))?.code).toBe('bom_quantity_too_large');
  const doubling = smallCatalogue(
    Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`D${i}`, { [`D${i + 1}`]: 1, X: 1 }])),
  );
  expect(refusalOf(() => expandLines([topLine('D0')], doubling, { levels: 100, rows: 50 }))?.code).toBe(
    'bom_too_large',
  );
});

test('fractions stay exact along a path and are rounded once', () => {
  const catalogue = smallCatalogue({ A: { B: 0.333333 }, B: { C: 0.333333 }, C: { D: 9 } });
  const rows = expandLines([topLine('A')], catalogue);
  // 0.333333 * 0.333333 = 0.111110888889, times 9 = 0.999998000001
  expect(rows.map(row => row.total_quantity_e6)).toEqual([1_000_000, 333_333, 111_111, 999_998]);
});

const layered = fc
  .array(
    fc.array(fc.record({ child: fc.nat(8), quantity: fc.integer({ min: 1, max: 9 }) }), { maxLength: 4 }),
    {
      minLength: 2,
      maxLength: 8,
    },
  )
  .map(levels => {
    const tree: Record<string, Record<string, number>> = {};
    for (const [level, children] of levels.entries()) {
      tree[`I${level}`] = Object.fromEntries(
        children.map(({ child, quantity }) => [
          `I${level + 1 + (child % (levels.length - level))}`,
          quantity,
        ]),
      );
    }
    return tree;
  });

test('leaf totals equal the sum over all paths', () => {
  fc.assert(
    fc.property(layered, fc.integer({ min: 1, max: 5 }), (tree, quantity) => {
      const expected = new Map<string, number>();
      const walk = (id: string, total: number) => {
        const children = Object.entries(tree[id] ?? {});
        if (children.length === 0) expected.set(id, (expected.get(id) ?? 0) + total);
        for (const [child, count] of children) walk(child, total * count);
      };
      walk('I0', quantity);
      const rows = expandLines([topLine('I0', quantity)], smallCatalogue(tree));
      const found = aggregateLeaves(rows).map(leaf => [leaf.item_id, leaf.total_quantity_e6 / 1e6] as const);
      expect(new Map(found)).toEqual(expected);
      expect(totals(rows).total_leaf_quantity_e6).toBe(
        [...expected.values()].reduce((a, b) => a + b, 0) * 1e6,
      );
    }),
  );
});
