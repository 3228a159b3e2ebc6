import type { ColumnFacts } from '../../../db/kit/columns.ts';
import type { AnyTable } from '../../../db/kit/define-table.ts';
import { canonical } from '../../../main/platform/canonical.ts';
import { BOOKKEEPING, type Row } from '../../../main/platform/row-changes.ts';
import type { Unit, UnitChange } from '../../../main/replication/wire.ts';

/** Why a unit is not applied, in the words of the centre. */
export class UnitProblem extends Error {
  readonly outcome: 'conflict' | 'rejected' | 'parked';
  readonly detail: { code: string; table: string; row_id: string; field?: string };
  constructor(outcome: UnitProblem['outcome'], code: string, change: UnitChange, field?: string) {
    super(code);
    this.outcome = outcome;
    this.detail = { code, table: change.table, row_id: change.id, ...(field && { field }) };
  }
}
/** The rows as one unit finds them; every write can be undone. */
export interface Rows {
  get(table: string, id: string): Row | undefined;
  all(table: string): Iterable<Row>;
  put(table: string, row: Row): void;
  remove(table: string, id: string): void;
  isDeleted(table: string, id: string): boolean;
  /** Made by a unit that was not applied, and so waited for. */
  isAwaited(table: string, id: string): boolean;
  /** Another client changed the document after this commit. */
  documentChanged(document: string, since_seq: number): boolean;
}
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

/** One change after the rules of its table; answers whether it was taken as it was sent. */
export function applyChange(
  tables: ReadonlyMap<string, AnyTable>,
  rows: Rows,
  unit: Unit,
  change: UnitChange,
): 'applied' | 'merged' {
  const def = tables.get(change.table);
  if (!def || def.sync.kind === 'pull_only') throw new UnitProblem('rejected', 'table_not_writable', change);
  switch (change.op) {
    case 'I':
      return insert(tables, rows, def, unit, change);
    case 'J':
      if (rows.get(change.table, change.id) || rows.isDeleted(change.table, change.id)) return 'merged';
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
  const held = rows.get(change.table, change.id);
  if (held) {
    if (same(business(held), business(row))) return 'merged';
    throw new UnitProblem('conflict', 'row_exists', change);
  }
  if (rows.isDeleted(change.table, change.id)) throw new UnitProblem('conflict', 'row_deleted', change);
  checkDocument(rows, def, row, null, unit, change);
  checkReferences(tables, rows, def, row, change);
  checkKeys(rows, def, row, change);
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
  if (def.sync.kind === 'append_only') throw new UnitProblem('rejected', 'append_only', change);
  const base = change.base ?? {};
  const patch = change.patch ?? {};
  const policy = def.sync.kind === 'two_way' ? def.sync.conflict : 'merge_columns';
  if (policy === 'central_wins' && held.row_version !== change.base_version)
    throw new UnitProblem('rejected', 'central_changed', change);
  const changed = Object.keys(base);
  checkDocument(rows, def, held, changed, unit, change);
  const taken: Row = {};
  for (const key of changed) {
    if (same(held[key], patch[key])) continue;
    const column = def.columns[key] as ColumnFacts;
    const lastOneWins = policy === 'last_arrival' || column.conflict === 'last_arrival';
    if (!lastOneWins && !same(held[key], base[key]))
      throw new UnitProblem('conflict', 'field_changed', change, key);
    taken[key] = patch[key];
  }
  if (Object.keys(taken).length === 0) return 'merged';
  const row = { ...held, ...taken, updated_at_ms: patch.updated_at_ms, updated_by: patch.updated_by };
  const next = { ...row, row_version: Number(held.row_version) + 1 };
  checkReferences(tables, rows, def, next, change, Object.keys(taken));
  checkKeys(rows, def, next, change, Object.keys(taken));
  rows.put(change.table, next);
  return held.row_version === change.base_version ? 'applied' : 'merged';
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
    if (rows.isAwaited(change.table, change.id)) throw new UnitProblem('parked', 'row_awaited', change);
    return 'merged';
  }
  checkDocument(rows, def, held, null, unit, change);
  const policy = def.sync.kind === 'two_way' ? def.sync.conflict : 'merge_columns';
  if (policy !== 'last_arrival' && !same(business(held), business(change.base ?? {})))
    throw new UnitProblem('conflict', 'row_changed', change);
  removeWithChildren(tables, rows, change.table, change.id, change);
  return 'applied';
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
        if (c.refers_to.on_delete === 'restrict') throw new UnitProblem('rejected', 'still_in_use', change);
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
    throw rows.isAwaited(parent, String(id))
      ? new UnitProblem('parked', 'row_awaited', change)
      : new UnitProblem('rejected', 'parent_missing', change, key);
  }
}

function checkKeys(rows: Rows, def: AnyTable, row: Row, change: UnitChange, only?: readonly string[]): void {
  for (const keys of def.unique as readonly (readonly string[])[]) {
    if (only && !keys.some(key => only.includes(key))) continue;
    for (const other of rows.all(def.name))
      if (other.id !== row.id && keys.every(key => same(other[key], row[key])))
        throw new UnitProblem('rejected', 'already_exists', change, keys.join(', '));
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
  if (rows.isAwaited(change.table, change.id)) return new UnitProblem('parked', 'row_awaited', change);
  return new UnitProblem('conflict', 'row_deleted', change);
}
