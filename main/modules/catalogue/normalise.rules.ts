import type { Configuration, ConfigurationRow, Scalar } from '../../../preload/contract/product-model.ts';
import { type Answers, answerSource, rowsOf } from './answers.rules.ts';
import type { Expression, Outcome } from './expression.rules.ts';
import type { CompiledField, CompiledModel } from './model-compile.rules.ts';

export type RuleInputs = Record<string, Scalar | undefined>;

/** Visibility may depend on defaults and the other way round; models settle in two or three rounds. */
const maxRounds = 10;

export const isTrue = (outcome: Outcome | undefined) => outcome?.status === 'value' && outcome.value === true;
export const isFalse = (outcome: Outcome | undefined) =>
  outcome?.status === 'value' && outcome.value === false;

export function scopeOf(compiled: CompiledModel, answers: Answers, inputs: RuleInputs) {
  return compiled.language.createScope(answerSource(answers), inputs);
}

/** CEL whole numbers come back as bigint; answers hold numbers. */
export function toScalar(value: unknown): Scalar {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return null;
}

/** Clears what is not visible; with `defaults`, fills open answers and adds the rows rules demand. */
export function normalise(
  compiled: CompiledModel,
  answers: Answers,
  inputs: RuleInputs,
  options: { defaults: boolean },
): Answers {
  let current = answers;
  for (let round = 0; round < maxRounds; round++) {
    const settled = settle(compiled, current, inputs, options.defaults);
    if (!settled) break;
    current = settled;
  }
  return options.defaults ? addAutoRows(compiled, current, inputs) : current;
}

function settle(compiled: CompiledModel, answers: Answers, inputs: RuleInputs, defaults: boolean) {
  const scope = scopeOf(compiled, answers, inputs);
  const document: Configuration = {};
  let hasChanged = false;
  const settleValue = (field: CompiledField, value: Scalar, where: object) => {
    const shown = field.visible?.run(where);
    let next = value;
    if (isFalse(shown)) next = null;
    else if (defaults && value === null && (!shown || isTrue(shown))) next = field.field.default;
    if (next !== value) hasChanged = true;
    return next;
  };
  for (const [name, value] of Object.entries(answers.document)) {
    const field = compiled.fields.get(name);
    if (field && !Array.isArray(value)) document[name] = settleValue(field, value, scope);
  }
  for (const [name, { fields }] of compiled.groups) {
    document[name] = rowsOf(answers.document, name).map((row, index) => {
      const where = compiled.language.rowScope(scope, name, index);
      const settled: ConfigurationRow = {};
      for (const [fieldName, value] of Object.entries(row)) {
        const field = fields.get(fieldName);
        settled[fieldName] = field ? settleValue(field, value, where) : value;
      }
      return settled;
    });
  }
  return hasChanged ? { ...answers, document } : undefined;
}

function addAutoRows(compiled: CompiledModel, answers: Answers, inputs: RuleInputs): Answers {
  let current = answers;
  for (const auto of compiled.autoRules) {
    if (auto.kind !== 'add_row') continue;
    const scope = scopeOf(compiled, current, inputs);
    if (!isTrue(auto.when.run(scope))) continue;
    const values = new Map(auto.row.map(([name, expression]) => [name, runValue(expression, scope)]));
    const row: ConfigurationRow = {};
    for (const [name, { field }] of compiled.groups.get(auto.group)?.fields ?? []) {
      row[name] = values.get(name) ?? field.default;
    }
    row.auto_rule = auto.rule.id;
    const rows = [...rowsOf(current.document, auto.group), row];
    current = { ...current, document: { ...current.document, [auto.group]: rows } };
  }
  return current;
}

function runValue(expression: Expression, scope: object) {
  const outcome = expression.run(scope);
  return outcome.status === 'value' ? toScalar(outcome.value) : null;
}
