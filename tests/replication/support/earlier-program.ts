import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { Client } from 'pg';
import type { AnyTable } from '../../../db/kit/define-table.ts';
import { migratePostgres } from '../../../db/postgres/migrate.ts';
import { schema } from '../../../db/schema/index.ts';
import { type Migration, migrate, readMigrations } from '../../../db/sqlite/migrate.ts';
import { registerFunctions, type Sqlite } from '../../../db/sqlite/open.ts';
import { uuids } from '../../../main/platform/ports.ts';
import { Centre } from '../../../main/replication/centre.ts';
import { type CommandCtx, systemActor } from '../../../main/rpc/context.ts';
import { temporaryFolder, testClock } from '../../support/station.ts';
import { openVirtualStation } from '../simulation/virtual-station.ts';
import { noProgress, type OfflineStation, offlineStation, type TestCentre } from '../stations/support.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../db/migrations');
/** After this step columns were added to items, to checks and to what was read of a warning. No older than what a centre still exchanges with. */
export const EARLIER_STEP = 25;
/** Added, for these tests, by a step of its own behind all others: the earlier program does not know it. */
export const LATER_TABLE = 'order_comments';

/** The product's own steps, in another order: the statements of the later table come last. */
function stepsOf(kind: 'sqlite' | 'postgres'): Migration[] {
  const later: string[] = [];
  const steps = readMigrations(path.join(FOLDER, kind)).map(step => {
    if (!step.sql.includes(LATER_TABLE)) return step;
    const statements = step.sql.replaceAll('--> statement-breakpoint', '').split(/(?<=;)\s*\n/);
    later.push(...statements.filter(text => text.includes(LATER_TABLE)));
    return { ...step, sql: statements.filter(text => !text.includes(LATER_TABLE)).join('\n') };
  });
  return [...steps, { number: steps.length + 1, name: 'later_table', sql: later.join('\n') }];
}
const sqlite = stepsOf('sqlite');
const postgres = stepsOf('postgres');
export const NEWEST_STEP = sqlite.length;

function earlierFile(): { bytes: Buffer; tables: AnyTable[] } {
  const db = new Database(':memory:');
  registerFunctions(db);
  const steps = sqlite.slice(0, EARLIER_STEP);
  migrate(db, steps, []);
  const tables = Object.values<AnyTable>(schema).flatMap(def => asItWas(db, def));
  migrate(db, steps, tables);
  const bytes = db.serialize();
  db.close();
  return { bytes, tables };
}
/** A definition as the earlier program had it: with the columns that its database has. */
function asItWas(db: Sqlite, def: AnyTable): AnyTable[] {
  const held = new Set(
    db
      .prepare<[string], { name: string }>('select name from pragma_table_info(?)')
      .all(def.name)
      .map(c => c.name),
  );
  if (held.size === 0) return [];
  const isKnown = (keys: readonly string[]) => keys.every(key => held.has(key));
  const names = Object.keys(def.columns).filter(key => held.has(key));
  return [
    {
      ...def,
      columns: Object.fromEntries(names.map(key => [key, def.columns[key]])),
      indexes: def.indexes.filter(isKnown),
      unique: def.unique.filter(isKnown),
      row: def.row.pick(Object.fromEntries(names.map(key => [key, true]))),
    },
  ];
}
const earlier = earlierFile();

/** A centre as the operator of that time made it, and the same brought to the newest step. */
export const earlierCentre = (operator: Client): Promise<number> =>
  migratePostgres(operator, postgres.slice(0, EARLIER_STEP), earlier.tables, {});
export const bringToNewest = (operator: Client): Promise<number> =>
  migratePostgres(operator, postgres, Object.values(schema), {});

/** Kept open: the test itself reads it. */
const openSecrets = { seal: async (plain: string) => plain, open: async (sealed: string) => sealed };

/** A station whose program is the earlier one: its own capture, journal, store and exchange over the tables of that time. */
export function earlierStation() {
  const clock = testClock(Date.now());
  const station = openVirtualStation(
    earlier.bytes,
    { login: 'earlier', clock, ids: uuids, connect: Centre.connect },
    earlier.tables,
  );
  const known = new Map(earlier.tables.map(def => [def.name, def]));
  const asItKnows = (def: AnyTable): never => known.get(def.name) as never;
  return {
    ...station,
    clock,
    run: <T>(work: (ctx: CommandCtx) => T): T =>
      station.command(systemActor('system'), 'test.work', ctx =>
        work({
          ...ctx,
          insert: (def, values) => ctx.insert(asItKnows(def), values as never),
          update: (def, id, patch) => ctx.update(asItKnows(def), id, patch as never),
        }),
      ),
    join: async (centre: TestCentre, name: string, bring_rows: boolean) =>
      station.replicator.join(await centre.code(name), bring_rows, noProgress),
    sync: () => station.replicator.syncNow(),
    /** The update of the program: the newest one opens the file. */
    async updated(): Promise<OfflineStation> {
      await station.replicator.stop();
      const data_folder = temporaryFolder();
      writeFileSync(path.join(data_folder, 'millwright.db'), station.file());
      station.close();
      return newestStation(data_folder);
    },
  };
}
export type EarlierStation = ReturnType<typeof earlierStation>;

/** The product's newest program, with the later table in the step that adds it. */
export function newestStation(data_folder = temporaryFolder()): OfflineStation {
  const migrations = path.join(temporaryFolder(), 'migrations');
  mkdirSync(path.join(migrations, 'sqlite'), { recursive: true });
  for (const { number, name, sql } of sqlite)
    writeFileSync(path.join(migrations, 'sqlite', `${String(number).padStart(4, '0')}_${name}.sql`), sql);
  const root = path.resolve(FOLDER, '../..');
  const folders = { migrations, resources: path.join(root, 'resources'), dist: path.join(root, 'dist') };
  return offlineStation({ data_folder, folders, secrets: openSecrets });
}
