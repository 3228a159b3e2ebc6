import type { AnyTable } from '../../db/kit/define-table.ts';
import { lateReferences, type Reference, referencesOf } from '../../db/kit/parents-first.ts';
import { TRAIL } from '../../db/sqlite/capture.ts';

/** The column by which a row hangs on another one of its own table. */
const treeColumn = (def: AnyTable): string | undefined =>
  referencesOf(def).find(r => r.table === def.name)?.column;

/** SQL for the rows of a table in the order in which they go up: `id`, `place` from 0, and whether the row hangs on itself. */
export function upwards(def: AnyTable): string {
  const tree = treeColumn(def);
  if (tree === undefined) {
    const order = def.name === TRAIL ? 'station_id, chain_no' : 'id';
    return `select id, row_number() over (order by ${order}) - 1 as place, 0 as in_ring from "${def.name}"`;
  }
  // A row after the one it hangs on; two edits of different rows can have met in a ring, which has no first row.
  return `with recursive reached(id, depth) as (
      select id, 0 from "${def.name}" where "${tree}" is null
      union all select c.id, p.depth + 1 from "${def.name}" c join reached p on c."${tree}" = p.id)
    select t.id, row_number() over (order by depth is null, depth, t.id) - 1 as place, depth is null as in_ring
      from "${def.name}" t left join reached using (id)`;
}

/** References that a row goes up without, and which of its rows those are, as SQL. */
export const followingReferences = (
  ordered: readonly AnyTable[],
  def: AnyTable,
): (Reference & { rows: string })[] =>
  lateReferences(ordered, def).map(reference => ({
    ...reference,
    rows:
      reference.column === treeColumn(def)
        ? `select id from (${upwards(def)}) where in_ring`
        : `select id from "${def.name}" where "${reference.column}" is not null`,
  }));
