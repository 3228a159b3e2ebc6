import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  blockingVerdicts,
  evaluateConfiguration,
} from '../../../main/modules/catalogue/product-model.rules.ts';
import {
  workedExampleConfiguration,
  workedExampleSettings,
} from '../../../main/modules/orders/worked-example.rules.ts';
import { Refusal } from '../../../main/rpc/refusal.ts';
import { context, mdrd } from '../catalogue/product-model-support.ts';

const basin = (basinIndex: number, basinType = 'E_DRAIN', size: unknown = '20X20X8') => ({
  basinIndex,
  basinType,
  size,
  hasPTrapDrain: false,
  hasBasinLight: false,
});
const example = {
  language: 'EN',
  sinkModel: 'T2-B1',
  width: 30,
  length: 48,
  legsType: 'HEIGHT_ADJUSTABLE',
  legsModel: 'DL27',
  feetType: 'LOCK_LEVELING_CASTERS',
  workflowDirection: 'LEFT_TO_RIGHT',
  pegboard: null,
  basins: [basin(1)],
  faucets: [{ type: 'WRIST_BLADE_SWING_SPOUT', quantity: 1, placement: 'CENTER' }],
  sprayers: [],
  accessories: [],
};
const refusedRules = (changes: object) => {
  const answers = workedExampleConfiguration({ ...example, ...changes });
  return blockingVerdicts(evaluateConfiguration(mdrd, answers, context)).map(({ rule }) => rule);
};
const two = (a: string, b: string) => ({
  sinkModel: 'T2-B2',
  length: 72,
  basins: [basin(1, a), basin(2, b)],
});

test('the plain example is accepted', () => {
  expect(refusedRules({})).toEqual([]);
});

describe('error cases', () => {
  test.each([
    ['length 47', { length: 47 }, ['V1']],
    ['length 121', { length: 121 }, ['V1']],
    ['two basins wanted, one given', { sinkModel: 'T2-B2' }, ['V2']],
    [
      'a gap in the basin indices',
      { sinkModel: 'T2-B2', basins: [basin(1), basin(3)] },
      ['REQUIRED', 'REQUIRED', 'V2'],
    ],
    ['fixed height with LC1', { legsType: 'FIXED_HEIGHT', legsModel: 'LC1' }, ['V3']],
    ['pegboard without colour', { pegboard: { type: 'SOLID', sizeType: 'SAME_AS_SINK' } }, ['V4']],
    ['two DI basins and a wrist blade', two('E_SINK_DI', 'E_SINK_DI'), ['V5']],
    [
      'between basins with one basin',
      { faucets: [{ ...example.faucets[0], placement: 'BETWEEN_BASINS' }] },
      ['V6'],
    ],
    [
      'sprayers 2 + 1',
      {
        sprayers: [
          { type: 'AIR_GUN_KIT_TURRET', quantity: 2, location: 'LEFT_SIDE' },
          { type: 'AIR_GUN_KIT_ROSETTE', quantity: 1, location: 'LEFT_SIDE' },
        ],
      },
      ['V8'],
    ],
    [
      'unknown accessory',
      { accessories: [{ assemblyId: 'T-OA-PB-COLOR', quantity: 1 }] },
      ['UNKNOWN_ITEM', 'BOM-120'],
    ],
    ['unknown field', { lenght: 50 }, ['UNKNOWN_FIELD']],
    ['an object as answer', { length: { value: 50 } }, ['TYPE', 'REQUIRED']],
    ['an unknown basin size', { basins: [basin(1, 'E_DRAIN', '21X20X8')] }, ['UNKNOWN_VALUE']],
    ['100,000 basins', { basins: Array.from({ length: 100_000 }, () => basin(1)) }, ['ROWS', 'V2']],
  ])('%s', (_, changes, rules) => {
    expect(refusedRules(changes)).toEqual(rules);
  });

  test.each([
    ['config', null, 'example_invalid'],
    ['basins', { ...example, basins: 'one' }, 'example_invalid'],
    ['faucet row', { ...example, faucets: [3] }, 'example_invalid'],
    ['double index', { ...example, basins: [basin(1), basin(1)] }, 'basin_index_invalid'],
    ['index 0', { ...example, basins: [basin(0)] }, 'basin_index_invalid'],
  ])('%s of a wrong shape is refused', (_, config, code) => {
    expect(() => workedExampleConfiguration(config)).toThrow(Refusal);
    expect(() => workedExampleConfiguration(config)).toThrow(code);
  });
});

test('custom sizes come as an object or as text', () => {
  const expected = { size: 'CUSTOM', width_in: 28, length_in: 22, depth_in: 10 };
  const rowsOf = (change: object) =>
    workedExampleConfiguration({ ...example, basins: [{ ...basin(1), ...change }] }).basins;
  expect(rowsOf({ isCustomSize: true, size: { width: 28, length: 22, depth: 10 } })).toMatchObject([
    expected,
  ]);
  expect(rowsOf({ isCustomSize: true, size: '28x22x10' })).toMatchObject([expected]);
});

test('the metadata of an example file are settings', () => {
  const settings = workedExampleSettings({ feetQuantity: 4, pegboardMode: 'LINES', description: '' });
  expect(z.record(z.string(), z.unknown()).parse(settings)).toEqual({
    'bom.feetQuantity': 4,
    'bom.pegboardMode': 'LINES',
  });
  expect(workedExampleSettings(undefined)).toEqual({});
});
