import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { OfflineStation } from '../stations/support.ts';
import { killedAt } from '../support/killed-at.ts';
import { ownServer } from '../support/own-server.ts';
import { type Fault, once } from '../support/proxy.ts';
import { addTool, endsEqual, exchange, joinedPair, type Pair, toolIds, waiting } from './support.ts';

const server = ownServer();
const pair = (): Promise<Pair> => joinedPair(server.postgres.url());
/** The line to the operator is cut with the server; tests that need it afterwards connect anew. */
async function exchangeUntilDone(s: OfflineStation): Promise<void> {
  await expect.poll(() => exchange(s), { timeout: 20_000 }).toBe('done');
}

test('kill -9 of the server before and after it has taken a batch: nothing is lost, nothing twice', async () => {
  const stations = await pair();
  const ids: string[] = [];
  for (const fault of ['hold', 'swallow_answer'] as const) {
    ids.push(addTool(stations.one), addTool(stations.one));
    const struck = stations.line.faults.length;
    stations.line.follow(once('sync.push', fault));
    const under_way = exchange(stations.one);
    await expect.poll(() => stations.line.faults.length).toBe(struck + 1);
    await server.postgres.kill();
    stations.line.cutAll();
    expect(await under_way).toBe('centre_unreachable');
    stations.line.heal();
    ids.push(addTool(stations.one));
    expect(await exchange(stations.one)).toBe('centre_unreachable');
    await server.postgres.start();
    await exchangeUntilDone(stations.one);
    await exchangeUntilDone(stations.two);
  }
  await endsEqual(stations, ids);
}, 90_000);

test('kill -9 of the backend inside a push: the server comes back by itself and the queue drains', async () => {
  const stations = await pair();
  const { operator } = stations.centre;
  await exchangeUntilDone(stations.one);
  const ids = [addTool(stations.one), addTool(stations.one)];
  // A row that an operator holds keeps the push inside its transaction.
  await operator.query('begin');
  await operator.query('select 1 from sync.lanes for update');
  const under_way = exchange(stations.one);
  const waitingBackend = async (): Promise<number | undefined> => {
    const { rows } = await operator.query<{ pid: number }>(
      "select pid from pg_stat_activity where query like '%sync.%' and wait_event_type = 'Lock' and pid <> pg_backend_pid()",
    );
    return rows[0]?.pid;
  };
  await expect.poll(waitingBackend).toBeGreaterThan(0);
  server.postgres.killBackend((await waitingBackend()) ?? 0);
  expect(await under_way).not.toBe('done');
  await exchangeUntilDone(stations.one);
  await exchangeUntilDone(stations.two);
  await endsEqual(stations, ids);
}, 60_000);

test('the centre is put back to last night: every unit it had forgotten is sent again, by every station', async () => {
  const stations = await pair();
  const ids = [addTool(stations.one)];
  await exchangeUntilDone(stations.one);
  await stations.centre.operator.end();
  const copy = path.join(server.postgres.base, 'last-night');
  await server.postgres.stop();
  server.postgres.copyTo(copy);
  await server.postgres.start();
  for (const s of [stations.one, stations.two]) {
    await exchangeUntilDone(s);
    ids.push(addTool(s), addTool(s));
    await exchangeUntilDone(s);
  }
  await exchangeUntilDone(stations.one);
  await server.postgres.stop('immediate');
  server.postgres.restoreFrom(copy);
  await server.postgres.start();
  ids.push(addTool(stations.two));
  for (const s of [stations.one, stations.two, stations.one]) await exchangeUntilDone(s);
  await endsEqual(stations, ids);
}, 90_000);

const STEPS: [string, Fault][] = [
  ['sync.hello', 'hold'],
  ['sync.hello', 'swallow_answer'],
  ['sync.push', 'hold'],
  ['sync.push', 'swallow_answer'],
  ['sync.pull', 'hold'],
  ['sync.pull', 'swallow_answer'],
];
test('kill -9 of a station at every step of an exchange: every confirmed row arrives once', async () => {
  const stations = await pair();
  const { one, line } = stations;
  const ids: string[] = [];
  await one.station.close();
  for (const [call, fault] of STEPS) ids.push(...(await killedAt(one, line, once(call, fault), 3)));
  line.heal();
  await one.reopen();
  expect(toolIds(one)).toEqual(expect.arrayContaining(ids));
  await exchangeUntilDone(one);
  expect(waiting(one)).toBe(0);
  await endsEqual(stations, ids);
}, 180_000);

/** Which writing statement of a command or of an exchange is the last thing the process ever does. */
const STATEMENTS: ['command' | 'exchange', number][] = [
  ['command', 1],
  ['command', 2],
  ['command', 4],
  ['command', 6],
  ['exchange', 1],
  ['exchange', 4],
  ['exchange', 9],
];
test('kill -9 inside a transaction of SQLite: confirmed rows are whole, the others never were', async () => {
  const stations = await pair();
  const { one, two } = stations;
  const ids: string[] = [];
  await one.station.close();
  const script = path.resolve(import.meta.dirname, '../support/killed-process.ts');
  for (const [kind, at] of STATEMENTS) {
    if (kind === 'exchange') {
      ids.push(addTool(two));
      await exchangeUntilDone(two);
    }
    const child = spawn(process.execPath, [script, one.folder, kind, String(at)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', chunk => {
      said += chunk;
    });
    const signal = await new Promise(resolve => child.once('close', (_, by) => resolve(by)));
    expect({ kind, at, signal }).toEqual({ kind, at, signal: 'SIGKILL' });
    const confirmed = [...said.matchAll(/^confirmed (\S+)$/gm)].map(m => m[1] ?? '');
    expect(confirmed).toHaveLength(kind === 'command' ? 2 : 0);
    ids.push(...confirmed);
  }
  await one.reopen();
  expect(toolIds(one)).toEqual(expect.arrayContaining(ids.filter(id => !toolIds(two).includes(id))));
  await exchangeUntilDone(one);
  await endsEqual(stations, ids);
  // What was not confirmed left nothing behind: neither its row nor a step of it.
  expect(toolIds(one).filter(id => !ids.includes(id))).toEqual([]);
}, 180_000);
