import { cpSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { NCR_NUMBERS } from '../../../db/schema/quality.ts';
import { nextNumber } from '../../../main/modules/infrastructure/numbers.service.ts';
import { temporaryFolder } from '../../support/station.ts';
import { joinedStations, type OfflineStation, offlineStation, testCentre } from './support.ts';

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
