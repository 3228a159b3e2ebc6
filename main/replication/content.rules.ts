import Big from 'big.js';
import type { ColumnFacts } from '../../db/kit/columns.ts';
import type { AnyTable } from '../../db/kit/define-table.ts';
import type { Row } from '../platform/row-changes.ts';

const EMPTY = '\u0001';
const BETWEEN = '\u0002';

/** What of a row is compared with the centre: everything that travels. */
export const comparedColumns = (def: AnyTable): string[] =>
  Object.keys(def.columns).filter(key => key !== 'organization_id');

/** A row as one text, the same that the centre makes of it. */
export const rowText = (def: AnyTable, row: Row): string =>
  Object.entries<ColumnFacts>(def.columns)
    .filter(([key]) => key !== 'organization_id')
    .map(([key, { kind }]) => {
      const value = row[key] ?? null;
      if (value === null) return EMPTY;
      return kind === 'json' && typeof value !== 'string' ? jsonText(value) : String(value);
    })
    .join(BETWEEN);

/** JSON as PostgreSQL writes its `jsonb`: keys by length and then by bytes, numbers without exponent. */
export function jsonText(value: unknown): string {
  if (typeof value === 'number') return new Big(value).toFixed();
  if (Array.isArray(value)) return `[${value.map(jsonText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, v]) => ({ key: Buffer.from(key), v }));
  entries.sort((a, b) => a.key.length - b.key.length || a.key.compare(b.key));
  return `{${entries.map(({ key, v }) => `${JSON.stringify(key.toString())}: ${jsonText(v)}`).join(', ')}}`;
}
