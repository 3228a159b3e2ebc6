import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import type { Id } from '../../../db/kit/columns.ts';
import { work_centers } from '../../../db/schema/tracking.ts';
import type { MovementType } from '../../../preload/contract/tracking.ts';
import { ask, PASSWORD, peopleFor, signIn } from '../../support/station.ts';
import { exchange } from '../faults/support.ts';
import { openProxy } from '../support/proxy.ts';
import { noProgress, type OfflineStation, offlineStation, testCentre, untilQuiet } from './support.ts';

const SCANS = 2000;
const CENTERS = 4;
const ORDERS = 25;
const ROUND = 40;
const CONFIRMED_BEFORE_CRASH = 25;

/** The same shift in every run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
/** What was booked, kept by the test alone: order and centre to IN minus OUT. */
class Log {
  readonly sums = new Map<string, number>();
  scans = 0;
  add(center: string, order: string, type: MovementType, quantity: number): void {
    const key = `${order} ${center}`;
    this.sums.set(key, (this.sums.get(key) ?? 0) + (type === 'IN' ? quantity : -quantity));
    this.scans += 1;
  }
  get sorted(): [string, number][] {
    return [...this.sums].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

function balancesAt(station: OfflineStation): [string, number][] {
  const session = signIn(station.station, 'org_admin');
  const { rows } = ask(station.station, session, 'tracking.balances', { limit: 1000 });
  return rows
    .map((row): [string, number] => [`${row.order_number} ${row.work_center_code}`, row.closing])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Books in a process of its own until so many are confirmed, then the process is killed without a word. */
async function bookUntilKilled(folder: string, work_center_id: string): Promise<[string, number][]> {
  const file = path.resolve(import.meta.dirname, '../support/booking-process.ts');
  const child = spawn(process.execPath, [file, folder, 'org_admin', PASSWORD, work_center_id]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const confirmed: [string, number][] = [];
  const ended = new Promise(resolve => child.once('exit', resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    const [order = '', quantity = ''] = line.split(' ');
    confirmed.push([order, Number(quantity)]);
    if (confirmed.length === CONFIRMED_BEFORE_CRASH) child.kill('SIGKILL');
  }
  await ended;
  return confirmed;
}

test('a shift of three stations, two cut lines and a crash ends with the balances of the log', async () => {
  const centre = await testCentre();
  const port = Number(new URL(centre.server_url).port);
  const lines = [await openProxy(port), await openProxy(port), await openProxy(port)];
  for (const line of lines) onTestFinished(() => line.close());
  const first = offlineStation();
  peopleFor(first.station, ['ORG_ADMIN']);
  const centers = first.station.asSystem('test.centers', ctx =>
    Array.from(
      { length: CENTERS },
      (_, n): Id<'work_centers'> =>
        ctx.insert(work_centers, {
          plant_id: ctx.actor.plant_id,
          work_center_code: `WC${n}`,
          work_center_name: `Centre ${n}`,
          flow_position: n + 1,
        }).id,
    ),
  );
  await first.station.replication.join(await centre.code('K1', lines[0]?.port), true, noProgress);
  const stations = [first];
  for (const n of [2, 3]) {
    const other = offlineStation();
    await other.station.replication.join(await centre.code(`K${n}`, lines[n - 1]?.port), false, noProgress);
    stations.push(other);
  }

  const log = new Log();
  const roll = dice(7);
  let sessions = stations.map(({ station }) => signIn(station, 'org_admin'));
  let refused = 0;
  const bookOnce = (at: number) => {
    const { station } = stations[at] as OfflineStation;
    const center = roll(CENTERS);
    const order_number = `PO-${roll(ORDERS)}`;
    const movement_type = roll(5) < 3 ? ('IN' as const) : ('OUT' as const);
    const quantity = 1 + roll(9);
    const reply = station.serve(sessions[at] ?? '', 'tracking.book', {
      movement_type,
      rows: [{ work_center_id: centers[center], order_number, quantity }],
      source: 'SCAN',
      confirm_negative: true,
    });
    if (reply.ok) log.add(`WC${center}`, order_number, movement_type, quantity);
    else {
      // An OUT whose IN this station has not heard of; nothing else may be refused.
      expect(reply.error.code).toBe('in_missing');
      refused += 1;
    }
  };

  for (let round = 0; log.scans < SCANS; round += 1) {
    // The second station is cut off for a third of the shift, the third one loses the answers to what it sends.
    if (round === 15) lines[1]?.unplug();
    if (round === 35) lines[1]?.heal();
    if (round === 25)
      lines[2]?.follow(({ kind, text }) =>
        kind === 'request' && /push/.test(text) ? 'cut_before_answer' : undefined,
      );
    if (round === 31) lines[2]?.heal();
    for (let n = 0; n < ROUND && log.scans < SCANS; n += 1) bookOnce(n % stations.length);
    const outcome = await exchange(stations[round % stations.length] as OfflineStation);
    if (round < 15) expect(outcome).toBe('done');
    if (round === 20) {
      const third = stations[2] as OfflineStation;
      await third.station.close();
      const confirmed = await bookUntilKilled(third.folder, centers[0] ?? '');
      await third.reopen();
      const kept = third.station.readAsSystem(ctx =>
        ctx.sql.all<{ order_number: string; quantity: number }>(
          "select order_number, quantity from order_movements where order_number like 'CRASH-%' order by occurred_at_ms, id",
        ),
      );
      // Everything confirmed is there; the one under way may be.
      expect(kept.length).toBeGreaterThanOrEqual(confirmed.length);
      expect(kept.length).toBeLessThanOrEqual(confirmed.length + 2);
      for (const { order_number, quantity } of kept) log.add('WC0', order_number, 'IN', quantity);
      sessions = stations.map(({ station }) => signIn(station, 'org_admin'));
    }
  }
  await untilQuiet(stations);
  expect(lines[1]?.faults.length).toBeGreaterThan(0);
  expect(lines[2]?.faults.length).toBeGreaterThan(0);
  expect(log.scans).toBeGreaterThanOrEqual(SCANS);
  expect(refused).toBeLessThan(log.scans / 4);
  for (const station of stations) expect(balancesAt(station)).toEqual(log.sorted);

  const rows = await centre.rows('order_movements');
  expect(rows).toHaveLength(log.scans);
  const central = new Map<string, number>();
  for (const row of rows) {
    const key = `${row.order_number} WC${centers.map(String).indexOf(String(row.work_center_id))}`;
    const quantity = Number(row.quantity);
    central.set(key, (central.get(key) ?? 0) + (row.movement_type === 'IN' ? quantity : -quantity));
  }
  expect([...central].sort(([a], [b]) => (a < b ? -1 : 1))).toEqual(log.sorted);
}, 180_000);
