import { z } from 'zod';
import type { AnyTable } from '../../db/kit/define-table.ts';
import { referencesOf } from '../../db/kit/parents-first.ts';
import { TRAIL } from '../../db/sqlite/capture.ts';
import type { Sqlite } from '../../db/sqlite/open.ts';
import { type CentreLine, LONG_QUERY_MS } from './centre.ts';
import type { Progress } from './port.ts';
import type { RowStore } from './rows.ts';
import type { Store } from './store.ts';
import { type SnapshotPage, snapshotPage, snapshotTables } from './wire.ts';

const PAGE_ROWS = 1000;
const position = z.object({
  head_seq: z.int().nullable(),
  head_hash: z.string().nullable(),
  table: z.string().nullable(),
  after_id: z.string().nullable(),
  /** Only these tables, and the cursor stays where it is; null: all of them. */
  only: z.array(z.string()).nullable().default(null),
});
type Position = z.infer<typeof position>;
const START: Position = { head_seq: null, head_hash: null, table: null, after_id: null, only: null };
/** Put in the state: the next exchange loads everything. */
export const LOAD_ALL = JSON.stringify(START);
/** The same for some tables, or nothing to load. */
export const loadOf = (only: string[]): string | undefined =>
  only.length === 0 ? undefined : JSON.stringify({ ...START, only } satisfies Position);

/**
 * Brings every row in scope from the centre, table by table, and removes what the centre does not have; rows with
 * changes that wait stay on top. Continues where it was cut. The cursor becomes the head seen first (of some tables
 * only it stays), and the pull from there makes the result exact. Answers whether it was everything.
 */
export async function loadAll(
  db: Sqlite,
  tables: readonly AnyTable[],
  store: Store,
  centre: CentreLine,
  progress: Progress,
): Promise<boolean> {
  const { state } = store;
  const client_id = state.facts.client_id;
  let at: Position = position.parse(JSON.parse(state.facts.loading ?? LOAD_ALL));
  const { only } = at;
  const all = (await centre.call('snapshot_tables', snapshotTables, [])).filter(
    t => only === null || only.includes(t.table),
  );
  const total = all.reduce((sum, t) => sum + Math.max(0, t.rows), 0);
  const start = Math.max(
    0,
    all.findIndex(t => t.table === at.table),
  );
  const known = all.slice(start).flatMap(({ table }) => store.rowStores.get(table) ?? []);
  const ask: Ask = (table, after_id) =>
    centre.call('snapshot_page', snapshotPage, [client_id, table, after_id, PAGE_ROWS], LONG_QUERY_MS);
  let done = 0;
  for await (const { rows, page, after_id, last_id } of pagesOf(known, at, ask)) {
    const table = rows.def.name;
    // What could not be read is told anew, unless the centre does not have it any more.
    if (at.table !== table) store.forgetRefused(table);
    const { applied_n } = state.facts;
    at = {
      head_seq: at.head_seq ?? page.head_seq,
      head_hash: at.head_seq === null ? page.head_hash : at.head_hash,
      table,
      after_id: last_id,
      only,
    };
    const loading = JSON.stringify(at);
    await store.inSlices(
      (function* () {
        // Before they are written: a new station has none. The trail is never cut: what this station recorded before it
        // joined stays here.
        const here = table === TRAIL ? [] : idsHere(db, table, after_id, page.more ? last_id : null);
        for (const image of page.rows)
          yield only ? store.renewRow(rows, image, applied_n) : store.takeRow(rows, image, applied_n, false);
        const there = here.length > 0 ? new Set(page.rows.map(row => String(row.id))) : undefined;
        for (const id of here) if (!there?.has(id)) yield store.takeGone(rows, id, 'deleted', applied_n);
        yield state.set({ loading });
      })(),
    );
    done += page.rows.length;
    progress('load', done, Math.max(total, done));
  }
  store.applying(() => {
    removeLocalOrphans(db, tables);
    const cursor = { cursor_seq: at.head_seq ?? 0, cursor_hash: at.head_hash ?? undefined };
    state.set({ loading: undefined, ...(only === null && cursor) });
  });
  return only === null;
}

type Ask = (table: string, after_id: string | null) => Promise<SnapshotPage>;
/** Page by page, table by table; the next one, of this table or of the next, travels while one is written. */
async function* pagesOf(known: readonly RowStore[], from: Pick<Position, 'table' | 'after_id'>, ask: Ask) {
  const askAhead = (rows: RowStore | undefined, after_id: string | null) => {
    const coming = rows && ask(rows.def.name, after_id);
    coming?.catch(() => undefined);
    return coming;
  };
  let after_id = known[0]?.def.name === from.table ? from.after_id : null;
  let coming = askAhead(known[0], after_id);
  for (const [place, rows] of known.entries())
    for (let is_whole = false; coming && !is_whole; ) {
      const page: SnapshotPage = await coming;
      is_whole = !page.more;
      const last_id: string | null = page.rows.length > 0 ? String(page.rows.at(-1)?.id) : after_id;
      coming = is_whole ? askAhead(known[place + 1], null) : askAhead(rows, last_id);
      yield { rows, page, after_id, last_id };
      after_id = is_whole ? null : last_id;
    }
}

/** Ids that this station holds of the centre's rows, after one id up to another or the end. */
function idsHere(db: Sqlite, table: string, after_id: string | null, to_id: string | null): string[] {
  return db
    .prepare<{ table: string; after_id: string; to_id: string }, string>(
      `select id from (
         select id from "${table}" where id > @after_id and id <= @to_id
         union select row_id from sync_shadow
           where table_name = @table and row_id > @after_id and row_id <= @to_id and central is not null) x
         where not exists (select 1 from sync_shadow w where w.table_name = @table and w.row_id = x.id and w.central is null)`,
    )
    .pluck()
    .all({ table, after_id: after_id ?? '', to_id: to_id ?? '~' });
}

/** Rows that only this station has (sessions, drafts) go with the person or the order they hang on. */
function removeLocalOrphans(db: Sqlite, tables: readonly AnyTable[]): void {
  for (const def of tables.filter(d => d.sync.kind === 'local_only'))
    for (const { column, table } of referencesOf(def))
      db.exec(
        `delete from "${def.name}" where "${column}" is not null and "${column}" not in (select id from "${table}")`,
      );
}
