import { expect, onTestFinished, test, vi } from 'vitest';
import { LONG_QUERY_MS } from '../../../main/replication/centre.ts';
import { once } from '../support/proxy.ts';
import { addTool, endsEqual, exchange, joinedPair, waiting } from './support.ts';

test('a line that fell silent: commands go on, the station gives it up by itself, and nothing is sent twice', async () => {
  const pair = await joinedPair();
  const ids = [addTool(pair.one)];
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  pair.line.follow(once('sync.push', 'swallow_answer'));
  const hanging = exchange(pair.one);
  await expect.poll(() => pair.line.faults.length).toBe(1);
  ids.push(addTool(pair.one));
  expect(waiting(pair.one)).toBe(2);
  await vi.advanceTimersByTimeAsync(LONG_QUERY_MS);
  vi.useRealTimers();
  expect(await hanging).toBe('centre_unreachable');
  pair.line.heal();
  await endsEqual(pair, ids);
});

test('the program ends although nothing comes back: while it waits for an answer, and while it listens', async () => {
  const pair = await joinedPair();
  const ids = [addTool(pair.one)];
  pair.line.follow(once('sync.push', 'swallow_answer'));
  const hanging = exchange(pair.one);
  await expect.poll(() => pair.line.faults.length).toBe(1);
  await pair.one.reopen();
  expect(await hanging).toBe('centre_unreachable');
  expect(await exchange(pair.one)).toBe('done');
  pair.line.freeze();
  await pair.one.reopen();
  await endsEqual(pair, ids);
});

test('a station leaves over a silent line; what a command keeps meanwhile is not forgotten unasked', async () => {
  const { one, line } = await joinedPair();
  line.freeze();
  const leaving = one.station.replication.leave(false);
  addTool(one);
  await expect(leaving).rejects.toMatchObject({ code: 'queue_not_empty', details: { units: 1 } });
  expect(waiting(one)).toBe(1);
  expect(await exchange(one)).toBe('done');
  await one.station.replication.leave(false);
  expect(one.station.replication.status()).toMatchObject({ state: 'standalone', trouble: null });
});
