import { describe, expect, test } from 'vitest';
import { conditionWords, expressionWords } from '../../../main/modules/catalogue/condition-words.rules.ts';
import { expressionKey, type ProductModel } from '../../../preload/contract/product-model.ts';
import { readModel } from './product-model-support.ts';

const model = readModel('cleanstation-mdrd');
const english = (when: string, for_each?: string) => conditionWords(model, when, for_each)?.en;

/** Every condition of the model with the group whose rows it reads. */
function conditionsOf({ fields, groups, constraints, bom_rules, auto_rules, conditions }: ProductModel) {
  const named = new Map(conditions.map(({ name, available_when }) => [name, available_when]));
  const placed = [
    ...fields.map(field => ({ field, group: undefined })),
    ...groups.flatMap(({ name, fields }) => fields.map(field => ({ field, group: name }))),
  ];
  return [
    ...placed.flatMap(({ field, group }) =>
      [
        field.visible_when,
        field.required_when,
        ...field.options.flatMap(option => option.conditions.map(name => named.get(name))),
      ].map(when => ({ when, group })),
    ),
    ...[...constraints, ...bom_rules].map(({ when, for_each }) => ({ when, group: for_each })),
    ...auto_rules.map(rule => ({ when: rule.kind === 'add_row' ? rule.when : rule.size, group: undefined })),
  ].flatMap(({ when, group }) => (when === undefined ? [] : [{ when, group }]));
}

describe.each(['cleanstation-mdrd', 'endoscope', 'instrosink'])('the conditions of %s', name => {
  const shipped = readModel(name);
  test('are all told in words, in three languages, without a word of CEL', () => {
    const said = expressionWords(shipped);
    const names = [...shipped.derived, ...shipped.settings, ...shipped.fields, ...shipped.groups]
      .map(({ name }) => name)
      .filter(name => name.includes('_'));
    for (const { when, group } of conditionsOf(shipped)) {
      const words = said[expressionKey(when, group)];
      expect(words, when).toBeDefined();
      for (const text of [words?.en, words?.fr, words?.es]) {
        expect(text, when).not.toMatch(/==|&&|\|\||[<>!]=|\brow\.|\bhas\(|\{\d\}|undefined/);
        expect(
          names.filter(name => text?.includes(name)),
          when,
        ).toEqual([]);
      }
    }
  });
});

test('a condition says fields, options, units and limits as the screens do', () => {
  expect(conditionWords(model, 'sink_length_in >= 61 && sink_length_in <= 72')).toEqual({
    en: 'Sink length: 61 to 72 in',
    fr: 'Longueur de l’évier : de 61 à 72 po',
    es: 'Largo del fregadero: de 61 a 72 in',
  });
  expect(english('legs_type == "FIXED_HEIGHT" && legs_model != "DL14"')).toBe(
    'Legs: Fixed height and Leg model: other than DL14',
  );
  expect(english('!has_pegboard || basin_count < 2')).toBe(
    'Pegboard: no or Basins of the model: less than 2',
  );
  expect(conditionWords(model, 'faucet_sum > faucet_limit')?.fr).toBe(
    'Total des robinets : plus que le nombre maximal de robinets',
  );
});

test('either-or inside a conjunction keeps its brackets', () => {
  expect(english('has_pegboard && (basin_count == 1 || basin_count == 3)')).toBe(
    'Pegboard: yes and (Basins of the model: 1 or Basins of the model: 3)',
  );
});

test('searches through rows tell the row they look from', () => {
  const same = 'faucets.filter(f, has(f.position) && f.position == row.position).size() > 1';
  expect(english(same, 'faucets')).toBe('Number of Faucets with (Position: the same): more than 1');
  expect(english('basins.exists(b, b.basin_type == "E_SINK")')).toBe(
    'Basins: at least one with (Basin type: E-Sink)',
  );
});

test('what has no words falls back to the text', () => {
  expect(conditionWords(model, 'sink_model.matches("T2-.*")')).toBeNull();
  expect(conditionWords(model, 'basins[0].basin_type == "E_SINK"')).toBeNull();
  expect(conditionWords(model, 'row.size == "CUSTOM"')).toBeNull();
  expect(conditionWords(model, 'sink_model ==')).toBeNull();
});
