import { canonical } from '../../../main/platform/canonical.ts';
import { BOOKKEEPING, type Row } from '../../../main/platform/row-changes.ts';
import {
  addedRowsStay,
  quantitiesAddUp,
  readerHasItsCommits,
  unitsStayUntilBackedUp,
} from './invariants-of-history.ts';
import { travelling } from './virtual-station.ts';
import type { Place, World } from './world.ts';
import { isRunning, rowsIn } from './world.ts';

export const broken = (name: string, facts: unknown): never => {
  throw new Error(`${name}: ${JSON.stringify(facts)}`);
};
export const TRAIL = 'audit_logs';
const DAY_MS = 86_400_000;

/** What must hold at a station at any moment. */
export function checkPlace(place: Place): void {
  const { station } = place;
  if (!station.is_open) return;
  const writes = station.ask.get<{ n: number }>('select total_changes() as n')?.n ?? 0;
  if (writes === station.checked_at_writes) return;
  station.checked_at_writes = writes;
  pendingValuesShow(place);
}

/** What must hold whenever an exchange came to its end. */
export function checkExchanged(world: World, place: Place): void {
  readerHasItsCommits(world, place);
}

/** I8, I18: what a person saved and the centre has not answered is what the row shows. */
function pendingValuesShow({ name, station }: Place): void {
  const { applied_n, loading } = station.state.facts;
  // What became of a unit was told; sent again after a restore of the centre, it shows once the rows are loaded.
  const pending = station.ask.all<{ table_name: string; row_id: string; op: string; patch: string | null }>(
    `select table_name, row_id, op, patch from sync_unit_changes c join sync_units u using (n)
     where n > @applied_n and not (@is_loading and u.settled_at_ms is not null) order by n, change_no`,
    { applied_n, is_loading: loading === undefined ? 0 : 1 },
  );
  const wanted = new Map<string, { table: string; id: string; values: Row | null }>();
  for (const { table_name, row_id, op, patch } of pending) {
    if (op === 'J') continue;
    const key = `${table_name} ${row_id}`;
    const before = wanted.get(key);
    const values = op === 'D' ? null : { ...before?.values, ...JSON.parse(patch ?? '{}') };
    // A change of a row that the centre has deleted has nothing to show on.
    if (op === 'U' && !before && !station.store.rowStores.get(table_name)?.read(row_id)) continue;
    if (op === 'U' && before?.values === null) continue;
    wanted.set(key, { table: table_name, id: row_id, values });
  }
  for (const { table, id, values } of wanted.values()) {
    const row = station.store.rowStores.get(table)?.read(id) ?? null;
    if ((row === null) !== (values === null))
      broken('I8 row of a waiting unit', { name, table, id, values, row });
    // Who wrote last is told by the last change that changed something.
    for (const [key, value] of Object.entries(values ?? {}))
      if (!BOOKKEEPING.has(key) && canonical(row?.[key] ?? null) !== canonical(value))
        broken('I18 saved value is not shown', { name, table, id, key, saved: value, shown: row?.[key] });
  }
}

/** What must hold once every station has exchanged everything. */
export function checkQuiet(world: World): void {
  theCentreCounts(world);
  noUnitIsLost(world);
  noUnitIsHalfApplied(world);
  businessKeysAreUnique(world);
  noUnitWaitsForItself(world);
  addedRowsStay(world);
  quantitiesAddUp(world);
  unitsStayUntilBackedUp(world);
  for (const place of world.places) if (isRunning(place)) rowsAreEqual(world, place);
}

/** I3, I4, I5: numbers without holes, commits in a chain. */
function theCentreCounts({ centre }: World): void {
  centre.state.commits.forEach((c, at) => {
    if (c.seq !== at + 1) broken('I4 commits have no holes', { seq: c.seq, at });
  });
  for (const [client_id, client] of centre.state.clients) {
    const numbers = centre.state.units.filter(u => u.client_id === client_id).map(u => u.unit_no);
    if (numbers.length !== client.last_unit_no || numbers.some((n, at) => n !== at + 1))
      broken('I3 numbers of a client have no holes', { client_id, numbers, last: client.last_unit_no });
  }
}

/** I1, I2, I13: every confirmed command is at the centre once, or still waits where the person can see it. */
function noUnitIsLost({ centre, confirmed, lost_with_disk, places }: World): void {
  const kept = new Map<string, number>();
  for (const u of centre.state.units) if (!u.same_as) kept.set(u.unit_id, (kept.get(u.unit_id) ?? 0) + 1);
  const waiting = new Set(
    places.flatMap(p =>
      p.station.db
        .prepare<[], string>("select unit_id from sync_units where state = 'pending'")
        .pluck()
        .all(),
    ),
  );
  const ofRevoked = new Set(
    places
      .filter(p => p.is_revoked)
      .flatMap(p => p.station.db.prepare<[], string>('select unit_id from sync_units').pluck().all()),
  );
  for (const unit of confirmed.values()) {
    const times = kept.get(unit.unit_id) ?? 0;
    if (times > 1) broken('I2 a unit takes effect once', { ...unit, times });
    if (times === 1 || waiting.has(unit.unit_id) || ofRevoked.has(unit.unit_id)) continue;
    if (!lost_with_disk.has(unit.unit_id)) broken('I1 a confirmed command is lost', unit);
  }
}

/** I12: all rows of an applied unit were made, none of another one. */
function noUnitIsHalfApplied({ centre, confirmed }: World): void {
  for (const unit of centre.state.units) {
    if (unit.same_as) continue;
    const isApplied = unit.outcome === 'applied' || unit.outcome === 'merged';
    for (const { table, id } of confirmed.get(unit.unit_id)?.inserted ?? []) {
      const wasMade = centre.state.rows.get(table)?.has(id) || centre.state.deleted.has(`${table} ${id}`);
      if (Boolean(wasMade) !== isApplied)
        broken('I12 a unit is never half applied', { unit: unit.unit_id, outcome: unit.outcome, table, id });
    }
  }
}

/** I16: a unit never waits for a row that it makes itself. */
function noUnitWaitsForItself({ centre }: World): void {
  for (const { unit, waits_for } of centre.state.parked)
    if (unit.changes.some(c => c.op === 'I' && `${c.table} ${c.id}` === waits_for))
      broken('I16 a unit waits for its own row', { intent: unit.intent, waits_for });
}

/** I15: two live rows never share a business key. */
function businessKeysAreUnique({ centre }: World): void {
  for (const def of travelling)
    for (const keys of def.unique as readonly (readonly string[])[]) {
      const seen = new Set<string>();
      for (const row of centre.state.rows.get(def.name)?.values() ?? []) {
        const key = canonical(keys.map(k => row[k] ?? null));
        if (seen.has(key)) broken('I15 a business key is there once', { table: def.name, key });
        seen.add(key);
      }
    }
}

/** I8, I9: with nothing waiting, every row here is the row there. */
function rowsAreEqual({ centre }: World, { name, station }: Place): void {
  const count = (table: string) => Number(station.db.prepare(`select count(*) from ${table}`).pluck().get());
  if (count('sync_shadow') > 0)
    broken('I8 nothing waits, so nothing has a shadow', {
      name,
      rows: station.db.prepare('select table_name, row_id from sync_shadow').all(),
    });
  if (count('sync_refused_rows') > 0) broken('no row is refused', { name });
  const orphans = station.db.pragma('foreign_key_check');
  if (Array.isArray(orphans) && orphans.length > 0) broken('I7 no orphans', { name, orphans });
  for (const def of travelling) {
    const there = centre.state.rows.get(def.name) ?? new Map<string, Row>();
    const here = new Map(rowsIn(station, def.name).map(row => [String(row.id), row]));
    const { window_days = Number.POSITIVE_INFINITY } = def.sync;
    const oldest_ms = station.state.facts.server_ms - window_days * DAY_MS;
    for (const [id, row] of there) {
      const own = here.get(id);
      if (!own && Number(row.created_at_ms) < oldest_ms) continue;
      if (!own || !isSameRow(own, row))
        broken('I9 a row differs from the centre', { name, table: def.name, here: own, there: row });
    }
    // The trail is never cut: a station keeps what a restored centre has forgotten.
    if (def.name === TRAIL) continue;
    for (const [id, row] of here)
      if (!there.has(id)) broken('I9 a row that the centre does not have', { name, table: def.name, row });
  }
}
/** Columns that are empty may be absent on the way. */
const isSameRow = (own: Row, there: Row): boolean =>
  Object.keys({ ...own, ...there }).every(key => isSame(own[key] ?? null, there[key] ?? null));
const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'object' && typeof b === 'object' && canonical(a) === canonical(b));
