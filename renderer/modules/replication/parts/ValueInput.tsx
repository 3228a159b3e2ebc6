import { Checkbox, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ContestedField } from '../../../../preload/contract/replication.ts';
import { formatNumber, formatQuantity, parseQuantity } from '../../../ui/formats.ts';
import { useRecordWords } from './words.ts';

interface Props {
  field: ContestedField;
  label: string;
  /** Undefined: as it was sent. */
  onValue: (value: unknown) => void;
}
const PERCENT_E4 = 10_000;
const MILLION = 1_000_000;

/** The value of one field, typed again; a number that is none stays as text, so that the refusal names the field. */
export function ValueInput({ field, label, onValue }: Props) {
  const words = useRecordWords();
  const [text, setText] = useState(() => typed(field));
  if (field.kind === 'boolean')
    return (
      <Checkbox
        aria-label={label}
        defaultChecked={field.mine === true}
        onChange={event => onValue(event.currentTarget.checked)}
      />
    );
  if (field.kind === 'choice')
    return (
      <Select
        aria-label={label}
        data={(field.choices ?? []).map(value => ({ value, label: words.choice(field, value) }))}
        defaultValue={typeof field.mine === 'string' ? field.mine : null}
        clearable={!field.is_required}
        allowDeselect={false}
        onChange={onValue}
      />
    );
  return (
    <TextInput
      aria-label={label}
      type={field.kind === 'day' ? 'date' : 'text'}
      value={text}
      onChange={event => {
        const next = event.currentTarget.value;
        setText(next);
        onValue(next === typed(field) ? undefined : stored(field, next));
      }}
    />
  );
}

function typed({ kind, mine }: ContestedField): string {
  if (mine === null || mine === undefined) return '';
  if (kind === 'quantity') return formatQuantity(Number(mine));
  if (kind === 'percent') return formatNumber(Number(mine) / PERCENT_E4, 4);
  return String(mine);
}
function stored({ kind, is_required }: ContestedField, text: string): unknown {
  if (text === '' && !is_required) return null;
  const parsed = () => parseQuantity(text);
  switch (kind) {
    case 'integer': {
      const quantity_e6 = parsed();
      return quantity_e6 === undefined ? text : quantity_e6 / MILLION;
    }
    case 'quantity':
      return parsed() ?? text;
    case 'percent': {
      const quantity_e6 = parsed();
      return quantity_e6 === undefined ? text : Math.round((quantity_e6 * PERCENT_E4) / MILLION);
    }
    default:
      return text;
  }
}
