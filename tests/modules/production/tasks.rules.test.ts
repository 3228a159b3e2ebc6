import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  instancesOf,
  inTopologicalOrder,
  type PlannedInstruction,
  partsOf,
  type UnitsOfRows,
} from '../../../main/modules/production/tasks.rules.ts';
import type { TreeRow } from '../../../preload/contract/bom.ts';
import type { TaskGroup } from '../../../preload/contract/production-shapes.ts';

const units = (more: Partial<UnitsOfRows> = {}): UnitsOfRows => ({
  basins: [],
  faucets: [],
  sprayers: [],
  accessories: [],
  ...more,
});
const instruction = (
  code: string,
  after: string[] = [],
  for_each: TaskGroup | null = null,
  more: Partial<PlannedInstruction> = {},
): PlannedInstruction => ({
  code,
  for_each,
  after_codes: after,
  bom_groups: [],
  material_numbers: [],
  ...more,
});
const plan = (instructions: PlannedInstruction[], have: UnitsOfRows) =>
  inTopologicalOrder(instructions.flatMap(i => instancesOf(i, Array(10).fill(true), have)));

test('basin 2 waits for basin 2, a task of the build waits for all basins, what does not apply is dropped', () => {
  const ordered = plan(
    [
      instruction('B1', ['A03'], 'basins'),
      instruction('B2', ['B1'], 'basins'),
      instruction('C01', ['B1']),
      instruction('D1', ['B1'], 'faucets'),
    ],
    units({ basins: [1, 1], faucets: [1] }),
  );
  const after = Object.fromEntries(ordered.map(({ instance, after }) => [instance.task_code, after]));
  expect(after).toEqual({
    'B1.1': [],
    'B1.2': [],
    'B2.1': ['B1.1'],
    'B2.2': ['B1.2'],
    C01: ['B1.1', 'B1.2'],
    'D1.1': ['B1.1', 'B1.2'],
  });
  expect(ordered.map(({ instance }) => instance.task_code)).toEqual([
    'B1.1',
    'B1.2',
    'B2.1',
    'B2.2',
    'C01',
    'D1.1',
  ]);
});

test('a faucet row of quantity 3 is three faucets; rows that do not match keep their numbers free', () => {
  const codes = (matches: boolean[]) =>
    instancesOf(instruction('D1', [], 'faucets'), matches, units({ faucets: [1, 3] })).map(i => i.task_code);
  expect(codes([true, true])).toEqual(['D1.1', 'D1.2', 'D1.3', 'D1.4']);
  expect(codes([false, true])).toEqual(['D1.2', 'D1.3', 'D1.4']);
});

test('ties go by code as people count: B2 before B10', () => {
  const ordered = plan([instruction('B10'), instruction('B2'), instruction('A01')], units());
  expect(ordered.map(({ instance }) => instance.task_code)).toEqual(['A01', 'B2', 'B10']);
});

test('tasks that wait for each other are refused by name', () => {
  expect(() => plan([instruction('A', ['B']), instruction('B', ['A'])], units())).toThrow(
    expect.objectContaining({ code: 'instructions_cycle', details: { codes: 'A, B' } }),
  );
});

test('any set of instructions comes out complete, once each, after what it needs, whatever the order of the file', () => {
  const groups: (TaskGroup | null)[] = [null, 'basins', 'faucets'];
  const set = fc.integer({ min: 1, max: 25 }).chain(n =>
    fc.tuple(
      ...Array.from({ length: n }, (_, i) =>
        fc.record({
          after: fc.subarray(Array.from({ length: i }, (_, k) => `T${k}`)),
          group: fc.constantFrom(...groups),
        }),
      ),
    ),
  );
  fc.assert(
    fc.property(set, fc.nat(3), fc.nat(3), fc.infiniteStream(fc.nat()), (nodes, basins, faucets, shuffle) => {
      const instructions = nodes.map((node, i) => instruction(`T${i}`, node.after, node.group));
      const have = units({ basins: Array(basins).fill(1), faucets: Array(faucets).fill(1) });
      const expected = plan(instructions, have);
      const mixed = instructions.map(i => [shuffle.next().value, i] as const).sort((a, b) => a[0] - b[0]);
      const ordered = plan(
        mixed.map(([, i]) => i),
        have,
      );
      const codes = ordered.map(({ instance }) => instance.task_code);
      expect(codes).toEqual(expected.map(({ instance }) => instance.task_code));
      expect(new Set(codes).size).toBe(
        instructions.flatMap(i => instancesOf(i, Array(10).fill(true), have)).length,
      );
      ordered.forEach(({ after }, position) => {
        for (const before of after) expect(codes.indexOf(before)).toBeLessThan(position);
      });
    }),
    { numRuns: 100 },
  );
});

const row = (
  line_index: number,
  level: number,
  item_id: string,
  quantity: number,
  more: Partial<TreeRow> = {},
): TreeRow => ({
  line_id: null,
  row_no: 1,
  parent_row_no: null,
  level,
  line_index,
  material_id: null,
  item_id,
  name: item_id,
  item_type: 'PART',
  group: null,
  category: null,
  manufacturer_name: null,
  manufacturer_part_number: null,
  quantity_e6: quantity * 1_000_000,
  total_quantity_e6: quantity * 1_000_000,
  uom_code: 'EA',
  notes: '',
  is_custom_part: false,
  custom_part_spec: null,
  is_manual: false,
  has_components: false,
  causes: [],
  ...more,
});
const causedBy = (...paths: string[]) => ({
  causes: [{ rule: 'R', answers: paths.map(path => ({ path, value: 'x' })) }],
});

test('a merged line of two basins gives each its own share, and none to the third', () => {
  const rows = [
    row(0, 0, 'KIT', 2, { group: 'BASIN_TYPE', ...causedBy('basins[0].basin_type', 'basins[1].basin_type') }),
    row(0, 1, 'SENSOR', 4),
    row(1, 0, 'OTHER-KIT', 1, { group: 'BASIN_TYPE', ...causedBy('basins[2].basin_type') }),
    row(1, 1, 'SENSOR', 9),
    row(2, 0, 'BOX', 1, {
      group: 'CONTROL_BOX',
      ...causedBy('basins[0].basin_type', 'basins[1].basin_type', 'basins[2].basin_type'),
    }),
  ];
  const have = units({ basins: [1, 1, 1] });
  const parts = (index: number, wanted: string[], bom_groups: string[]) =>
    partsOf(
      {
        instruction: instruction('B5', [], 'basins', { bom_groups, material_numbers: wanted }),
        task_code: '',
        index,
        row: index - 1,
      },
      rows,
      have,
    ).map(part => `${part.item_id} ${part.quantity_e6 / 1_000_000} ${part.from_item_id}`);
  expect(parts(1, ['SENSOR'], ['BASIN_TYPE'])).toEqual(['SENSOR 2 KIT']);
  expect(parts(3, ['SENSOR'], ['BASIN_TYPE'])).toEqual(['SENSOR 9 OTHER-KIT']);
  expect(parts(2, [], ['BASIN_TYPE'])).toEqual(['KIT 1 null']);
  expect(parts(2, [], ['CONTROL_BOX'])).toEqual([]);
});
