import type { Verdict } from '../../../preload/contract/product-model.ts';
import { type Answers, rowsOf } from './answers.rules.ts';
import { engineTexts } from './engine-texts.rules.ts';
import type { CompiledModel } from './model-compile.rules.ts';
import type { RuleInputs } from './normalise.rules.ts';

export type EvaluationContext = {
  /** System settings by key, such as `bom.feetQuantity`; absent ones take the default of the model. */
  settings: Record<string, unknown>;
  /** YYYY-MM-DD */
  today: string;
  /** YYYY-MM-DD, when the order has one */
  want_date?: string;
  knownItem(id: string): boolean;
};

const settingRule = 'SETTING';

/** Settings and dates as rules see them. A setting of the wrong type is left out and reported. */
export function readInputs(compiled: CompiledModel, context: EvaluationContext) {
  const inputs: RuleInputs = { today: context.today, want_date: context.want_date };
  const verdicts: Verdict[] = [];
  for (const { key, name, type, values, default: fallback } of compiled.model.settings) {
    const value = context.settings[key] ?? fallback;
    const isInt = typeof value === 'number' && Number.isSafeInteger(value);
    const isText = typeof value === 'string' && (values ? values.includes(value) : value.length <= 200);
    if (type === 'int' ? isInt : isText) inputs[name] = isInt || isText ? value : undefined;
    else verdicts.push({ rule: settingRule, kind: 'error', path: '', message: engineTexts.badSetting(key) });
  }
  return { inputs, verdicts };
}

/** One place for a rule of the build, one per row for a rule that runs over a group. */
export function scopesOf(
  compiled: CompiledModel,
  group: string | undefined,
  answers: Answers,
  scope: object,
) {
  if (group === undefined) return [{ scope, row: '' }];
  const { length } = rowsOf(answers.document, group);
  return Array.from({ length }, (_, row) => ({
    scope: compiled.language.rowScope(scope, group, row),
    row: `[${row}]`,
  }));
}
