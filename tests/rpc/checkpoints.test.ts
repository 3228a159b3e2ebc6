import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWriter, type Sqlite } from '../../db/sqlite/open.ts';
import { createCheckpoints } from '../../main/platform/checkpoints.ts';
import { silentLog } from '../../main/platform/log.ts';

const MB = 1024 * 1024;
let folder: string;
let file: string;
let db: Sqlite;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'millwright-checkpoints-'));
  file = path.join(folder, 'millwright.db');
  db = openWriter(file);
  db.exec('create table notes (text text)');
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});
const limit = (): unknown => db.pragma('wal_autocheckpoint', { simple: true });
/** Sixteen commits of half a megabyte: twice what SQLite would let the log grow to. */
function writeMuch(): void {
  const put = db.prepare('insert into notes values (?)');
  for (let n = 0; n < 16; n++) put.run('x'.repeat(MB / 2));
}

test('while rows arrive another thread writes the log back; afterwards whoever commits does it again', async () => {
  const checkpoints = createCheckpoints(db, file, silentLog);
  void checkpoints.arriving();
  writeMuch();
  expect(statSync(file).size, 'no commit waited for the log').toBeLessThan(MB);
  await expect.poll(() => statSync(file).size, { timeout: 10_000 }).toBeGreaterThan(7 * MB);
  await checkpoints.stop();
  expect(limit()).toBe(1000);
});

test('who writes for long waits for the end of a long log, so that it begins anew', async () => {
  const checkpoints = createCheckpoints(db, file, silentLog);
  const put = db.prepare('insert into notes values (?)');
  for (let written = 0; written < 200; written += 2) {
    put.run('x'.repeat(2 * MB));
    await checkpoints.arriving();
    await new Promise(resolve => setImmediate(resolve));
  }
  expect(statSync(`${file}-wal`).size, 'the log').toBeLessThan(64 * MB);
  await checkpoints.stop();
});

test('a thread that cannot open the database leaves the log to whoever commits', async () => {
  const checkpoints = createCheckpoints(db, path.join(folder, 'elsewhere.db'), silentLog);
  void checkpoints.arriving();
  expect(limit()).toBeGreaterThan(1000);
  await expect.poll(limit, { timeout: 10_000 }).toBe(1000);
  writeMuch();
  expect(statSync(file).size).toBeGreaterThan(3 * MB);
  await checkpoints.stop();
});
