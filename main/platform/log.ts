import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import pino from 'pino';

export type Log = Pick<pino.Logger, 'info' | 'warn' | 'error' | 'debug'>;
const MAX_BYTES = 5 * 1024 * 1024;
const KEEP = 5;

/** JSON lines in `<folder>/<name>.log`; the file is rotated at start when it has grown past 5 MiB, five are kept. */
export function openLog(folder: string, name: string): Log {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.log`);
  rotate(folder, name, file);
  return pino(
    { base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: file, sync: true }),
  );
}
function rotate(folder: string, name: string, file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size < MAX_BYTES) return;
  renameSync(file, path.join(folder, `${name}.${new Date().toISOString().replaceAll(':', '-')}.log`));
  const old = readdirSync(folder)
    .filter(f => f.startsWith(`${name}.`) && f !== `${name}.log`)
    .sort()
    .reverse();
  for (const f of old.slice(KEEP)) rmSync(path.join(folder, f));
}
export const silentLog: Log = pino({ level: 'silent' });
