import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { AnyTable } from '../../db/kit/define-table.ts';
import { glanceAt } from '../../db/sqlite/glance.ts';
import { DatabaseTooNew, type Migration, migrate } from '../../db/sqlite/migrate.ts';
import {
  codeOfSqlite,
  type FileState,
  inspectFile,
  openSource,
  openWriter,
  registerFunctions,
  type Sqlite,
} from '../../db/sqlite/open.ts';
import { copiesToDrop } from './backup.rules.ts';

/** Why the station cannot start; every code has a text that says what to do. Nothing on disk was changed. */
export class StartRefusal extends Error {
  readonly code:
    | 'second_instance'
    | 'database_newer'
    | 'database_damaged'
    | 'database_read_only'
    | 'disk_full'
    | 'folder_not_writable';
  readonly details: Record<string, unknown>;
  constructor(code: StartRefusal['code'], details: Record<string, unknown>) {
    super(code);
    this.name = 'StartRefusal';
    this.code = code;
    this.details = details;
  }
}

/** The folder of one station: database, stored files, exports, backups, logs. */
export const foldersOf = (root: string) => ({
  root,
  database: path.join(root, 'millwright.db'),
  files: path.join(root, 'files'),
  work: path.join(root, 'work'),
  backups: path.join(root, 'backups'),
  logs: path.join(root, 'logs'),
  lock: path.join(root, 'station.lock'),
  key: path.join(root, 'station.key'),
  /** Lies there from the finding of damage until a start has read the whole database. */
  doubt: path.join(root, 'database.doubt'),
});
export type Folders = ReturnType<typeof foldersOf>;

export interface OpenStation {
  folders: Folders;
  db: Sqlite;
  close(): void;
}
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export function openStationFolder(
  root: string,
  migrations: readonly Migration[],
  tables: readonly AnyTable[],
): OpenStation {
  const folders = foldersOf(root);
  try {
    for (const folder of [folders.root, folders.files, folders.work, folders.backups, folders.logs])
      mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new StartRefusal('folder_not_writable', { folder: root, reason: messageOf(error) });
  }
  const unlock = lockFolder(folders.lock);
  try {
    // Left by a copy that was interrupted.
    for (const name of readdirSync(folders.backups))
      if (name.includes('.partial')) rmSync(path.join(folders.backups, name));
    const db = openChecked(folders);
    migrate(db, migrations, tables, () => backUp(db, folders, 'before-update'));
    return {
      folders,
      db,
      close: () => {
        db.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw startRefusalOf(error, folders);
  }
}

/** Held by an open exclusive transaction: freed by the operating system however the process ends. */
function lockFolder(file: string): () => void {
  const lock = new Database(file, { timeout: 0 });
  try {
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    const code = codeOfSqlite(error);
    if (code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED')
      throw new StartRefusal('second_instance', { folder: path.dirname(file) });
    throw new StartRefusal('folder_not_writable', { folder: path.dirname(file), reason: messageOf(error) });
  }
  return () => {
    lock.close();
    rmSync(file, { force: true });
  };
}

/** Read whole at every start: some 150 ms on a slow machine. */
const SMALL_BYTES = 64 * 1024 * 1024;
const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
/** A large database is checked and backed up beside the work (`lookAfter`), so that nobody waits for it. */
export const isLarge = (folders: Folders): boolean => sizeOf(folders.database) > SMALL_BYTES;

/**
 * Reading a gigabyte costs a second or more, so a large file that was closed cleanly gets a look at its frame only.
 * A write-ahead log means that the program or the machine stopped under way: then every page is read.
 */
function stateAtStart(folders: Folders): FileState {
  const wasClosed = sizeOf(`${folders.database}-wal`) === 0;
  if (isLarge(folders) && wasClosed && !existsSync(folders.doubt)) return glanceAt(folders.database);
  const state = inspectFile(folders.database);
  if (state === 'ours') rmSync(folders.doubt, { force: true });
  return state;
}

/** SQLite opens a file it may not write without a word; the first row written would tell, long after the start. */
function requireWritable(file: string): void {
  if (!existsSync(file)) return;
  try {
    closeSync(openSync(file, 'r+'));
  } catch (error) {
    throw new StartRefusal('database_read_only', { file, reason: messageOf(error) });
  }
}

function openChecked(folders: Folders): Sqlite {
  const state = stateAtStart(folders);
  if (state === 'unreadable' || state === 'not_a_database') {
    throw new StartRefusal('database_damaged', {
      file: folders.database,
      last_backup: listBackups(folders)[0] ?? null,
    });
  }
  requireWritable(folders.database);
  const db = openWriter(folders.database);
  registerFunctions(db);
  return db;
}

function startRefusalOf(error: unknown, folders: Folders): unknown {
  if (error instanceof StartRefusal) return error;
  if (error instanceof DatabaseTooNew) {
    return new StartRefusal('database_newer', {
      file_version: error.file_version,
      program_version: error.known_version,
    });
  }
  const code = codeOfSqlite(error);
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_CANTOPEN')
    return new StartRefusal('database_read_only', { file: folders.database });
  if (code === 'SQLITE_FULL') return new StartRefusal('disk_full', { folder: folders.root });
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new StartRefusal('database_damaged', {
      file: folders.database,
      last_backup: listBackups(folders)[0] ?? null,
    });
  }
  return error;
}
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Newest first. */
export function listBackups(folders: Folders): string[] {
  if (!existsSync(folders.backups)) return [];
  const files = readdirSync(folders.backups)
    .filter(f => f.endsWith('.db'))
    .map(f => path.join(folders.backups, f));
  return files.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
}

/** Of now: a copy made while the clock was ahead says nothing, or until that time comes there would be no other. */
export const newestBackup = (folders: Folders, now_ms: number): string | undefined =>
  listBackups(folders).find(copy => statSync(copy).mtimeMs <= now_ms + HOUR_MS);

/** A consistent copy beside the running database. It counts only when it can be opened and read as a whole. */
export function backUp(db: Sqlite, folders: Folders, reason: string): string {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const file = path.join(folders.backups, `millwright-${stamp}-${reason}.db`);
  const partial = `${file}.partial`;
  rmSync(partial, { force: true });
  db.prepare('vacuum into ?').run(partial);
  rebuildSearch(partial);
  if (inspectFile(partial) !== 'ours')
    throw new StartRefusal('database_damaged', { file: partial, last_backup: null });
  renameSync(partial, file);
  const copies = listBackups(folders).map(copy => ({ file: copy, made_at_ms: statSync(copy).mtimeMs }));
  for (const { file: old } of copiesToDrop(copies)) rmSync(old);
  return file;
}
/** VACUUM renumbers rows; the search tables refer to them by number. */
function rebuildSearch(file: string): void {
  const copy = new Database(file);
  for (const table of ['materials_fts', 'orders_fts'])
    copy.exec(`insert into ${table}(${table}) values ('rebuild')`);
  copy.close();
}
export function backUpDaily(db: Sqlite, folders: Folders, now_ms: number): string | undefined {
  return isBackupDue(folders, now_ms) ? backUp(db, folders, 'daily') : undefined;
}
function isBackupDue(folders: Folders, now_ms: number): boolean {
  const newest = newestBackup(folders, now_ms);
  return newest === undefined || now_ms - statSync(newest).mtimeMs >= DAY_MS;
}

/**
 * What the start of a large station leaves for later: reads the whole database, then makes the backup of the day.
 * A damaged one is never backed up over good copies, and the next start refuses it.
 */
export function lookAfter(root: string, now_ms: number): { is_sound: boolean; backup: string | null } {
  const folders = foldersOf(root);
  if (inspectFile(folders.database) !== 'ours') {
    writeFileSync(folders.doubt, '');
    return { is_sound: false, backup: null };
  }
  if (!isBackupDue(folders, now_ms)) return { is_sound: true, backup: null };
  const source = openSource(folders.database);
  try {
    return { is_sound: true, backup: backUp(source, folders, 'daily') };
  } finally {
    source.close();
  }
}

/** What a station that runs for days asks every hour: nothing until a day has passed, then as after the start. */
export const backUpWhenDue = (root: string, now_ms: number): ReturnType<typeof lookAfter> =>
  isBackupDue(foldersOf(root), now_ms) ? lookAfter(root, now_ms) : { is_sound: true, backup: null };

/** Puts a backup in place of the database, which is kept aside under a name with the time. Only while the station is stopped. */
export function restoreBackup(root: string, backup: string): { kept_as: string | null } {
  const folders = foldersOf(root);
  if (inspectFile(backup) !== 'ours')
    throw new StartRefusal('database_damaged', { file: backup, last_backup: null });
  const unlock = lockFolder(folders.lock);
  try {
    let kept_as: string | null = null;
    if (existsSync(folders.database)) {
      kept_as = `${folders.database}.replaced-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}`;
      renameSync(folders.database, kept_as);
    }
    for (const tail of ['-wal', '-shm']) rmSync(folders.database + tail, { force: true });
    copyFileSync(backup, folders.database);
    return { kept_as };
  } finally {
    unlock();
  }
}
