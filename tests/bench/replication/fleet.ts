import { readFileSync } from 'node:fs';
import { Centre } from '../../../main/replication/centre.ts';
import type { Figure } from '../harness.ts';
import { type Bed, openBed, quantile, secondsOf } from './bed.ts';
import { Speaker } from './speaker.ts';

const UNITS_EACH = 500;
const UNITS_A_PUSH = 100;
const IDLE_MS = 20_000;
const POLL_MS = 10_000;
/** The first five calls of a function on a connection are planned anew: a station that has polled for a minute is past them. */
const POLLS_BEFORE = 8;

async function fleetOf(bed: Bed, stations: number): Promise<Speaker[]> {
  const fleet: Speaker[] = [];
  for (let n = 0; n < stations; n++) {
    const access = await bed.access(`F${n}`);
    const connect = () => Centre.connect(access);
    const speaker = new Speaker(await connect(), connect);
    await speaker.hello();
    fleet.push(speaker);
  }
  return fleet;
}

/** B4, B5 and B8: many stations at one centre. */
export async function fleet(size: number): Promise<Figure[]> {
  const bed = await openBed([`max_connections=${size + 60}`]);
  try {
    const stations = await fleetOf(bed, size);
    const figures = [
      await idlePolls(bed, stations),
      ...(await live(bed, stations)),
      ...(await returning(stations)),
    ];
    for (const station of stations) await station.line.end();
    return figures;
  } finally {
    await bed.remove();
  }
}

/** Of the server and everything it started, in seconds; `stat` counts in steps of 10 ms, of which a poll is a tenth. */
const serverCpuSeconds = (pids: readonly number[]): number =>
  pids.reduce((ns, pid) => ns + Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]), 0) /
  1e9;
async function idlePolls({ centre }: Bed, stations: readonly Speaker[]): Promise<Figure> {
  for (const station of stations) for (let n = 0; n < POLLS_BEFORE; n++) await station.pull();
  const { rows } = await centre.query<{ pid: number }>(
    'select pid from pg_stat_activity where pid is not null',
  );
  const pids = rows.map(r => r.pid);
  const wal = async (): Promise<bigint> =>
    BigInt(
      (await centre.query("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint as n")).rows[0]
        .n,
    );
  // What a fresh server still tidies up is not the stations' doing.
  await centre.query('checkpoint');
  const [cpu_before, wal_before] = [serverCpuSeconds(pids), await wal()];
  const until = performance.now() + IDLE_MS;
  await Promise.all(
    stations.map(async (station, n) => {
      await new Promise(resolve => setTimeout(resolve, (n * POLL_MS) / stations.length));
      while (performance.now() < until) {
        await station.pull();
        await new Promise(resolve => setTimeout(resolve, POLL_MS));
      }
    }),
  );
  const wal_bytes = Number((await wal()) - wal_before);
  return {
    work: `B8 ${stations.length} idle stations that poll every 10 s: share of one core`,
    measured: ((serverCpuSeconds(pids) - cpu_before) / (IDLE_MS / 1000)) * 100,
    unit: '%',
    target: 2,
    more_is_better: false,
    floor: 0,
    floor_is: 'nobody polls',
    note: `${wal_bytes} bytes of WAL; each connection has polled ${POLLS_BEFORE} times before`,
  };
}

/** 20 commits a second, everybody listens and fetches what is new. */
async function live({ centre, organization_id }: Bed, stations: readonly Speaker[]): Promise<Figure[]> {
  const { rows } = await centre.query<{ channel: string }>(
    'select channel from sync.streams where stream = $1',
    [organization_id],
  );
  const channel = rows[0]?.channel ?? '';
  const [writer, ...listeners] = stations;
  if (!writer) throw new Error('no stations');
  const measure = async (listening: readonly Speaker[]): Promise<number[]> => {
    const waits: number[] = [];
    const sent = new Map<number, number>();
    const stops = listening.map(station => {
      let busy = false;
      let again = false;
      const look = async (): Promise<void> => {
        if (busy) {
          again = true;
          return;
        }
        busy = true;
        do {
          again = false;
          const before = station.cursor.seq;
          await station.pull();
          for (let seq = before + 1; seq <= station.cursor.seq; seq++)
            waits.push(performance.now() - (sent.get(seq) ?? performance.now()));
        } while (again);
        busy = false;
      };
      return { station, look };
    });
    await Promise.all(listening.map(station => station.pull()));
    await Promise.all(stops.map(({ station, look }) => station.line.listen(channel, () => void look())));
    for (let n = 0; n < 60; n++) {
      const from = performance.now();
      await writer.push([writer.unit()]);
      const head = (await centre.query('select (sync.head($1)).seq as seq', [organization_id])).rows[0];
      sent.set(Number(head.seq), from);
      await writer.line.run('select sync.notify()');
      await new Promise(resolve => setTimeout(resolve, Math.max(0, 50 - (performance.now() - from))));
    }
    await new Promise(resolve => setTimeout(resolve, 500));
    for (const station of listening) await station.line.run('unlisten *');
    return waits;
  };
  await writer.pull();
  const single = await measure(listeners.slice(0, 1));
  const all = await measure(listeners);
  return [
    {
      work: `B5 a commit until each of ${listeners.length} listening stations has its rows, p95`,
      measured: quantile(all, 0.95),
      unit: 'ms',
      target: 250,
      more_is_better: false,
      floor: quantile(single, 0.95),
      floor_is: 'one station listens',
      note: `p99 ${quantile(all, 0.99).toFixed(0)} ms, limit 1,000 ms; without the writing at the stations`,
    },
  ];
}

/** After a power cut everybody comes back with half a day of work. */
async function returning(stations: readonly Speaker[]): Promise<Figure[]> {
  const [first, ...others] = stations;
  if (!first) throw new Error('no stations');
  const drain = async (station: Speaker): Promise<void> => {
    const units = Array.from({ length: UNITS_EACH }, () => station.unit());
    for (let at = 0; at < units.length; at += UNITS_A_PUSH)
      await station.push(units.slice(at, at + UNITS_A_PUSH));
  };
  const alone_s = await secondsOf(() => drain(first));
  const each: number[] = [];
  const from = performance.now();
  await Promise.all(
    others.map(async station => {
      await drain(station);
      each.push((performance.now() - from) / 1000);
    }),
  );
  const drained_s = Math.max(...each);
  return [
    {
      work: `B4 ${others.length} stations return with ${UNITS_EACH} units each: until all are taken`,
      measured: drained_s,
      unit: 's',
      target: 120,
      more_is_better: false,
      floor: alone_s * others.length,
      floor_is: 'as many times one station alone',
      note: `last station ${(drained_s / quantile(each, 0.5)).toFixed(1)} x the median, limit 3; ${others.reduce((sum, s) => sum + s.came_again, 0)} calls came again`,
    },
  ];
}
