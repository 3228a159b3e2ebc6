import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freePort, identity, isRoot, NOBODY } from '../../../main/replication/central/local-postgres.ts';
import { noProgress, offlineStation, testCentre, untilQuiet } from '../stations/support.ts';
import { addTool, categoryOf, editTool, endsEqual, exchange } from './support.ts';

/** PgBouncer in transaction mode before the server of the test run. */
async function openPool(server_port: number, port: number, logins: readonly string[]): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'millwright-pool-'));
  const users = path.join(folder, 'users.txt');
  writeFileSync(users, logins.map(login => `"${login}" ""\n`).join(''));
  const settings = [
    '[databases]',
    `* = host=127.0.0.1 port=${server_port}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'pool_mode = transaction',
    'default_pool_size = 1',
    'auth_type = trust',
    `auth_file = ${users}`,
  ];
  const file = path.join(folder, 'pgbouncer.ini');
  writeFileSync(file, settings.join('\n'));
  chmodSync(folder, 0o755);
  if (isRoot) chownSync(file, NOBODY, NOBODY);
  const pool = spawn('pgbouncer', [file], { ...identity, stdio: ['ignore', 'ignore', 'pipe'] });
  onTestFinished(() => ended(pool, folder));
  await new Promise<void>((resolve, reject) => {
    pool.stderr.on('data', (text: Buffer) => {
      if (/process up/.test(String(text))) resolve();
    });
    pool.once('exit', code => reject(new Error(`pgbouncer ended with ${code}`)));
  });
}
function ended(pool: ChildProcess, folder: string): Promise<void> {
  return new Promise(resolve => {
    pool.once('exit', () => {
      rmSync(folder, { recursive: true, force: true });
      resolve();
    });
    pool.kill('SIGINT');
  });
}

const loginOf = (code: string): string =>
  JSON.parse(Buffer.from(code.slice(code.indexOf('.') + 1), 'base64url').toString()).user;

test('behind PgBouncer in transaction mode: stations load, send, fetch and find what is new by asking', async ({
  skip,
}) => {
  if (spawnSync('pgbouncer', ['--version']).status !== 0) return skip('pgbouncer is not installed');
  const centre = await testCentre();
  const port = await freePort();
  const codes = [await centre.code('K1', port), await centre.code('K2', port)] as const;
  await openPool(Number(new URL(centre.server_url).port), port, codes.map(loginOf));
  const one = offlineStation();
  await one.station.replication.join(codes[0], true, noProgress);
  const two = offlineStation();
  await two.station.replication.join(codes[1], false, noProgress);
  await untilQuiet([one, two]);
  const ids = [addTool(one), addTool(two)];
  await untilQuiet([one, two]);
  editTool(one, ids[1] as (typeof ids)[1], 'FROM ONE');
  for (let round = 0; round < 3; round++)
    expect(await Promise.all([exchange(one), exchange(two)])).toEqual(['done', 'done']);
  expect(categoryOf(two, ids[1] ?? '')).toBe('FROM ONE');
  await endsEqual({ one, two }, ids);
}, 60_000);
