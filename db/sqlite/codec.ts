import type { ColumnFacts } from '../kit/columns.ts';
import type { AnyTable } from '../kit/define-table.ts';

/** A value as SQLite stores it: booleans as 0/1, JSON as text. */
export function encode(column: ColumnFacts, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (column.kind === 'boolean') return value ? 1 : 0;
  if (column.kind === 'json') return JSON.stringify(value);
  return value;
}
export function decode(column: ColumnFacts, stored: unknown): unknown {
  if (stored === null || stored === undefined) return null;
  if (column.kind === 'boolean') return stored === 1;
  if (column.kind === 'json') return JSON.parse(String(stored));
  return stored;
}
export function decodeRow(def: AnyTable, stored: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries<ColumnFacts>(def.columns)
      .filter(([key]) => key in stored)
      .map(([key, column]) => [key, decode(column, stored[key])]),
  );
}
