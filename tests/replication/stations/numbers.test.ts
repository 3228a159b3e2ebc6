import { cpSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Id } from '../../../db/kit/columns.ts';
import { work_orders } from '../../../db/schema/production.ts';
import { NCR_NUMBERS } from '../../../db/schema/quality.ts';
import { order_movements, work_centers } from '../../../db/schema/tracking.ts';
import { nextNumber } from '../../../main/modules/infrastructure/numbers.service.ts';
import type { InputOf } from '../../../preload/contract/rpc.ts';
import type { tracking } from '../../../preload/contract/tracking.ts';
import { ask, signIn, temporaryFolder } from '../../support/station.ts';
import {
  differences,
  joinedStations,
  noProgress,
  type OfflineStation,
  offlineStation,
  testCentre,
  untilQuiet,
} from './support.ts';

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

test('what was booked under a provisional number of a work order goes on under its number, one balance under either', async () => {
  const centre = await testCentre();
  const both = await joinedStations(centre, 2);
  const [one, two] = both;
  if (!one || !two) throw new Error('two stations');
  const work_center_id = one.station.asSystem('test.center', ctx => {
    const plant_id = ctx.sql.get<{ id: Id<'plants'> }>('select id from plants')?.id;
    if (!plant_id) throw new Error('no plant');
    const center = { work_center_code: 'WELD', work_center_name: 'Welding', flow_position: 1 };
    return ctx.insert(work_centers, { plant_id, ...center }).id;
  });
  await untilQuiet(both);
  const session = new Map(both.map(s => [s, signIn(s.station, 'org_admin')]));
  const asked = <P extends 'book' | 'available' | 'balances' | 'movements' | 'orderFlow'>(
    s: OfflineStation,
    procedure: P,
    input: InputOf<(typeof tracking)[P]>,
  ) => ask(s.station, session.get(s) ?? '', `tracking.${procedure}`, input as never);
  const book = (s: OfflineStation, movement_type: 'IN' | 'OUT', order_number: string, quantity: number) =>
    asked(s, 'book', { movement_type, rows: [{ work_center_id, order_number, quantity }], source: 'SCAN' });
  one.station.asSystem('test.work', ctx => {
    const { plant_id } = ctx.sql.get<{ plant_id: Id<'plants'> }>('select plant_id from work_centers') ?? {};
    if (plant_id) ctx.insert(work_orders, { plant_id, work_order_number: 'TMP-K1-1' });
  });
  book(one, 'IN', 'TMP-K1-1', 7);
  // The paper went to the other station before anything was sent.
  book(two, 'IN', 'tmp-k1-1', 3);
  await two.sync();
  await untilQuiet(both);
  book(two, 'OUT', 'TMP-K1-1', 4);
  await untilQuiet(both);
  const [given] = await centre.rows('work_orders');
  const order_number = String(given?.work_order_number);
  expect(order_number).toMatch(/^WO-\d{4}-\d{4}$/);
  for (const s of both) {
    const filter = { text: 'TMP-K1-1' };
    const row = { order_number, in_quantity: 10, out_quantity: 4, closing: 6 };
    expect(asked(s, 'balances', {}).rows).toMatchObject([row]);
    expect(asked(s, 'balances', { filter }).rows).toMatchObject([row]);
    expect(asked(s, 'movements', { filter: { order_number: 'TMP-K1-1' } })).toMatchObject({ total: 3 });
    for (const number of ['TMP-K1-1', order_number])
      expect(asked(s, 'available', { work_center_id, order_number: number })).toMatchObject({
        order_number,
        available: 6,
      });
    expect(await s.station.replication.checkIntegrity(noProgress)).toMatchObject({ is_equal: true });
  }
  expect(differences(one, two)).toEqual([]);
});

test('a movement is changed by nobody at the centre but for the number of its order', async () => {
  const centre = await testCentre();
  const [one] = await joinedStations(centre, 1);
  one?.station.asSystem('test.book', ctx => {
    const plant_id = ctx.sql.get<{ id: Id<'plants'> }>('select id from plants')?.id;
    const user_id = ctx.sql.get<{ id: Id<'users'> }>('select id from users')?.id;
    if (!plant_id || !user_id) throw new Error('nobody there');
    const center = { work_center_code: 'WELD', work_center_name: 'Welding', flow_position: 1 };
    ctx.insert(order_movements, {
      ...{ plant_id, user_id, work_center_id: ctx.insert(work_centers, { plant_id, ...center }).id },
      ...{ order_number: 'PO-1', order_key: 'PO-1', movement_type: 'IN', quantity: 1, station_id: 's' },
      occurred_at_ms: ctx.now_ms,
    });
  });
  await one?.sync();
  await centre.actAsOrganization();
  await expect(centre.operator.query('update order_movements set quantity = 2')).rejects.toThrow(
    'append_only',
  );
  await expect(
    centre.operator.query("update order_movements set order_key = 'PO-2', quantity = 2"),
  ).rejects.toThrow('append_only');
});
