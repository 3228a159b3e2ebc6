import { canonical } from '../../../main/platform/canonical.ts';
import type { Row } from '../../../main/platform/row-changes.ts';
import { broken, TRAIL } from './invariants.ts';
import { tables, travelling } from './virtual-station.ts';
import { isRunning, type Place, unitIds, type World } from './world.ts';

const ONLY_ADDED = new Set(
  tables.filter(def => ['append_only', 'additive'].includes(def.sync.kind)).map(def => def.name),
);
const isTaken = (outcome: string): boolean => outcome === 'applied' || outcome === 'merged';

/** I6: a reader at commit n has what the commits up to n made, and nothing that only later ones made. */
export function readerHasItsCommits({ centre }: World, { name, station, loaded_to }: Place): void {
  const { cursor_seq, cursor_hash, loading } = station.state.facts;
  const { commits, rows } = centre.state;
  if (loading !== undefined || commits[cursor_seq - 1]?.hash !== cursor_hash) return;
  const first = new Map<string, number>();
  const last = new Map<string, number>();
  for (const { seq, changes } of commits)
    for (const { table, id } of changes) {
      const key = `${table} ${id}`;
      if (!first.has(key)) first.set(key, seq);
      last.set(key, seq);
    }
  const here = centralVersions(station);
  for (const [key, seq] of last) {
    const [table = '', id = ''] = key.split(' ');
    const there = rows.get(table)?.get(id)?.row_version ?? null;
    const held = here.get(key) ?? null;
    const facts = { name, key, cursor_seq, changed_in: seq, held, there };
    if (table !== TRAIL && seq <= cursor_seq && held !== there)
      broken('I6 a reader has all commits up to its cursor', facts);
    if (table !== TRAIL && Number(first.get(key)) > Math.max(cursor_seq, loaded_to) && held !== null)
      broken('I6 a reader has nothing of later commits', facts);
  }
}
/** Versions of the central images that a station holds, beneath the changes that wait. */
function centralVersions({ ask }: Place['station']): Map<string, number> {
  const versions = new Map<string, number>();
  for (const { name } of travelling)
    for (const { id, row_version } of ask.all<{ id: string; row_version: number }>(
      `select id, row_version from "${name}"`,
    ))
      versions.set(`${name} ${id}`, row_version);
  for (const { key, central_version } of ask.all<{ key: string; central_version: number | null }>(
    "select table_name || ' ' || row_id as key, central_version from sync_shadow",
  ))
    if (central_version === null) versions.delete(key);
    else versions.set(key, central_version);
  return versions;
}

/** I10: a signed row is for ever what it was when the centre had it first; only its version counts on. */
export function signedRowsStay({ centre, signed }: World): void {
  for (const [id, row] of centre.state.rows.get('inspection_logs') ?? []) {
    if (row.signed_at_ms === null || row.signed_at_ms === undefined) continue;
    const { row_version, updated_at_ms, updated_by, ...rest } = row;
    const content = canonical(rest);
    const held = signed.get(id) ?? content;
    if (held !== content) broken('I10 a signed row was changed', { id, held, content });
    signed.set(id, content);
  }
  for (const id of signed.keys())
    if (!centre.state.rows.get('inspection_logs')?.has(id)) broken('I10 a signed row was removed', { id });
}

/** I10: a row that is only added is for ever what its author wrote. */
export function addedRowsStay({ centre }: World): void {
  for (const { unit, outcome, same_as } of centre.state.units) {
    if (same_as || !isTaken(outcome)) continue;
    for (const { table, id, op, patch } of unit.changes) {
      if (op !== 'I' || !ONLY_ADDED.has(table)) continue;
      const row = centre.state.rows.get(table)?.get(id);
      if (!row || canonical(row) !== canonical({ ...patch, row_version: 1 }))
        broken('I10 an added row was changed', { table, id, written: patch, row });
    }
  }
}

/** I11: quantities at the centre are the sum over all distinct bookings that a person saw succeed. */
export function quantitiesAddUp({ centre }: World): void {
  let wanted = 0;
  for (const { unit, outcome, detail, same_as } of centre.state.units) {
    const booked = unit.changes.filter(c => c.table === 'order_movements');
    if (same_as || booked.length === 0) continue;
    // Set aside for a reason that passes: not refused, only not yet taken.
    if (outcome === 'parked') continue;
    if (!isTaken(outcome)) broken('I11 a booking is never refused', { unit: unit.unit_id, outcome, detail });
    for (const { patch } of booked) wanted += Number(patch?.quantity);
  }
  const rows: Iterable<Row> = centre.state.rows.get('order_movements')?.values() ?? [];
  let held = 0;
  for (const row of rows) held += Number(row.quantity);
  if (held !== wanted) broken('I11 quantities add up', { held, wanted });
}

/** I19: a unit stays at its station, also when the centre has it, until a verified backup covers it. */
export function unitsStayUntilBackedUp({
  centre,
  confirmed,
  lost_with_disk,
  places,
  verified_seq,
}: World): void {
  const seqs = new Map(centre.state.units.flatMap(u => (u.same_as ? [] : [[u.unit_id, u.seq] as const])));
  for (const place of places.filter(isRunning)) {
    const held = unitIds(place.station);
    for (const { unit_id, station } of confirmed.values()) {
      if (station !== place.name || held.has(unit_id) || lost_with_disk.has(unit_id)) continue;
      const seq = seqs.get(unit_id) ?? Number.POSITIVE_INFINITY;
      if (seq > verified_seq)
        broken('I19 a unit was forgotten before a backup covered it', {
          station,
          unit_id,
          seq,
          verified_seq,
        });
    }
  }
}
