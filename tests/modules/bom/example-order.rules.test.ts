import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type BomRow, expandLines } from '../../../main/modules/bom/expansion.rules.ts';
import { evaluateConfiguration } from '../../../main/modules/catalogue/product-model.rules.ts';
import { catalogFolder, hasCatalog, mdrd, readJson, skipReason } from '../catalogue/product-model-support.ts';
import { realCatalogue } from './catalogue-support.ts';

if (!hasCatalog) process.stderr.write(`${skipReason}\n`);

type Branch = { id: string; quantity: number; components?: Branch[] | undefined };
const branch: z.ZodType<Branch> = z.lazy(() =>
  z.object({ id: z.string(), quantity: z.number(), components: z.array(branch).optional() }),
);

/** `level id quantity` of a branch, in order. */
const flatten = (node: Branch, level = 0): string[] => [
  `${level} ${node.id} x${node.quantity}`,
  ...(node.components ?? []).flatMap(child => flatten(child, level + 1)),
];
const flattenRows = (rows: BomRow[], line: number) =>
  rows
    .filter(row => row.line_index === line)
    .map(row => `${row.level} ${row.item_id} x${row.total_quantity_e6 / 1_000_000}`);

describe.skipIf(!hasCatalog)('the historic example order', () => {
  test('agrees branch by branch except for the named differences', () => {
    const file = readJson(join(catalogFolder, 'example-order-bom.json'));
    const { bom } = z.object({ bom: z.array(branch) }).parse(file);
    const catalogue = realCatalogue();
    const { lines, submittable } = evaluateConfiguration(
      mdrd,
      {
        order_language: 'FR',
        sink_model: 'T2-B2',
        sink_length_in: 60,
        sink_width_in: 48,
        legs_type: 'HEIGHT_ADJUSTABLE',
        legs_model: 'DL14',
        feet_type: 'LOCK_LEVELING_CASTERS',
        has_pegboard: true,
        pegboard_color: 'GREEN',
        pegboard_type: 'PERFORATED',
        basins: [
          { basin_type: 'E_SINK', size: '30X20X10', has_basin_light: true },
          { basin_type: 'E_DRAIN', size: '30X20X10', has_basin_light: true },
        ],
        faucets: [
          { faucet_type: 'PRE_RINSE_OVERHEAD_SPRAY', quantity: 1, placement: 'CENTER' },
          { faucet_type: 'WRIST_BLADE_SWING_SPOUT', quantity: 1, placement: 'CENTER' },
        ],
        accessories: [
          { item_id: 'T-OA-BINRAIL-36-KIT', quantity: 3 },
          { item_id: 'T-OA-SSSHELF-1812-BOLT-ON-KIT', quantity: 3 },
          { item_id: 'T2-OA-PO-SHLF-1212', quantity: 1 },
        ],
      },
      { settings: {}, today: '2026-01-05', knownItem: catalogue.has },
    );
    expect(submittable).toBe(true);
    const rows = expandLines(lines, catalogue);

    // An uncoloured pegboard kit is not in the catalogue, and equal basins are one line now.
    const uncoloured = 'T2-ADW-PB-6036-PERF-KIT';
    const basinSize = 'T2-ADW-BASIN30X20X10';
    const expected = bom.filter(({ id }) => id !== uncoloured && id !== basinSize).map(node => flatten(node));
    const found = lines
      .map((line, index) => ({ line, flat: flattenRows(rows, index) }))
      .filter(({ line }) => line.seq !== 51 && line.item_id !== basinSize)
      .map(({ flat }) => flat);
    const byId = (a: string[], b: string[]) => (a[0] ?? '').localeCompare(b[0] ?? '');
    expect(found.sort(byId)).toEqual(expected.sort(byId));
    expect(lines.find(line => line.item_id === basinSize)?.quantity).toBe(2);
    const kit = lines.findIndex(line => line.seq === 51);
    const historic = bom.find(({ id }) => id === uncoloured);
    expect(flattenRows(rows, kit).slice(1)).toEqual([
      ...(historic ? flatten(historic).slice(1) : []),
      '1 708.77 x1',
    ]);
  });
});
