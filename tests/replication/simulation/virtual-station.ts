import path from 'node:path';
import Database from 'better-sqlite3';
import type { Id } from '../../../db/kit/columns.ts';
import type { AnyTable } from '../../../db/kit/define-table.ts';
import { referencesOf } from '../../../db/kit/parents-first.ts';
import { schema } from '../../../db/schema/index.ts';
import { databaseVersion, migrate, readMigrations } from '../../../db/sqlite/migrate.ts';
import { registerFunctions, type Sqlite } from '../../../db/sqlite/open.ts';
import { createAuditTrail } from '../../../main/platform/audit-trail.ts';
import { createFileStore } from '../../../main/platform/file-store.ts';
import { silentLog } from '../../../main/platform/log.ts';
import type { Clock, Ids } from '../../../main/platform/ports.ts';
import { createTransfers } from '../../../main/platform/transfers.ts';
import type { Connect } from '../../../main/replication/centre.ts';
import { createJournal } from '../../../main/replication/journal.ts';
import { readableAs } from '../../../main/replication/later-columns.ts';
import { Replicator } from '../../../main/replication/replicator.ts';
import { createState } from '../../../main/replication/state.ts';
import { createStore } from '../../../main/replication/store.ts';
import { type Actor, type CommandCtx, systemActor } from '../../../main/rpc/context.ts';
import { statementsOf } from '../../../main/rpc/statements.ts';
import { createUnits } from '../../../main/rpc/units.ts';
import { connectionTo } from './connections.ts';

/** What the commands of a schedule write and what the station itself needs; with everything they refer to. */
const PLAYED = [
  'audit_logs',
  'bom_lines',
  'file_uploads',
  'inspection_logs',
  'movement_archives',
  'number_sequences',
  'order_config_items',
  'order_movements',
  'orders',
  'organizations',
  'roles',
  'saved_views',
  'workflow_history',
];
export const tables: AnyTable[] = withReferred(PLAYED);
export const travelling = tables.filter(def => def.sync.kind !== 'local_only');
const ORGANIZATION = 1;
/** Never touched: nothing in a schedule stores a file. */
const NO_FOLDER = path.join(import.meta.dirname, 'no-files');

export interface StationPorts {
  login: string;
  clock: Clock;
  ids: Ids;
  connect: Connect;
}

/**
 * The product's own station around a SQLite file: capture, journal, store and replicator are the real ones,
 * only the line to the centre, the clock and the ids come from the schedule.
 */
export function openVirtualStation(file: Buffer, ports: StationPorts, known: AnyTable[] = tables) {
  const connection = connectionTo(file);
  const { db } = connection;
  db.pragma('journal_mode = MEMORY');
  db.pragma('synchronous = OFF');
  db.pragma('foreign_keys = ON');
  registerFunctions(db);
  let is_open = true;
  const { clock, ids } = ports;
  const own = ownFacts(db, ids);
  const state = createState(db);
  const schema_version = databaseVersion(db);
  const journal = createJournal({ db, state, tables: known, schema_version, onKept: () => undefined });
  const units = createUnits({
    db,
    tables: known,
    trail: createAuditTrail(db, own, { sign: text => text }, () => ids.next()),
    journal,
    clock,
    ids,
    log: silentLog,
    organization_id: ORGANIZATION,
    station: own,
    subscriptions: [],
    transfers: createTransfers(createFileStore(NO_FOLDER), NO_FOLDER, () => clock.now_ms()),
    data_folder: NO_FOLDER,
    replicationStatus: () => replicator.status(),
    changed: () => undefined,
  });
  const store = createStore({
    db,
    tables: known,
    organization_id: ORGANIZATION,
    station: own,
    state,
    journal,
    clock,
    arriving: async () => undefined,
  });
  const replicator = new Replicator({
    db,
    tables: known,
    store,
    files: createFileStore(NO_FOLDER),
    work_folder: NO_FOLDER,
    secrets: { seal: async plain => plain, open: async sealed => sealed },
    connect: ports.connect,
    clock,
    ids,
    log: silentLog,
    app_version: '0.0.0',
    schema_version,
    chance: () => 0,
    station: own,
    backUp: () => undefined,
    changed: () => undefined,
    statusChanged: () => undefined,
  });
  return {
    db,
    state,
    store,
    replicator,
    /** Statements of the test, prepared once. */
    ask: statementsOf(db),
    command: <T>(actor: Actor, intent: string, run: (ctx: CommandCtx) => T): T =>
      units.command(actor, intent, run),
    /** As after a first exchange: a member that holds everything up to this commit. */
    join(client_id: string, head: { seq: number; hash: string }): void {
      own.renewStationId();
      const access = {
        host: '127.0.0.1',
        port: 1,
        database: 'sim',
        user: ports.login,
        password: '',
        tls: 'off',
      };
      state.set({
        centre: JSON.stringify(access),
        station_code: ports.login,
        client_id,
        incarnation: 1,
        nonce: client_id,
        epoch: 1,
        cursor_seq: head.seq,
        cursor_hash: head.hash,
        checked_at_ms: clock.now_ms(),
        readable: readableAs(known),
      });
    },
    file: (): Buffer => connection.file(),
    get is_open() {
      return is_open;
    },
    /** Of the invariants: nothing was written since they were checked last. */
    checked_at_writes: -1,
    close(): void {
      if (is_open) connection.release();
      is_open = false;
    },
  };
}
export type VirtualStation = ReturnType<typeof openVirtualStation>;

function ownFacts(db: Sqlite, ids: Ids) {
  const keep = db.prepare(
    "insert into local_state (key, value) values ('station_id', ?) on conflict (key) do update set value = excluded.value",
  );
  const held = db.prepare("select value from local_state where key = 'station_id'").pluck();
  if (held.get() === undefined) keep.run(ids.next());
  return {
    get station_id() {
      return String(held.get());
    },
    organization_id: ORGANIZATION,
    renewStationId: () => void keep.run(ids.next()),
  };
}

function withReferred(names: readonly string[]): AnyTable[] {
  const all = Object.values<AnyTable>(schema);
  const wanted = new Set<string>();
  const visit = (name: string): void => {
    const def = all.find(d => d.name === name);
    if (!def || wanted.has(name)) return;
    wanted.add(name);
    for (const { table } of referencesOf(def)) visit(table);
  };
  for (const name of names) visit(name);
  return all.filter(def => wanted.has(def.name));
}

/** An empty station of the newest version, without the tables that no schedule touches: a file opens in a third of the time. */
export function emptyFile(): Buffer {
  const db = new Database(':memory:');
  registerFunctions(db);
  const folder = path.resolve(import.meta.dirname, '../../../db/migrations/sqlite');
  const all = Object.values<AnyTable>(schema);
  migrate(db, readMigrations(folder), all);
  db.pragma('foreign_keys = OFF');
  for (const def of all) if (!tables.includes(def)) db.exec(`drop table "${def.name}"`);
  db.exec('vacuum');
  const file = db.serialize();
  db.close();
  return file;
}

export const person = (user_id: string, plant_id: string): Actor => ({
  ...systemActor('system'),
  user_id: user_id as Id<'users'>,
  username: 'sim',
  full_name: 'Simulated person',
  plant_id: plant_id as Id<'plants'>,
  is_person: true,
});
