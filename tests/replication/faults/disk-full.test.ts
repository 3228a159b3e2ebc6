import { rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { tools } from '../../../db/schema/production.ts';
import { fill, smallDisk } from '../../support/small-disk.ts';
import { noProgress, offlineStation, testCentre, untilQuiet } from '../stations/support.ts';
import { addTool, endsEqual, exchange } from './support.ts';

test('a full disk at the station: it says so and stays where it was in the stream, and all of it comes when there is room', async ({
  skip,
}) => {
  const disk = smallDisk(48);
  if (!disk) return skip('a small file system can only be mounted by root on Linux');
  const centre = await testCentre();
  const one = offlineStation();
  await one.station.replication.join(await centre.code('K1'), true, noProgress);
  const two = offlineStation({ data_folder: path.join(disk, 'station') });
  await two.station.replication.join(await centre.code('K2'), false, noProgress);
  await untilQuiet([one, two]);
  const ids = one.station.asSystem('test.many', ctx =>
    Array.from({ length: 1500 }, (_, n) => {
      const tool_names = { en: 'Tool', fr: 'x'.repeat(4000), es: 'Util' };
      return ctx.insert(tools, { tool_name: `Wide tool ${n}`, tool_names }).id;
    }),
  );
  ids.push(addTool(one));
  expect(await exchange(one)).toBe('done');
  const filler = path.join(disk, 'filler');
  fill(filler);
  expect(await exchange(two)).toBe('disk_full');
  const some = two.station.readAsSystem(ctx =>
    ctx.sql.get<{ n: number }>("select count(*) n from tools where tool_name like 'Wide%'"),
  );
  // A commit of very many rows comes in slices; the place in the stream moves only with the last of them.
  expect(some?.n).toBeLessThan(1500);
  expect(two.station.replication.status().trouble?.code).toBe('disk_full');
  rmSync(filler);
  expect(await exchange(two)).toBe('done');
  await endsEqual({ one, two }, ids);
}, 60_000);
