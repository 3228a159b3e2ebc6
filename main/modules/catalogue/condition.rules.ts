import type { ReadAnswer } from '../../../preload/contract/product-model.ts';
import { refuse } from '../../rpc/refusal.ts';
import { readAnswers } from './answers.rules.ts';
import type { Expression, Outcome } from './expression.rules.ts';
import type { CompiledModel } from './model-compile.rules.ts';
import { normalise, scopeOf } from './normalise.rules.ts';
import { type EvaluationContext, readInputs, scopesOf } from './rule-context.rules.ts';

export type Condition = {
  /** CEL over the answers, settings and derived values of the model, such as `e_sink_basins > 0`. */
  when: string;
  /** Runs once per row of this group, with `row` and `index` (from 1), such as `row.basin_type == "E_DRAIN"`. */
  for_each?: string;
};
export type ConditionOutcome = {
  /** From 1; null for a condition about the whole build. */
  index: number | null;
  outcome: 'matched' | 'not_matched' | 'not_decided' | 'failed';
  answers: ReadAnswer[];
  problem?: string;
};

/**
 * For documents that apply to some builds only: instruction steps, checks, tasks. Judges many conditions on
 * one configuration. Refuses `condition_invalid` with the text and the problem.
 */
export function evaluateConditions(
  compiled: CompiledModel,
  given: unknown,
  conditions: readonly Condition[],
  context: EvaluationContext,
): ConditionOutcome[][] {
  return runAll(compiled, given, conditions, context, 'bool', (outcome, index) => {
    if (outcome.status === 'value')
      return { index, outcome: outcome.value === true ? 'matched' : 'not_matched', answers: outcome.reads };
    const undecided = outcome.status === 'undecided' ? 'not_decided' : 'failed';
    return { index, outcome: undecided, answers: outcome.reads, problem: outcome.problem };
  });
}

export type TermOutcome = { index: number | null; value: string | null; problem?: string };
/** The values of expressions as text: `NA`, `3`, `CASTORS`. Null when an answer it needs is missing. Refuses as above. */
export function evaluateTerms(
  compiled: CompiledModel,
  given: unknown,
  terms: readonly Condition[],
  context: EvaluationContext,
): TermOutcome[][] {
  return runAll(compiled, given, terms, context, 'any', (outcome, index) =>
    outcome.status === 'value'
      ? { index, value: String(outcome.value) }
      : { index, value: null, problem: outcome.problem },
  );
}

/** Runs over a group: once per row, with the number of the row; otherwise once. */
function runAll<Result>(
  compiled: CompiledModel,
  given: unknown,
  conditions: readonly Condition[],
  context: EvaluationContext,
  type: 'bool' | 'any',
  judge: (outcome: Outcome, index: number | null) => Result,
): Result[][] {
  const { inputs } = readInputs(compiled, context);
  const answers = normalise(compiled, readAnswers(compiled, given), inputs, { defaults: true });
  const scope = scopeOf(compiled, answers, inputs);
  return conditions.map(condition => {
    const expression = compileCondition(compiled, condition, type);
    const is_repeated = condition.for_each !== undefined;
    return scopesOf(compiled, condition.for_each, answers, scope).map((place, row) =>
      judge(expression.run(place.scope), is_repeated ? row + 1 : null),
    );
  });
}

/** Refuses `condition_invalid` when the text is no expression of this type over the model. */
export function compileCondition(
  compiled: CompiledModel,
  { when, for_each }: Condition,
  type: 'bool' | 'any' = 'bool',
): Expression {
  if (for_each !== undefined && !compiled.groups.has(for_each)) {
    return refuse('condition_invalid', { when, problem: `unknown group ${for_each}` });
  }
  try {
    return compiled.language.compile(when, type, for_each);
  } catch (error) {
    return refuse('condition_invalid', {
      when,
      problem: error instanceof Error ? error.message : String(error),
    });
  }
}
