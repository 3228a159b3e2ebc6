import type { LabelledChange } from '../../../preload/contract/bom.ts';
import {
  type AnswerChange,
  type Configuration,
  type LocalizedText,
  type Scalar,
  unitWords,
} from '../../../preload/contract/product-model.ts';
import type { CompiledField, CompiledModel } from '../catalogue/model-compile.rules.ts';

const same = (text: string): LocalizedText => ({ en: text, fr: text, es: text });
const open = same('—');
const yes: LocalizedText = { en: 'Yes', fr: 'Oui', es: 'Sí' };
const no: LocalizedText = { en: 'No', fr: 'Non', es: 'No' };
const inches = (value: number): LocalizedText => ({
  en: `${value} ${unitWords.in.en}`,
  fr: `${value} ${unitWords.in.fr}`,
  es: `${value} ${unitWords.in.es}`,
});
const join = (a: LocalizedText, b: LocalizedText): LocalizedText => ({
  en: `${a.en}, ${b.en}`,
  fr: `${a.fr}, ${b.fr}`,
  es: `${a.es}, ${b.es}`,
});
const counted = (label: LocalizedText, index: number): LocalizedText => ({
  en: `${label.en} ${index + 1}`,
  fr: `${label.fr} ${index + 1}`,
  es: `${label.es} ${index + 1}`,
});

const pathPattern = /^([a-z][a-z0-9_]*)(?:\[(\d+)\](?:\.([a-z][a-z0-9_]*))?)?$/;
type Found = { field: CompiledField | undefined; label: LocalizedText };

function find(compiled: CompiledModel, path: string): Found {
  const [, name = '', index, fieldName = ''] = pathPattern.exec(path) ?? [];
  const group = compiled.groups.get(name);
  if (!group) {
    const field = compiled.fields.get(name);
    return { field, label: field?.field.label ?? same(path) };
  }
  if (index === undefined) return { field: undefined, label: group.group.label };
  const row = counted(group.group.row_label, Number(index));
  const field = group.fields.get(fieldName);
  return { field, label: field ? join(row, field.field.label) : row };
}

export function valueLabel(field: CompiledField | undefined, value: Scalar): LocalizedText {
  if (value === null || value === '') return open;
  if (typeof value === 'boolean') return value ? yes : no;
  const option = field?.optionByValue.get(value);
  if (option) return option.option.label;
  if (typeof value === 'number' && field?.field.unit === 'in') return inches(value);
  return same(String(value));
}

/** The words for an answer. A path the model does not know is its own label. */
export function labelAnswer(compiled: CompiledModel | null, path: string, value: Scalar) {
  const { field, label } = compiled ? find(compiled, path) : { field: undefined, label: same(path) };
  return { path, label, value, value_label: valueLabel(field, value) };
}

export function labelChange(
  compiled: CompiledModel | null,
  { path, from, to }: AnswerChange,
): LabelledChange {
  const before = labelAnswer(compiled, path, from);
  const after = labelAnswer(compiled, path, to);
  return { path, label: after.label, from, to, from_label: before.value_label, to_label: after.value_label };
}

/** The given answers of a build by section, in the order of the form; open ones are left out. */
export function shownAnswers(compiled: CompiledModel, document: Configuration) {
  return compiled.model.sections.flatMap(section => {
    const place = { section: section.name, section_label: section.label };
    const own = [...compiled.fields.values()]
      .filter(({ field }) => field.section === section.name)
      .flatMap(field => {
        const value = document[field.field.name];
        if (value === undefined || value === null || Array.isArray(value)) return [];
        const { name, label } = field.field;
        return [
          { ...place, path: name, row_label: null, label, value, value_label: valueLabel(field, value) },
        ];
      });
    const grouped = [...compiled.groups.values()]
      .filter(({ group }) => group.section === section.name)
      .flatMap(({ group, fields }) => {
        const rows = document[group.name];
        if (!Array.isArray(rows)) return [];
        return rows.flatMap((row, index) =>
          [...fields.values()].flatMap(field => {
            const { name, label } = field.field;
            const value = row[name] ?? null;
            if (value === null) return [];
            const path = `${group.name}[${index}].${name}`;
            return [
              {
                ...place,
                path,
                row_label: counted(group.row_label, index),
                label,
                value,
                value_label: valueLabel(field, value),
              },
            ];
          }),
        );
      });
    return [...own, ...grouped];
  });
}
