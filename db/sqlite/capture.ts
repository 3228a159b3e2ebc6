import type { ColumnFacts } from '../kit/columns.ts';
import type { AnyTable } from '../kit/define-table.ts';

/** True for tables whose changes a command must account for: to the audit trail, to the centre, or to both. */
export const isCaptured = (def: AnyTable): boolean =>
  def.name !== TRAIL && (def.audited || def.sync.kind !== 'local_only');
/** The trail records itself; it travels with the unit it belongs to. */
export const TRAIL = 'audit_logs';
/** Columns of the trail that tell of a row as objects: what several of them have in common travels once. */
export const TOLD = ['changes_after', 'changes_diff'];

/**
 * Triggers that hand every change, with the whole row before and after, to the connection function
 * `capture_change`. A connection without that function cannot write, and the function refuses outside a command:
 * writing behind the product's back is impossible, not forbidden. Asked without arguments it says whether a change is
 * to be handed over at all: what the replicator brings is not, and two images of each of its rows would be built for
 * nobody.
 */
export function captureTriggers(def: AnyTable): string[] {
  if (!isCaptured(def)) return [];
  const image = (row: 'OLD' | 'NEW') =>
    `json_object(${Object.entries<ColumnFacts>(def.columns)
      .filter(([key]) => key !== 'organization_id')
      .map(([key, c]) => `'${key}', ${value(row, key, c)}`)
      .join(', ')})`;
  const trigger = (verb: 'INSERT' | 'UPDATE' | 'DELETE', old: string, now: string, row: 'OLD' | 'NEW') =>
    `CREATE TRIGGER "capture_${def.name}_${verb.toLowerCase()}" AFTER ${verb} ON "${def.name}" WHEN capture_change() BEGIN
  SELECT capture_change('${def.name}', ${row}.id, ${old}, ${now});
END`;
  return [
    trigger('INSERT', 'NULL', image('NEW'), 'NEW'),
    trigger('UPDATE', image('OLD'), image('NEW'), 'NEW'),
    trigger('DELETE', image('OLD'), 'NULL', 'OLD'),
  ];
}

function value(row: string, key: string, column: ColumnFacts): string {
  if (column.kind === 'json') return `json(${row}."${key}")`;
  if (column.kind === 'boolean')
    return `json(CASE ${row}."${key}" WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END)`;
  return `${row}."${key}"`;
}

/** Says when a row was signed; from then on its values are fixed. */
export const SEALED_BY = 'signed_at_ms';
/**
 * Refuses to change or delete a signed row, whatever connection is used. Its version alone may follow that of the
 * centre: it counts arrivals and is no part of what was signed.
 */
export function sealedTriggers(def: AnyTable): string[] {
  const changed = Object.keys(def.columns)
    .filter(key => key !== 'row_version')
    .map(key => `OLD."${key}" IS NOT NEW."${key}"`);
  const trigger = (verb: 'UPDATE' | 'DELETE', when: string) =>
    `CREATE TRIGGER "sealed_${def.name}_${verb.toLowerCase()}" BEFORE ${verb} ON "${def.name}" WHEN OLD."${SEALED_BY}" IS NOT NULL${when} BEGIN
  SELECT RAISE(ABORT, '${def.name} is signed');
END`;
  return [trigger('UPDATE', ` AND (${changed.join(' OR ')})`), trigger('DELETE', '')];
}

/** Refuses UPDATE and DELETE for everyone, whatever connection is used. */
export const appendOnlyTriggers = (table: string): string[] =>
  ['UPDATE', 'DELETE'].map(
    verb => `CREATE TRIGGER "append_only_${table}_${verb.toLowerCase()}" BEFORE ${verb} ON "${table}" BEGIN
  SELECT RAISE(ABORT, '${table} is append only');
END`,
  );
