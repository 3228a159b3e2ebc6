import { rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { tools } from '../../../db/schema/production.ts';
import type { CommandCtx } from '../../../main/rpc/context.ts';
import { fill, smallDisk } from '../../support/small-disk.ts';
import { noProgress, offlineStation, testCentre, untilQuiet } from '../stations/support.ts';
import { ownServer } from '../support/own-server.ts';
import { addTool, endsEqual, exchange, joinedPair, toolIds, waiting } from './support.ts';

const server = ownServer();
const wideTool = (ctx: CommandCtx, n: number) => {
  const tool_names = { en: 'Tool', fr: 'x'.repeat(4000), es: 'Util' };
  return ctx.insert(tools, { tool_name: `Wide tool ${n}`, tool_names }).id;
};

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
    Array.from({ length: 1500 }, (_, n) => wideTool(ctx, n)),
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

test('a full disk under a command: it is undone whole and told, nothing waits for the centre that is not kept, and work goes on when there is room', async ({
  skip,
}) => {
  const disk = smallDisk(32);
  if (!disk) return skip('a small file system can only be mounted by root on Linux');
  const centre = await testCentre();
  const one = offlineStation({ data_folder: path.join(disk, 'station') });
  await one.station.replication.join(await centre.code('K1'), true, noProgress);
  expect(await exchange(one)).toBe('done');
  const ids: string[] = [];
  const filler = path.join(disk, 'filler');
  fill(filler);
  const writeUntilFull = () => {
    for (let n = 0; n < 5000; n++) ids.push(one.station.asSystem('test.wide', ctx => wideTool(ctx, n)));
  };
  expect(writeUntilFull).toThrow(expect.objectContaining({ code: 'SQLITE_FULL' }));
  expect(waiting(one)).toBe(ids.length);
  expect(toolIds(one)).toEqual(ids.toSorted());
  rmSync(filler);
  ids.push(addTool(one));
  await untilQuiet([one]);
  const two = offlineStation();
  await two.station.replication.join(await centre.code('K2'), false, noProgress);
  await endsEqual({ one, two }, ids);
}, 60_000);

test('a full disk at the centre: what it cannot keep stays with the station, and goes up when there is room', async ({
  skip,
}) => {
  const disk = smallDisk(8);
  if (!disk) return skip('a small file system can only be mounted by root on Linux');
  const { operator, one, two } = await pairAtCentreWith(disk);
  const filler = path.join(disk, 'filler');
  fill(filler);
  const ids = one.station.asSystem('test.many', ctx =>
    Array.from({ length: 300 }, (_, n) => wideTool(ctx, n)),
  );
  expect(await exchange(one)).toBe('centre_not_accepting');
  expect(waiting(one)).toBe(1);
  expect((await operator.query('select count(*)::int as n from public.tools')).rows).toEqual([{ n: 0 }]);
  rmSync(filler);
  expect(await exchange(one)).toBe('done');
  await endsEqual({ one, two }, ids);
}, 60_000);

/** Tools are kept on this disk; everything else of the centre has room. */
async function pairAtCentreWith(disk: string) {
  server.postgres.own(disk);
  const pair = await joinedPair(server.postgres.url());
  const { operator, actAsOrganization } = pair.centre;
  await operator.query(`create tablespace small location '${disk}'`);
  await operator.query('alter table public.tools set tablespace small');
  await actAsOrganization();
  return { ...pair, operator };
}
