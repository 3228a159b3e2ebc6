import type { ConflictDetail, ContestedField } from '../../../../preload/contract/replication.ts';
import type { InputAt } from '../../../rpc/paths.ts';

export type Way = InputAt<'replication.resolveConflict'>['resolution'];
export type Choice = { take: 'mine' | 'theirs' } | { take: 'value'; value: unknown };
/** By `fieldKey`; a field without a choice keeps what is suggested for it. */
export type Chosen = Readonly<Record<string, Choice>>;

export const fieldKey = (field: Pick<ContestedField, 'table' | 'row_id' | 'field'>): string =>
  `${field.table} ${field.row_id} ${field.field}`;

export const sideOf = (field: ContestedField, chosen: Chosen): 'mine' | 'theirs' | 'value' =>
  chosen[fieldKey(field)]?.take ?? field.suggested;

/** What is sent along: every field when sides are combined, only the corrected ones when values are. */
export function choicesOf(entry: ConflictDetail, way: Way, chosen: Chosen) {
  if (way !== 'combine' && way !== 'edit') return [];
  return entry.fields.flatMap(field => {
    const { table, row_id, field: name } = field;
    const choice = chosen[fieldKey(field)] ?? { take: field.suggested };
    if (way === 'edit' && choice.take !== 'value') return [];
    return [{ table, row_id, field: name, ...choice }];
  });
}
