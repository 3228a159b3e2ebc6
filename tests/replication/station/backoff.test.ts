import { expect, test } from 'vitest';
import { afterNoticeMs, backoffMs } from '../../../main/replication/backoff.rules.ts';

const LAST = 0.999;

test('after a notice few stations come at once, many come spread, and nobody waits longer than 150 ms', () => {
  expect([1, 3, 50, 5000].map(stations => afterNoticeMs(LAST, stations))).toEqual([0, 2, 49, 149]);
  expect(afterNoticeMs(LAST, null), 'how many there are is not known').toBe(149);
  expect(afterNoticeMs(0, 5000)).toBe(0);
});

test('after failures a station comes anywhere below a time that doubles up to a minute', () => {
  expect([0, 1, 3, 20].map(failures => backoffMs(failures, LAST))).toEqual([999, 1998, 7992, 59_940]);
  expect(backoffMs(20, 0)).toBe(0);
});
