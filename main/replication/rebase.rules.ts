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
    // What the centre holds of an added row is that very row: only its answer is missing here.
    if (change.op !== 'I' || central === null) versions += 1;
    if (change.op === 'D') row = null;
    else if (change.op === 'I') row = { ...row, ...change.patch };
    else if (row !== null) row = { ...row, ...change.patch };
  }
  return row && { ...row, row_version: Number(central?.row_version ?? 0) + versions };
}

/** A command's change as it travels: whole rows for insert and delete, changed columns only for an update. */
export function unitChangeOf(
  change: RowChange,
  base_version = change.before ? Number(change.before.row_version) : null,
): UnitChange {
  const { table, row_id, before, after } = change;
  const common = { table, id: row_id, base_version };
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

/**
 * A row that names one made later in the same command (an order and its new BOM name each other) goes up without that
 * reference, which follows right after the named row: the centre checks every change as it comes.
 */
export function referencesFollow(
  changes: readonly UnitChange[],
  optionalReferences: (table: string) => readonly string[],
): UnitChange[] {
  const made = new Map(changes.flatMap((c, at) => (c.op === 'I' ? [[c.id, at] as const] : [])));
  const following = new Map<number, UnitChange[]>();
  const versions = new Map<UnitChange, number>();
  const kept = changes.map((change, at) => {
    const { patch, base } = change;
    if (!patch || made.size === 0) return change;
    const late = optionalReferences(change.table).filter(key => (made.get(String(patch[key])) ?? -1) > at);
    if (late.length === 0) return change;
    const before = Object.fromEntries(late.map(key => [key, base?.[key] ?? null]));
    for (const key of late) {
      const after = made.get(String(patch[key])) ?? at;
      const version = (versions.get(change) ?? change.base_version ?? 0) + 1;
      versions.set(change, version);
      const { updated_at_ms, updated_by } = patch;
      const follow: UnitChange = {
        table: change.table,
        id: change.id,
        op: 'U',
        base_version: version,
        base: { [key]: before[key] },
        patch: { [key]: patch[key], updated_at_ms, updated_by },
      };
      following.set(after, [...(following.get(after) ?? []), follow]);
    }
    const isLate = (key: string) => late.includes(key);
    const rest = (row: Row) => Object.fromEntries(Object.entries(row).filter(([key]) => !isLate(key)));
    return change.op === 'I'
      ? { ...change, patch: { ...patch, ...before } }
      : { ...change, base: base && rest(base), patch: rest(patch) };
  });
  return kept.flatMap((change, at) => [change, ...(following.get(at) ?? [])]);
}
