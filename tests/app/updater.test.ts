import { expect, test } from 'vitest';
import { createUpdates, type Updater } from '../../main/app/updater.ts';
import { silentLog } from '../../main/platform/log.ts';

/** A feed that says what it was asked. */
function feed(answer: () => Promise<{ version: string } | null>) {
  const asked: string[] = [];
  const updater: Updater = {
    fetchFrom(url) {
      asked.push(url);
      return answer();
    },
  };
  return { asked, updater };
}

test('updates are off until a feed is set, and the feed is read anew at each check', async () => {
  const { asked, updater } = feed(async () => null);
  let url = '';
  const updates = createUpdates(async () => url, updater, silentLog);
  expect(await updates.check()).toEqual({ kind: 'off' });
  expect(asked).toEqual([]);
  url = 'https://updates.example/';
  expect(await updates.check()).toEqual({ kind: 'none' });
  expect(asked).toEqual([url]);
});

test('a fetched version and an unreachable feed are told apart', async () => {
  const url = async () => 'https://updates.example/';
  const newer = createUpdates(url, feed(async () => ({ version: '2.0.0' })).updater, silentLog);
  expect(await newer.check()).toEqual({ kind: 'fetched', version: '2.0.0' });
  const broken = createUpdates(url, feed(() => Promise.reject(new Error('no route'))).updater, silentLog);
  expect(await broken.check()).toEqual({ kind: 'failed', reason: 'no route' });
});
