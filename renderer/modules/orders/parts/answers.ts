import type { TreeRow } from '../../../../preload/contract/bom.ts';
import type { orders } from '../../../../preload/contract/orders.ts';
import {
  type Configuration,
  type ConfigurationRow,
  type LocalizedText,
  type ModelField,
  type ReadAnswer,
  type Scalar,
  unitWords,
} from '../../../../preload/contract/product-model.ts';
import type { OutputOf } from '../../../../preload/contract/rpc.ts';
import { plainValue } from './plain-value.ts';
import { rowsIn } from './sink-geometry.ts';

export type OrderForm = OutputOf<typeof orders.form>;
export type AnswerValue = Scalar | ConfigurationRow | ConfigurationRow[];

const pathPattern = /^([a-z][a-z0-9_]*)(?:\[(\d+|\*)\](?:\.([a-z][a-z0-9_]*))?)?$/;

export function parsePath(path: string) {
  const [, name = '', index, field] = pathPattern.exec(path) ?? [];
  return { name, index: index === undefined || index === '*' ? null : Number(index), field: field ?? null };
}

export function valueAt(configuration: Configuration, path: string): Scalar {
  const { name, index, field } = parsePath(path);
  if (index !== null && field) return rowsIn(configuration, name)[index]?.[field] ?? null;
  const value = configuration[name];
  return value === undefined || Array.isArray(value) ? null : value;
}

/** What the screen shows until the rules have answered: the change on top of the judged answers. */
export function overlay(
  configuration: Configuration,
  pending: ReadonlyMap<string, AnswerValue>,
): Configuration {
  const shown: Configuration = { ...configuration };
  for (const [path, value] of pending) {
    const { name, index, field } = parsePath(path);
    if (index === null) {
      shown[name] = typeof value === 'object' && value !== null && !Array.isArray(value) ? [value] : value;
      continue;
    }
    const rows = [...rowsIn(shown, name)];
    if (field) {
      if (typeof value !== 'object' || value === null) rows[index] = { ...rows[index], [field]: value };
    } else if (value === null) rows.splice(index, 1);
    else if (typeof value === 'object' && !Array.isArray(value)) rows[index] = value;
    shown[name] = rows;
  }
  return shown;
}

export function fieldAt(form: OrderForm, path: string): ModelField | undefined {
  const { name, field } = parsePath(path);
  if (!field) return form.fields.find(entry => entry.name === name);
  return form.groups.find(group => group.name === name)?.fields.find(entry => entry.name === field);
}

/** `Basin 2: Size` with the words of the model; the path itself when the model has none. */
export function labelAt(form: OrderForm, path: string, words: (text: LocalizedText) => string): string {
  const { name, index } = parsePath(path);
  const group = form.groups.find(entry => entry.name === name);
  const field = fieldAt(form, path);
  if (!group) return field ? words(field.label) : path;
  const row = index === null ? words(group.label) : `${words(group.row_label)} ${index + 1}`;
  return field ? `${row}: ${words(field.label)}` : row;
}

export function valueLabel(
  field: ModelField | undefined,
  value: Scalar,
  words: (text: LocalizedText) => string,
): string {
  const option = field?.options.find(entry => entry.value === value);
  if (option) return words(option.label);
  const text = plainValue(value);
  return field?.unit && value !== null ? `${text} ${words(unitWords[field.unit])}` : text;
}

/** The answers a line was made from, as `Length 66 in, Legs Adjustable`. */
export function causeText(
  form: OrderForm,
  answers: ReadAnswer[],
  words: (text: LocalizedText) => string,
): string {
  return answers
    .filter(({ path, value }) => value !== null && fieldAt(form, path))
    .slice(0, 4)
    .map(
      ({ path, value }) => `${labelAt(form, path, words)} ${valueLabel(fieldAt(form, path), value, words)}`,
    )
    .join(', ');
}

export interface LineChange {
  change: 'added' | 'removed' | 'changed';
  row: TreeRow;
  before_e6: number | null;
}

/** Top-level lines that came, went or changed their quantity between two preliminary BOMs. */
export function lineChanges(before: readonly TreeRow[], after: readonly TreeRow[]): LineChange[] {
  const top = (rows: readonly TreeRow[]) => rows.filter(row => row.parent_row_no === null);
  const old = new Map(top(before).map(row => [row.item_id, row]));
  const changes: LineChange[] = [];
  for (const row of top(after)) {
    const previous = old.get(row.item_id);
    old.delete(row.item_id);
    if (!previous) changes.push({ change: 'added', row, before_e6: null });
    else if (previous.total_quantity_e6 !== row.total_quantity_e6)
      changes.push({ change: 'changed', row, before_e6: previous.total_quantity_e6 });
  }
  for (const row of old.values()) changes.push({ change: 'removed', row, before_e6: row.total_quantity_e6 });
  return changes;
}

/** Fields whose value differs between builds, with the value of each build. Rows compare place by place. */
export function differingPaths(configurations: readonly Configuration[]): string[] {
  const paths = new Set<string>();
  for (const configuration of configurations) {
    for (const [name, value] of Object.entries(configuration)) {
      if (!Array.isArray(value)) paths.add(name);
      else
        for (const [index, row] of value.entries())
          for (const field of Object.keys(row)) paths.add(`${name}[${index}].${field}`);
    }
  }
  return [...paths].filter(path => {
    if (path.endsWith('.auto_rule')) return false;
    const values = configurations.map(configuration => valueAt(configuration, path));
    return values.some(value => value !== values[0]);
  });
}
