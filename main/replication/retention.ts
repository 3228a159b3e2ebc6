import type { AnyTable } from '../../db/kit/define-table.ts';
import { referencesOf } from '../../db/kit/parents-first.ts';
import { TRAIL } from '../../db/sqlite/capture.ts';
import type { Sqlite } from '../../db/sqlite/open.ts';
import type { Store } from './store.ts';

const DAY_MS = 86_400_000;
const KEPT_MS = 14 * DAY_MS;
/** By then every centre that is looked after has a backup. */
const KEPT_WITHOUT_BACKUP_MS = 180 * DAY_MS;

/**
 * Units stay, also when the centre has them, until a verified backup of the centre covers them: after a restore they
 * are sent again. Their age is told by the centre's clock: one that jumps here makes no unit old.
 */
export function forgetOldUnits(db: Sqlite, store: Store): number {
  const { applied_n, backed_up_seq, server_ms } = store.state.facts;
  const old = db
    .prepare<[number, number, number, number], { n: number }>(
      `select n from sync_units where state <> 'pending' and n <= ?
         and ((server_seq <= ? and settled_at_ms < ?) or settled_at_ms < ?) limit 5000`,
    )
    .all(applied_n, backed_up_seq, server_ms - KEPT_MS, server_ms - KEPT_WITHOUT_BACKUP_MS);
  const change = db.prepare('delete from sync_unit_changes where n = ?');
  const unit = db.prepare('delete from sync_units where n = ?');
  db.transaction(() => {
    for (const { n } of old) {
      change.run(n);
      unit.run(n);
    }
  })();
  return old.length;
}

/** A few milliseconds of work: commands come in between. */
const ROWS_PER_TURN = 200;
const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/**
 * Rows that have left the time window of their table go from this station; the centre keeps them. Never what has
 * changes that wait, never a row that another one here names, and of the trail only the beginnings of other stations'
 * chains. Age is told by the centre's clock. Answers how many went.
 */
export async function evictOldRows(
  db: Sqlite,
  store: Store,
  tables: readonly AnyTable[],
  station_id: string,
): Promise<number> {
  let count = 0;
  for (const def of tables) {
    const { window_days } = def.sync;
    const rows = store.rowStores.get(def.name);
    if (window_days === undefined || !rows) continue;
    const before_ms = store.state.facts.server_ms - window_days * DAY_MS;
    const old =
      def.name === TRAIL ? oldTrail(db, station_id, before_ms) : oldRows(db, tables, def, before_ms);
    for (const ids of old) {
      if (ids.length > 0) store.applying(() => rows.removeAll(ids));
      count += ids.length;
      await turn();
    }
  }
  return count;
}

const NOT_WAITING = (table: string) =>
  `not exists (select 1 from sync_shadow s where s.table_name = '${table}' and s.row_id = x.id)`;

function* oldRows(
  db: Sqlite,
  tables: readonly AnyTable[],
  def: AnyTable,
  before_ms: number,
): Generator<string[]> {
  const unnamed = tables.flatMap(child =>
    referencesOf(child)
      .filter(reference => reference.table === def.name)
      .map(({ column }) => `not exists (select 1 from "${child.name}" c where c."${column}" = x.id)`),
  );
  const page = db.prepare<[number, string, number], { id: string; may_go: number }>(
    `select x.id, (${['x.created_at_ms < ?', NOT_WAITING(def.name), ...unnamed].join(' and ')}) as may_go
     from "${def.name}" x where x.id > ? order by x.id limit ?`,
  );
  for (let after = ''; ; ) {
    const found = page.all(before_ms, after, ROWS_PER_TURN);
    yield found.filter(row => row.may_go === 1).map(row => row.id);
    if (found.length < ROWS_PER_TURN) return;
    after = found.at(-1)?.id ?? '';
  }
}

function* oldTrail(db: Sqlite, station_id: string, before_ms: number): Generator<string[]> {
  const others = db
    .prepare<[string], string>(
      `with recursive s(id) as (select min(station_id) from "${TRAIL}"
         union all select (select min(station_id) from "${TRAIL}" where station_id > s.id) from s where s.id is not null)
       select id from s where id is not null and id <> ?`,
    )
    .pluck()
    .all(station_id);
  const first = db.prepare<[string, number], { id: string; created_at_ms: number; may_go: number }>(
    `select x.id, x.created_at_ms, ${NOT_WAITING(TRAIL)} as may_go from "${TRAIL}" x
     where x.station_id = ? order by x.chain_no limit ?`,
  );
  for (const other of others)
    for (let isMore = true; isMore; ) {
      const found = first.all(other, ROWS_PER_TURN);
      const young = found.findIndex(row => row.created_at_ms >= before_ms || row.may_go === 0);
      isMore = young < 0 && found.length === ROWS_PER_TURN;
      yield (young < 0 ? found : found.slice(0, young)).map(row => row.id);
    }
}
