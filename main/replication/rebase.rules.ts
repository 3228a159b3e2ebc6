import { canonical } from '../platform/canonical.ts';
import { BOOKKEEPING, type Row, type RowChange } from '../platform/row-changes.ts';
import type { ChangeOp, UnitChange } from './wire.ts';

export interface PendingChange {
  op: ChangeOp;
  patch: Row | null;
}

/**
 * The row a person sees: the central image with the changes that wait, in their order. `keep` says that the row
 * came with a joining station and the centre has none yet: it stays as it is.
 */
export function overlay(central: Row | null, pending: readonly PendingChange[]): Row | null | 'keep' {
  let row = central;
  let versions = 0;
  for (const change of pending) {
    if (change.op === 'J') {
      if (row === null) return 'keep';
      continue;
    }
    versions += 1;
    if (change.op === 'D') row = null;
    else if (change.op === 'I') row = { ...row, ...change.patch };
    else if (row !== null) row = { ...row, ...change.patch };
  }
  return row && { ...row, row_version: Number(central?.row_version ?? 0) + versions };
}

/** A command's change as it travels: whole rows for insert and delete, changed columns only for an update. */
export function unitChangeOf(change: RowChange): UnitChange {
  const { table, row_id, before, after } = change;
  const common = { table, id: row_id, base_version: before ? Number(before.row_version) : null };
  if (!before) return { ...common, op: 'I', base: null, patch: withoutVersion(after ?? {}) };
  if (!after) return { ...common, op: 'D', base: withoutVersion(before), patch: null };
  const changed = Object.keys(after).filter(
    key => key !== 'row_version' && canonical(after[key] ?? null) !== canonical(before[key] ?? null),
  );
  const business = changed.filter(key => !BOOKKEEPING.has(key));
  return {
    ...common,
    op: 'U',
    base: Object.fromEntries(business.map(key => [key, before[key] ?? null])),
    patch: Object.fromEntries(
      [...business, 'updated_at_ms', 'updated_by'].map(key => [key, after[key] ?? null]),
    ),
  };
}
function withoutVersion(row: Row): Row {
  const { row_version, ...rest } = row;
  return rest;
}
