import type { ColumnFacts } from '../kit/columns.ts';
import type { AnyTable } from '../kit/define-table.ts';

/**
 * Triggers that hand every change of an audited table to the connection function `capture_change`.
 * A connection without that function cannot write, and the function refuses outside a command:
 * writing behind the product's back is impossible, not forbidden.
 */
export function captureTriggers(def: AnyTable): string[] {
  if (!def.audited) return [];
  const image = (row: 'OLD' | 'NEW', verb?: 'UPDATE') =>
    `json_object(${Object.entries<ColumnFacts>(def.columns)
      .filter(([key]) => !BOOKKEEPING.has(key))
      .map(([key, c]) => `'${key}', ${value(row, key, c, verb)}`)
      .join(', ')})`;
  const identifier = (row: 'OLD' | 'NEW') => (def.identified_by ? `${row}."${def.identified_by}"` : 'NULL');
  const trigger = (verb: 'INSERT' | 'UPDATE' | 'DELETE', old: string, now: string, row: 'OLD' | 'NEW') =>
    `CREATE TRIGGER "capture_${def.name}_${verb.toLowerCase()}" AFTER ${verb} ON "${def.name}" BEGIN
  SELECT capture_change('${def.name}', ${row}.id, ${identifier(row)}, ${old}, ${now});
END`;
  return [
    trigger('INSERT', 'NULL', image('NEW'), 'NEW'),
    trigger('UPDATE', image('OLD'), image('NEW', 'UPDATE'), 'NEW'),
    trigger('DELETE', image('OLD'), 'NULL', 'OLD'),
  ];
}

const BOOKKEEPING = new Set([
  'id',
  'organization_id',
  'row_version',
  'created_at_ms',
  'created_by',
  'updated_at_ms',
  'updated_by',
]);
function value(row: string, key: string, column: ColumnFacts, verb?: 'UPDATE'): string {
  if (column.secret && verb) {
    return `CASE WHEN NEW."${key}" IS OLD."${key}" THEN '***' ELSE '*** (changed)' END`;
  }
  if (column.secret) return `'***'`;
  if (column.kind === 'json') return `json(${row}."${key}")`;
  if (column.kind === 'boolean')
    return `json(CASE ${row}."${key}" WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END)`;
  return `${row}."${key}"`;
}

/** Refuses UPDATE and DELETE for everyone, whatever connection is used. */
export const appendOnlyTriggers = (table: string): string[] =>
  ['UPDATE', 'DELETE'].map(
    verb => `CREATE TRIGGER "append_only_${table}_${verb.toLowerCase()}" BEFORE ${verb} ON "${table}" BEGIN
  SELECT RAISE(ABORT, '${table} is append only');
END`,
  );
