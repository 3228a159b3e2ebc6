import type { Id } from '../../../db/kit/columns.ts';
import { saved_views } from '../../../db/schema/infrastructure.ts';
import { tools } from '../../../db/schema/production.ts';
import type { Station } from '../../../main/compose.ts';
import { systemClock, uuids } from '../../../main/platform/ports.ts';
import { Centre } from '../../../main/replication/centre.ts';
import type { PullPage } from '../../../main/replication/wire.ts';
import { openMember } from '../../support/member-store.ts';
import type { Figure } from '../harness.ts';
import { toolValues } from '../peers/rows.ts';
import { liveWaits } from './arrivals.ts';
import { type Bed, openBed, quantile, secondsOf } from './bed.ts';
import { secondsToLoad } from './load.ts';
import { installPeers, type PeerTimes, runPeer } from './peer-programs.ts';
import { untilSent } from './push.ts';
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
  live_p95_ms: number;
}
/** Rows of the same columns and length: of views of lists, which nobody audits, as nothing is audited at the peers, and of tools. */
interface OwnRows {
  table: string;
  add(station: Station, from: number, rows: number): void;
}
const UNAUDITED: OwnRows = {
  table: 'saved_views',
  add: (station, from, rows) =>
    station.asSystem('bench.views', ctx => {
      const person = ctx.sql.get<{ id: Id<'users'> }>('select id from users order by id limit 1');
      if (!person) throw new Error('nobody is at the station of the bench');
      for (let n = from; n < from + rows; n++) {
        const { tool_name, tool_names, description, is_active } = toolValues(n);
        const view = {
          list: description,
          view_name: tool_name,
          definition: tool_names,
          is_shared: is_active,
        };
        ctx.insert(saved_views, { user_id: person.id, ...view });
      }
    }),
};
const AUDITED: OwnRows = {
  table: 'tools',
  add: (station, from, rows) =>
    station.asSystem('bench.tools', ctx => {
      for (let n = from; n < from + rows; n++) ctx.insert(tools, { ...toolValues(n), category: 'HAND' });
    }),
};

/** B11: the same rows through other replication libraries, over the same loopback, their servers in processes of their own. */
export async function peers(): Promise<Figure[]> {
  const compared = await measurePeers();
  const ours = await own(UNAUDITED);
  const audited = await own(AUDITED);
  const works: [Direction, string][] = [
    ['push', `B11 push of ${ALL_ROWS}`],
    ['pull', `B11 pull of ${ALL_ROWS} into an empty station`],
    ['apply', `B11 writing ${ALL_ROWS} that were pulled`],
  ];
  return [
    ...works.flatMap(([direction, work]) => rates(direction, work, ours, compared)),
    ...works.map(([direction, work]) => withTrail(work, ours[direction], audited[direction])),
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
      floor_is: `${name}, ${best.batch === ROWS ? 'all at once' : `batches of ${best.batch}`}; ${times.note}`,
      note: '',
    };
  });
}
const withTrail = (work: string, plain: number, audited: number): Figure => ({
  work: `${work}, each with a row of the trail`,
  measured: audited,
  unit: 'rows/s',
  target: null,
  more_is_better: true,
  floor: plain,
  floor_is: 'ours without a trail',
  note: 'two rows for one, the one of the trail three times as long',
});
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
    note: 'flushed to disk at the station and the centre',
  }));
}

async function own({ table, add }: OwnRows): Promise<Own> {
  const bed = await openBed();
  try {
    const one = bed.station('one');
    await one.replication.join(await bed.enrolmentCode('K1'), true, () => undefined);
    for (let from = 0; from < ROWS; from += ROWS_A_UNIT) add(one, from, ROWS_A_UNIT);
    const exchanged = one.replication.syncNow();
    const push_s = await secondsOf(() => untilSent(one));
    await exchanged;
    const two = bed.station('two');
    const code = await bed.enrolmentCode('K2');
    const pull_s = await secondsToLoad(two, code);
    const pages = await pagesOf(bed);
    const apply_s = await secondsToWrite(bed, pages, table);
    await bed.closeStations();
    const [sender, receiver] = [bed.station('one', true), bed.station('two', true)];
    const waits = await liveWaits(sender, receiver, LIVE, table, n => add(sender, ROWS + n, 1));
    return {
      push: ROWS / push_s,
      pull: ROWS / pull_s,
      apply: ROWS / apply_s,
      live_p95_ms: quantile(waits, 0.95),
    };
  } finally {
    await bed.remove();
  }
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
async function secondsToWrite({ folder }: Bed, pages: readonly PullPage[], table: string): Promise<number> {
  const member = openMember(folder, 'member.db', systemClock, uuids);
  const took_s = await secondsOf(async () => {
    for (const page of pages) await member.store.applyPage(page);
  });
  const { n } = member.db.prepare<[], { n: number }>(`select count(*) as n from ${table}`).get() ?? { n: 0 };
  member.db.close();
  if (n !== ROWS) throw new Error(`${n} of ${ALL_ROWS} were written`);
  return took_s;
}
