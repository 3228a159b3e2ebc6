import { chmodSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { createFileStore } from '../../../main/platform/file-store.ts';
import { addFile, noProgress, offlineStation, testCentre } from '../stations/support.ts';
import { type Fault, onConnection, once, openProxy } from '../support/proxy.ts';
import { addTool, endsEqual, exchange, inboxOf, joinedPair, waiting } from './support.ts';

const CUTS: Fault[] = [
  'cut_before',
  'cut_inside_request',
  'cut_before_answer',
  'cut_inside_answer',
  'cut_after',
];

test.each(['sync.hello', 'sync.push', 'sync.pull', 'sync.notify'])(
  'the line is cut before, inside and after %s: every command arrives once',
  async call => {
    const pair = await joinedPair();
    const { one, line } = pair;
    const ids: string[] = [];
    for (const fault of CUTS) {
      if (call === 'sync.hello') {
        line.unplug();
        await exchange(one);
      }
      ids.push(addTool(one), addTool(one));
      line.follow(once(call, fault));
      const before = line.faults.length;
      await exchange(one);
      expect(line.faults.length, `${fault} struck`).toBe(before + 1);
      ids.push(addTool(one));
      line.heal();
      // A cut line may be noticed only when it is used.
      if ((await exchange(one)) !== 'done') expect(await exchange(one), fault).toBe('done');
      expect(waiting(one)).toBe(0);
    }
    await endsEqual(pair, ids);
  },
  60_000,
);

test('cable out during entry: work goes on, the queue grows, and all of it arrives afterwards', async () => {
  const pair = await joinedPair();
  pair.line.unplug();
  const ids = Array.from({ length: 30 }, () => addTool(pair.one));
  expect(await exchange(pair.one)).toBe('centre_unreachable');
  expect(waiting(pair.one)).toBe(30);
  expect(pair.one.station.replication.status()).toMatchObject({ state: 'offline' });
  pair.line.heal();
  await endsEqual(pair, ids);
});

test('a late copy of a push that went through changes nothing', async () => {
  const pair = await joinedPair();
  const ids = [addTool(pair.one)];
  pair.line.follow(once('sync.push', 'hold'));
  const first = exchange(pair.one);
  await expect.poll(() => pair.line.faults.length).toBe(1);
  // The station gives up, sends again over a new line, and only then the held request reaches the server.
  pair.line.heal();
  pair.line.release();
  await first;
  ids.push(addTool(pair.one));
  await endsEqual(pair, ids);
});

test('a slow line in pieces, a duplicated start and a closed door only cost time', async () => {
  const pair = await joinedPair();
  const { line, one } = pair;
  const ids: string[] = [];
  for (const fault of ['throttle', 'duplicate_start', 'refuse'] as const) {
    line.cutAll();
    ids.push(addTool(one));
    line.follow(onConnection(fault, line.connections + 1));
    await exchange(one);
    line.heal();
    expect(await exchange(one), fault).toBe('done');
  }
  await endsEqual(pair, ids);
});

test('a unit that the centre undoes every time is set aside with its reason; what waits behind it goes on over the same line', async () => {
  const { centre, line, one } = await joinedPair();
  await centre.operator.query(`create function public.undo() returns trigger language plpgsql as $$
    begin raise exception using errcode = '40P01', message = 'deadlock detected'; end $$`);
  await centre.operator.query(`create trigger undo before insert on public.tools for each row
    when (new.tool_name = 'Never') execute function public.undo()`);
  const ids = [addTool(one), addTool(one, 'Never'), addTool(one)];
  const connections = line.connections;
  expect(await exchange(one)).toBe('done');
  expect(waiting(one)).toBe(0);
  expect(line.connections - connections).toBeLessThanOrEqual(1);
  const there = (await centre.rows('tools')).map(row => row.id);
  expect(ids.map(id => there.includes(id))).toEqual([true, false, true]);
  expect(inboxOf(one)).toMatchObject([{ reason_code: 'transient' }]);
});

test('a file whose bytes were damaged at the station waits and says so; rows and other files go on', async () => {
  const { one, two } = await joinedPair();
  const bad = createFileStore(one.station.folders.files).pathOf(await addFile(one, 'damaged'));
  const good = await addFile(one, 'sound, and longer');
  chmodSync(bad, 0o600);
  writeFileSync(bad, 'DAMAGED');
  expect(await exchange(one)).toBe('done');
  expect(one.station.replication.status()).toMatchObject({ state: 'online', waiting_files: 1 });
  expect(await exchange(two)).toBe('done');
  expect(createFileStore(two.station.folders.files).has(good)).toBe(true);
});

test('a step made while somebody exchanges goes up right after, not when something else calls', async () => {
  const centre = await testCentre();
  const line = await openProxy(Number(new URL(centre.server_url).port));
  onTestFinished(() => line.close());
  const one = offlineStation({ replicates_by_itself: true });
  await one.station.replication.join(await centre.code('K1', line.port), true, noProgress);
  await expect.poll(() => waiting(one)).toBe(0);
  line.follow(once('sync.pull', 'hold'));
  const asked = exchange(one);
  await expect.poll(() => line.faults.length).toBe(1);
  addTool(one);
  // Its own call for an exchange comes while this one is under way.
  await expect.poll(() => waiting(one)).toBe(1);
  line.release();
  expect(await asked).toBe('done');
  await expect.poll(() => waiting(one), { timeout: 5000 }).toBe(0);
});
