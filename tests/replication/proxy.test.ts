import { Client } from 'pg';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { connected, ownServer } from './support/own-server.ts';
import { type Fault, type FaultProxy, onConnection, once, openProxy } from './support/proxy.ts';

const server = ownServer();

async function through(): Promise<{ proxy: FaultProxy; client(): Promise<Client> }> {
  const proxy = await openProxy(server.postgres.port);
  onTestFinished(() => proxy.close());
  return {
    proxy,
    async client() {
      const client = new Client({
        connectionString: `postgres://postgres@127.0.0.1:${proxy.port}/postgres`,
        query_timeout: 400,
      });
      client.on('error', () => undefined);
      onTestFinished(() => client.end().catch(() => undefined));
      await client.connect();
      return client;
    },
  };
}
const counted = (): Promise<number> =>
  connected(server.postgres.url(), async c =>
    Number((await c.query('select count(*) from kept')).rows[0].count),
  );
afterEach(() => connected(server.postgres.url(), c => c.query('drop table if exists kept')));

test.each<[Fault, number, 'answered' | 'failed']>([
  ['cut_before', 0, 'failed'],
  ['cut_inside_request', 0, 'failed'],
  ['cut_before_answer', 1, 'failed'],
  ['cut_inside_answer', 1, 'failed'],
  ['cut_after', 1, 'answered'],
  ['swallow', 0, 'failed'],
  ['swallow_answer', 1, 'failed'],
  ['throttle', 1, 'answered'],
])('a statement that meets %s leaves %i rows and is %s', async (fault, rows, seen) => {
  await connected(server.postgres.url(), c => c.query('create table kept (n int)'));
  const { proxy, client } = await through();
  const c = await client();
  proxy.follow(once('insert', fault));
  const outcome = await c.query('insert into kept values ($1)', [1]).then(
    () => 'answered',
    () => 'failed',
  );
  expect(outcome).toBe(seen);
  await expect.poll(counted).toBe(rows);
  expect(proxy.faults.map(f => f.fault)).toEqual([fault]);
});

test('a held statement waits until it is let go; a refused connection is the next one’s chance', async () => {
  await connected(server.postgres.url(), c => c.query('create table kept (n int)'));
  const { proxy, client } = await through();
  proxy.follow(onConnection('refuse', 1));
  await expect(client()).rejects.toThrow();
  const c = await client();
  proxy.follow(once('insert', 'hold'));
  const waiting = c.query('insert into kept values (1)');
  await expect.poll(() => proxy.faults.length).toBe(2);
  expect(await counted()).toBe(0);
  proxy.release();
  await waiting;
  expect(await counted()).toBe(1);
});

test('a duplicated start of a connection leaves the first one untouched', async () => {
  const { proxy, client } = await through();
  proxy.follow(onConnection('duplicate_start', 1));
  const c = await client();
  expect((await c.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});

test('the server comes back on its port after kill -9, with everything that was confirmed', async () => {
  await connected(server.postgres.url(), c =>
    c.query('create table kept (n int); insert into kept values (1)'),
  );
  await server.postgres.kill();
  await expect(connected(server.postgres.url(), c => c.query('select 1'))).rejects.toThrow();
  await server.postgres.start();
  expect(await counted()).toBe(1);
});

test('a copy of the stopped data folder brings the older state back', async () => {
  await connected(server.postgres.url(), c =>
    c.query('create table kept (n int); insert into kept values (1)'),
  );
  const copy = `${server.postgres.base}/copy`;
  await server.postgres.stop();
  server.postgres.copyTo(copy);
  await server.postgres.start();
  await connected(server.postgres.url(), c => c.query('insert into kept values (2)'));
  await server.postgres.stop('immediate');
  server.postgres.restoreFrom(copy);
  await server.postgres.start();
  expect(await counted()).toBe(1);
});
