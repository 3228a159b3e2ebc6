import { expect, onTestFinished, test, vi } from 'vitest';
import { NextExchange } from '../../../main/replication/next-exchange.ts';

function meant() {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'performance'],
  });
  onTestFinished(() => void vi.useRealTimers());
  const began: number[] = [];
  const start = performance.now();
  const next = new NextExchange(() => began.push(performance.now() - start));
  return { next, began, pass: (ms: number) => vi.advanceTimersByTime(ms) };
}

test('what is new brings an exchange forward and never puts it off', () => {
  const { next, began, pass } = meant();
  next.after(7000);
  next.within(100);
  pass(50);
  next.within(100);
  pass(7000);
  expect(began).toEqual([100]);
});

test('a rest after an exchange counts from its end, whatever was meant before; what was forgotten does not begin', () => {
  const { next, began, pass } = meant();
  next.after(100);
  next.after(500);
  pass(499);
  expect(began).toEqual([]);
  pass(1);
  next.after(0);
  next.forget();
  pass(1000);
  expect(began).toEqual([500]);
  next.within(20_000);
  pass(20_000);
  expect(began).toEqual([500, 21_500]);
});
