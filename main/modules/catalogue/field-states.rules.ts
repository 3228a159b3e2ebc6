import type { FieldState, Scalar, Verdict } from '../../../preload/contract/product-model.ts';
import { type Answers, rowsOf } from './answers.rules.ts';
import { engineTexts } from './engine-texts.rules.ts';
import type { CompiledField, CompiledModel, CompiledOption } from './model-compile.rules.ts';
import { isFalse, isTrue } from './normalise.rules.ts';

export type FieldStates = {
  states: Record<string, FieldState>;
  verdicts: Verdict[];
  hiddenPaths: Set<string>;
  /** Every visible required answer is given and usable, and no requirement is undecided. */
  isComplete: boolean;
};

export function evaluateFields(
  compiled: CompiledModel,
  answers: Answers,
  scope: object,
  knownItem: (id: string) => boolean,
): FieldStates {
  const result: FieldStates = { states: {}, verdicts: [], hiddenPaths: new Set(), isComplete: true };
  const judge = (
    field: CompiledField,
    path: string,
    value: Scalar,
    where: object,
    auto: string | undefined,
  ) => {
    const shown = field.visible?.run(where);
    if (isFalse(shown)) result.hiddenPaths.add(path);
    const isVisible = shown === undefined || isTrue(shown);
    const isRequired = isVisible && isTrue(field.required?.run(where));
    const isUsable = value !== null && !answers.invalid.has(path);
    result.states[path] = {
      visible: isVisible,
      required: isRequired,
      answered: value !== null,
      // A long item list is told once, for the row about to be added.
      ...(field.options.length > 0 && field.field.kind !== 'item'
        ? { options: optionStates(field, where) }
        : {}),
      ...(auto === undefined ? {} : { auto }),
    };
    if (isRequired && !isUsable) result.isComplete = false;
    if (isRequired && value === null) result.verdicts.push(missing(field, path));
    if (!isVisible || !isUsable) return;
    const unmet = unmetCondition(field.optionByValue.get(value), where);
    if (unmet)
      result.verdicts.push({ rule: unmet.rule, kind: unmet.kind, path, message: unmet.unavailable_reason });
    if (field.field.kind === 'item' && !knownItem(String(value))) {
      const message = engineTexts.unknownItem(String(value).slice(0, 60));
      result.verdicts.push({ rule: 'UNKNOWN_ITEM', kind: 'error', path, message });
    } else if (field.field.kind === 'item' && !field.optionByValue.has(value)) {
      const message = engineTexts.notInLibrary(String(value).slice(0, 60));
      result.verdicts.push({ rule: 'NOT_IN_LIBRARY', kind: 'warning', path, message });
    }
  };

  for (const [name, field] of compiled.fields) {
    const value = answers.document[name];
    judge(field, name, Array.isArray(value) || value === undefined ? null : value, scope, undefined);
  }
  for (const [group, { fields }] of compiled.groups) {
    const rows = rowsOf(answers.document, group);
    for (const [index, row] of rows.entries()) {
      const where = compiled.language.rowScope(scope, group, index);
      const auto = typeof row.auto_rule === 'string' ? row.auto_rule : undefined;
      for (const [name, field] of fields)
        judge(field, `${group}[${index}].${name}`, row[name] ?? null, where, auto);
    }
    const blank = compiled.language.rowScope(scope, group, rows.length);
    for (const [name, field] of fields) {
      result.states[`${group}[*].${name}`] = {
        visible: field.visible === undefined || isTrue(field.visible.run(blank)),
        required: isTrue(field.required?.run(blank)),
        answered: false,
        ...(field.options.length > 0 ? { options: optionStates(field, blank) } : {}),
      };
    }
  }
  return result;
}

function missing({ field }: CompiledField, path: string): Verdict {
  const message = engineTexts.missing(field.label);
  if (field.required_rule) return { rule: field.required_rule, kind: 'error', path, message };
  return { rule: 'REQUIRED', kind: 'missing', path, message };
}

/** The first condition that decides against the option. An undecided condition does not. */
function unmetCondition(option: CompiledOption | undefined, scope: object) {
  return option?.conditions.find(({ expression }) => isFalse(expression.run(scope)))?.condition;
}

function optionStates(field: CompiledField, scope: object) {
  return field.options.map(option => {
    const unmet = unmetCondition(option, scope);
    const { value } = option.option;
    return unmet ? { value, available: false, reason: unmet.unavailable_reason } : { value, available: true };
  });
}
