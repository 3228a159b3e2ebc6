import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { expect, inject, onTestFinished, test } from 'vitest';
import { olderFiles } from '../../../main/modules/tracking/older-files.ts';
import { importOlder } from '../../../main/modules/tracking/older-import.ts';
import { withOlderDatabase } from '../../../main/replication/central/older-tracking.ts';
import { ask, signIn, testStation } from '../../support/station.ts';
import { csvFolder, TABLES } from './older-support.ts';

/** A real database with the tables of the older system. */
async function olderDatabase(): Promise<string> {
  const server = new Client({ connectionString: inject('pgUrl') });
  await server.connect();
  const name = `older_${process.pid}_${Date.now()}`;
  await server.query(`create database ${name}`);
  onTestFinished(async () => {
    await server.query(`drop database ${name} with (force)`);
    await server.end();
  });
  const url = new URL(inject('pgUrl'));
  url.pathname = `/${name}`;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  const TYPES: Record<string, string> = {
    quantity: 'integer',
    created_at: 'timestamp',
    name: 'varchar(100)',
  };
  const typeOf = (column: string): string => {
    if (/^(id|.*_id)$/.test(column)) return 'integer';
    return TYPES[column] ?? (/^is_|_access$/.test(column) ? 'boolean' : 'text');
  };
  for (const [table, { columns, rows }] of Object.entries(TABLES)) {
    await client.query(`create table ${table} (${columns.map(c => `${c} ${typeOf(c)}`).join(', ')})`);
    for (const row of rows)
      await client.query(`insert into ${table} values (${row.map((_, n) => `$${n + 1}`).join(', ')})`, row);
  }
  await client.end();
  return url.href;
}
const balances = (station: ReturnType<typeof testStation>) =>
  ask(station, station.session('ORG_ADMIN'), 'tracking.balances', {}).rows.map(row => [
    row.order_number,
    row.work_center_code,
    row.closing,
  ]);
const EXPECTED = {
  departments: { in_source: 2, created: 1, here: 1 },
  work_centers: { in_source: 2, created: 2, here: 0 },
  users: { in_source: 3, created: 3, here: 0 },
  movements: { in_source: 4, created: 3, here: 0, left_out: { number: 1 } },
  balances: { groups: 2, equal: 2, different: [] },
  is_equal: false,
};

test('an older database comes over from PostgreSQL and from CSV alike: counted, compared, once', async () => {
  const url = await olderDatabase();
  const station = testStation({ roles: ['ORG_ADMIN'] });
  const run = (is_dry_run: boolean) =>
    withOlderDatabase(url, source => importOlder(station, source, { is_dry_run }));

  const dry = await run(true);
  expect(dry).toMatchObject({ users: { in_source: 3, created: 0 }, movements: { in_source: 4, created: 0 } });
  expect(balances(station)).toEqual([]);

  expect(await run(false)).toMatchObject(EXPECTED);
  const brought = [
    ['PO-1', 'WC001', 70],
    ['PO-2', 'WC002', 7],
  ];
  expect(balances(station)).toEqual(brought);
  const again = await run(false);
  expect(again).toMatchObject({
    users: { created: 0, here: 3 },
    movements: { created: 0, here: 3 },
    balances: { equal: 2 },
  });
  expect(balances(station)).toEqual(brought);

  const files = testStation({ roles: ['ORG_ADMIN'] });
  expect(await importOlder(files, olderFiles(csvFolder()), { is_dry_run: false })).toMatchObject(EXPECTED);
  expect(balances(files)).toEqual(brought);
  const { rows } = ask(files, files.session('ORG_ADMIN'), 'tracking.movements', {});
  expect(rows.map(row => row.remark)).toEqual(['=1+1', null, 'first | "quoted", and so on']);
  expect(rows[2]?.occurred_at_ms).toBe(Date.UTC(2025, 8, 2, 18, 20));
});

test('people sign in with their old password once; after that the hash is ours; who had no export has none', async () => {
  const station = testStation({ roles: ['ORG_ADMIN'] });
  await importOlder(station, olderFiles(csvFolder()), { is_dry_run: false });
  const hashOf = (username: string) =>
    station.readAsSystem(
      ctx =>
        ctx.sql.get<{ hash: string }>('select hashed_password as hash from users where username = ?', [
          username,
        ])?.hash,
    );
  expect(() => signIn(station, 'worker', 'wrong')).toThrow('sign_in_failed');
  expect(hashOf('worker')).toMatch(/^pbkdf2:/);
  const worker = signIn(station, 'WORKER', 'worker-Secret-1');
  expect(hashOf('worker')).toMatch(/^scrypt\$/);
  signIn(station, 'worker', 'worker-Secret-1');
  signIn(station, 'old.admin', 'admin-Secret-1');
  expect(hashOf('old.admin')).toMatch(/^scrypt\$/);
  expect(() => signIn(station, 'gone', 'md5$broken')).toThrow('sign_in_failed');
  const centers = ask(station, worker, 'tracking.workCenters', {}).centers;
  expect(centers.map(center => [center.work_center_code, center.can_book])).toEqual([['WC001', true]]);
  expect(ask(station, worker, 'identity.me', {}).permissions).toBeDefined();
});

test('a balance that differs is named, and a row of the wrong shape stops the import', async () => {
  const station = testStation({ roles: ['ORG_ADMIN'] });
  const folder = csvFolder();
  await importOlder(station, olderFiles(folder), { is_dry_run: false });
  const center = ask(station, station.session('ORG_ADMIN'), 'tracking.workCenters', {}).centers[0];
  const rows = [{ work_center_id: center?.work_center_id ?? null, order_number: 'PO-1', quantity: 5 }];
  ask(station, station.session('ORG_ADMIN'), 'tracking.book', { movement_type: 'IN', rows });
  const found = await importOlder(station, olderFiles(folder), { is_dry_run: false });
  expect(found.balances.different).toEqual([
    { order_number: 'PO-1', work_center: 'WC001 - Assembly', in_source: 70, here: 75 },
  ]);
  writeFileSync(path.join(folder, 'work_centers.csv'), 'id,name\r\n1,\r\n');
  await expect(importOlder(station, olderFiles(folder), { is_dry_run: false })).rejects.toMatchObject({
    code: 'older_row_wrong',
  });
});
