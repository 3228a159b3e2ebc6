import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { tools } from '../../../db/schema/production.ts';
import { createFileStore } from '../../../main/platform/file-store.ts';
import type { PostgresServer } from '../../support/postgres-server.ts';
import { peopleFor } from '../../support/station.ts';
import { addFile, noProgress, offlineStation, testCentre } from '../stations/support.ts';
import { killedAt } from '../support/killed-at.ts';
import { connected, ownServer } from '../support/own-server.ts';
import { type Fault, once, openProxy } from '../support/proxy.ts';
import { addTool, endsEqual, exchange, joinedPair, toolIds } from './support.ts';

const server = ownServer();
/** The server of the tests lets everybody in; a station comes in with its password only. */
async function asksForPasswords({ dataFolder, url }: PostgresServer): Promise<void> {
  writeFileSync(
    path.join(dataFolder, 'pg_hba.conf'),
    'host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n',
  );
  await connected(url(), client => client.query('select pg_reload_conf()'));
}
const JOINING = [
  once('sync.hello', 'hold'),
  // The station's own password is set, so the code leads nowhere any more, and the station is no member yet.
  once('alter role', 'swallow_answer'),
  once('sync.hello', 'swallow_answer'),
  once('sync.push', 'swallow_answer'),
  once('sync.snapshot_page', 'hold'),
  once('sync.snapshot_page', 'swallow_answer', 4),
];
test('kill -9 while joining and loading: it goes on where it was, with the rows of both', async () => {
  await asksForPasswords(server.postgres);
  const centre = await testCentre(server.postgres.url());
  const line = await openProxy(server.postgres.port);
  const two = offlineStation();
  peopleFor(two.station, ['ORG_ADMIN']);
  await two.station.replication.join(await centre.code('K2'), true, noProgress);
  const ids: string[] = two.station.asSystem('test.many', ctx =>
    Array.from({ length: 2100 }, (_, n) =>
      ctx.insert(tools, { tool_name: `Many ${n}`, tool_names: { en: 'Tool', fr: 'Outil', es: 'Util' } }),
    ).map(({ id }) => id),
  );
  expect(await exchange(two)).toBe('done');
  const one = offlineStation();
  await one.station.close();
  const code = await centre.code('K1', line.port);
  for (const where of JOINING) ids.push(...(await killedAt(one, line, where, 1, code)));
  line.heal();
  await one.reopen();
  expect(await exchange(one)).toBe('done');
  expect(toolIds(one)).toEqual(expect.arrayContaining(ids));
  await endsEqual({ one, two }, ids);
}, 120_000);

const FILE_STEPS: [call: string, fault: Fault][] = [
  ['sync.blob_begin', 'hold'],
  ['sync.blob_put', 'swallow_answer'],
  ['sync.blob_finish', 'swallow_answer'],
];
test('kill -9 while files go up and come down: every byte is at both in the end', async () => {
  const { one, two, line } = await joinedPair();
  const files: string[] = [];
  for (const [call, fault] of FILE_STEPS) {
    files.push(await addFile(one, `drawing of ${call}`));
    await one.station.close();
    await killedAt(one, line, once(call, fault), 0);
    await one.reopen();
  }
  files.push(await addFile(two, 'drawing of the other station'));
  expect(await exchange(two)).toBe('done');
  await one.station.close();
  await killedAt(one, line, once('sync.blob_get', 'swallow_answer'), 0);
  line.heal();
  await one.reopen();
  for (const s of [one, two]) expect(await exchange(s)).toBe('done');
  for (const { station } of [one, two]) {
    const store = createFileStore(station.folders.files);
    expect(files.map(sha256 => readFileSync(store.pathOf(sha256), 'utf8'))).toEqual([
      ...FILE_STEPS.map(([call]) => `drawing of ${call}`),
      'drawing of the other station',
    ]);
    expect(station.replication.status().waiting_files).toBe(0);
  }
  await endsEqual({ one, two }, [addTool(one)]);
}, 90_000);
