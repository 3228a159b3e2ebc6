import { describe, expect, test } from 'vitest';
import { generateForExample } from '../../../main/modules/orders/order-file.service.ts';
import {
  workedExampleConfiguration,
  workedExampleSettings,
} from '../../../main/modules/orders/worked-example.rules.ts';
import { ask } from '../../support/station.ts';
import { readExamples } from '../catalogue/product-model-support.ts';
import { draftOf, hasRealCatalogue, orderStation, realFolder, submitDraft } from './order-support.ts';

if (!hasRealCatalogue) process.stderr.write(`skipped: no catalogue at ${realFolder}\n`);

describe.skipIf(!hasRealCatalogue)('the worked examples on the real catalogue', () => {
  test('every example is submitted as an order whose stored BOM is the expected one', () => {
    const station = orderStation({ catalogue: realFolder });
    const planner = station.session('PLANNER');
    const { examples } = readExamples();
    expect(examples).toHaveLength(11);
    for (const { id, config, expectedTopLevel, expectedTree, expectedLeafTotals } of examples) {
      const { order_language = 'EN', ...configuration } = workedExampleConfiguration(config);
      const document_language = order_language === 'FR' || order_language === 'SP' ? order_language : 'EN';
      const draft = draftOf([{ build_number: 'BUILD-001', configuration }], {
        order_number: `PO-${id}`,
        document_language,
      });
      const [build] = submitDraft(station, planner, draft).builds;
      if (!build) throw new Error(`${id} made no build`);
      const { rows, totals } = ask(station, planner, 'bom.get', { bom_id: build.bom_id });
      const top = rows.filter(row => row.level === 0);
      expect([id, ...top.map(row => `${row.item_id} x${row.quantity_e6 / 1e6} ${row.group}`)]).toEqual([
        id,
        ...expectedTopLevel.map(line => `${line.itemId} x${line.quantity} ${line.group}`),
      ]);
      expect([
        id,
        totals.rows,
        totals.max_level,
        totals.distinct_leaves,
        totals.total_leaf_quantity_e6 / 1e6,
      ]).toEqual([
        id,
        expectedTree.rows,
        expectedTree.maxLevel,
        expectedTree.distinctLeaves,
        expectedTree.totalLeafQuantity,
      ]);
      const { lines } = ask(station, planner, 'bom.aggregated', { bom_id: build.bom_id });
      expect(Object.fromEntries(lines.map(line => [line.item_id, line.total_quantity_e6 / 1e6]))).toEqual(
        expectedLeafTotals,
      );
    }
  });

  test('the command-line form of every example and of every error case', () => {
    const station = orderStation({ catalogue: realFolder });
    const { examples, metadata } = readExamples();
    const generate = (id: string, config: unknown) =>
      station.readAsSystem(ctx => generateForExample(ctx, { id, config }, workedExampleSettings(metadata)));
    for (const { id, config, expectedTopLevel, expectedTree } of examples) {
      expect(generate(id, config)).toEqual({
        id,
        lines: expectedTopLevel.map(({ itemId, quantity }) => ({ item_id: itemId, quantity })),
        rows: expectedTree.rows,
        distinct_leaves: expectedTree.distinctLeaves,
        total_leaf_quantity: expectedTree.totalLeafQuantity,
      });
    }
    const first = examples[0]?.config;
    const changed = (changes: object) => ({ ...(typeof first === 'object' ? first : {}), ...changes });
    const rules = (changes: object) => {
      const made = generate('X', changed(changes));
      return 'refused' in made ? made.refused.map(({ rule }) => rule) : [];
    };
    const basin = (basinIndex: number, basinType: string) => ({
      basinIndex,
      basinType,
      size: '20X20X8',
      hasPTrapDrain: false,
      hasBasinLight: false,
    });
    expect(rules({ length: 47 })).toContain('V1');
    expect(rules({ length: 121 })).toContain('V1');
    expect(rules({ sinkModel: 'T2-B2' })).toContain('V2');
    expect(rules({ legsType: 'FIXED_HEIGHT', legsModel: 'LC1' })).toContain('V3');
    expect(rules({ pegboard: { type: 'PERFORATED', sizeType: 'SAME_AS_SINK' } })).toContain('V4');
    expect(
      rules({ sinkModel: 'T2-B2', length: 72, basins: [basin(1, 'E_SINK_DI'), basin(2, 'E_SINK_DI')] }),
    ).toContain('V5');
    expect(
      rules({ faucets: [{ type: 'WRIST_BLADE_SWING_SPOUT', quantity: 1, placement: 'BETWEEN_BASINS' }] }),
    ).toContain('V6');
    const sprayer = (type: string, quantity: number) => ({ type, quantity, location: 'LEFT_SIDE' });
    expect(
      rules({ sprayers: [sprayer('DI_WATER_GUN_KIT_TURRET', 2), sprayer('AIR_GUN_KIT_TURRET', 1)] }),
    ).toContain('V8');
    expect(rules({ basins: [basin(4.5, 'E_DRAIN')] })).toEqual(['V2']);
    const unknown = generate('X', changed({ accessories: [{ assemblyId: 'T-OA-PB-COLOR', quantity: 1 }] }));
    expect(JSON.stringify(unknown)).toContain('T-OA-PB-COLOR');
    expect('refused' in unknown).toBe(true);
    expect(generate('X', 'nonsense')).toEqual({
      id: 'X',
      refused: [expect.objectContaining({ rule: 'example_invalid' })],
    });
  });
});
