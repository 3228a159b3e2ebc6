import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { saved_views } from '../../db/schema/infrastructure.ts';
import { refusalOf, temporaryFolder, testStation } from '../support/station.ts';

/** A real small file system; only root may mount one. */
function smallDisk(): string | undefined {
  const folder = temporaryFolder('millwright-disk-');
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'none', folder]).status !== 0) return undefined;
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return folder;
}
function fill(file: string): void {
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

test('a full disk refuses the command in words and loses nothing', ({ skip }) => {
  const disk = smallDisk();
  if (!disk) return skip('a small file system can only be mounted by root on Linux');
  const station = testStation({ data_folder: path.join(disk, 'station') });
  const session = station.session('PLANNER');
  const views = () =>
    station.readAsSystem(ctx => ctx.sql.get<{ n: number }>('select count(*) n from saved_views')?.n);
  const big = { columns: 'x'.repeat(15_000) };
  const write = (view_name: string) =>
    station.asSystem('test.write', ctx =>
      ctx.insert(saved_views, {
        user_id: ctx.sql.get<{ id: never }>('select id from users')!.id,
        list: 'orders',
        view_name,
        definition: big,
      }),
    );
  write('before');
  const filler = path.join(disk, 'filler');
  fill(filler);
  expect(() => {
    for (let n = 0; n < 3000; n += 1) write(`full ${n}`);
  }).toThrow(/full/i);
  const kept = views();
  expect(kept).toBeGreaterThan(0);
  const codes = new Set(
    Array.from({ length: 200 }, (_, n) =>
      refusalOf(station, session, 'identity.setLocale', { locale: n % 2 ? 'fr' : 'en' }),
    ),
  );
  expect([...codes].every(code => code === 'disk_full' || code === 'accepted')).toBe(true);
  rmSync(filler);
  write('after');
  expect(views()).toBe(Number(kept) + 1);
});
