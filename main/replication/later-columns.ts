import { z } from 'zod';
import type { AnyTable } from '../../db/kit/define-table.ts';
import { sha256 } from '../platform/canonical.ts';
import { LOAD_ALL, loadOf } from './loading.ts';
import type { State } from './state.ts';

const marks = z.record(z.string(), z.string());
type Marks = z.output<typeof marks>;
const MARK_CHARS = 12;

const known = new WeakMap<AnyTable, string>();
/** What this program can read of a table, in one short mark: it is another one when a column or a choice was added. */
function markOf(def: AnyTable): string {
  const shape = () => JSON.stringify(z.toJSONSchema(def.row, { unrepresentable: 'any' }));
  const mark = known.get(def) ?? sha256(shape()).slice(0, MARK_CHARS);
  known.set(def, mark);
  return mark;
}
const marksOf = (tables: readonly AnyTable[]): Marks =>
  Object.fromEntries(
    tables.filter(def => def.sync.kind !== 'local_only').map(def => [def.name, markOf(def)]),
  );
/** Kept with the rows: by which definitions they were fetched. */
export const readableAs = (tables: readonly AnyTable[]): string => JSON.stringify(marksOf(tables));

/**
 * After an update of the program: what the centre sent for columns and tables that the earlier one did not know was
 * left out, so tables that are defined otherwise by now are fetched again. What waits stays on top.
 */
export function fetchWhatIsNewlyRead(state: State, tables: readonly AnyTable[]): void {
  const { readable, loading } = state.facts;
  const now = readableAs(tables);
  if (readable === now) return;
  const before = readable === undefined ? null : marks.parse(JSON.parse(readable));
  const others = before && Object.entries(marksOf(tables)).filter(([name, mark]) => before[name] !== mark);
  // A load that is under way passed some of these tables already.
  const isWhole = others === null || loading !== undefined;
  // In this order: cut in between, the next start loads everything.
  state.set({ loading: isWhole ? LOAD_ALL : loadOf(others.map(([name]) => name)), readable: now });
}
