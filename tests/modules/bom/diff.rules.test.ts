import { expect, test } from 'vitest';
import { compareBoms } from '../../../main/modules/bom/diff.rules.ts';
import { expandLines, type TopLevelLine } from '../../../main/modules/bom/expansion.rules.ts';
import {
  diffConfigurations,
  evaluateConfiguration,
} from '../../../main/modules/catalogue/product-model.rules.ts';
import type { Configuration, RuleCause } from '../../../preload/contract/product-model.ts';
import { context, mdrd, smallBuild, withPegboard } from '../catalogue/product-model-support.ts';
import { smallCatalogue, topLine } from './catalogue-support.ts';

type Line = TopLevelLine & { causes?: RuleCause[] };
const tree = { A: { B: 2, C: 1 }, B: { D: 1 }, A2: { B: 3, C: 1 } };
const bomOf = (lines: Line[], catalogue = smallCatalogue(tree)) => ({
  rows: expandLines(lines, catalogue),
  causes: lines.map(line => line.causes ?? []),
});
/** A catalogue in which every item is a part, for builds whose lines alone matter. */
const anything = {
  resolve: (id: string) => ({ key: id, item_id: id, name: id, kind: 'PART' as const, components: [] }),
};
function buildOf(changes: Configuration) {
  const { lines, normalized } = evaluateConfiguration(mdrd, { ...smallBuild, ...changes }, context);
  return { bom: { rows: expandLines(lines, anything), causes: lines.map(line => line.causes) }, normalized };
}
function compareBuilds(before: Configuration, after: Configuration) {
  const a = buildOf(before);
  const b = buildOf(after);
  return compareBoms(a.bom, b.bom, diffConfigurations(a.normalized, b.normalized)).map(difference => ({
    is: `${difference.change} ${difference.item_id}`,
    because: difference.causes.flatMap(({ rule, changes }) => changes.map(({ path }) => `${rule} ${path}`)),
  }));
}

test('equal BOMs have no differences', () => {
  expect(compareBoms(bomOf([topLine('A')]), bomOf([topLine('A')]), [])).toEqual([]);
  expect(compareBuilds({}, {})).toEqual([]);
});

test('a line added below brings its rows, and a changed quantity is told once', () => {
  const differences = compareBoms(bomOf([topLine('A')]), bomOf([topLine('A', 2), topLine('C')]), []);
  expect(differences.map(({ change, path, differs }) => [change, path.join('/'), differs])).toEqual([
    ['changed', 'A', ['quantity']],
    ['added', 'C', []],
  ]);
  expect(differences[0]?.before?.quantity_e6).toBe(1e6);
  expect(differences[0]?.after?.quantity_e6).toBe(2e6);
});

test('changed components and notes are found at their path', () => {
  const before = bomOf([topLine('A')]);
  const after = bomOf([{ ...topLine('A'), notes: 'blue' }], smallCatalogue({ ...tree, A: { B: 3, E: 1 } }));
  expect(
    compareBoms(before, after, []).map(({ change, path, differs }) => [change, path.join('/'), differs]),
  ).toEqual([
    ['changed', 'A', ['notes']],
    ['changed', 'A/B', ['quantity']],
    ['added', 'A/E', []],
    ['removed', 'A/C', []],
  ]);
});

test('repeated paths are matched in order and keep their own children', () => {
  const suppressed = topLine('A', 1, ['B']);
  const differences = compareBoms(bomOf([topLine('A'), topLine('A')]), bomOf([topLine('A'), suppressed]), []);
  expect(differences.map(({ change, path }) => [change, path.join('/')])).toEqual([
    ['removed', 'A/B'],
    ['removed', 'A/B/D'],
  ]);
});

test('each difference of two builds names the answer that caused it', () => {
  expect(compareBuilds({}, { sink_length_in: 61 })).toEqual([
    { is: 'added T2-BODY-61-72-HA', because: ['BOM-20-61-72 sink_length_in'] },
    { is: 'removed T2-BODY-48-60-HA', because: ['BOM-20-48-60 sink_length_in'] },
  ]);
  const recoloured = compareBuilds(withPegboard, { ...withPegboard, pegboard_color: 'RED' });
  expect(recoloured).toEqual([
    { is: 'added T2-ADW-PB-4836-RED-PERF-KIT', because: ['BOM-51-KIT pegboard_color'] },
    { is: 'removed T2-ADW-PB-4836-GREEN-PERF-KIT', because: ['BOM-51-KIT pegboard_color'] },
  ]);
  const drain = { basin_type: 'E_DRAIN', size: '20X20X8' };
  const grown = compareBuilds(
    {},
    { sink_model: 'T2-B2', basins: [drain, { ...drain, basin_type: 'E_SINK_DI' }] },
  );
  expect(grown.map(({ is }) => is)).toEqual([
    'added T2-BSN-ESK-DI-KIT',
    'changed T2-ADW-BASIN20X20X8',
    'added T2-CTRL-EDR1-ESK1',
    'added T2-OA-DI-GOOSENECK-FAUCET-KIT',
    'removed T2-CTRL-EDR1',
  ]);
  expect(grown.every(({ because }) => because.length > 0)).toBe(true);
});

test('a difference no answer explains has no causes', () => {
  const causes = [{ rule: 'R', answers: [{ path: 'x', value: 1 }] }];
  const edited = compareBoms(
    bomOf([{ ...topLine('A'), causes }]),
    bomOf([{ ...topLine('A', 3), causes }]),
    [],
  );
  expect(edited).toMatchObject([{ change: 'changed', causes: [] }]);
});
