import type { Configuration, ConfigurationRow, Scalar } from '../../../preload/contract/product-model.ts';
import { refuse } from '../../rpc/refusal.ts';
import { readAnswers, rowsOf } from './answers.rules.ts';
import type { CompiledModel } from './model-compile.rules.ts';
import { normalise, scopeOf } from './normalise.rules.ts';

const pathPattern = /^([a-z][a-z0-9_]*)(?:\[(\d{1,4})\](?:\.([a-z][a-z0-9_]*))?)?$/;

export type AnswerValue = Scalar | ConfigurationRow | ConfigurationRow[];

/**
 * The answers after one of them changed: `sink_model`, `basins[1].size`, `faucets[2]` (a whole row, null
 * removes it) or `accessories` (all rows). Defaults and rows added by rules are not stored; changing such
 * a row makes it the user's own. Refuses `answer_path_unknown` and `answer_value_invalid`.
 */
export function applyAnswer(
  compiled: CompiledModel,
  given: unknown,
  path: string,
  value: AnswerValue,
): Configuration {
  const [, name = '', index, field] = pathPattern.exec(path) ?? [];
  const group = compiled.groups.get(name);
  const isKnown = group
    ? field === undefined || group.fields.has(field)
    : compiled.fields.has(name) && index === undefined;
  if (!isKnown) refuse('answer_path_unknown', { path: path.slice(0, 100) });

  const { document } = readAnswers(compiled, given);
  const changed = group
    ? { ...document, [name]: changeRows(compiled, given, document, name, index, field, value) }
    : { ...document, [name]: asScalar(path, value) };
  const answers = readAnswers(compiled, resizeGroups(compiled, changed, name));
  // The stored answers were read cleanly above, so anything unreadable now is the new value.
  const unreadable = answers.verdicts.find(({ rule }) => ['TYPE', 'ROWS', 'UNKNOWN_FIELD'].includes(rule));
  if (unreadable) refuse('answer_value_invalid', { path: unreadable.path, message: unreadable.message });
  return normalise(compiled, answers, {}, { defaults: false }).document;
}

function asScalar(path: string, value: AnswerValue): Scalar {
  return typeof value === 'object' && value !== null ? refuse('answer_value_invalid', { path }) : value;
}

function changeRows(
  compiled: CompiledModel,
  given: unknown,
  document: Configuration,
  name: string,
  index: string | undefined,
  field: string | undefined,
  value: AnswerValue,
): ConfigurationRow[] {
  if (index === undefined) {
    if (value === null) return [];
    return Array.isArray(value) ? value : refuse('answer_value_invalid', { path: name });
  }
  const at = Number(index);
  const limit = compiled.groups.get(name)?.group.max_rows ?? 0;
  if (at >= limit) refuse('answer_path_unknown', { path: `${name}[${at}]`, limit });
  const rows = [...rowsOf(document, name)];
  if (field === undefined && value === null) return rows.filter((_, row) => row !== at);

  const complete = normalise(compiled, readAnswers(compiled, given), {}, { defaults: true });
  const autoRow = rowsOf(complete.document, name)[at];
  while (rows.length <= at) rows.push({});
  const isAuto = typeof autoRow?.auto_rule === 'string';
  const { auto_rule: _mark, ...current } = (isAuto ? autoRow : rows[at]) ?? {};
  if (field !== undefined) rows[at] = { ...current, [field]: asScalar(`${name}[${at}].${field}`, value) };
  else if (typeof value === 'object' && value !== null && !Array.isArray(value)) rows[at] = value;
  else refuse('answer_value_invalid', { path: `${name}[${at}]` });
  return rows;
}

function resizeGroups(compiled: CompiledModel, document: Configuration, changedName: string): Configuration {
  let current = document;
  for (const auto of compiled.autoRules) {
    if (auto.kind !== 'resize_group' || auto.on !== changedName) continue;
    const size = auto.size.run(scopeOf(compiled, readAnswers(compiled, current), {}));
    if (size.status !== 'value') continue;
    const rows = rowsOf(current, auto.group).slice(0, Number(size.value));
    while (rows.length < Number(size.value)) rows.push({});
    current = { ...current, [auto.group]: rows };
  }
  return current;
}
