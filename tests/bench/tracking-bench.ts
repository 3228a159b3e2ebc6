import { mkdirSync, writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { Station } from '../../main/compose.ts';
import { bulkId, bulkInsert, bulkWriter, type Owner } from '../support/bulk.ts';
import { answer, benchFolder, installBench, openBench, signInBench } from './bench-station.ts';
import { type Figure, isMet, median, table } from './harness.ts';

/** `npm run bench:tracking [-- --quick]`: order tracking at full size, each figure against a floor of the same run. */
const quick = process.argv.includes('--quick');
const MOVEMENTS = quick ? 100_000 : 1_000_000;
const ORDERS = quick ? 2_000 : 20_000;
const CENTERS = 20;
const CENTERS_OF_AN_ORDER = 5;
const YEAR_MS = 365 * 86_400_000;
const SHIFT_SECONDS = 60;
const SCANS_PER_SECOND = 10;

const centerId = (n: number): string => bulkId(21, n);
const orderNumber = (n: number): string => `PO-${String(n).padStart(6, '0')}`;

function* centerRows(plant_id: string) {
  for (let n = 0; n < CENTERS; n += 1)
    yield {
      id: centerId(n),
      plant_id,
      work_center_code: `WC${String(n + 1).padStart(3, '0')}`,
      work_center_name: `Centre ${n + 1}`,
      flow_position: n + 1,
      is_active: 1,
    };
}
/** A year of bookings: every order passes five centres, mostly IN then OUT. */
function* movementRows(owner: Owner) {
  for (let n = 0; n < MOVEMENTS; n += 1) {
    const order = n % ORDERS;
    const round = Math.floor(n / ORDERS);
    const number = orderNumber(order);
    yield {
      id: bulkId(22, n),
      plant_id: owner.plant_id,
      order_number: number,
      order_key: number,
      work_center_id: centerId(
        ((order + Math.floor(round / 2)) % CENTERS_OF_AN_ORDER) + (order % (CENTERS - CENTERS_OF_AN_ORDER)),
      ),
      movement_type: round % 2 === 0 ? 'IN' : 'OUT',
      quantity: 1 + (n % 9),
      remark: n % 50 === 0 ? `remark ${n % 7}` : null,
      user_id: owner.user_id,
      occurred_at_ms: owner.at_ms - Math.floor(((MOVEMENTS - n) / MOVEMENTS) * YEAR_MS),
      source: 'SCAN',
      station_id: 'bench',
    };
  }
}

interface Asked {
  what: string;
  procedure: string;
  input: unknown;
}
/** The slowest of several questions, and all of them in the note. */
function slowest(
  station: Station,
  session: string,
  questions: readonly Asked[],
  figure: Pick<Figure, 'work' | 'target' | 'floor' | 'floor_is'>,
): Figure {
  const timings = questions.map(({ what, procedure, input }) => ({
    what,
    ms: median(() => answer(station, session, procedure, input), { least_runs: 5, least_ms: 200 }),
  }));
  return {
    ...figure,
    measured: Math.max(...timings.map(t => t.ms)),
    unit: 'ms',
    more_is_better: false,
    note: timings.map(({ what, ms }) => `${what}: ${ms.toFixed(1)} ms`).join('; '),
  };
}
const bare = (station: Station, sql: string, params: (string | number)[] = []): number =>
  median(() => station.readAsSystem(ctx => ctx.sql.all(sql, params)), { least_runs: 3, least_ms: 50 });

function readings(station: Station, session: string, { at_ms, plant_id }: Owner): Figure[] {
  const day = (back: number) => new Date(at_ms - back * 86_400_000).toISOString().slice(0, 10);
  const year = { from: day(364), to: day(0) };
  const movements = (input: object): Asked => ({
    what: JSON.stringify(input).slice(0, 90),
    procedure: 'tracking.movements',
    input,
  });
  return [
    slowest(
      station,
      session,
      [
        {
          what: 'balance of an order',
          procedure: 'tracking.available',
          input: { order_number: orderNumber(7), work_center_id: centerId(7) },
        },
        {
          what: 'through the centres',
          procedure: 'tracking.orderFlow',
          input: { order_number: orderNumber(7) },
        },
      ],
      {
        work: 'Balance of one order',
        target: 5,
        floor: bare(station, 'select in_quantity - out_quantity from movement_totals where order_key = ?', [
          orderNumber(7),
        ]),
        floor_is: 'its totals by the key',
      },
    ),
    slowest(
      station,
      session,
      [
        { what: 'all, first page', procedure: 'tracking.balances', input: {} },
        { what: 'shortages', procedure: 'tracking.balances', input: { filter: { state: 'shortage' } } },
        {
          what: 'one centre',
          procedure: 'tracking.balances',
          input: { filter: { work_center_id: centerId(3) } },
        },
        { what: 'open work per centre and its age', procedure: 'tracking.wip', input: {} },
      ],
      {
        work: 'Full balance report in the service',
        target: 100,
        floor: bare(station, 'select sum(in_quantity - out_quantity > 0), count(*) from movement_totals'),
        floor_is: 'one walk over the totals',
      },
    ),
    slowest(
      station,
      session,
      [
        movements({}),
        movements({ filter: { text: '0042' } }),
        movements({ filter: { work_center_id: centerId(3) } }),
        movements({ filter: { from: day(30), to: day(23), movement_type: 'OUT' } }),
        movements({ sort: { by: 'order_number', direction: 'asc' } }),
        movements({ sort: { by: 'quantity', direction: 'desc' } }),
        movements({ sort: { by: 'work_center_code', direction: 'asc' } }),
        movements({ offset: 10_000 }),
      ],
      {
        work: 'Movement list: slowest of filter and sort',
        target: 50,
        floor: bare(
          station,
          'select rowid from order_movements where plant_id = ? order by occurred_at_ms desc limit 100',
          [plant_id],
        ),
        floor_is: 'a hundred ids by the index',
      },
    ),
    slowest(
      station,
      session,
      [
        { what: 'trend', procedure: 'tracking.trend', input: year },
        { what: 'by centre', procedure: 'tracking.byCenter', input: year },
        { what: 'by person', procedure: 'tracking.byUser', input: year },
        { what: 'one day', procedure: 'tracking.dailySummary', input: { day: day(10) } },
      ],
      {
        work: 'Daily summary of a year',
        target: 100,
        floor: bare(station, 'select day, sum(in_quantity) from movement_days group by day'),
        floor_is: 'one walk over the day totals',
      },
    ),
  ];
}

const booking = (order_number: string, movement_type: 'IN' | 'OUT' = 'IN') => ({
  movement_type,
  rows: [{ work_center_id: centerId(1), order_number, quantity: 1 }],
  source: 'SCAN' as const,
});
function booked(station: Station, session: string): Figure {
  let n = 0;
  const ms = median(() => answer(station, session, 'tracking.book', booking(`NEW-${++n}`)), {
    least_runs: 30,
    least_ms: 1000,
  });
  const db = bulkWriter(`${station.folders.root}/floor.db`);
  db.pragma('synchronous = FULL');
  db.exec('create table one (n integer)');
  const insert = db.prepare('insert into one values (1)');
  const floor = median(() => insert.run(), { least_runs: 30, least_ms: 500 });
  db.close();
  return {
    work: 'Booking one row, durable, with its trail',
    measured: ms,
    unit: 'ms',
    target: 20,
    more_is_better: false,
    floor,
    floor_is: 'one durable insert without anything',
    note: '',
  };
}

/** Two stations, each fed ten scans a second; a scan is booked the moment it comes, late ones queue behind it. */
async function rush(stations: readonly { station: Station; session: string }[]): Promise<Figure> {
  const seconds = quick ? 10 : SHIFT_SECONDS;
  const late = await Promise.all(
    stations.map(async ({ station, session }, at) => {
      const began_ms = performance.now();
      const late_ms: number[] = [];
      for (let n = 0; n < seconds * SCANS_PER_SECOND; n += 1) {
        const due_ms = began_ms + n * (1000 / SCANS_PER_SECOND);
        const wait_ms = due_ms - performance.now();
        if (wait_ms > 0) await new Promise(resolve => setTimeout(resolve, wait_ms));
        answer(station, session, 'tracking.book', booking(`RUSH-${at}-${n}`));
        late_ms.push(performance.now() - due_ms);
      }
      const kept = station.readAsSystem(ctx =>
        ctx.sql.get<{ n: number }>("select count(*) as n from order_movements where order_key like 'RUSH-%'"),
      );
      if (kept?.n !== seconds * SCANS_PER_SECOND) throw new Error(`${kept?.n} of the scans are kept`);
      return late_ms;
    }),
  );
  const all = late.flat().toSorted((a, b) => a - b);
  return {
    work: `${SCANS_PER_SECOND} scans a second for ${seconds} s at two stations: none lost, verdict after (19 of 20)`,
    measured: all[Math.floor(all.length * 0.95)] ?? Number.NaN,
    unit: 'ms',
    target: 150,
    more_is_better: false,
    floor: 1000 / SCANS_PER_SECOND,
    floor_is: 'time between two scans',
    note: `both stations in one process on one core; the latest after ${Math.round(all.at(-1) ?? 0)} ms`,
  };
}

const full = benchFolder();
const other = benchFolder();
try {
  const empty = openBench(full.folder);
  const owner = installBench(empty);
  const { database } = empty.folders;
  await empty.close();
  const from_ms = performance.now();
  const db = bulkWriter(database);
  bulkInsert(db, 'work_centers', owner, centerRows(owner.plant_id));
  bulkInsert(db, 'order_movements', owner, movementRows(owner));
  db.exec('analyze');
  db.close();
  process.stderr.write(`filled in ${((performance.now() - from_ms) / 1000).toFixed(1)} s\n`);

  const station = openBench(full.folder);
  const session = signInBench(station);
  const second = openBench(other.folder);
  const secondOwner = installBench(second);
  await second.close();
  const secondDb = bulkWriter(second.folders.database);
  bulkInsert(secondDb, 'work_centers', secondOwner, centerRows(secondOwner.plant_id));
  secondDb.close();
  const two = openBench(other.folder);
  const figures = [...readings(station, session, owner), booked(station, session)];
  figures.push(
    await rush([
      { station, session },
      { station: two, session: signInBench(two) },
    ]),
  );
  await station.close();
  await two.close();
  process.stdout.write(
    `${MOVEMENTS.toLocaleString('en')} movements, ${ORDERS.toLocaleString('en')} orders, ${CENTERS} work centres\n${table(figures)}\n`,
  );
  mkdirSync('out', { recursive: true });
  writeFileSync('out/bench-tracking.json', JSON.stringify(figures, null, 1));
  if (figures.some(figure => isMet(figure) === false)) process.exitCode = 1;
} finally {
  full.remove();
  other.remove();
}
