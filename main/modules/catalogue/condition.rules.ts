import type { ReadAnswer } from '../../../preload/contract/product-model.ts';
import { refuse } from '../../rpc/refusal.ts';
import { readAnswers, rowsOf } from './answers.rules.ts';
import type { Expression } from './expression.rules.ts';
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
  const { inputs } = readInputs(compiled, context);
  const answers = normalise(compiled, readAnswers(compiled, given), inputs, { defaults: true });
  const scope = scopeOf(compiled, answers, inputs);
  return conditions.map(condition => {
    const expression = compileCondition(compiled, condition);
    const count =
      condition.for_each === undefined ? null : rowsOf(answers.document, condition.for_each).length;
    return scopesOf(compiled, condition.for_each, answers, scope).map((place, row) => {
      const outcome = expression.run(place.scope);
      const index = count === null ? null : row + 1;
      if (outcome.status === 'value') {
        return { index, outcome: outcome.value === true ? 'matched' : 'not_matched', answers: outcome.reads };
      }
      const undecided = outcome.status === 'undecided' ? 'not_decided' : 'failed';
      return { index, outcome: undecided, answers: outcome.reads, problem: outcome.problem };
    });
  });
}

function compileCondition(compiled: CompiledModel, { when, for_each }: Condition): Expression {
  if (for_each !== undefined && !compiled.groups.has(for_each)) {
    return refuse('condition_invalid', { when, problem: `unknown group ${for_each}` });
  }
  try {
    return compiled.language.compile(when, 'bool', for_each);
  } catch (error) {
    return refuse('condition_invalid', {
      when,
      problem: error instanceof Error ? error.message : String(error),
    });
  }
}
