import { describe, expect, test } from 'vitest';
import {
  blockingVerdicts,
  evaluateConfiguration,
} from '../../../main/modules/catalogue/product-model.rules.ts';
import {
  context,
  eDrain,
  evaluate,
  lineIds,
  mdrd,
  rulesOf,
  twoBasins,
  withPegboard,
} from './product-model-support.ts';

describe('lines', () => {
  test.each([
    [48, '48-60', '4836'],
    [59, '48-60', '4836'],
    [60, '48-60', '6036'],
    [61, '61-72', '6036'],
    [71, '61-72', '6036'],
    [72, '61-72', '7236'],
    [73, '73-120', '7236'],
    [83, '73-120', '7236'],
    [84, '73-120', '8436'],
    [95, '73-120', '8436'],
    [96, '73-120', '9636'],
    [107, '73-120', '9636'],
    [108, '73-120', '10836'],
    [119, '73-120', '10836'],
    [120, '73-120', '12036'],
  ])('length %d takes body %s and panel %s', (sink_length_in, body, panel) => {
    const ids = lineIds({ ...withPegboard, sink_length_in });
    expect(ids).toContain(`T2-BODY-${body}-HA x1`);
    expect(ids).toContain(`T2-ADW-PB-${panel}-GREEN-PERF-KIT x1`);
  });
  test('LINES mode lists type kit, panel and colour apart and hides the stand-in panel', () => {
    const result = evaluate(
      { ...withPegboard, sink_length_in: 120 },
      { settings: { 'bom.pegboardMode': 'LINES' } },
    );
    const pegboard = result.lines.filter(line => line.group === 'PEGBOARD');
    expect(
      pegboard.map(({ seq, item_id, notes, suppress_components }) => [
        seq,
        item_id,
        notes,
        suppress_components,
      ]),
    ).toEqual([
      [50, 'T2-OHL-MDRD-KIT', '', []],
      [51, 'T2-ADW-PB-PERF-KIT', '', ['T2-ADW-PB-12036']],
      [52, 'T2-ADW-PB-12036', '', []],
      [53, '708.77', 'GREEN', []],
    ]);
  });
  test('settings decide feet, prefixes and added items', () => {
    const settings = {
      'bom.feetQuantity': 4,
      'bom.customBasinPrefix': 'X.1',
      'bom.alwaysAdd': [
        { id: 'MAT', quantityRule: 'basin_count * 2' },
        { id: 'LOGO', quantityRule: 1 },
        { id: 'NEVER', quantityRule: 0 },
      ],
    };
    const ids = lineIds(
      { basins: [{ basin_type: 'E_SINK', size: 'CUSTOM', width_in: 21, length_in: 20, depth_in: 8 }] },
      { settings, knownItem: (id: string) => !id.startsWith('X.1') },
    );
    expect(ids).toEqual(expect.arrayContaining(['T2-LEVELING-CASTOR-475 x4', 'X.1 T2-ADW-BASIN-21x20x8 x1']));
    expect(ids.slice(-2)).toEqual(['MAT x2', 'LOGO x1']);
  });
  test('wrong settings are named', () => {
    const refused = (settings: object) => evaluate({}, { settings }).lines_refused?.rule;
    expect(refused({ 'bom.alwaysAdd': [{ id: 'MAT', quantityRule: 'no_such_field' }] })).toBe(
      'bom.alwaysAdd[0]',
    );
    expect(refused({ 'bom.alwaysAdd': 'MAT' })).toBe('bom.alwaysAdd');
    expect(refused({ 'bom.feetQuantity': 0 })).toBe('BOM-40-CASTERS');
    expect(rulesOf({}, 'error', { settings: { 'bom.pegboardMode': 'BOTH' } })).toEqual(['SETTING ']);
  });
  test('equal ids are one line that names its basins and its causes', () => {
    const line = evaluate(twoBasins(eDrain, eDrain)).lines.find(
      ({ item_id }) => item_id === 'T2-BSN-EDR-KIT',
    );
    expect(line).toMatchObject({ quantity: 2, notes: 'B1, B2', basin_indices: [1, 2] });
    expect(line?.causes).toEqual([
      {
        rule: 'BOM-60-E-DRAIN',
        answers: [
          { path: 'basins[0].basin_type', value: 'E_DRAIN' },
          { path: 'basins[1].basin_type', value: 'E_DRAIN' },
        ],
      },
    ]);
  });
  test('an unknown accessory stops generation and names id and rule', () => {
    const result = evaluate({ accessories: [{ item_id: 'T-OA-PB-COLOR', quantity: 1 }] });
    expect(result.lines).toEqual([]);
    expect(result.lines_refused).toEqual({
      rule: 'BOM-120',
      message: expect.objectContaining({ en: 'T-OA-PB-COLOR is not in the catalogue' }),
    });
    expect(blockingVerdicts(result).map(({ rule }) => rule)).toEqual(['UNKNOWN_ITEM', 'BOM-120']);
  });
  test('a custom part number must be free and short enough', () => {
    const basins = [{ basin_type: 'E_SINK', size: 'CUSTOM', width_in: 21, length_in: 20, depth_in: 8 }];
    expect(evaluate({ basins }, { knownItem: () => true }).lines_refused?.rule).toBe('BOM-70-CUSTOM');
    const settings = { 'bom.customBasinPrefix': 'P'.repeat(40) };
    expect(evaluate({ basins }, { settings }).lines_refused?.message.en).toContain('longer than 50');
  });
  test('while answers are open, decided lines stand and the others wait', () => {
    expect(lineIds({ basins: [{ basin_type: 'E_SINK' }], sink_length_in: null })).toEqual([
      'T2-STD-MANUAL-EN-KIT x1',
      'T2-DL27-KIT x1',
      'T2-LEVELING-CASTOR-475 x1',
      'T2-BSN-ESK-KIT x1',
      'T2-CTRL-ESK1 x1',
    ]);
    const empty = evaluateConfiguration(mdrd, {}, context);
    expect(empty.lines.map(line => line.item_id)).toEqual(['T2-STD-MANUAL-EN-KIT']);
    expect(empty.verdicts.filter(({ kind }) => kind === 'error')).toEqual([]);
    expect(empty.complete).toBe(false);
  });
});
