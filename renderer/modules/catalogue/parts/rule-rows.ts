import type { LocalizedText, ModelField, ProductModel } from '../../../../preload/contract/product-model.ts';

export type Words = (text: LocalizedText) => string;
export interface FieldRow {
  key: string;
  path: string;
  label: string;
  kind: string;
  section: string;
  range: string;
  required_when: string;
  visible_when: string;
  default_value: string;
}
export interface OptionRow {
  key: string;
  path: string;
  value: string;
  label: string;
  conditions: string;
  reasons: string;
}
export interface ConstraintRow {
  key: string;
  rule: string;
  kind: string;
  message: string;
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
  when: string;
  item_id: string;
  quantity: string;
}

const fieldsOf = (model: ProductModel): { path: string; field: ModelField }[] => [
  ...model.fields.map(field => ({ path: field.name, field })),
  ...model.groups.flatMap(group =>
    group.fields.map(field => ({ path: `${group.name}[].${field.name}`, field })),
  ),
];

export const fieldRows = (model: ProductModel, words: Words): FieldRow[] =>
  fieldsOf(model).map(({ path, field }) => ({
    key: path,
    path,
    label: words(field.label),
    kind: field.kind,
    section: field.section,
    range:
      field.min === undefined && field.max === undefined
        ? ''
        : `${field.min ?? ''} … ${field.max ?? ''} ${field.unit ?? ''}`.trim(),
    required_when: field.required_when ?? '',
    visible_when: field.visible_when ?? '',
    default_value: field.default === null ? '' : String(field.default),
  }));

export function optionRows(model: ProductModel, words: Words): OptionRow[] {
  const conditions = new Map(model.conditions.map(condition => [condition.name, condition]));
  return fieldsOf(model).flatMap(({ path, field }) =>
    field.options.map(option => {
      const own = option.conditions.flatMap(name => conditions.get(name) ?? []);
      return {
        key: `${path} ${option.value}`,
        path,
        value: String(option.value),
        label: words(option.label),
        conditions: own.map(condition => `${condition.rule}: ${condition.available_when}`).join('\n'),
        reasons: own.map(condition => words(condition.unavailable_reason)).join(' '),
      };
    }),
  );
}

export const constraintRows = (model: ProductModel, words: Words): ConstraintRow[] =>
  model.constraints.map(constraint => ({
    key: constraint.id,
    rule:
      constraint.rule && constraint.rule !== constraint.id
        ? `${constraint.rule} (${constraint.id})`
        : constraint.id,
    kind: constraint.kind,
    message: words(constraint.message),
    when: constraint.when,
    for_each: constraint.for_each ?? '',
    fix: (constraint.fix ?? []).map(fix => `${fix.path} = ${fix.value}`).join(', '),
  }));

export const bomRuleRows = (model: ProductModel, words: Words): BomRuleRow[] =>
  model.bom_rules.map(rule => ({
    key: rule.id,
    seq: rule.seq,
    rule: rule.id,
    label: words(rule.label),
    group: rule.group,
    for_each: rule.for_each ?? '',
    when: rule.when,
    item_id: rule.item_id,
    quantity: rule.quantity,
  }));
