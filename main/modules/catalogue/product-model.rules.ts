import type { Evaluation, LocalizedText, Scalar, Verdict } from '../../../preload/contract/product-model.ts';
import { type Answers, readAnswers, rowsOf } from './answers.rules.ts';
import { checkGroups, generateLines } from './bom-lines.rules.ts';
import { engineTexts } from './engine-texts.rules.ts';
import type { Outcome } from './expression.rules.ts';
import { evaluateFields } from './field-states.rules.ts';
import type { CompiledConstraint, CompiledModel } from './model-compile.rules.ts';
import { isTrue, normalise, scopeOf, toScalar } from './normalise.rules.ts';
import { type EvaluationContext, readInputs, scopesOf } from './rule-context.rules.ts';

/** Judges a partial or complete set of answers. Takes anything; never throws because of what was answered. */
export function evaluateConfiguration(
  compiled: CompiledModel,
  given: unknown,
  context: EvaluationContext,
): Evaluation {
  const { model } = compiled;
  const { inputs, verdicts } = readInputs(compiled, context);
  const answers = normalise(compiled, readAnswers(compiled, given), inputs, { defaults: true });
  if (!model.released) return notReleased(compiled, answers);

  const scope = scopeOf(compiled, answers, inputs);
  const fields = evaluateFields(compiled, answers, scope, context.knownItem);
  verdicts.push(...visibleVerdicts(answers, fields.hiddenPaths), ...fields.verdicts);
  for (const constraint of compiled.constraints)
    verdicts.push(...judgeConstraint(compiled, constraint, answers, scope));

  const isComplete = fields.isComplete && !verdicts.some(({ kind }) => kind === 'missing');
  const { lines, refused } = generateLines(compiled, {
    scope,
    rowCount: group => rowsOf(answers.document, group).length,
    knownItem: context.knownItem,
    isComplete,
    alwaysAdd: context.settings['bom.alwaysAdd'],
  });
  const hasErrors = verdicts.some(({ kind }) => kind === 'error' || kind === 'missing');
  const linesRefused = refused ?? (isComplete && !hasErrors ? checkGroups(compiled, lines) : undefined);
  return {
    normalized: answers.document,
    fields: fields.states,
    verdicts,
    lines: linesRefused ? [] : lines,
    ...(linesRefused ? { lines_refused: linesRefused } : {}),
    complete: isComplete,
    submittable: isComplete && !hasErrors && !linesRefused,
  };
}

/** An answer that a later answer made invisible was cleared; what was wrong with it no longer matters. */
const visibleVerdicts = (answers: Answers, hidden: Set<string>) =>
  answers.verdicts.filter(({ path }) => !hidden.has(path));

function notReleased({ model }: CompiledModel, answers: Answers): Evaluation {
  const message = model.not_released_message ?? engineTexts.notReleased();
  return {
    normalized: answers.document,
    fields: {},
    verdicts: [{ rule: 'NOT_RELEASED', kind: 'error', path: '', message }],
    lines: [],
    lines_refused: { rule: 'NOT_RELEASED', message },
    complete: false,
    submittable: false,
  };
}

function judgeConstraint(
  compiled: CompiledModel,
  { constraint, when, path, message, fix }: CompiledConstraint,
  answers: Answers,
  scope: object,
): Verdict[] {
  const verdicts: Verdict[] = [];
  for (const { scope: where } of scopesOf(compiled, constraint.for_each, answers, scope)) {
    const outcome = when.run(where);
    const rule = constraint.rule ?? constraint.id;
    if (outcome.status === 'failed') {
      const text = engineTexts.ruleFailed(constraint.id, outcome.problem);
      verdicts.push({ rule, kind: 'error', path: '', message: text });
    }
    if (!isTrue(outcome)) continue;
    const patch = fix.map(entry => ({
      path: textOf(entry.path.run(where)),
      value: scalarOf(entry.value.run(where)),
    }));
    const text: LocalizedText = {
      en: textOf(message.en.run(where)),
      fr: textOf(message.fr.run(where)),
      es: textOf(message.es.run(where)),
    };
    verdicts.push({
      rule,
      kind: constraint.kind,
      path: textOf(path.run(where)),
      message: text,
      ...(patch.length > 0 ? { fix: patch } : {}),
    });
  }
  return verdicts;
}

/** A message hole whose answer is open shows a dash rather than hiding the verdict. */
const textOf = (outcome: Outcome) =>
  outcome.status === 'value' ? String(outcome.value) : `— (${outcome.problem})`;
const scalarOf = (outcome: Outcome): Scalar => (outcome.status === 'value' ? toScalar(outcome.value) : null);

/** What keeps a build from being submitted, rule by rule. */
export function blockingVerdicts(
  evaluation: Evaluation,
): { rule: string; path: string; message: LocalizedText }[] {
  const blocking = evaluation.verdicts.filter(({ kind }) => kind === 'error' || kind === 'missing');
  const refused = evaluation.lines_refused ? [{ ...evaluation.lines_refused, path: '' }] : [];
  return [...blocking.map(({ rule, path, message }) => ({ rule, path, message })), ...refused];
}

/** The rule over a whole order (V16 of the first model): every build is complete and without errors. */
export function checkBuilds(
  compiled: CompiledModel,
  builds: { build_number: string; evaluation: Evaluation }[],
): Verdict[] {
  const verdicts: Verdict[] = [];
  for (const rule of compiled.model.order_rules) {
    for (const [index, { build_number, evaluation }] of builds.entries()) {
      if (evaluation.submittable) continue;
      const fill = (text: string) => text.replaceAll('{build_number}', build_number);
      const message = { en: fill(rule.message.en), fr: fill(rule.message.fr), es: fill(rule.message.es) };
      verdicts.push({ rule: rule.id, kind: rule.kind, path: `builds[${index}]`, message });
    }
  }
  return verdicts;
}

// The rest of the engine's interface, so that services need one import.
export { diffConfigurations } from './answers.rules.ts';
export { applyAnswer } from './apply-answer.rules.ts';
export { type CompiledModel, compileModel } from './model-compile.rules.ts';
export type { EvaluationContext } from './rule-context.rules.ts';
export { testBench } from './test-bench.rules.ts';
