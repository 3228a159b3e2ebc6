import type { AUDIT_ACTIONS } from '../../db/schema/infrastructure.ts';
import type { Sqlite } from '../../db/sqlite/open.ts';
import { canonical, sha256 } from './canonical.ts';

/** One change of a row as the trail keeps it: business columns only, secrets masked. */
export interface Change {
  table: string;
  row_id: string;
  identifier: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}
export type AuditAction = (typeof AUDIT_ACTIONS)[number];
/** An action that changes no row, or that deserves a row of its own (sign-in, export, approval). */
export interface AuditEvent {
  action: AuditAction;
  category: string;
  entity_type: string;
  entity_id?: string | null;
  entity_identifier?: string | null;
  metadata?: Record<string, unknown>;
  severity?: 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL';
  success?: boolean;
  error_message?: string;
  user_id?: string | null;
  user_name?: string | null;
}
export interface UnitMeta {
  organization_id: number;
  station_id: string;
  at_ms: number;
  user_id: string | null;
  user_name: string | null;
  session_id: string | null;
  request_id: string;
  intent: string;
  reason: string | null;
}

/** Only the keys whose values differ: `{field: [old, new]}`. */
export function diffOf(
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null,
): Record<string, [unknown, unknown]> {
  const keys = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const changed = [...keys].filter(k => canonical(before?.[k] ?? null) !== canonical(after?.[k] ?? null));
  return Object.fromEntries(changed.map(k => [k, [before?.[k] ?? null, after?.[k] ?? null]]));
}

const HASHED = [
  'id',
  'organization_id',
  'station_id',
  'chain_no',
  'at_ms',
  'entity_type',
  'entity_id',
  'entity_identifier',
  'action',
  'action_category',
  'user_id',
  'user_name',
  'session_id',
  'request_id',
  'intent',
  'reason',
  'changes_before',
  'changes_after',
  'changes_diff',
  'metadata',
  'severity',
  'success',
  'error_message',
  'prev_hash',
] as const;
type AuditRow = Record<(typeof HASHED)[number], string | number | null>;
/** The hash covers the row as it is stored and the hash before it. */
export const hashOf = (row: AuditRow): string =>
  sha256(canonical(Object.fromEntries(HASHED.map(k => [k, row[k]]))));

const COLUMNS = [...HASHED, 'hash', 'created_at_ms', 'created_by', 'updated_at_ms', 'updated_by'];
export interface ChainHead {
  chain_no: number;
  hash: string;
}
/** The rows of one command: `first_no` to `chain_no`, the last one with this hash. */
export interface ChainPlaces extends ChainHead {
  first_no: number;
}
/** Seals the head, so that cutting rows off the end shows too. */
export interface HeadSeal {
  sign(text: string): string;
}
const GENESIS = '0'.repeat(64);
const SYSTEM_USER = '00000000-0000-7000-8000-000000000000';

/** Appends to the hash chain of this station. Lives as long as the writing connection. */
export function createAuditTrail(
  db: Sqlite,
  station: { readonly station_id: string },
  seal: HeadSeal,
  nextId: () => string,
) {
  const insert = db.prepare(
    `insert into audit_logs (${COLUMNS.join(', ')}) values (${COLUMNS.map(c => `@${c}`).join(', ')})`,
  );
  const saveHead = db.prepare(
    "insert into local_state (key, value) values ('audit_head', ?) on conflict (key) do update set value = excluded.value",
  );
  const lastRow = db.prepare<[string], ChainHead>(
    'select chain_no, hash from audit_logs where station_id = ? order by chain_no desc limit 1',
  );
  const head = (): ChainHead => lastRow.get(station.station_id) ?? { chain_no: 0, hash: GENESIS };

  const json = (value: unknown): string | null =>
    value === null || value === undefined ? null : canonical(value);
  function append(at: ChainHead, meta: UnitMeta, entry: AuditEvent, change?: Change): ChainHead {
    const row: AuditRow = {
      id: nextId(),
      organization_id: meta.organization_id,
      station_id: meta.station_id,
      chain_no: at.chain_no + 1,
      at_ms: meta.at_ms,
      entity_type: entry.entity_type,
      entity_id: entry.entity_id ?? null,
      entity_identifier: entry.entity_identifier?.slice(0, 200) ?? null,
      action: entry.action,
      action_category: entry.category,
      user_id: entry.user_id === undefined ? meta.user_id : entry.user_id,
      user_name: entry.user_name === undefined ? meta.user_name : entry.user_name,
      session_id: meta.session_id,
      request_id: meta.request_id,
      intent: meta.intent,
      reason: meta.reason,
      changes_before: json(change?.before),
      changes_after: json(change?.after),
      changes_diff: change ? json(diffOf(change.before, change.after)) : null,
      metadata: json(entry.metadata),
      severity: entry.severity ?? 'INFO',
      success: entry.success === false ? 0 : 1,
      error_message: entry.error_message?.slice(0, 500) ?? null,
      prev_hash: at.hash,
    };
    const hash = hashOf(row);
    const actor = row.user_id ?? SYSTEM_USER;
    insert.run({
      ...row,
      hash,
      created_at_ms: meta.at_ms,
      created_by: actor,
      updated_at_ms: meta.at_ms,
      updated_by: actor,
    });
    return { chain_no: at.chain_no + 1, hash };
  }

  return {
    /** Writes the rows of one command inside its transaction; answers their places in the chain, or null when there is nothing to write. */
    write(meta: UnitMeta, changes: readonly Change[], events: readonly AuditEvent[]): ChainPlaces | null {
      if (changes.length === 0 && events.length === 0) return null;
      const from = head();
      let at = from;
      for (const event of events) at = append(at, meta, event);
      for (const change of changes) {
        const action = change.before === null ? 'CREATE' : change.after === null ? 'DELETE' : 'UPDATE';
        at = append(
          at,
          meta,
          {
            action,
            category: 'data',
            entity_type: change.table,
            entity_id: change.row_id,
            entity_identifier: change.identifier,
          },
          change,
        );
      }
      saveHead.run(JSON.stringify({ ...at, mac: seal.sign(`${at.chain_no}:${at.hash}`) }));
      return { first_no: from.chain_no + 1, ...at };
    },
  };
}
export type AuditTrail = ReturnType<typeof createAuditTrail>;

export type ChainFault =
  | { kind: 'altered'; station_id: string; chain_no: number; id: string }
  | { kind: 'removed'; station_id: string; from_no: number; to_no: number }
  | { kind: 'inserted'; station_id: string; chain_no: number; id: string }
  | { kind: 'head_mismatch'; station_id: string; chain_no: number };

type StoredRow = AuditRow & { hash: string };
/** Rows that claim the same place in a chain: one, unless somebody inserted rows. */
function* placesOf(rows: Iterable<StoredRow>): Generator<StoredRow[]> {
  let place: StoredRow[] = [];
  for (const row of rows) {
    const [first] = place;
    if (first && (first.station_id !== row.station_id || first.chain_no !== row.chain_no)) {
      yield place;
      place = [];
    }
    place.push(row);
  }
  if (place.length > 0) yield place;
}

/** Of another station's chain only the last weeks are kept here: it begins where it begins. */
function beginningOf([first]: StoredRow[], own_station_id: string): ChainHead {
  if (!first || first.station_id === own_station_id) return { chain_no: 0, hash: GENESIS };
  return { chain_no: Number(first.chain_no) - 1, hash: String(first.prev_hash) };
}

/**
 * Walks every chain and names each altered, removed or inserted row. A row counts as untouched when its content
 * gives its hash and the row after it confirms that hash; the last one is confirmed by the sealed head.
 * `progress` is called for every thousand rows.
 */
export function verifyTrail(
  db: Sqlite,
  station_id: string,
  seal: HeadSeal,
  progress?: (rows: number) => void,
): { rows: number; faults: ChainFault[] } {
  const faults: ChainFault[] = [];
  let rows = 0;
  const heads = new Map<string, ChainHead>();
  const settle = (place: StoredRow[], next: StoredRow[] | undefined): void => {
    const station = String(place[0]?.station_id);
    const at = heads.get(station) ?? beginningOf(place, station_id);
    const follows = next?.[0]?.station_id === station && next[0].chain_no === Number(place[0]?.chain_no) + 1;
    const confirmed = (row: StoredRow) => !follows || next.some(n => n.prev_hash === row.hash);
    const sound = (row: StoredRow) => row.prev_hash === at.hash && hashOf(row) === row.hash;
    const kept = place.find(r => confirmed(r) && sound(r)) ?? place.find(confirmed) ?? place[0];
    if (!kept) return;
    const chain_no = Number(kept.chain_no);
    for (const other of place.filter(r => r !== kept))
      faults.push({ kind: 'inserted', station_id: station, chain_no, id: String(other.id) });
    if (chain_no > at.chain_no + 1)
      faults.push({ kind: 'removed', station_id: station, from_no: at.chain_no + 1, to_no: chain_no - 1 });
    if (hashOf(kept) !== kept.hash || !confirmed(kept))
      faults.push({ kind: 'altered', station_id: station, chain_no, id: String(kept.id) });
    heads.set(station, { chain_no, hash: kept.hash });
    for (let n = 0; n < place.length; n++) if (++rows % 1000 === 0) progress?.(rows);
  };
  const all = db.prepare<[], StoredRow>(
    `select ${[...HASHED, 'hash'].join(', ')} from audit_logs order by station_id, chain_no, id`,
  );
  let before: StoredRow[] | undefined;
  for (const place of placesOf(all.iterate())) {
    if (before) settle(before, place);
    before = place;
  }
  if (before) settle(before, undefined);
  const fault = headFault(db, station_id, seal, heads.get(station_id) ?? { chain_no: 0, hash: GENESIS });
  return { rows, faults: fault ? [...faults, fault] : faults };
}

function headFault(db: Sqlite, station_id: string, seal: HeadSeal, last: ChainHead): ChainFault | undefined {
  const stored = db.prepare("select value from local_state where key = 'audit_head'").pluck().get();
  if (typeof stored !== 'string')
    return last.chain_no === 0 ? undefined : { kind: 'head_mismatch', station_id, chain_no: last.chain_no };
  const head: { chain_no: number; hash: string; mac: string } = JSON.parse(stored);
  if (seal.sign(`${head.chain_no}:${head.hash}`) !== head.mac)
    return { kind: 'head_mismatch', station_id, chain_no: head.chain_no };
  if (head.chain_no > last.chain_no)
    return { kind: 'removed', station_id, from_no: last.chain_no + 1, to_no: head.chain_no };
  return head.hash === last.hash ? undefined : { kind: 'head_mismatch', station_id, chain_no: last.chain_no };
}
