import type { LocalizedText, ProductModel } from '../../../preload/contract/product-model.ts';

type Field = ProductModel['fields'][number];
const always: LocalizedText = { en: 'Every build', fr: 'Chaque unité', es: 'Cada unidad' };
const and: LocalizedText = { en: ' and ', fr: ' et ', es: ' y ' };
const or: LocalizedText = { en: ' or ', fr: ' ou ', es: ' o ' };
const isText: LocalizedText = { en: ': ', fr: ' : ', es: ': ' };
const anyText: LocalizedText = { en: 'at least one: ', fr: 'au moins un : ', es: 'al menos uno: ' };
const languages = ['en', 'fr', 'es'] as const;

const joined = (parts: readonly (LocalizedText | string)[]): LocalizedText => {
  const inLanguage = (l: (typeof languages)[number]) =>
    parts.map(p => (typeof p === 'string' ? p : p[l])).join('');
  return { en: inLanguage('en'), fr: inLanguage('fr'), es: inLanguage('es') };
};
const between = (parts: readonly LocalizedText[], separator: LocalizedText): LocalizedText =>
  joined(parts.flatMap((part, i) => (i === 0 ? [part] : [separator, part])));

/**
 * A condition with the words of the product model, such as `Basin: at least one: Type: E-Drain`. Null when it is
 * not one of the simple forms; then the expression itself is shown.
 */
export function conditionInWords(
  model: ProductModel,
  condition: string,
  group?: string,
): LocalizedText | null {
  if (condition.trim() === 'true') return always;
  const parts = condition.split('&&').map(part => clauseInWords(model, part.trim(), group));
  const words = parts.filter(part => part !== null);
  return words.length === parts.length ? between(words, and) : null;
}

function clauseInWords(model: ProductModel, clause: string, group: string | undefined): LocalizedText | null {
  const anyRow = /^(\w+)\.exists\((\w+), (.+)\)$/.exec(clause);
  if (anyRow) {
    const [, name = '', variable = '', inner = ''] = anyRow;
    const found = model.groups.find(g => g.name === name);
    const words = clauseInWords(model, inner.replaceAll(`${variable}.`, 'row.'), name);
    return found && words ? joined([found.label, ', ', anyText, words]) : null;
  }
  const someRows = /^(\w+)\.size\(\) > 0$/.exec(clause);
  if (someRows) return model.groups.find(g => g.name === someRows[1])?.label ?? null;
  const comparison = /^(row\.)?(\w+)(?: == '(\w+)'| in \[('\w+'(?:, '\w+')*)\])?$/.exec(clause);
  if (!comparison) return null;
  const [, inRow, name = '', value, list] = comparison;
  const field = fieldOf(model, name, inRow === undefined ? undefined : group);
  if (!field) return null;
  if (value === undefined && list === undefined) return field.kind === 'boolean' ? field.label : null;
  const values = value === undefined ? (list ?? '').replaceAll("'", '').split(', ') : [value];
  const labels = values.map(v => field.options.find(option => option.value === v)?.label ?? joined([v]));
  return joined([field.label, isText, between(labels, or)]);
}

function fieldOf(model: ProductModel, name: string, group: string | undefined): Field | undefined {
  if (group === undefined) return model.fields.find(field => field.name === name);
  return model.groups.find(g => g.name === group)?.fields.find(field => field.name === name);
}
