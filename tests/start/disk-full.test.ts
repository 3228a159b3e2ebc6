import { rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { saved_views } from '../../db/schema/infrastructure.ts';
import { fill, smallDisk } from '../support/small-disk.ts';
import { refusalOf, testStation } from '../support/station.ts';

test('a full disk refuses the command in words and loses nothing', ({ skip }) => {
  const disk = smallDisk(24);
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
