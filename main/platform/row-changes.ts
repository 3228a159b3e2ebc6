import type { ColumnFacts } from '../../db/kit/columns.ts';
import type { AnyTable } from '../../db/kit/define-table.ts';
import type { Change } from './audit-trail.ts';
import { canonical } from './canonical.ts';

export type Row = Record<string, unknown>;
/** One row as a command found and left it: all columns but the organization, secrets in the clear. */
export interface RowChange {
  table: string;
  row_id: string;
  before: Row | null;
  after: Row | null;
}

/** Several changes of one row within a command are one: first image before, last image after. */
export function foldChanges(changes: readonly RowChange[]): RowChange[] {
  const folded = new Map<string, RowChange>();
  for (const change of changes) {
    const key = `${change.table} ${change.row_id}`;
    const held = folded.get(key);
    folded.set(key, held ? { ...change, before: held.before } : change);
  }
  return [...folded.values()].filter(c => c.before || c.after);
}

/** Filled in by the program, of no interest to a reader of the trail. */
export const BOOKKEEPING: ReadonlySet<string> = new Set([
  'id',
  'row_version',
  'created_at_ms',
  'created_by',
  'updated_at_ms',
  'updated_by',
]);

/** What the audit trail keeps of a change: business columns, secrets masked; undefined when nothing of that changed. */
export function auditChangeOf(def: AnyTable, change: RowChange): Change | undefined {
  const columns = Object.entries<ColumnFacts>(def.columns).filter(
    ([key]) => !BOOKKEEPING.has(key) && key !== 'organization_id',
  );
  const same = (key: string) =>
    change.before && change.after && canonical(change.before[key]) === canonical(change.after[key]);
  if (columns.every(([key]) => same(key))) return undefined;
  const masked = (row: Row | null, changed: string): Row | null =>
    row &&
    Object.fromEntries(
      columns.map(([key, c]) => [key, c.secret ? (same(key) ? '***' : changed) : (row[key] ?? null)]),
    );
  const named = (change.after ?? change.before)?.[def.identified_by ?? ''];
  return {
    table: change.table,
    row_id: change.row_id,
    identifier: named === undefined || named === null ? null : String(named),
    before: masked(change.before, '***'),
    after: masked(change.after, change.before ? '*** (changed)' : '***'),
  };
}
