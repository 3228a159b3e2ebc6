import { describe, expect, test } from 'vitest';
import { compileModel, evaluateConfiguration } from '../../../main/modules/catalogue/product-model.rules.ts';
import { workedExampleConfiguration } from '../../../main/modules/orders/worked-example.rules.ts';
import { Refusal } from '../../../main/rpc/refusal.ts';
import { evaluation as evaluationSchema } from '../../../preload/contract/product-model.ts';
import {
  context,
  eDrain,
  eSink,
  evaluate,
  faucet,
  hasCatalog,
  mdrd,
  readAssemblies,
  readExamples,
  readModel,
  readParts,
  skipReason,
  smallBuild,
  twoBasins,
  withPegboard,
  wristBlade,
} from './product-model-support.ts';

if (!hasCatalog) process.stderr.write(`${skipReason}\n`);

describe.skipIf(!hasCatalog)('worked examples with the real catalogue', () => {
  const examples = hasCatalog ? readExamples().examples : [];
  const known = new Set(hasCatalog ? [...Object.keys(readAssemblies()), ...Object.keys(readParts())] : []);

  test.each(examples)('$id top-level lines, in order', ({ config, expectedTopLevel }) => {
    const result = evaluateConfiguration(mdrd, workedExampleConfiguration(config), {
      settings: {},
      today: '2026-01-05',
      knownItem: id => known.has(id),
    });
    const lines = result.lines.map(line => ({
      itemId: line.item_id,
      quantity: line.quantity,
      group: line.group,
      ...(line.group === 'PEGBOARD' && line.notes ? { notes: line.notes } : {}),
      ...(line.is_custom_part ? { isCustomPart: true, customPartSpec: line.custom_part_spec } : {}),
    }));
    expect(lines).toEqual(expectedTopLevel);
    expect(result.submittable).toBe(true);
    expect(result.lines_refused).toBeUndefined();
    expect(evaluationSchema.parse(result)).toEqual(result);
  });

  test('every item the model can name is in the catalogue', () => {
    const fixed = mdrd.model.bom_rules.map(rule => rule.item_id).filter(id => !id.includes('{'));
    const library = mdrd.model.groups.flatMap(group => group.fields.flatMap(field => field.options));
    const items = library
      .filter(option => option.subcategory !== undefined)
      .map(option => String(option.value));
    expect(items).toHaveLength(56);
    expect([...fixed, ...items].filter(id => !known.has(id))).toEqual([]);
  });

  test('all 128 coloured pegboard kits are reached', () => {
    const reached = new Set<string>();
    const options = (name: string) => mdrd.fields.get(name)?.field.options.map(option => option.value) ?? [];
    for (const sink_length_in of [48, 60, 72, 84, 96, 108, 120]) {
      for (const pegboard_color of options('pegboard_color')) {
        for (const pegboard_type of options('pegboard_type')) {
          const result = evaluate(
            { sink_length_in, has_pegboard: true, pegboard_color, pegboard_type },
            { knownItem: (id: string) => known.has(id) },
          );
          expect(result.lines_refused).toBeUndefined();
          for (const line of result.lines.filter(line => line.seq === 51)) reached.add(line.item_id);
        }
      }
    }
    // The 16 kits of 34 in are below the shortest sink.
    expect(reached.size).toBe(112);
  });
});

describe('broken rules', () => {
  const model = readModel('cleanstation-mdrd');
  const ruleById = (id: string) => model.bom_rules.find(rule => rule.id === id) ?? model.bom_rules[0]!;
  const withRule = (rule: (typeof model.bom_rules)[number]) =>
    compileModel({ ...model, bom_rules: [...model.bom_rules.filter(({ id }) => id !== rule.id), rule] });

  test('a misspelt answer does not compile and the rule is named', () => {
    const compile = () => withRule({ ...ruleById('BOM-50'), when: 'has_pegbord' });
    expect(compile).toThrow(Refusal);
    try {
      compile();
    } catch (error) {
      expect(error).toMatchObject({
        code: 'product_model_invalid',
        details: { place: 'BOM-50', family: 'MDRD' },
      });
    }
    expect(() => withRule({ ...ruleById('BOM-50'), when: 'sink_length_in == "60"' })).toThrow(Refusal);
    expect(() => withRule({ ...ruleById('BOM-50'), for_each: 'benches' })).toThrow(Refusal);
  });
  test('a rule that fails stops generation and names itself', () => {
    const broken = withRule({ ...ruleById('BOM-50'), when: '1 / (sink_length_in - 48) > 0' });
    expect(evaluateConfiguration(broken, smallBuild, context)).toMatchObject({
      lines: [],
      lines_refused: { rule: 'BOM-50' },
      submittable: false,
    });
  });
  test('a rule that reads a cleared answer is refused when all is answered', () => {
    const broken = withRule({ ...ruleById('BOM-50'), when: 'pegboard_color == "RED"' });
    expect(evaluateConfiguration(broken, smallBuild, context).lines_refused?.rule).toBe('BOM-50');
    expect(
      evaluateConfiguration(broken, { ...smallBuild, legs_type: null }, context).lines_refused,
    ).toBeUndefined();
  });
  test('a build without its control box is refused', () => {
    const broken = compileModel({
      ...model,
      bom_rules: model.bom_rules.filter(({ group }) => group !== 'CONTROL_BOX'),
    });
    expect(evaluateConfiguration(broken, smallBuild, context).lines_refused?.rule).toBe('CONTROL_BOX');
  });
});

test('families that are not released say so', () => {
  for (const name of ['endoscope', 'instrosink']) {
    const result = evaluateConfiguration(compileModel(readModel(name)), {}, context);
    expect(result).toMatchObject({ submittable: false, verdicts: [{ rule: 'NOT_RELEASED', kind: 'error' }] });
  }
});

test('a complete build is evaluated within 5 ms when warm', () => {
  const build = {
    ...smallBuild,
    ...withPegboard,
    ...twoBasins(eSink, eDrain),
    faucets: [faucet(wristBlade)],
  };
  const run = () => evaluateConfiguration(mdrd, build, context);
  for (let i = 0; i < 50; i++) run();
  const times = Array.from({ length: 51 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  expect(times.sort((a, b) => a - b)[25]).toBeLessThan(5);
});
