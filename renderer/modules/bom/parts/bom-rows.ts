import type { BomDifference, TreeRow } from '../../../../preload/contract/bom.ts';

/** Rows of one type with the rows they hang under; everything without a type. */
export function keepTypes(rows: TreeRow[], type: string | null): TreeRow[] {
  if (!type) return rows;
  const byNo = new Map(rows.map(row => [row.row_no, row]));
  const kept = new Set<number>();
  for (const row of rows) {
    if (row.item_type !== type) continue;
    for (
      let at: TreeRow | undefined = row;
      at && !kept.has(at.row_no);
      at = at.parent_row_no === null ? undefined : byNo.get(at.parent_row_no)
    )
      kept.add(at.row_no);
  }
  return rows.filter(({ row_no }) => kept.has(row_no));
}

export interface SubAssembly {
  item_id: string;
  name: string;
  /** How many of it a build needs, over all places. */
  total_quantity_e6: number;
  places: number;
  /** Its direct components, once. */
  components: TreeRow[];
}

/** Every assembly of the tree once, with its direct components, in the order of the tree. */
export function subAssemblies(rows: readonly TreeRow[]): SubAssembly[] {
  const children = new Map<number, TreeRow[]>();
  for (const row of rows) {
    if (row.parent_row_no === null) continue;
    const held = children.get(row.parent_row_no);
    if (held) held.push(row);
    else children.set(row.parent_row_no, [row]);
  }
  const found = new Map<string, SubAssembly>();
  for (const row of rows) {
    const components = children.get(row.row_no);
    if (!components) continue;
    const held = found.get(row.item_id);
    if (held) {
      held.total_quantity_e6 += row.total_quantity_e6;
      held.places += 1;
    } else {
      const { item_id, name, total_quantity_e6 } = row;
      found.set(item_id, { item_id, name, total_quantity_e6, places: 1, components });
    }
  }
  return [...found.values()];
}

/** Differences of the top level first: what hangs below an added or removed line follows from it. */
export const topDifferences = (differences: readonly BomDifference[]) => {
  const moved = new Set(
    differences
      .filter(({ change, path }) => change !== 'changed' && path.length === 1)
      .map(({ path }) => path[0]),
  );
  return differences.filter(({ path }) => path.length === 1 || !moved.has(path[0]));
};
