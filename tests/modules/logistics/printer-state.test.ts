import { expect, test } from 'vitest';
import { askState } from '../../../main/printing/delivery/zpl-state.ts';
import { endlessSink } from './printer-sinks.ts';

test('something that talks without end is no printer, and is known before the time is over', async () => {
  const { port } = await endlessSink();
  const before = performance.now();
  expect(await askState({ host: '127.0.0.1', port, timeout_ms: 20_000 })).toMatchObject({ kind: 'silent' });
  expect(performance.now() - before).toBeLessThan(10_000);
});
