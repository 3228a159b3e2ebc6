import { cpSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { NCR_NUMBERS } from '../../../db/schema/quality.ts';
import { nextNumber } from '../../../main/modules/infrastructure/numbers.service.ts';
import { temporaryFolder } from '../../support/station.ts';
import { joinedStations, type OfflineStation, offlineStation, testCentre, untilQuiet } from './support.ts';

const taken = ({ station }: OfflineStation, count: number): string[] =>
  Array.from({ length: count }, () => station.asSystem('test.number', ctx => nextNumber(ctx, NCR_NUMBERS)));

test('blocks grow with use, and a copy of a station gives out none of the numbers that the other one holds', async () => {
  const centre = await testCentre();
  const [one] = await joinedStations(centre, 1);
  if (!one) throw new Error('no station');
  const leases = async () =>
    (
      await centre.operator.query<{ state: string; size: string }>(
        "select state, to_value - from_value + 1 as size from sync.leases where series = 'NCR' order by from_value",
      )
    ).rows.map(({ state, size }) => `${state} ${size}`);
  // Nothing was leased yet for a series that nobody had used.
  expect(taken(one, 1)).toEqual(['TMP-K1-1']);
  await one.sync();
  expect(await leases()).toEqual(['leased 20']);
  const first = taken(one, 9);
  await one.sync();
  expect(await leases()).toEqual(['leased 20']);
  first.push(...taken(one, 4));
  await one.sync();
  expect(await leases()).toEqual(['leased 20', 'leased 20']);
  first.push(...taken(one, 20));
  await one.sync();
  expect(await leases()).toEqual(['leased 20', 'leased 20', 'leased 40']);
  await one.station.close();
  const folder = temporaryFolder('millwright-copy-');
  cpSync(one.folder, folder, { recursive: true });
  rmSync(`${folder}/station.lock`, { force: true });
  await one.reopen();
  first.push(...taken(one, 3));
  await one.sync();
  const twin = offlineStation({ data_folder: folder });
  await twin.sync().catch(() => undefined);
  await twin.sync();
  expect((await leases()).map(lease => lease.split(' ')[0])).toEqual([
    'forfeited',
    'forfeited',
    'forfeited',
    'leased',
  ]);
  const second = taken(twin, 10);
  expect(first.filter(number => second.includes(number))).toEqual([]);
  expect(new Set([...first, ...second]).size).toBe(46);
  expect([...first, ...second].every(number => /^NCR-\d{4}-\d{3}$/.test(number))).toBe(true);
}, 60_000);

test('a station that leaves gives back what it did not use, and alone it counts on behind the numbers it held', async () => {
  const centre = await testCentre();
  const [one, two] = await joinedStations(centre, 2);
  if (!one || !two) throw new Error('two stations');
  const ends = (numbers: readonly string[]) => numbers.map(number => Number(number.split('-').at(-1)));
  for (const s of [one, two]) {
    taken(s, 1);
    await s.sync();
  }
  // One holds 2 to 21 and two 22 to 41: what two leaves over is the end of the series.
  expect(ends(taken(two, 3))).toEqual([22, 23, 24]);
  expect(ends(taken(one, 2))).toEqual([2, 3]);
  await untilQuiet([one, two]);
  await two.station.replication.leave(false);
  expect(ends(taken(two, 1))).toEqual([42]);
  const leases = await centre.operator.query(
    "select from_value, to_value, state from sync.leases where series = 'NCR' order by 1",
  );
  expect(leases.rows.map(l => `${l.from_value}-${l.to_value} ${l.state}`)).toEqual([
    '2-21 leased',
    '22-24 leased',
  ]);
  const next = await centre.operator.query("select next_value from sync.series where series = 'NCR'");
  expect(next.rows).toEqual([{ next_value: '25' }]);
  // Behind one's block others have theirs: what it leaves over stays a gap that the lease explains.
  const three = offlineStation();
  await three.station.replication.join(await centre.code('K3'), false, () => undefined);
  taken(three, 1);
  await three.sync();
  await one.station.replication.leave(false);
  const then = await centre.operator.query(
    "select from_value, to_value, state from sync.leases where series = 'NCR' order by 1",
  );
  expect(then.rows.map(l => `${l.from_value}-${l.to_value} ${l.state}`)).toEqual([
    '2-3 leased',
    '4-21 forfeited',
    '22-24 leased',
    '25-44 leased',
  ]);
}, 60_000);
