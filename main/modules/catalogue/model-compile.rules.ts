import type {
  AutoRule,
  AvailabilityCondition,
  BomRule,
  ModelConstraint,
  ModelField,
  ModelGroup,
  ModelOption,
  ProductModel,
} from '../../../preload/contract/product-model.ts';
import { refuse } from '../../rpc/refusal.ts';
import {
  createLanguage,
  type Expression,
  type Language,
  type Template,
  type ValueType,
} from './expression.rules.ts';

export type CompiledCondition = { condition: AvailabilityCondition; expression: Expression };
export type CompiledOption = { option: ModelOption; conditions: CompiledCondition[] };
export type CompiledField = {
  field: ModelField;
  visible: Expression | undefined;
  required: Expression | undefined;
  options: CompiledOption[];
  optionByValue: Map<string | number | boolean, CompiledOption>;
};
export type CompiledGroup = { group: ModelGroup; fields: Map<string, CompiledField> };
export type CompiledConstraint = {
  constraint: ModelConstraint;
  when: Expression;
  path: Template;
  message: { en: Template; fr: Template; es: Template };
  fix: { path: Template; value: Expression }[];
};
export type CompiledAutoRule =
  | { kind: 'add_row'; rule: AutoRule; group: string; when: Expression; row: [string, Expression][] }
  | { kind: 'resize_group'; rule: AutoRule; group: string; on: string; size: Expression };
export type CompiledBomRule = {
  rule: BomRule;
  when: Expression;
  item_id: Template;
  quantity: Expression;
  notes: Template | undefined;
  spec: [string, Expression][];
};
export type CompiledModel = {
  model: ProductModel;
  language: Language;
  fields: Map<string, CompiledField>;
  groups: Map<string, CompiledGroup>;
  constraints: CompiledConstraint[];
  autoRules: CompiledAutoRule[];
  bomRules: CompiledBomRule[];
};

/** Values every model may use beside its own fields and settings. Dates are YYYY-MM-DD. */
const contextInputs = [
  { name: 'today', type: 'string' },
  { name: 'want_date', type: 'string' },
] as const;

const typeOf = (field: ModelField): ValueType =>
  field.kind === 'integer' ? 'int' : field.kind === 'boolean' ? 'bool' : 'string';
const declare = (fields: ModelField[]) => fields.map(field => ({ name: field.name, type: typeOf(field) }));

/** Refuses `product_model_invalid` with the place and the problem. The result is reusable for ever. */
export function compileModel(model: ProductModel): CompiledModel {
  const language = createLanguage({
    answers: declare(model.fields),
    groups: model.groups.map(group => ({ name: group.name, fields: declare(group.fields) })),
    inputs: [...model.settings.map(({ name, type }) => ({ name, type })), ...contextInputs],
  });

  function at<T>(place: string, work: () => T): T {
    try {
      return work();
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      return refuse('product_model_invalid', { family: model.family, place, problem });
    }
  }

  defineDerivedValues(model, language, at);
  const conditions = new Map(model.conditions.map(condition => [condition.name, condition]));

  const compileField = (field: ModelField, group?: string): CompiledField => {
    const place = group ? `${group}.${field.name}` : field.name;
    const condition = (name: string): CompiledCondition => {
      const found = conditions.get(name) ?? at(place, () => unknownName(name));
      const text = found.available_when;
      return {
        condition: found,
        expression: at(`condition ${name}`, () => language.compile(text, 'bool', group)),
      };
    };
    const options = field.options.map(option => ({ option, conditions: option.conditions.map(condition) }));
    const bool = (text: string | undefined) =>
      text === undefined ? undefined : at(place, () => language.compile(text, 'bool', group));
    return {
      field,
      visible: bool(field.visible_when),
      required: bool(field.required_when),
      options,
      optionByValue: new Map(options.map(option => [option.option.value, option])),
    };
  };
  const compileFields = (fields: ModelField[], group?: string) =>
    new Map(fields.map(field => [field.name, compileField(field, group)]));

  const groupNames = new Set(model.groups.map(group => group.name));
  const knownGroup = (place: string, name: string | undefined) => {
    if (name !== undefined && !groupNames.has(name)) at(place, () => unknownName(name));
    return name;
  };

  return {
    model,
    language,
    fields: compileFields(model.fields),
    groups: new Map(
      model.groups.map(group => [group.name, { group, fields: compileFields(group.fields, group.name) }]),
    ),
    constraints: model.constraints.map(constraint =>
      at(constraint.id, () =>
        compileConstraint(constraint, language, knownGroup(constraint.id, constraint.for_each)),
      ),
    ),
    autoRules: model.auto_rules.map(rule =>
      at(rule.id, () => {
        knownGroup(rule.id, rule.group);
        if (rule.kind === 'resize_group') {
          const size = language.compile(rule.size, 'int');
          return { kind: rule.kind, rule, group: rule.group, on: rule.on, size };
        }
        const row = Object.entries(rule.row).map(([name, text]): [string, Expression] => [
          name,
          language.compile(text, 'any'),
        ]);
        return { kind: rule.kind, rule, group: rule.group, when: language.compile(rule.when, 'bool'), row };
      }),
    ),
    bomRules: model.bom_rules.map(rule =>
      at(rule.id, () => compileBomRule(rule, language, knownGroup(rule.id, rule.for_each))),
    ),
  };
}

function unknownName(name: string): never {
  throw new Error(`unknown name ${name}`);
}

function defineDerivedValues(
  model: ProductModel,
  language: Language,
  at: <T>(place: string, work: () => T) => T,
) {
  for (const { name, type, expression, bands } of model.derived) {
    if (expression !== undefined) {
      language.define(
        name,
        type,
        at(name, () => language.parse(expression, type, undefined)),
      );
      continue;
    }
    if (!bands) at(name, () => unknownName('expression or bands'));
    const measure = at(name, () => language.parse(bands?.of ?? '', 'int', undefined));
    language.define(name, type, scope => {
      const value = measure(scope);
      const row = bands?.rows.find(
        ({ from, to }) => typeof value === 'bigint' && value >= from && value <= to,
      );
      if (!row) throw new Error(`${name}: no band for ${bands?.of} = ${value}`);
      return row.value;
    });
  }
}

function compileConstraint(
  constraint: ModelConstraint,
  language: Language,
  group: string | undefined,
): CompiledConstraint {
  const { message } = constraint;
  return {
    constraint,
    when: language.compile(constraint.when, 'bool', group),
    path: language.compileTemplate(constraint.path, group),
    message: {
      en: language.compileTemplate(message.en, group),
      fr: language.compileTemplate(message.fr, group),
      es: language.compileTemplate(message.es, group),
    },
    fix: (constraint.fix ?? []).map(({ path, value }) => ({
      path: language.compileTemplate(path, group),
      value: language.compile(value, 'any', group),
    })),
  };
}

export function compileBomRule(
  rule: BomRule,
  language: Language,
  group: string | undefined,
): CompiledBomRule {
  return {
    rule,
    when: language.compile(rule.when, 'bool', group),
    item_id: language.compileTemplate(rule.item_id, group),
    quantity: language.compile(rule.quantity, 'int', group),
    notes: rule.notes === undefined ? undefined : language.compileTemplate(rule.notes, group),
    spec: Object.entries(rule.custom_part?.spec ?? {}).map(([name, text]) => [
      name,
      language.compile(text, 'any', group),
    ]),
  };
}
