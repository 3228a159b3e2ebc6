import type { ColumnFacts } from '../../../db/kit/columns.ts';
import type { AnyTable } from '../../../db/kit/define-table.ts';
import { canonical } from '../../../main/platform/canonical.ts';
import { BOOKKEEPING, type Row } from '../../../main/platform/row-changes.ts';
import type { Unit, UnitChange } from '../../../main/replication/wire.ts';

/** Why a unit is not applied, in the words of the centre. */
export class UnitProblem extends Error {
  readonly outcome: 'conflict' | 'rejected' | 'parked';
  readonly detail: { code: string; table: string; row_id: string };
  /** The row that must come first. */
  readonly waits_for: string | undefined;
  constructor(outcome: UnitProblem['outcome'], code: string, change: UnitChange, waits_for?: string) {
    super(code);
    this.outcome = outcome;
    this.detail = { code, table: change.table, row_id: change.id };
    this.waits_for = waits_for;
  }
}
/** The rows as one unit finds them; every write can be undone. */
export interface Rows {
  get(table: string, id: string): Row | undefined;
  all(table: string): Iterable<Row>;
  put(table: string, row: Row): void;
  remove(table: string, id: string): void;
  isDeleted(table: string, id: string): boolean;
  /** A unit that was not applied would have made it. */
  isBlocked(table: string, id: string): boolean;
  /** Another client changed the document after this commit. */
  documentChanged(document: string, since_seq: number): boolean;
}
const MOVED = { transition: 'step_passed', claim: 'claimed' };
const same = (a: unknown, b: unknown): boolean => canonical(a ?? null) === canonical(b ?? null);
const business = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([key]) => !BOOKKEEPING.has(key)));

/** The document that a change of this row belongs to; undefined when the changed columns do not. */
export function documentOf(def: AnyTable, row: Row, changed: readonly string[] | null): string | undefined {
  if (!def.document) return undefined;
  const { columns, root_id } = def.document;
  if (columns && changed && !changed.some(key => columns.includes(key))) return undefined;
  return String(row[root_id]);
}

const policyOf = (def: AnyTable): string =>
  def.sync.kind === 'two_way' ? def.sync.conflict : 'merge_columns';

/** One change after the rules of its table; answers whether it was taken as it was sent. */
export function applyChange(
  tables: ReadonlyMap<string, AnyTable>,
  rows: Rows,
  unit: Unit,
  change: UnitChange,
): 'applied' | 'merged' {
  const def = tables.get(change.table);
  if (!def || def.sync.kind === 'pull_only') throw new UnitProblem('rejected', 'not_writable', change);
  switch (change.op) {
    case 'I':
      return insert(tables, rows, def, unit, change);
    case 'J':
      if (rows.get(change.table, change.id)) return 'merged';
      return insert(tables, rows, def, unit, change);
    case 'U':
      return update(tables, rows, def, unit, change);
    case 'D':
      return remove(tables, rows, def, unit, change);
  }
}

function insert(
  tables: ReadonlyMap<string, AnyTable>,
  rows: Rows,
  def: AnyTable,
  unit: Unit,
  change: UnitChange,
): 'applied' | 'merged' {
  const row: Row = { ...change.patch, row_version: 1 };
  if (def.document?.root_id !== 'id') checkDocument(rows, def, row, null, unit, change);
  const held = rows.get(change.table, change.id);
  if (held) {
    // Two stations may make the same row of such a table: the first one stands, nobody is asked.
    if (policyOf(def) === 'last_arrival' || same(business(held), business(row))) return 'merged';
    throw new UnitProblem('rejected', 'row_exists', change);
  }
  checkKeys(rows, def, row, change);
  checkReferences(tables, rows, def, row, change);
  rows.put(change.table, row);
  return 'applied';
}

function update(
  tables: ReadonlyMap<string, AnyTable>,
  rows: Rows,
  def: AnyTable,
  unit: Unit,
  change: UnitChange,
): 'applied' | 'merged' {
  const held = rows.get(change.table, change.id);
  if (!held) throw missing(rows, change);
  if (def.sync.kind === 'append_only') throw new UnitProblem('rejected', 'not_writable', change);
  const patch = change.patch ?? {};
  const taken = takenColumns(def, held, change);
  checkDocument(rows, def, held, Object.keys(patch), unit, change);
  if (Object.keys(taken).length === 0) return 'merged';
  checkSealed(def, held, change);
  const row = { ...held, ...taken, updated_at_ms: patch.updated_at_ms, updated_by: patch.updated_by };
  const next = { ...row, row_version: Number(held.row_version) + 1 };
  checkKeys(rows, def, next, change, Object.keys(taken));
  checkReferences(tables, rows, def, next, change, Object.keys(taken));
  rows.put(change.table, next);
  return held.row_version === change.base_version ? 'applied' : 'merged';
}

/** Column by column, by value: what may be taken. */
function takenColumns(def: AnyTable, held: Row, change: UnitChange): Row {
  const patch = business(change.patch ?? {});
  const policy = policyOf(def);
  const differing = Object.entries(patch).filter(([key, value]) => !same(held[key], value));
  if (policy === 'last_arrival') return patch;
  if (policy === 'central_wins') {
    if (differing.length > 0 && held.row_version !== change.base_version)
      throw new UnitProblem('rejected', 'row_changed', change);
    return Object.fromEntries(differing);
  }
  for (const [key] of differing.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { conflict } = def.columns[key] as ColumnFacts;
    if (conflict === 'last_arrival' || same(held[key], change.base?.[key])) continue;
    throw new UnitProblem('conflict', conflict ? MOVED[conflict] : 'field_changed', change);
  }
  return Object.fromEntries(differing);
}

function remove(
  tables: ReadonlyMap<string, AnyTable>,
  rows: Rows,
  def: AnyTable,
  unit: Unit,
  change: UnitChange,
): 'applied' | 'merged' {
  const held = rows.get(change.table, change.id);
  if (!held) {
    if (!rows.isDeleted(change.table, change.id) && rows.isBlocked(change.table, change.id))
      throw missing(rows, change);
    return 'applied';
  }
  const policy = policyOf(def);
  if (policy !== 'last_arrival' && !same(business(held), business(change.base ?? {})))
    throw new UnitProblem('conflict', 'row_changed', change);
  checkDocument(rows, def, held, null, unit, change);
  checkSealed(def, held, change);
  removeWithChildren(tables, rows, change.table, change.id, change);
  return 'applied';
}

function checkSealed(def: AnyTable, held: Row, change: UnitChange): void {
  if (def.sync.kind === 'sealed' && typeof held.signed_at_ms === 'number')
    throw new UnitProblem('rejected', 'not_allowed', change);
}

/** What the foreign keys do when a row goes. */
function removeWithChildren(
  tables: ReadonlyMap<string, AnyTable>,
  rows: Rows,
  table: string,
  id: string,
  change: UnitChange,
): void {
  rows.remove(table, id);
  for (const child of tables.values())
    for (const [key, c] of Object.entries<ColumnFacts>(child.columns)) {
      if (c.refers_to?.table !== table) continue;
      for (const row of [...rows.all(child.name)].filter(r => r[key] === id)) {
        if (c.refers_to.on_delete === 'restrict') throw new UnitProblem('rejected', 'still_used', change);
        if (c.refers_to.on_delete === 'cascade')
          removeWithChildren(tables, rows, child.name, String(row.id), change);
        else rows.put(child.name, { ...row, [key]: null, row_version: Number(row.row_version) + 1 });
      }
    }
}

function checkReferences(
  tables: ReadonlyMap<string, AnyTable>,
  rows: Rows,
  def: AnyTable,
  row: Row,
  change: UnitChange,
  only?: readonly string[],
): void {
  for (const [key, c] of Object.entries<ColumnFacts>(def.columns)) {
    const parent = c.refers_to?.table;
    const id = row[key];
    if (!parent || id === null || id === undefined || !tables.has(parent) || only?.includes(key) === false)
      continue;
    if (parent === def.name && id === row.id) continue;
    if (rows.get(parent, String(id))) continue;
    throw rows.isDeleted(parent, String(id))
      ? new UnitProblem('conflict', 'row_deleted', change)
      : new UnitProblem('parked', 'reference_missing', change, `${parent} ${id}`);
  }
}

function checkKeys(rows: Rows, def: AnyTable, row: Row, change: UnitChange, only?: readonly string[]): void {
  for (const keys of def.unique as readonly (readonly string[])[]) {
    if (only && !keys.some(key => only.includes(key))) continue;
    for (const other of rows.all(def.name))
      if (other.id !== row.id && keys.every(key => same(other[key], row[key])))
        throw new UnitProblem('rejected', 'already_exists', change);
  }
}

function checkDocument(
  rows: Rows,
  def: AnyTable,
  row: Row,
  changed: readonly string[] | null,
  unit: Unit,
  change: UnitChange,
): void {
  const document = documentOf(def, row, changed);
  if (document !== undefined && rows.documentChanged(document, unit.seen_seq))
    throw new UnitProblem('conflict', 'document_changed', change);
}

function missing(rows: Rows, change: UnitChange): UnitProblem {
  return rows.isDeleted(change.table, change.id)
    ? new UnitProblem('conflict', 'row_deleted', change)
    : new UnitProblem('parked', 'row_missing', change, `${change.table} ${change.id}`);
}
