import { expect, test } from 'vitest';
import { evaluateConditions } from '../../../main/modules/catalogue/condition.rules.ts';
import { context, diSink, eDrain, mdrd, smallBuild, twoBasins } from './product-model-support.ts';

const build = { ...smallBuild, ...twoBasins(diSink, eDrain) };
const outcomes = (when: string, for_each?: string, given: object = build) =>
  evaluateConditions(mdrd, given, [{ when, ...(for_each ? { for_each } : {}) }], context)[0]?.map(
    ({ index, outcome }) => [index, outcome],
  );

test('a condition about the build is judged once, with the answers it read', () => {
  expect(outcomes('legs_type == "HEIGHT_ADJUSTABLE"')).toEqual([[null, 'matched']]);
  expect(outcomes('has_pegboard && e_drain_basins > 0')).toEqual([[null, 'not_matched']]);
  expect(outcomes('basins.exists(b, b.basin_type == "E_SINK_DI")')).toEqual([[null, 'matched']]);
  expect(evaluateConditions(mdrd, build, [{ when: 'has_pegboard' }], context)[0]?.[0]?.answers).toEqual([
    { path: 'has_pegboard', value: false },
  ]);
});

test('a condition about basins is judged per basin', () => {
  expect(outcomes('row.basin_type == "E_DRAIN"', 'basins')).toEqual([
    [1, 'not_matched'],
    [2, 'matched'],
  ]);
  expect(outcomes('row.quantity > 1', 'sprayers')).toEqual([]);
});

test('open answers leave it undecided, broken texts are refused', () => {
  expect(outcomes('legs_type == "FIXED_HEIGHT"', undefined, {})).toEqual([[null, 'not_decided']]);
  expect(() => outcomes('legs_typ == "X"')).toThrow('condition_invalid');
  expect(() => outcomes('true', 'benches')).toThrow('condition_invalid');
  expect(() => outcomes('1 + 1')).toThrow('condition_invalid');
});
