import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect } from 'vitest';
import type { OfflineStation } from '../stations/support.ts';
import type { FaultProxy, Script } from './proxy.ts';

const SCRIPT = path.resolve(import.meta.dirname, 'station-process.ts');
/** A process of its own opens the closed station, works and is killed where the script strikes; answers the rows it confirmed. */
export async function killedAt(
  { folder }: OfflineStation,
  line: FaultProxy,
  where: Script,
  rows: number,
  code = '',
): Promise<string[]> {
  line.heal();
  line.follow(where);
  const struck = line.faults.length;
  const child = spawn(process.execPath, [SCRIPT, folder, String(rows), code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', chunk => {
    said += chunk;
  });
  await expect.poll(() => line.faults.length, { timeout: 30_000 }).toBe(struck + 1);
  const ended = new Promise(resolve => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
  line.release();
  const confirmed = [...said.matchAll(/^confirmed (\S+)$/gm)].map(m => m[1] ?? '');
  expect(confirmed).toHaveLength(rows);
  return confirmed;
}
