import { tools } from '../../../db/schema/production.ts';
import { TRAIL } from '../../../db/sqlite/capture.ts';
import type { Station } from '../../../main/compose.ts';
import { systemClock, uuids } from '../../../main/platform/ports.ts';
import { Centre } from '../../../main/replication/centre.ts';
import type { PullPage } from '../../../main/replication/wire.ts';
import { openMember } from '../../support/member-store.ts';
import type { Figure } from '../harness.ts';
import { toolValues } from '../peers/rows.ts';
import { liveWaits } from './arrivals.ts';
import { type Bed, openBed, quantile, secondsOf } from './bed.ts';
import { installPeers, type PeerTimes, runPeer } from './peer-programs.ts';
import { Speaker } from './speaker.ts';

const ROWS = 30_000;
const ROWS_A_UNIT = 100;
const BATCHES = [100, 1000, 5000];
const LIVE = 60;
const ALL_ROWS = `${ROWS.toLocaleString('en')} rows`;

type Direction = 'push' | 'pull' | 'apply';
interface Peer {
  name: string;
  /** Ours has to be so many times as fast; where nothing is said, the peer is only shown. */
  limits: Partial<Record<Direction, number>>;
}
const PEERS: Record<string, Peer> = {
  pouchdb: { name: 'PouchDB and its server', limits: { push: 3, pull: 3 } },
  rxdb: { name: 'RxDB', limits: { pull: 1 } },
  zero: { name: 'zero-cache', limits: {} },
  watermelondb: { name: 'WatermelonDB', limits: { apply: 0.5 } },
};
interface Compared extends Peer {
  times: PeerTimes;
}
interface Own extends Record<Direction, number> {
  /** Rows of the trail that travel with the rows. */
  trail_rows: number;
  live_p95_ms: number;
}

/** B11: the same rows through other replication libraries, over the same loopback, their servers in processes of their own. */
export async function peers(): Promise<Figure[]> {
  const compared = await measurePeers();
  const ours = await own();
  return [
    ...rates('push', `B11 push of ${ALL_ROWS}`, ours, compared),
    ...rates('pull', `B11 pull of ${ALL_ROWS} into an empty station`, ours, compared),
    ...rates('apply', `B11 writing ${ALL_ROWS} that were pulled`, ours, compared),
    ...liveFigures(ours, compared),
  ];
}

async function measurePeers(): Promise<Compared[]> {
  const say = (text: string) => process.stderr.write(`${text}\n`);
  try {
    await installPeers();
  } catch (error) {
    say(
      `peers are not compared: ${error instanceof Error ? error.message.trim().split('\n').at(-1) : error}`,
    );
    return [];
  }
  const compared: Compared[] = [];
  for (const [program, peer] of Object.entries(PEERS)) {
    say(`  ${peer.name}`);
    const work = { rows: ROWS, rows_a_unit: ROWS_A_UNIT, batches: BATCHES, live: LIVE };
    const answer = await runPeer(program, work);
    if ('reason' in answer) say(`  is not compared: ${answer.reason}`);
    else compared.push({ ...peer, times: answer.times });
  }
  return compared;
}

function rates(direction: Direction, work: string, ours: Own, compared: readonly Compared[]): Figure[] {
  const on_the_wire = Math.round((ours[direction] * (ROWS + ours.trail_rows)) / ROWS);
  return compared.flatMap(({ name, limits, times }) => {
    const best = times[direction]?.toSorted((a, b) => a.took_s - b.took_s)[0];
    if (!best) return [];
    const floor = ROWS / best.took_s;
    const limit = limits[direction];
    return {
      work: `${work}, against ${name}`,
      measured: ours[direction],
      unit: 'rows/s',
      target: limit === undefined ? null : floor * limit,
      more_is_better: true,
      floor,
      floor_is: `${name}, ${best.batch === ROWS ? 'all at once' : `batches of ${best.batch}`}, without a trail; ${times.note}`,
      note: `${on_the_wire.toLocaleString('en')} rows/s with the rows of the trail`,
    };
  });
}
function liveFigures(ours: Own, compared: readonly Compared[]): Figure[] {
  const waiting = compared.flatMap(({ name, times }) =>
    times.waits_ms ? [{ name, note: times.note, p95_ms: quantile(times.waits_ms, 0.95) }] : [],
  );
  const best_ms = Math.min(...waiting.map(w => w.p95_ms));
  return waiting.map(({ name, note, p95_ms }) => ({
    work: `B11 from a change at one station until it is at the other, p95, against ${name}`,
    measured: ours.live_p95_ms,
    unit: 'ms',
    target: p95_ms === best_ms ? p95_ms * 2 : null,
    more_is_better: false,
    floor: p95_ms,
    floor_is: `${name}, live; ${note}`,
    note: 'with its trail, flushed to disk at the station, the centre and the other station',
  }));
}

async function own(): Promise<Own> {
  const bed = await openBed();
  try {
    const one = bed.station('one');
    const add = (station: Station, from: number, rows: number) =>
      station.asSystem('bench.tools', ctx => {
        for (let n = from; n < from + rows; n++) ctx.insert(tools, { ...toolValues(n), category: 'HAND' });
      });
    await one.replication.join(await bed.enrolmentCode('K1'), true, () => undefined);
    for (let from = 0; from < ROWS; from += ROWS_A_UNIT) add(one, from, ROWS_A_UNIT);
    const push_s = await secondsOf(() => one.replication.syncNow());
    const two = bed.station('two');
    const code = await bed.enrolmentCode('K2');
    const pull_s = await secondsToLoad(two, code);
    const pages = await pagesOf(bed);
    const apply_s = await secondsToWrite(bed, pages);
    await bed.closeStations();
    const [sender, receiver] = [bed.station('one', true), bed.station('two', true)];
    const waits = await liveWaits(sender, receiver, LIVE, n => add(sender, ROWS + n, 1));
    return {
      push: ROWS / push_s,
      pull: ROWS / pull_s,
      apply: ROWS / apply_s,
      trail_rows: pages
        .flatMap(p => p.tables)
        .reduce((sum, t) => sum + (t.table === TRAIL ? t.rows.length : 0), 0),
      live_p95_ms: quantile(waits, 0.95),
    };
  } finally {
    await bed.remove();
  }
}
/** From the enrolment code to the last page of the load; the checksums of the day, which follow, bring no row. */
async function secondsToLoad(station: Station, enrolment_code: string): Promise<number> {
  const from = performance.now();
  let last = from;
  await station.replication.join(enrolment_code, false, phase => {
    if (phase === 'load') last = performance.now();
  });
  return (last - from) / 1000;
}
/** Everything the centre has, as a station is sent it. */
async function pagesOf(bed: Bed): Promise<PullPage[]> {
  const access = await bed.access('K3');
  const connect = () => Centre.connect(access);
  const speaker = new Speaker(await connect(), connect);
  await speaker.hello();
  speaker.cursor = { seq: 0, hash: null };
  const pages: PullPage[] = [];
  for await (const page of speaker.pages()) pages.push(page);
  await speaker.line.end();
  return pages;
}
async function secondsToWrite({ folder }: Bed, pages: readonly PullPage[]): Promise<number> {
  const member = openMember(folder, 'member.db', systemClock, uuids);
  const took_s = await secondsOf(async () => {
    for (const page of pages) await member.store.applyPage(page);
  });
  const { n } = member.db.prepare<[], { n: number }>('select count(*) as n from tools').get() ?? { n: 0 };
  member.db.close();
  if (n !== ROWS) throw new Error(`${n} of ${ALL_ROWS} were written`);
  return took_s;
}
