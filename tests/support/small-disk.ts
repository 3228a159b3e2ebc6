import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './station.ts';

/** A real small file system; only root may mount one. */
export function smallDisk(size_mb: number): string | undefined {
  const folder = temporaryFolder('millwright-disk-');
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size_mb}m`, 'none', folder]);
  if (mounted.status !== 0) return undefined;
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return folder;
}
/** Writes until nothing more fits. */
export function fill(file: string): void {
  const handle = openSync(file, 'w');
  for (const size of [1 << 20, 1 << 16, 1 << 12, 1]) {
    try {
      for (;;) writeSync(handle, Buffer.alloc(size));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    }
  }
  closeSync(handle);
}
