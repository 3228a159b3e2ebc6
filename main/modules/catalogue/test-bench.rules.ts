import type { BenchRow, ReadAnswer, Scalar } from '../../../preload/contract/product-model.ts';
import { type Answers, flattenAnswers, readAnswers, rowsOf } from './answers.rules.ts';
import type { Outcome } from './expression.rules.ts';
import { evaluateFields } from './field-states.rules.ts';
import type { CompiledCondition, CompiledField, CompiledModel } from './model-compile.rules.ts';
import { normalise, scopeOf } from './normalise.rules.ts';
import { type EvaluationContext, readInputs, scopesOf } from './rule-context.rules.ts';

/** The verdict of every rule of the model on one configuration, with the answers each one read. */
export function testBench(compiled: CompiledModel, given: unknown, context: EvaluationContext): BenchRow[] {
  const { inputs } = readInputs(compiled, context);
  const answers = normalise(compiled, readAnswers(compiled, given), inputs, { defaults: true });
  const scope = scopeOf(compiled, answers, inputs);
  return [
    ...benchFields(compiled, answers, scope, context),
    ...benchOptions(compiled, answers, scope),
    ...compiled.constraints.flatMap(({ constraint, when }) =>
      benchPlaces(
        'constraint',
        constraint.id,
        scopesOf(compiled, constraint.for_each, answers, scope),
        when.run,
      ),
    ),
    ...benchAutoRules(compiled, answers, scope),
    ...compiled.bomRules.flatMap(({ rule, when }) =>
      benchPlaces('bom', rule.id, scopesOf(compiled, rule.for_each, answers, scope), when.run),
    ),
  ];
}

type Place = { scope: object; row: string };

function benchRow(
  table: BenchRow['table'],
  rule: string,
  row: string,
  outcome: Outcome,
  match: boolean,
): BenchRow {
  const { reads } = outcome;
  if (outcome.status !== 'value') {
    const verdict = outcome.status === 'failed' ? 'failed' : 'not_decided';
    return { rule, table, row, outcome: verdict, answers: reads, problem: outcome.problem };
  }
  return { rule, table, row, outcome: outcome.value === match ? 'matched' : 'not_matched', answers: reads };
}

const idle = (table: BenchRow['table'], rule: string): BenchRow => ({
  rule,
  table,
  row: '',
  outcome: 'not_matched',
  answers: [],
});

function benchPlaces(
  table: BenchRow['table'],
  rule: string,
  places: Place[],
  run: (scope: object) => Outcome,
) {
  if (places.length === 0) return [idle(table, rule)];
  return places.map(({ scope, row }) => benchRow(table, rule, row, run(scope), true));
}

/** Rules that live on a field: its range and whether it must be answered. They match when violated. */
function benchFields(
  compiled: CompiledModel,
  answers: Answers,
  scope: object,
  context: EvaluationContext,
): BenchRow[] {
  const { verdicts } = evaluateFields(compiled, answers, scope, context.knownItem);
  const violated = new Set([...answers.verdicts, ...verdicts].map(({ rule, path }) => `${rule} ${path}`));
  const values = flattenAnswers(answers.document);
  const rows: BenchRow[] = [];
  const judge = ({ field }: CompiledField, path: string) => {
    const read: ReadAnswer[] = [{ path, value: values.get(path) ?? null }];
    for (const rule of new Set([field.range_rule, field.required_rule])) {
      if (rule === undefined) continue;
      const outcome = violated.has(`${rule} ${path}`) ? 'matched' : 'not_matched';
      rows.push({ rule: `${rule}.${field.name}`, table: 'field', row: rowOf(path), outcome, answers: read });
    }
  };
  for (const [name, field] of compiled.fields) judge(field, name);
  for (const [group, { fields }] of compiled.groups) {
    for (const index of rowsOf(answers.document, group).keys()) {
      for (const [name, field] of fields) judge(field, `${group}[${index}].${name}`);
    }
  }
  return rows;
}

const rowOf = (path: string) => /\[\d+\]/.exec(path)?.[0] ?? '';

/** An option condition matches when the chosen option violates it. */
function benchOptions(compiled: CompiledModel, answers: Answers, scope: object): BenchRow[] {
  const rows: BenchRow[] = [];
  const nameOf = ({ condition }: CompiledCondition) => `${condition.rule}.${condition.name}`;
  const judge = (field: CompiledField, value: Scalar | undefined, place: Place) => {
    if (value === null || value === undefined) return;
    for (const condition of field.optionByValue.get(value)?.conditions ?? []) {
      rows.push(
        benchRow('option', nameOf(condition), place.row, condition.expression.run(place.scope), false),
      );
    }
  };
  for (const [name, field] of compiled.fields) {
    const value = answers.document[name];
    if (!Array.isArray(value)) judge(field, value, { scope, row: '' });
  }
  for (const [group, { fields }] of compiled.groups) {
    for (const [index, place] of scopesOf(compiled, group, answers, scope).entries()) {
      const row = rowsOf(answers.document, group)[index];
      for (const [name, field] of fields) judge(field, row?.[name], place);
    }
  }
  const seen = new Set(rows.map(({ rule }) => rule));
  const unused = compiled.model.conditions
    .map(({ rule, name }) => `${rule}.${name}`)
    .filter(name => !seen.has(name));
  return [...rows, ...unused.map(name => idle('option', name))];
}

/** After normalisation an auto rule is satisfied; the row it added is the match. */
function benchAutoRules(compiled: CompiledModel, answers: Answers, scope: object): BenchRow[] {
  return compiled.autoRules.map(auto => {
    if (auto.kind === 'resize_group') return benchRow('auto', auto.rule.id, '', auto.size.run(scope), true);
    const isAdded = rowsOf(answers.document, auto.group).some(row => row.auto_rule === auto.rule.id);
    const outcome = auto.when.run(scope);
    return benchRow(
      'auto',
      auto.rule.id,
      '',
      outcome.status === 'value' ? { ...outcome, value: isAdded } : outcome,
      true,
    );
  });
}
