import { describe, expect, test } from 'vitest';
import { checkBuilds } from '../../../main/modules/catalogue/product-model.rules.ts';
import {
  diSink,
  eDrain,
  eSink,
  evaluate,
  faucet,
  gooseneck,
  mdrd,
  rulesOf,
  sprayer,
  twoBasins,
  withPegboard,
  wristBlade,
} from './product-model-support.ts';

describe('cross-field rules', () => {
  test('the small build is complete', () => {
    const result = evaluate({});
    expect(result.verdicts).toEqual([]);
    expect(result.submittable).toBe(true);
  });

  test.each([47, 121, 0, -5, 1_000_000_000])('V1 refuses the length %d', sink_length_in => {
    const result = evaluate({ sink_length_in });
    expect(result.verdicts.map(({ rule, kind, path }) => ({ rule, kind, path }))).toEqual([
      { rule: 'V1', kind: 'error', path: 'sink_length_in' },
    ]);
    expect(result.submittable).toBe(false);
    expect(result.lines.some(line => line.group === 'SINK_BODY')).toBe(false);
  });
  test('V2 wants as many basins as the model says', () => {
    expect(rulesOf({ sink_model: 'T2-B2' }, 'error')).toEqual(['V2 basins']);
    expect(rulesOf({ basins: [eSink, eSink] }, 'error')).toEqual(['V2 basins']);
    expect(evaluate({ sink_model: 'T2-B2' }).verdicts[0]?.message.en).toBe('T2-B2 has 2 basins, 1 given');
  });
  test('V3 allows LC1 only on height-adjustable legs, and says so at the option', () => {
    expect(rulesOf({ legs_model: 'LC1', legs_type: 'FIXED_HEIGHT' }, 'error')).toEqual(['V3 legs_model']);
    expect(rulesOf({ legs_model: 'LC1' }, 'error')).toEqual([]);
    const options = evaluate({ legs_type: 'FIXED_HEIGHT' }).fields.legs_model?.options;
    expect(options?.map(({ value, available }) => [value, available])).toEqual([
      ['DL27', true],
      ['DL14', true],
      ['LC1', false],
    ]);
    expect(options?.[2]?.reason?.fr).toContain('réglable');
  });
  test('V4 wants colour, type and custom dimensions of a pegboard', () => {
    expect(rulesOf({ has_pegboard: true, pegboard_type: 'SOLID' }, 'error')).toEqual(['V4 pegboard_color']);
    expect(rulesOf({ has_pegboard: true, pegboard_color: 'RED' }, 'error')).toEqual(['V4 pegboard_type']);
    expect(rulesOf({ ...withPegboard, pegboard_size_type: 'CUSTOM' }, 'error')).toEqual([
      'V4 pegboard_width_in',
      'V4 pegboard_length_in',
    ]);
  });
  test('V5 counts all faucets, added goosenecks included', () => {
    expect(rulesOf({ faucets: [faucet(wristBlade, 3)] }, 'error')).toEqual(['V5 faucets']);
    expect(rulesOf({ ...twoBasins(diSink, diSink), faucets: [faucet(wristBlade)] }, 'error')).toEqual([
      'V5 faucets',
    ]);
    const three = { sink_model: 'T2-B3', sink_length_in: 120, basins: [eSink, eSink, eSink] };
    expect(rulesOf({ ...three, faucets: [faucet(wristBlade, 3)] }, 'error')).toEqual([]);
    expect(rulesOf({ ...three, faucets: [faucet(wristBlade, 3), faucet(gooseneck)] }, 'error')).toEqual([
      'V5 faucets',
    ]);
  });
  test('V5 warns about many faucets over E-Drain basins only', () => {
    expect(
      rulesOf(
        { ...twoBasins(eDrain, eDrain), faucets: [faucet(wristBlade, 2, 'BETWEEN_BASINS')] },
        'warning',
      ),
    ).toEqual(['V5.E-DRAIN faucets']);
    expect(
      rulesOf(
        { ...twoBasins(eDrain, eDrain), faucets: [faucet(wristBlade, 1, 'BETWEEN_BASINS')] },
        'warning',
      ),
    ).toEqual([]);
  });
  test('V6 wants two basins for a place between them, and each position once', () => {
    expect(rulesOf({ faucets: [faucet(wristBlade, 1, 'BETWEEN_BASINS')] }, 'error')).toEqual([
      'V6 faucets[0].placement',
    ]);
    const at = (position: string) => ({ ...faucet(wristBlade), position });
    expect(rulesOf({ faucets: [at('BASIN_2')] }, 'error')).toEqual(['V6 faucets[0].position']);
    expect(rulesOf({ faucets: [at('BASIN_1'), at('BASIN_1')] }, 'error')).toEqual([
      'V6 faucets[0].position',
      'V6 faucets[1].position',
    ]);
  });
  test('V7 adds the missing goosenecks and never counts the chosen ones twice', () => {
    const added = evaluate(twoBasins(diSink, diSink));
    expect(added.normalized.faucets).toEqual([
      { faucet_type: gooseneck, quantity: 2, placement: 'CENTER', position: null, auto_rule: 'V7' },
    ]);
    expect(added.fields['faucets[0].quantity']?.auto).toBe('V7');
    expect(added.submittable).toBe(true);
    const chosen = evaluate({ ...twoBasins(diSink, diSink), faucets: [faucet(gooseneck)] });
    expect(chosen.lines.find(line => line.seq === 102)?.quantity).toBe(2);
    expect(
      evaluate({ ...twoBasins(diSink, eSink), faucets: [faucet(gooseneck, 2)] }).lines.find(
        line => line.seq === 102,
      )?.quantity,
    ).toBe(2);
  });
  test('V8 allows two sprayers', () => {
    expect(
      rulesOf({ sprayers: [sprayer('AIR_GUN_KIT_TURRET', 2), sprayer('AIR_GUN_KIT_ROSETTE')] }, 'error'),
    ).toEqual(['V8 sprayers']);
    expect(rulesOf({ sprayers: [sprayer('AIR_GUN_KIT_TURRET', 2)] }, 'error')).toEqual([]);
  });
  test('V9 wants positive whole dimensions', () => {
    const custom = (width_in: unknown) => ({
      basins: [{ basin_type: 'E_SINK', size: 'CUSTOM', width_in, length_in: 20, depth_in: 8 }],
    });
    expect(rulesOf(custom(0), 'error')).toEqual(['V9 basins[0].width_in']);
    expect(rulesOf(custom(-3), 'error')).toEqual(['V9 basins[0].width_in']);
    expect(rulesOf(custom(20.5), 'error')).toEqual(['TYPE basins[0].width_in', 'V9 basins[0].width_in']);
    expect(rulesOf(custom(null), 'error')).toEqual(['V9 basins[0].width_in']);
    expect(
      rulesOf(
        { ...withPegboard, pegboard_size_type: 'CUSTOM', pegboard_width_in: 0, pegboard_length_in: 20 },
        'error',
      ),
    ).toEqual(['V9 pegboard_width_in']);
  });
  test('V10 warns when the basins are wider than the sink', () => {
    const wide = { ...eSink, size: '30X20X8' };
    expect(rulesOf({ ...twoBasins(wide, wide), sink_length_in: 59 }, 'warning')).toEqual([
      'V10 sink_length_in',
    ]);
    expect(rulesOf({ ...twoBasins(wide, wide), sink_length_in: 60 }, 'warning')).toEqual([]);
  });
  test('V11 warns about basins deeper than the frame', () => {
    expect(rulesOf(twoBasins(eSink, { ...eSink, size: '24X20X10' }), 'warning')).toEqual([
      'V11 basins[1].size',
    ]);
  });
  test('V12 offers the standard item for a custom basin of its size', () => {
    const result = evaluate({
      basins: [{ basin_type: 'E_SINK', size: 'CUSTOM', width_in: 30, length_in: 20, depth_in: 8 }],
    });
    expect(result.verdicts.map(({ rule, fix }) => [rule, fix])).toEqual([
      ['V12', [{ path: 'basins[0].size', value: '30X20X8' }]],
    ]);
  });
  test('V13 warns about a pegboard longer than the sink', () => {
    const custom = { ...withPegboard, pegboard_size_type: 'CUSTOM', pegboard_length_in: 30 };
    expect(rulesOf({ ...custom, pegboard_width_in: 49 }, 'warning')).toEqual(['V13 pegboard_width_in']);
    expect(rulesOf({ ...custom, pegboard_width_in: 48 }, 'warning')).toEqual([]);
  });
  test('V14 warns about a date inside the lead time', () => {
    expect(rulesOf({}, 'warning', { want_date: '2026-03-01' })).toEqual(['V14 want_date']);
    expect(rulesOf({}, 'warning', { want_date: '2026-03-02' })).toEqual([]);
    expect(
      rulesOf({}, 'warning', { want_date: '2026-03-01', settings: { 'order.leadTimeDays': 10 } }),
    ).toEqual([]);
  });
  test.each([
    ['T2-OHL-INSTRO-KIT', {}, 1],
    ['T-OA-SSSHELF-1812-BOLT-ON-KIT', withPegboard, 1],
    ['T-OA-SSSHELF-1812-BOLT-ON-KIT', { ...withPegboard, pegboard_type: 'SOLID' }, 0],
    ['T-OA-SSSHELF-1812', withPegboard, 0],
    ['T-OA-PFW1236FM-KIT', { ...withPegboard, pegboard_type: 'SOLID' }, 1],
    ['T-OA-BINRAIL-24-KIT', {}, 1],
    ['B210-BLUE', withPegboard, 0],
    ['T2-OA-CUST-SHELF-HA-SML', {}, 0],
    ['T2-OA-CUST-SHELF-HA-SML', { sink_length_in: 84 }, 1],
    ['T2-OA-CUST-SHELF-HA-LRG', { sink_length_in: 84 }, 0],
    ['T2-OA-CUST-SHELF-HA-SML', { legs_type: 'FIXED_HEIGHT' }, 1],
    ['T-OA-RAIL-SHELF-ADDER-LRG', {}, 1],
    ['T2-OA-PO-SHLF-1212', {}, 1],
    ['T2-OA-SC-2020-SS', {}, 0],
    ['T2-OA-SC-2420-SS', {}, 1],
    ['T2-OA-DOSINGESK-BTMSHELF', { basins: [eSink] }, 1],
    ['T2-OA-DOSINGESK-BTMSHELF', {}, 0],
  ])('V15 hints: %s %o', (item_id, changes, hints) => {
    const found = rulesOf({ ...changes, accessories: [{ item_id, quantity: 1 }] }, 'warning');
    expect(found.filter(verdict => verdict.startsWith('V15 accessories[0]'))).toHaveLength(hints);
    expect(evaluate({ ...changes, accessories: [{ item_id, quantity: 1 }] }).submittable).toBe(true);
  });
  test('the pull-out shelf is fine beside a height-adjustable shelf', () => {
    const accessories = [{ item_id: 'T2-OA-PO-SHLF-1212' }, { item_id: 'T2-OA-CUST-SHELF-HA-SML' }];
    expect(rulesOf({ accessories }, 'warning')).toEqual([]);
  });
  test('V16 names the build that is not complete', () => {
    const builds = [
      { build_number: 'BUILD-001', evaluation: evaluate({}) },
      { build_number: 'BUILD-002', evaluation: evaluate({ legs_type: null }) },
    ];
    expect(checkBuilds(mdrd, builds)).toMatchObject([
      { rule: 'V16', path: 'builds[1]', message: { en: 'Build BUILD-002 is not complete' } },
    ]);
  });
});
