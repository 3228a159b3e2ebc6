import type { ColumnFacts } from './columns.ts';
import type { AnyTable } from './define-table.ts';

export interface Reference {
  column: string;
  table: string;
  required: boolean;
}
export const referencesOf = (def: AnyTable): Reference[] =>
  Object.entries<ColumnFacts>(def.columns).flatMap(([column, c]) =>
    c.refers_to ? [{ column, table: c.refers_to.table, required: c.required }] : [],
  );

/** A row may need an optional reference all the same, when a check of its table names it. */
const isNeeded = (def: AnyTable, reference: Reference): boolean =>
  reference.required ||
  Object.values(def.checks as Record<string, string>).some(c => c.includes(reference.column));

/** Tables so that the parents a row needs come before it; other optional references may point forward. Needed ones have no cycle (tested). */
export function parentsFirst(tables: readonly AnyTable[]): AnyTable[] {
  const byName = new Map<string, AnyTable>(tables.map(def => [def.name, def]));
  const ordered = new Set<AnyTable>();
  const visit = (def: AnyTable, path: readonly AnyTable[]): void => {
    if (ordered.has(def) || path.includes(def)) return;
    for (const parent of referencesOf(def)) {
      const target = byName.get(parent.table);
      if (isNeeded(def, parent) && target && target !== def) visit(target, [...path, def]);
    }
    ordered.add(def);
  };
  for (const def of tables) visit(def, []);
  return [...ordered];
}

/** References of a table to itself or to a table that comes later: a row goes in without them, they follow. */
export function lateReferences(ordered: readonly AnyTable[], def: AnyTable): Reference[] {
  const earlier = new Set(ordered.slice(0, ordered.indexOf(def)).map(d => d.name));
  const present = new Set(ordered.map(d => d.name));
  return referencesOf(def).filter(r => !r.required && present.has(r.table) && !earlier.has(r.table));
}
