import {
  expressionKey,
  type LocalizedText,
  type ModelField,
  type ProductModel,
} from '../../../../preload/contract/product-model.ts';

export type Words = (text: LocalizedText) => string;
/** An expression in words; its own text where there are none. */
export type Say = (expression: string, group?: string) => string;
export const sayWith =
  (said: Readonly<Record<string, LocalizedText>>, words: Words): Say =>
  (expression, group) => {
    const found = said[expressionKey(expression, group)];
    return found ? words(found) : expression;
  };
export interface FieldRow {
  key: string;
  path: string;
  label: string;
  kind: string;
  section: string;
  range: string;
  visible_words: string;
  visible_when: string;
  required_words: string;
  required_when: string;
  default_value: string;
}
export interface OptionRow {
  key: string;
  path: string;
  value: string;
  label: string;
  condition_words: string;
  conditions: string;
  reasons: string;
}
export interface ConstraintRow {
  key: string;
  rule: string;
  kind: string;
  message: string;
  words: string;
  when: string;
  for_each: string;
  fix: string;
}
export interface BomRuleRow {
  key: string;
  seq: number;
  rule: string;
  label: string;
  group: string;
  for_each: string;
  words: string;
  when: string;
  item_id: string;
  quantity: string;
}

const bomGroupName = (model: ProductModel, words: Words, code: string): string => {
  const found = model.bom_groups.find(group => group.code === code);
  return found ? words(found.label) : code;
};
/** What a rule is judged once for each of, as a person calls one row of it. */
const rowName = (model: ProductModel, words: Words, group: string | undefined): string => {
  const found = model.groups.find(({ name }) => name === group);
  return found ? words(found.row_label) : (group ?? '');
};
/** The default as a person would choose it. */
const defaultWords = (field: ModelField, words: Words): string => {
  if (field.default === null) return '';
  const option = field.options.find(({ value }) => value === field.default);
  return option ? words(option.label) : String(field.default);
};
const fieldsOf = (model: ProductModel): { path: string; field: ModelField; group?: string }[] => [
  ...model.fields.map(field => ({ path: field.name, field })),
  ...model.groups.flatMap(group =>
    group.fields.map(field => ({ path: `${group.name}[].${field.name}`, field, group: group.name })),
  ),
];

export const fieldRows = (model: ProductModel, words: Words, say: Say): FieldRow[] =>
  fieldsOf(model).map(({ path, field, group }) => ({
    key: path,
    path,
    label: words(field.label),
    kind: field.kind,
    section: field.section,
    range:
      field.min === undefined && field.max === undefined
        ? ''
        : `${field.min ?? ''} … ${field.max ?? ''} ${field.unit ?? ''}`.trim(),
    visible_words: field.visible_when === undefined ? '' : say(field.visible_when, group),
    visible_when: field.visible_when ?? '',
    required_words: field.required_when === undefined ? '' : say(field.required_when, group),
    required_when: field.required_when ?? '',
    default_value: defaultWords(field, words),
  }));

export function optionRows(model: ProductModel, words: Words, say: Say): OptionRow[] {
  const conditions = new Map(model.conditions.map(condition => [condition.name, condition]));
  return fieldsOf(model).flatMap(({ path, field, group }) =>
    field.options.map(option => {
      const own = option.conditions.flatMap(name => conditions.get(name) ?? []);
      return {
        key: `${path} ${option.value}`,
        path,
        value: String(option.value),
        label: words(option.label),
        condition_words: own
          .map(condition => `${condition.rule}: ${say(condition.available_when, group)}`)
          .join('\n'),
        conditions: own.map(condition => `${condition.rule}: ${condition.available_when}`).join('\n'),
        reasons: own.map(condition => words(condition.unavailable_reason)).join(' '),
      };
    }),
  );
}

export const constraintRows = (model: ProductModel, words: Words, say: Say): ConstraintRow[] =>
  model.constraints.map(constraint => ({
    key: constraint.id,
    rule:
      constraint.rule && constraint.rule !== constraint.id
        ? `${constraint.rule} (${constraint.id})`
        : constraint.id,
    kind: constraint.kind,
    message: words(constraint.message),
    words: say(constraint.when, constraint.for_each),
    when: constraint.when,
    for_each: rowName(model, words, constraint.for_each),
    fix: (constraint.fix ?? []).map(fix => `${fix.path} = ${fix.value}`).join(', '),
  }));

export const bomRuleRows = (model: ProductModel, words: Words, say: Say): BomRuleRow[] =>
  model.bom_rules.map(rule => ({
    key: rule.id,
    seq: rule.seq,
    rule: rule.id,
    label: words(rule.label),
    group: bomGroupName(model, words, rule.group),
    for_each: rowName(model, words, rule.for_each),
    words: say(rule.when, rule.for_each),
    when: rule.when,
    item_id: rule.item_id,
    quantity: rule.quantity,
  }));

export const autoRuleRows = (model: ProductModel, words: Words, say: Say) =>
  model.auto_rules.map(rule => ({
    key: rule.id,
    rule: rule.id,
    label: words(rule.label),
    group: rowName(model, words, rule.group),
    words: say(rule.kind === 'add_row' ? rule.when : rule.size),
    when: rule.kind === 'add_row' ? rule.when : `${rule.on}: ${rule.size}`,
  }));
