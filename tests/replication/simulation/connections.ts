import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { Sqlite } from '../../../db/sqlite/open.ts';

type Statement = ReturnType<Sqlite['prepare']>;
type SqlFunction = (...values: unknown[]) => unknown;
export interface Connection {
  readonly db: Sqlite;
  /** The file as it lies on the disk at this moment. */
  file(): Buffer;
  /** Free for the next station. */
  release(): void;
}
interface Kept extends Connection {
  load(file: Buffer): void;
}

const MEMORY_DISK = '/dev/shm';
const free: Kept[] = [];
let folder: string | undefined;
let made = 0;

/**
 * Opening costs more than all a station does in a schedule. So a connection outlives its station: the next file is put
 * under it, as if another process had written it, and everything it once prepared and registered is used again.
 */
export function connectionTo(file: Buffer): Connection {
  const connection = free.pop() ?? newConnection();
  connection.load(file);
  return connection;
}

function newConnection(): Kept {
  folder ??= newFolder();
  const at = path.join(folder, `${++made}.db`);
  let loads = 0;
  const db = new Database(at);
  const statements = new Map<string, { all: Statement[]; used: number }>();
  const functions = new Map<string, SqlFunction>();
  const connection: Kept = {
    db,
    file: () => db.serialize(),
    release: () => void free.push(connection),
    load(bytes) {
      // Alone with the file it asks the disk for nothing twice; for another file it has to let go for a moment.
      db.pragma('locking_mode = NORMAL');
      db.pragma('user_version');
      writeFileSync(at, stamped(bytes, ++loads));
      db.pragma('locking_mode = EXCLUSIVE');
      for (const held of statements.values()) held.used = 0;
    },
  };
  const prepare = db.prepare.bind(db);
  // Two who prepare one text get a statement each: how its rows come is set on the statement.
  const reused = (sql: string): Statement => {
    const held = statements.get(sql) ?? { all: [], used: 0 };
    statements.set(sql, held);
    const turn = held.used++;
    const statement = held.all[turn] ?? prepare(sql);
    held.all[turn] = statement;
    return statement.reader ? statement.pluck(false).raw(false) : statement;
  };
  // Registering a function anew would throw away everything prepared.
  const register = db.function.bind(db);
  const replaced = (name: string, ...more: [SqlFunction] | [Database.RegistrationOptions, SqlFunction]) => {
    const [options, run] = more.length === 1 ? [{}, more[0]] : more;
    const isKnown = functions.has(name);
    functions.set(name, run);
    if (!isKnown)
      register(name, { ...options, varargs: true }, (...values: unknown[]) =>
        functions.get(name)?.(...values),
      );
    return db;
  };
  Object.assign(db, { prepare: reused, function: replaced });
  return connection;
}

function newFolder(): string {
  const made = mkdtempSync(
    path.join(existsSync(MEMORY_DISK) ? MEMORY_DISK : tmpdir(), 'millwright-stations-'),
  );
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** By these counters SQLite sees that the file under a connection is another one; it counts its own commits there too. */
const CHANGE_COUNTERS = [24, 92];
const MORE_THAN_ALL_COMMITS = 2 ** 20;
function stamped(bytes: Buffer, loads: number): Buffer {
  const file = Buffer.from(bytes);
  for (const offset of CHANGE_COUNTERS) file.writeUInt32BE((loads * MORE_THAN_ALL_COMMITS) >>> 0, offset);
  return file;
}
