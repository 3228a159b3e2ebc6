import {
  type AnswerChange,
  type Configuration,
  type ConfigurationRow,
  type ModelField,
  type Scalar,
  unitWords,
  type Verdict,
} from '../../../preload/contract/product-model.ts';
import { engineTexts } from './engine-texts.rules.ts';
import type { AnswerSource } from './expression.rules.ts';
import type { CompiledField, CompiledModel } from './model-compile.rules.ts';

const textLimit = 200;
const shownLimit = 60;
const unknownFieldLimit = 20;

/** The declared answers only: every field present (null when open), every group an array. */
export type Answers = {
  document: Configuration;
  /** Answers that are kept to be shown and corrected, but that no rule may use. */
  invalid: Set<string>;
  verdicts: Verdict[];
};

const shorten = (text: string) => (text.length > shownLimit ? `${text.slice(0, shownLimit)}…` : text);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const own = (record: Record<string, unknown>, name: string) =>
  Object.hasOwn(record, name) ? record[name] : undefined;
const error = (rule: string, path: string, message: Verdict['message']): Verdict => ({
  rule,
  kind: 'error',
  path,
  message,
});

/** Takes anything: what does not fit the model becomes an error verdict naming the field. Auto rows are left out. */
export function readAnswers(compiled: CompiledModel, given: unknown): Answers {
  const answers: Answers = { document: {}, invalid: new Set(), verdicts: [] };
  const source = isRecord(given) ? given : {};
  if (!isRecord(given)) answers.verdicts.push(error('TYPE', '', engineTexts.notADocument()));

  for (const [name, field] of compiled.fields)
    answers.document[name] = readValue(field, own(source, name), name, answers);
  for (const name of compiled.groups.keys())
    answers.document[name] = readRows(compiled, name, own(source, name), answers);
  reportUnknown(source, '', name => compiled.fields.has(name) || compiled.groups.has(name), answers);
  return answers;
}

function readRows(
  compiled: CompiledModel,
  name: string,
  given: unknown,
  answers: Answers,
): ConfigurationRow[] {
  const { group, fields } = compiled.groups.get(name) ?? {
    group: undefined,
    fields: new Map<string, CompiledField>(),
  };
  if (given === undefined || given === null || !group) return [];
  if (!Array.isArray(given)) {
    answers.verdicts.push(error('TYPE', name, engineTexts.notRows(group.label)));
    return [];
  }
  if (given.length > group.max_rows) {
    answers.verdicts.push(error('ROWS', name, engineTexts.tooManyRows(group.label, group.max_rows)));
    return [];
  }
  const rows: ConfigurationRow[] = [];
  for (const entry of given) {
    if (isRecord(entry) && isAutoRow(compiled, own(entry, 'auto_rule'))) continue;
    const path = `${name}[${rows.length}]`;
    if (!isRecord(entry)) answers.verdicts.push(error('TYPE', path, engineTexts.notRows(group.label)));
    const source = isRecord(entry) ? entry : {};
    const row: ConfigurationRow = {};
    for (const [fieldName, field] of fields) {
      row[fieldName] = readValue(field, own(source, fieldName), `${path}.${fieldName}`, answers);
    }
    reportUnknown(source, `${path}.`, key => fields.has(key), answers);
    rows.push(row);
  }
  return rows;
}

const isAutoRow = (compiled: CompiledModel, mark: unknown) =>
  compiled.autoRules.some(({ kind, rule }) => kind === 'add_row' && rule.id === mark);

function reportUnknown(
  source: Record<string, unknown>,
  prefix: string,
  isKnown: (name: string) => boolean,
  answers: Answers,
) {
  let reported = 0;
  for (const name of Object.keys(source)) {
    if (isKnown(name)) continue;
    if (++reported > unknownFieldLimit) return;
    const path = `${prefix}${shorten(name)}`;
    answers.verdicts.push(error('UNKNOWN_FIELD', path, engineTexts.unknownField(path)));
  }
}

function readValue(compiled: CompiledField, value: unknown, path: string, answers: Answers): Scalar {
  if (value === undefined || value === null || value === '') return null;
  const { field } = compiled;
  const problem = typeProblem(field, value);
  if (problem) {
    answers.verdicts.push(error('TYPE', path, problem));
    return null;
  }
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return null;
  if (field.kind === 'choice' && !compiled.optionByValue.has(value)) {
    answers.invalid.add(path);
    answers.verdicts.push(
      error('UNKNOWN_VALUE', path, engineTexts.unknownValue(field.label, shorten(String(value)))),
    );
  }
  const { min = -Infinity, max = Infinity } = field;
  if (typeof value === 'number' && (value < min || value > max)) {
    answers.invalid.add(path);
    answers.verdicts.push(
      error(
        field.range_rule ?? 'RANGE',
        path,
        engineTexts.outOfRange(field.label, rangeText(field), field.unit && unitWords[field.unit]),
      ),
    );
  }
  return value;
}

function typeProblem(field: ModelField, value: unknown) {
  if (field.kind === 'integer') {
    return Number.isSafeInteger(value) ? undefined : engineTexts.wrongType(field.label, 'integer');
  }
  if (field.kind === 'boolean') {
    return typeof value === 'boolean' ? undefined : engineTexts.wrongType(field.label, 'boolean');
  }
  const isShort = typeof value === 'string' && value.length <= textLimit;
  return isShort ? undefined : engineTexts.wrongType(field.label, 'text');
}

const rangeText = ({ min, max }: ModelField) =>
  min === undefined ? `≤ ${max}` : max === undefined ? `≥ ${min}` : `${min}–${max}`;

export function rowsOf(document: Configuration, group: string): ConfigurationRow[] {
  const rows = document[group];
  return Array.isArray(rows) ? rows : [];
}

export function scalarOf(document: Configuration, name: string): Scalar {
  const value = document[name];
  return value === undefined || Array.isArray(value) ? null : value;
}

/** How rules see the answers: what is open or invalid is not there. */
export function answerSource({ document, invalid }: Answers): AnswerSource {
  const usable = (path: string, value: Scalar | undefined) =>
    value === null || value === undefined || (invalid.size > 0 && invalid.has(path)) ? undefined : value;
  return {
    scalar: name => usable(name, scalarOf(document, name)),
    rowCount: group => rowsOf(document, group).length,
    rowScalar: (group, row, field) =>
      usable(`${group}[${row}].${field}`, rowsOf(document, group)[row]?.[field]),
  };
}

/** Every answer under its path; `auto_rule` marks are not answers. */
export function flattenAnswers(document: Configuration): Map<string, Scalar> {
  const flat = new Map<string, Scalar>();
  for (const [name, value] of Object.entries(document)) {
    if (!Array.isArray(value)) {
      flat.set(name, value);
      continue;
    }
    for (const [index, row] of value.entries()) {
      for (const [field, cell] of Object.entries(row)) {
        if (field !== 'auto_rule') flat.set(`${name}[${index}].${field}`, cell);
      }
    }
  }
  return flat;
}

/** What changed from `before` to `after`, in path order. An answer that is not there counts as null. */
export function diffConfigurations(before: Configuration, after: Configuration): AnswerChange[] {
  const from = flattenAnswers(before);
  const to = flattenAnswers(after);
  const paths = [...new Set([...from.keys(), ...to.keys()])];
  return paths
    .map(path => ({ path, from: from.get(path) ?? null, to: to.get(path) ?? null }))
    .filter(change => change.from !== change.to);
}
