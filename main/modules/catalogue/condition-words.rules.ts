import { type ASTNode, ParseError, parse } from '@marcbachmann/cel-js';
import {
  expressionKey,
  type LocalizedText,
  type ModelField,
  type ProductModel,
} from '../../../preload/contract/product-model.ts';
import { phrase, phrases, plain } from './condition-phrases.rules.ts';

interface Place {
  model: ProductModel;
  /** Whose field `row` reads. */
  group: string | undefined;
  /** Names given to rows inside exists, filter and map, with their group. */
  locals: ReadonlyMap<string, string>;
}
/** There are no words for a part of the expression; its CEL text has to do. */
class Unworded extends Error {}
const unworded = (): never => {
  throw new Unworded();
};

/** The words of every expression of a model under its `expressionKey`; one that cannot be worded is left out. */
export function expressionWords(model: ProductModel): Record<string, LocalizedText> {
  const found: Record<string, LocalizedText> = {};
  const add = (text: string | undefined, group: string | undefined, say: typeof condition) => {
    if (text === undefined) return;
    const said = worded(text, { model, group, locals: new Map() }, say);
    if (said) found[expressionKey(text, group)] = said;
  };
  const conditions = new Map(model.conditions.map(({ name, available_when }) => [name, available_when]));
  const addField = (field: ModelField, group: string | undefined) => {
    add(field.visible_when, group, condition);
    add(field.required_when, group, condition);
    for (const name of field.options.flatMap(option => option.conditions))
      add(conditions.get(name), group, condition);
  };
  for (const field of model.fields) addField(field, undefined);
  for (const group of model.groups) for (const field of group.fields) addField(field, group.name);
  for (const { when, for_each } of model.constraints) add(when, for_each, condition);
  for (const { when, quantity, for_each } of model.bom_rules) {
    add(when, for_each, condition);
    add(quantity, for_each, term);
  }
  for (const rule of model.auto_rules)
    rule.kind === 'add_row' ? add(rule.when, undefined, condition) : add(rule.size, undefined, term);
  return found;
}

/** The words of one condition in the three languages, or null when a part of it has none. */
export const conditionWords = (model: ProductModel, when: string, for_each?: string): LocalizedText | null =>
  worded(when, { model, group: for_each, locals: new Map() }, condition);

function worded(text: string, place: Place, say: typeof condition): LocalizedText | null {
  try {
    return say(parse(text).ast, place);
  } catch (error) {
    if (error instanceof Unworded || error instanceof ParseError) return null;
    throw error;
  }
}

function condition(node: ASTNode, place: Place): LocalizedText {
  switch (node.op) {
    case 'value':
      return node.args === true ? phrases.always : node.args === false ? phrases.never : unworded();
    case 'id':
    case '.':
      return fieldOf(node, place) ? phrase(phrases.yes, term(node, place)) : term(node, place);
    case '!_':
      return negation(node.args, place);
    case '&&':
      return conjunction(flattened(node, '&&'), place);
    case '||':
      return flattened(node, '||')
        .map(part => bracketed(part, place))
        .reduce((all, part) => phrase(phrases.or, all, part));
    case '?:':
      return phrase(
        phrases.if,
        condition(node.args[0], place),
        condition(node.args[1], place),
        condition(node.args[2], place),
      );
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return comparison(node, place);
    case 'in':
      return phrase(phrases.in, term(node.args[0], place), term(node.args[1], place));
    case 'call':
      return node.args[0] === 'has' && node.args[1][0]
        ? phrase(phrases.answered, term(node.args[1][0], place))
        : unworded();
    case 'rcall':
      return judgement(node, place);
    default:
      return unworded();
  }
}

function negation(inner: ASTNode, place: Place): LocalizedText {
  if (fieldOf(inner, place)) return phrase(phrases.no, term(inner, place));
  if (inner.op === 'call' && inner.args[0] === 'has' && inner.args[1][0])
    return phrase(phrases.not_answered, term(inner.args[1][0], place));
  return phrase(phrases.not, condition(inner, place));
}

type Joined = '&&' | '||';
const flattened = (node: ASTNode, op: Joined): ASTNode[] =>
  node.op === op && (node.op === '&&' || node.op === '||')
    ? node.args.flatMap(part => flattened(part, op))
    : [node];
const bracketed = (node: ASTNode, place: Place): LocalizedText =>
  node.op === '||' || node.op === '&&' || node.op === '?:'
    ? phrase(phrases.group, condition(node, place))
    : condition(node, place);

/** `has(x)` beside a statement about x says nothing more; two limits of one value are its range. */
function conjunction(parts: readonly ASTNode[], place: Place): LocalizedText {
  const said: LocalizedText[] = [];
  for (let at = 0; at < parts.length; at++) {
    const [part, next] = [parts[at] ?? unworded(), parts[at + 1]];
    const asked = part.op === 'call' && part.args[0] === 'has' ? sourceOf(part.args[1][0]) : undefined;
    if (asked && parts.some(other => other !== part && sourceOf(other).includes(asked))) continue;
    const isRange =
      part.op === '>=' && next?.op === '<=' && sourceOf(part.args[0]) === sourceOf(next.args[0]);
    if (!isRange) {
      said.push(bracketed(part, place));
      continue;
    }
    const [from, to] = [part.args[1], next.args[1]];
    said.push(
      phrase(phrases.range, term(part.args[0], place), term(from, place), measure(to, part.args[0], place)),
    );
    at++;
  }
  return said.reduce((all, part) => phrase(phrases.and, all, part));
}
const sourceOf = (node: ASTNode | undefined): string => node?.input.slice(node.start, node.end) ?? '';

function comparison(
  node: Extract<ASTNode, { op: '==' | '!=' | '<' | '<=' | '>' | '>=' }>,
  place: Place,
): LocalizedText {
  const [left, right] = node.args;
  const [mine, other] = [fieldOf(left, place), fieldOf(right, place)];
  if (node.op === '==' && mine && mine.field === other?.field) return phrase(phrases.same, mine.field.label);
  return phrase(comparing(node.op, right), term(left, place), measure(right, left, place));
}

/** French and Spanish compare with a number in other words than with another value. */
function comparing(op: '==' | '!=' | '<' | '<=' | '>' | '>=', right: ASTNode): LocalizedText {
  if (right.op !== 'value' && op === '<') return phrases.less_than;
  if (right.op !== 'value' && op === '>') return phrases.more_than;
  return phrases[op];
}

/** A value as the field it is held against writes it: its option, its unit. */
function measure(node: ASTNode, against: ASTNode, place: Place): LocalizedText {
  const field = fieldOf(against, place)?.field ?? unitOnly(against, place);
  if (node.op !== 'value') return term(node, place);
  const value = String(node.args);
  const option = field?.options?.find(known => String(known.value) === value);
  if (option) return option.label;
  return field?.unit && typeof node.args !== 'string'
    ? phrase(phrases.inches, plain(value))
    : term(node, place);
}
/** Values named after their unit, such as `basin_width_sum_in`. */
const unitOnly = (node: ASTNode, place: Place): Partial<Pick<ModelField, 'options' | 'unit'>> | undefined =>
  node.op === 'id' && node.args.endsWith('_in') && namedValue(node.args, place.model)
    ? { unit: 'in' }
    : undefined;

function term(node: ASTNode, place: Place): LocalizedText {
  const found = fieldOf(node, place);
  if (found) return found.is_outer ? phrase(phrases.of_this_row, found.field.label) : found.field.label;
  switch (node.op) {
    case 'value':
      return typeof node.args === 'string'
        ? phrase(phrases.quoted, plain(node.args))
        : plain(String(node.args));
    case 'id':
      return namedValue(node.args, place.model) ?? unworded();
    case '+':
      return phrase(
        isText(node) ? phrases.beside : phrases['+'],
        piece(node.args[0], place),
        piece(node.args[1], place),
      );
    case '-':
    case '*':
      return phrase(phrases[node.op], term(node.args[0], place), term(node.args[1], place));
    case 'list':
      return node.args.map(part => term(part, place)).reduce((all, part) => phrase(phrases.list, all, part));
    case 'call':
      return callTerm(node.args[0], node.args[1], place);
    case 'rcall':
      return rowsTerm(node, place);
    default:
      return unworded();
  }
}
const isText = (node: ASTNode): boolean =>
  node.op === '+' ? node.args.some(isText) : node.op === 'value' && typeof node.args === 'string';
const piece = (node: ASTNode, place: Place): LocalizedText =>
  node.op === 'value' ? plain(String(node.args)) : term(node, place);

const inputNames: Record<string, LocalizedText> = { today: phrases.today, want_date: phrases.want_date };
const namedValue = (name: string, model: ProductModel): LocalizedText | undefined =>
  [...model.derived, ...model.settings].find(value => value.name === name)?.label ?? inputNames[name];

function callTerm(name: string, args: readonly ASTNode[], place: Place): LocalizedText {
  const [first = unworded(), second] = args;
  if (name === 'int' || name === 'string') return term(first, place);
  if ((name === 'max' || name === 'min' || name === 'days_between') && second)
    return phrase(phrases[name], term(first, place), term(second, place));
  return unworded();
}

type RowsCall = Extract<ASTNode, { op: 'rcall' }>;

function judgement(node: RowsCall, place: Place): LocalizedText {
  const [name, on, args] = node.args;
  const first = args[0] ?? unworded();
  if (name === 'startsWith' || name === 'endsWith')
    return phrase(phrases[name === 'startsWith' ? 'starts' : 'ends'], term(on, place), term(first, place));
  if (name === 'exists' || name === 'all') {
    const rows = rowsOf(on, place);
    return phrase(
      phrases[name],
      rows.label,
      condition(args[1] ?? unworded(), within(first, rows.group, place)),
    );
  }
  return unworded();
}

function rowsTerm(node: RowsCall, place: Place): LocalizedText {
  const [name, on, args] = node.args;
  if (name === 'size') return phrase(phrases.count, rowsOf(on, place).label);
  if (name === 'sum' && on.op === 'rcall' && on.args[0] === 'map') {
    const [, over, [local = unworded(), value = unworded()]] = on.args;
    const rows = rowsOf(over, place);
    return phrase(phrases.sum, term(value, within(local, rows.group, place)), rows.label);
  }
  const [from, to] = args;
  if (name === 'substring' && from?.op === 'value' && to?.op === 'value')
    return phrase(
      phrases.characters,
      term(on, place),
      plain(String(Number(from.args) + 1)),
      plain(String(to.args)),
    );
  return unworded();
}

/** The rows of a group, all or those that pass a filter. */
function rowsOf(node: ASTNode, place: Place): { group: string; label: LocalizedText } {
  if (node.op === 'id') {
    const group = place.model.groups.find(({ name }) => name === node.args) ?? unworded();
    return { group: group.name, label: group.label };
  }
  if (node.op !== 'rcall' || node.args[0] !== 'filter') return unworded();
  const [, on, [local = unworded(), passes = unworded()]] = node.args;
  const rows = rowsOf(on, place);
  const said = condition(passes, within(local, rows.group, place));
  return { group: rows.group, label: phrase(phrases.rows_with, rows.label, said) };
}
const within = (local: ASTNode, group: string, place: Place): Place =>
  local.op === 'id' ? { ...place, locals: new Map([...place.locals, [local.args, group]]) } : unworded();

/** The field a name reads; `is_outer` for the row the rule runs for, seen from inside a search through rows. */
function fieldOf(node: ASTNode, place: Place): { field: ModelField; is_outer: boolean } | undefined {
  const { model, group, locals } = place;
  const named = (fields: readonly ModelField[] | undefined, name: string, is_outer: boolean) => {
    const field = fields?.find(known => known.name === name);
    return field && { field, is_outer };
  };
  if (node.op === 'id') return named(model.fields, node.args, false);
  if (node.op !== '.') return undefined;
  const [on, name] = node.args;
  if (on.op !== 'id') return undefined;
  if (on.args === 'build') return named(model.fields, name, false);
  const isRow = on.args === 'row';
  const of = isRow ? group : locals.get(on.args);
  return named(model.groups.find(known => known.name === of)?.fields, name, isRow && locals.size > 0);
}
