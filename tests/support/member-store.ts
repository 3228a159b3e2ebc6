import path from 'node:path';
import type { AnyTable } from '../../db/kit/define-table.ts';
import { schema } from '../../db/schema/index.ts';
import { databaseVersion, migrate, readMigrations } from '../../db/sqlite/migrate.ts';
import { openWriter, registerFunctions, type Sqlite } from '../../db/sqlite/open.ts';
import { createAuditTrail } from '../../main/platform/audit-trail.ts';
import { createFileStore } from '../../main/platform/file-store.ts';
import { silentLog } from '../../main/platform/log.ts';
import type { Clock, Ids } from '../../main/platform/ports.ts';
import { createTransfers } from '../../main/platform/transfers.ts';
import { createJournal } from '../../main/replication/journal.ts';
import { createState } from '../../main/replication/state.ts';
import { createStore } from '../../main/replication/store.ts';
import type { PullPage } from '../../main/replication/wire.ts';
import { type CommandCtx, systemActor } from '../../main/rpc/context.ts';
import { createUnits } from '../../main/rpc/units.ts';

/** The product's own capture, journal and store on a SQLite file of this folder, a member of an organization from the start. */
export function openMember(folder: string, file: string, clock: Clock, ids: Ids) {
  const db: Sqlite = openWriter(path.join(folder, file));
  registerFunctions(db);
  const tables: AnyTable[] = Object.values(schema);
  migrate(db, readMigrations(path.resolve(import.meta.dirname, '../../db/migrations/sqlite')), tables);
  const station = { station_id: 'station-1' };
  const state = createState(db);
  state.set({ centre: 'sealed', client_id: ids.next() });
  const journal = createJournal({
    db,
    state,
    tables,
    schema_version: databaseVersion(db),
    onKept: () => undefined,
  });
  const units = createUnits({
    db,
    tables,
    trail: createAuditTrail(db, station, { sign: text => text }, () => ids.next()),
    journal,
    clock,
    ids,
    log: silentLog,
    organization_id: 1,
    station,
    subscriptions: [],
    transfers: createTransfers(createFileStore(folder), folder, () => clock.now_ms()),
    data_folder: folder,
    replicationStatus: () => {
      throw new Error('not asked');
    },
    changed: () => undefined,
  });
  const store = createStore({
    db,
    tables,
    organization_id: 1,
    station,
    state,
    journal,
    clock,
    arriving: async () => undefined,
  });
  return {
    db,
    store,
    state,
    run: <T>(work: (ctx: CommandCtx) => T): T => units.command(systemActor('system'), 'test.work', work),
    row: (table: string, id: string) => store.rowStores.get(table)?.read(id) ?? null,
  };
}
export type MemberStore = ReturnType<typeof openMember>;

/** A page as the centre would send it. */
export const pageOf = (page: Partial<PullPage>): PullPage => ({
  to_seq: 1,
  to_hash: 'aa',
  head_seq: page.to_seq ?? 1,
  more: false,
  applied_unit_no: 0,
  outcomes: [],
  tables: [],
  rest_after: null,
  server_ms: null,
  ...page,
});
