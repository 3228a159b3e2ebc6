import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applyAnswer,
  diffConfigurations,
  evaluateConfiguration,
  testBench,
} from '../../../main/modules/catalogue/product-model.rules.ts';
import { Refusal } from '../../../main/rpc/refusal.ts';
import type { Configuration } from '../../../preload/contract/product-model.ts';
import {
  context,
  diSink,
  eSink,
  evaluate,
  faucet,
  gooseneck,
  mdrd,
  smallBuild,
  twoBasins,
  withPegboard,
  wristBlade,
} from './product-model-support.ts';

describe('answers', () => {
  test('hostile documents get verdicts, quickly', () => {
    const start = performance.now();
    const hostile: [unknown, string][] = [
      ['text', 'TYPE '],
      [null, 'TYPE '],
      [{ ...smallBuild, sink_model: 'x'.repeat(10_000_000) }, 'TYPE sink_model'],
      [{ ...smallBuild, sink_model: 'T9' }, 'UNKNOWN_VALUE sink_model'],
      [{ ...smallBuild, sink_width_in: '30' }, 'TYPE sink_width_in'],
      [{ ...smallBuild, sink_width_in: Number.NaN }, 'TYPE sink_width_in'],
      [{ ...smallBuild, has_pegboard: 'yes' }, 'TYPE has_pegboard'],
      [{ ...smallBuild, basins: Array.from({ length: 100_000 }, () => eSink) }, 'ROWS basins'],
      [{ ...smallBuild, faucets: 'none' }, 'TYPE faucets'],
      [{ ...smallBuild, basins: [7] }, 'TYPE basins[0]'],
      [{ ...smallBuild, sink_height: 3 }, 'UNKNOWN_FIELD sink_height'],
      [JSON.parse('{"__proto__": {"sink_model": "T2-B1"}}'), 'UNKNOWN_FIELD __proto__'],
      [
        { ...smallBuild, faucets: [{ ...faucet(wristBlade), auto_rule: 'mine' }] },
        'UNKNOWN_FIELD faucets[0].auto_rule',
      ],
      [
        { ...smallBuild, accessories: [{ item_id: 'T2-AER-TUBEORG', quantity: 1e9 }] },
        'RANGE accessories[0].quantity',
      ],
      [Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`f${i}`, i])), 'UNKNOWN_FIELD f0'],
    ];
    for (const [document, verdict] of hostile) {
      const result = evaluateConfiguration(mdrd, document, context);
      expect(result.verdicts.map(({ rule, path }) => `${rule} ${path}`)).toContain(verdict);
      expect(result.submittable).toBe(false);
      expect(JSON.stringify(result).length).toBeLessThan(200_000);
    }
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('the blank accessory row shows the whole library with reasons', () => {
    const options = evaluate({}).fields['accessories[*].item_id']?.options ?? [];
    const reasonFor = (id: string) => options.find(({ value }) => value === id)?.reason?.en;
    expect(options).toHaveLength(56);
    expect(reasonFor('T2-OHL-INSTRO-KIT')).toBe('For InstroSink only');
    expect(reasonFor('T-OA-MLIGHT-PB-KIT')).toBe('Needs a pegboard');
    expect(reasonFor('T2-OA-CUST-SHELF-HA-SML')).toBeUndefined();
  });
  test('a full accessory list stays fast', () => {
    const accessories = Array.from({ length: 100 }, () => ({ item_id: 'T2-OA-SC-2020-SS', quantity: 1 }));
    const start = performance.now();
    expect(evaluate({ accessories }).lines.at(-1)).toMatchObject({
      item_id: 'T2-OA-SC-2020-SS',
      quantity: 100,
    });
    expect(performance.now() - start).toBeLessThan(500);
  });

  test('turning the pegboard off clears its answers, and the sink model sets the basins', () => {
    let build: Configuration = { ...smallBuild, ...withPegboard };
    build = applyAnswer(mdrd, build, 'has_pegboard', false);
    expect(build).toMatchObject({ pegboard_color: null, pegboard_type: null });
    build = applyAnswer(mdrd, build, 'sink_model', 'T2-B3');
    expect(build.basins).toMatchObject([
      { basin_type: 'E_DRAIN' },
      { basin_type: null },
      { basin_type: null },
    ]);
    build = applyAnswer(mdrd, build, 'sink_model', 'T2-B1');
    expect(build.basins).toHaveLength(1);
  });
  test('an added gooseneck may be raised, not lowered, and goes with its basin', () => {
    const start = { ...smallBuild, ...twoBasins(diSink, eSink) };
    const raised = applyAnswer(mdrd, start, 'faucets[0].quantity', 2);
    expect(raised.faucets).toMatchObject([{ faucet_type: gooseneck, quantity: 2, placement: 'CENTER' }]);
    const removed = applyAnswer(mdrd, raised, 'faucets[0]', null);
    expect(removed.faucets).toEqual([]);
    expect(evaluateConfiguration(mdrd, removed, context).normalized.faucets).toMatchObject([
      { quantity: 1, auto_rule: 'V7' },
    ]);
    const without = applyAnswer(mdrd, removed, 'basins[0].basin_type', 'E_SINK');
    expect(evaluateConfiguration(mdrd, without, context).normalized.faucets).toEqual([]);
  });
  test('impossible paths and values are refused', () => {
    const codeOf = (path: string, value: string | number | null) => {
      try {
        applyAnswer(mdrd, smallBuild, path, value);
      } catch (error) {
        return error instanceof Refusal ? error.code : error;
      }
      return undefined;
    };
    for (const path of [
      'nothing',
      'basins[0].colour',
      'sink_model[0]',
      'basins[9999]',
      'basins[0].size.x',
      '__proto__',
      '',
    ]) {
      expect(codeOf(path, 1)).toBe('answer_path_unknown');
    }
    expect(codeOf('sink_length_in', 'long')).toBe('answer_value_invalid');
    expect(codeOf('sink_length_in', 47)).toBeUndefined();
  });
  test('evaluating what evaluation returned changes nothing', () => {
    const first = evaluate(twoBasins(diSink, diSink));
    expect(evaluateConfiguration(mdrd, first.normalized, context)).toEqual(first);
  });
  test('differences name the path and both values', () => {
    const before = evaluate({ faucets: [faucet(wristBlade)] }).normalized;
    const after = evaluate({ sink_length_in: 61 }).normalized;
    expect(diffConfigurations(before, after)).toEqual([
      { path: 'sink_length_in', from: 48, to: 61 },
      { path: 'faucets[0].faucet_type', from: wristBlade, to: null },
      { path: 'faucets[0].quantity', from: 1, to: null },
      { path: 'faucets[0].placement', from: 'CENTER', to: null },
    ]);
    expect(diffConfigurations(after, after)).toEqual([]);
  });
  test('the test bench lists every rule with the answers it read', () => {
    const rows = testBench(
      mdrd,
      { ...smallBuild, legs_model: null, legs_type: 'FIXED_HEIGHT', sink_length_in: 47 },
      context,
    );
    const outcome = (rule: string) => rows.find(row => row.rule === rule)?.outcome;
    expect(rows.find(row => row.rule === 'BOM-60-E-DRAIN')).toMatchObject({
      row: '[0]',
      outcome: 'matched',
      answers: [{ path: 'basins[0].basin_type', value: 'E_DRAIN' }],
    });
    expect([
      outcome('BOM-30-FH-DL27'),
      outcome('BOM-30-HA-DL27'),
      outcome('V8'),
      outcome('V1.sink_length_in'),
    ]).toEqual(['not_decided', 'not_matched', 'not_matched', 'matched']);
    const all = [...mdrd.model.bom_rules, ...mdrd.model.constraints, ...mdrd.model.auto_rules].map(
      ({ id }) => id,
    );
    expect(all.filter(id => outcome(id) === undefined)).toEqual([]);
  });
});

const basinAnswers = fc.record({
  basin_type: fc.constantFrom('E_SINK', 'E_SINK_DI', 'E_DRAIN'),
  size: fc.constantFrom('20X20X8', '24X20X8', '24X20X10', '30X20X8', '30X20X10'),
  has_basin_light: fc.boolean(),
});
const buildAnswers = fc
  .record({
    basins: fc.array(basinAnswers, { minLength: 1, maxLength: 3 }),
    sink_length_in: fc.integer({ min: 48, max: 120 }),
    legs_model: fc.constantFrom('DL27', 'DL14', 'LC1'),
    legs_type: fc.constantFrom('HEIGHT_ADJUSTABLE', 'FIXED_HEIGHT'),
    pegboard: fc.option(
      fc.record({
        pegboard_color: fc.constantFrom('RED', 'WHITE'),
        pegboard_type: fc.constantFrom('PERFORATED', 'SOLID'),
      }),
    ),
    faucets: fc.array(
      fc.record({
        faucet_type: fc.constantFrom(wristBlade, gooseneck),
        quantity: fc.integer({ min: 1, max: 3 }),
        placement: fc.constantFrom('CENTER', 'BETWEEN_BASINS'),
      }),
      { maxLength: 2 },
    ),
  })
  .map(({ basins, faucets, pegboard, ...scalars }) => {
    const answers: [string, string | number | boolean][] = [
      ...Object.entries(scalars),
      ...Object.entries({ ...pegboard, has_pegboard: pegboard !== null, sink_model: `T2-B${basins.length}` }),
    ];
    for (const [name, rows] of Object.entries({ basins, faucets })) {
      for (const [index, row] of rows.entries()) {
        for (const [field, value] of Object.entries(row)) answers.push([`${name}[${index}].${field}`, value]);
      }
    }
    return answers;
  });
const shuffled = buildAnswers.chain(answers =>
  fc.tuple(
    fc.constant(answers),
    fc.shuffledSubarray(answers, { minLength: answers.length, maxLength: answers.length }),
  ),
);

test('the order of the answers does not matter, and evaluation is deterministic', () => {
  const answerAll = (answers: [string, string | number | boolean][]) =>
    answers.reduce<Configuration>((build, [path, value]) => applyAnswer(mdrd, build, path, value), {});
  fc.assert(
    fc.property(shuffled, ([answers, otherOrder]) => {
      const build = answerAll(answers);
      expect(answerAll(otherOrder)).toEqual(build);
      const first = evaluateConfiguration(mdrd, build, context);
      expect(evaluateConfiguration(mdrd, build, context)).toEqual(first);
      const ids = first.lines.map(line => line.item_id);
      expect(new Set(ids).size).toBe(ids.length);
    }),
    { numRuns: 60 },
  );
});
