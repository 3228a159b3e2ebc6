import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { compose } from '../../main/compose.ts';
import { sha256 } from '../../main/platform/canonical.ts';
import { silentLog } from '../../main/platform/log.ts';
import {
  foldersOf,
  listBackups,
  lookAfter,
  restoreBackup,
  StartRefusal,
} from '../../main/platform/station-folder.ts';
import { temporaryFolder } from '../support/station.ts';

const open = (data_folder: string) => compose({ data_folder, log: silentLog });
async function started(): Promise<string> {
  const folder = temporaryFolder();
  await open(folder).close();
  return folder;
}
function refusalOfStart(folder: string): StartRefusal {
  try {
    const station = open(folder);
    onTestFinished(() => station.close());
  } catch (error) {
    if (error instanceof StartRefusal) return error;
    throw error;
  }
  throw new Error('the station started');
}
const fileHash = (file: string) => sha256(readFileSync(file));

test('a second instance on the same folder is refused, and may start once the first has ended', async () => {
  const folder = temporaryFolder();
  const first = open(folder);
  expect(refusalOfStart(folder)).toMatchObject({ code: 'second_instance' });
  await first.close();
  await open(folder).close();
});

test('a database of a newer program is refused and not touched', async () => {
  const folder = await started();
  const file = foldersOf(folder).database;
  const db = new Database(file);
  db.pragma('user_version = 999');
  db.close();
  const before = fileHash(file);
  expect(refusalOfStart(folder)).toMatchObject({ code: 'database_newer', details: { file_version: 999 } });
  expect(fileHash(file)).toBe(before);
});

test('a damaged database is refused with the last backup named, and is never overwritten', async () => {
  const folder = await started();
  const { database } = foldersOf(folder);
  const backup = listBackups(foldersOf(folder))[0] ?? '';
  expect(existsSync(backup)).toBe(true);
  const bytes = readFileSync(database);
  bytes.fill(0x5a, 4096, 40_960);
  writeFileSync(database, bytes);
  const before = fileHash(database);
  expect(refusalOfStart(folder)).toMatchObject({
    code: 'database_damaged',
    details: { last_backup: backup },
  });
  expect(fileHash(database)).toBe(before);
  const { kept_as } = restoreBackup(folder, backup);
  expect(kept_as && fileHash(kept_as)).toBe(before);
  await open(folder).close();
});

test('a file that is no database, or is cut in half, is refused', async () => {
  const folder = await started();
  const { database } = foldersOf(folder);
  const whole = `${database}.whole`;
  copyFileSync(database, whole);
  truncateSync(database, 50_000);
  expect(refusalOfStart(folder)).toMatchObject({ code: 'database_damaged' });
  writeFileSync(database, 'this is a letter to my aunt, not a database '.repeat(200));
  expect(refusalOfStart(folder)).toMatchObject({ code: 'database_damaged' });
  copyFileSync(whole, database);
  await open(folder).close();
});

const MIB = 1024 * 1024;
/** A station whose database is too large to be read whole at every start. */
async function startedLarge(): Promise<string> {
  const folder = await started();
  const db = new Database(foldersOf(folder).database);
  db.exec('create table filler (bytes blob)');
  const insert = db.prepare('insert into filler values (zeroblob(?))');
  for (let n = 0; n < 35; n++) insert.run(2 * MIB);
  db.close();
  return folder;
}
function overwrite(file: string, from: number, to: number): string {
  const bytes = readFileSync(file);
  bytes.fill(0x5a, from, to);
  writeFileSync(file, bytes);
  return fileHash(file);
}

test('a large database with damaged tables, or cut, is refused at a glance and not touched', async () => {
  const folder = await startedLarge();
  const { database } = foldersOf(folder);
  const whole = `${database}.whole`;
  copyFileSync(database, whole);
  const damaged = overwrite(database, 4096, 40_960);
  const [last_backup] = listBackups(foldersOf(folder));
  expect(refusalOfStart(folder)).toMatchObject({ code: 'database_damaged', details: { last_backup } });
  expect(fileHash(database)).toBe(damaged);
  copyFileSync(whole, database);
  truncateSync(database, 66 * MIB);
  expect(refusalOfStart(folder)).toMatchObject({ code: 'database_damaged', details: { last_backup } });
  copyFileSync(whole, database);
  await open(folder).close();
});

test('damage deep in a large database is found at once after an interrupted stop', async () => {
  const folder = await startedLarge();
  const { database } = foldersOf(folder);
  const damaged = overwrite(database, 30 * MIB, 30 * MIB + 40_960);
  writeFileSync(`${database}-wal`, 'the rest of a write-ahead log');
  expect(refusalOfStart(folder)).toMatchObject({ code: 'database_damaged' });
  expect(fileHash(database)).toBe(damaged);
});

test('damage deep in a large database is found beside the work, never backed up, and refused from then on', async () => {
  const folder = await startedLarge();
  const folders = foldersOf(folder);
  const [newest = ''] = listBackups(folders);
  const older = path.join(folders.backups, 'older.db');
  renameSync(newest, older);
  utimesSync(older, 0, 0);
  expect(lookAfter(folder, Date.now())).toMatchObject({ is_sound: true, backup: listBackups(folders)[0] });
  const backups = listBackups(folders);
  expect(backups).toHaveLength(2);
  for (const backup of backups) utimesSync(backup, 0, 0);
  overwrite(folders.database, 30 * MIB, 30 * MIB + 40_960);
  await open(folder).close();
  expect(lookAfter(folder, Date.now())).toEqual({ is_sound: false, backup: null });
  expect(listBackups(folders)).toHaveLength(2);
  const before = fileHash(folders.database);
  expect(refusalOfStart(folder)).toMatchObject({ code: 'database_damaged' });
  expect(fileHash(folders.database)).toBe(before);
  restoreBackup(folder, older);
  await open(folder).close();
  expect(existsSync(folders.doubt)).toBe(false);
});

const NOBODY = 65_534;
/** Root writes whatever a file's mode says, so tests that root runs act as somebody else for a moment. */
function asOrdinaryUser<T>(folder: string, run: () => T): T {
  if (process.getuid?.() !== 0 || !process.seteuid) return run();
  for (const name of ['', ...readdirSync(folder, { recursive: true }).map(String)])
    chownSync(path.join(folder, name), NOBODY, NOBODY);
  process.seteuid(NOBODY);
  try {
    return run();
  } finally {
    process.seteuid(0);
  }
}

test('a copy made while the clock was years ahead does not stand for the copies of every day since', async () => {
  const folder = await started();
  const [made] = listBackups(foldersOf(folder));
  const ahead_s = Date.now() / 1000 + 3 * 365 * 86_400;
  if (made) utimesSync(made, ahead_s, ahead_s);
  const { backup } = lookAfter(folder, Date.now());
  expect(backup).not.toBeNull();
  expect(lookAfter(folder, Date.now())).toEqual({ is_sound: true, backup: null });
});

test('a read-only database file is refused and not touched', async () => {
  const folder = await started();
  const { database } = foldersOf(folder);
  const before = fileHash(database);
  chmodSync(database, 0o444);
  expect(asOrdinaryUser(folder, () => refusalOfStart(folder))).toMatchObject({ code: 'database_read_only' });
  expect(fileHash(database)).toBe(before);
});

test('a folder that cannot be made is refused with its name', () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'a-file');
  writeFileSync(file, '');
  expect(refusalOfStart(path.join(file, 'station'))).toMatchObject({ code: 'folder_not_writable' });
});
