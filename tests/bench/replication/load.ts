import path from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { to as copyTo } from 'pg-copy-streams';
import type { Station } from '../../../main/compose.ts';
import type { Figure } from '../harness.ts';
import { addToolsAtCentre, type Bed, openBed, secondsOf, type Turns, watchTurns } from './bed.ts';

const SHOWN =
  'id, tool_name, tool_names::text, description, category, is_active::int, row_version, created_at_ms, created_by, updated_at_ms, updated_by';

/** B2 and B9: a station that has nothing yet, and the checksum of what it loaded. */
export async function firstLoad(rows: number): Promise<Figure[]> {
  const bed = await openBed();
  try {
    await bed.asOrganization();
    await addToolsAtCentre(bed, rows);
    const station = bed.station('two');
    const enrolment_code = await bed.enrolmentCode('K2');
    let stop: (() => Turns) | undefined;
    const before = process.memoryUsage.rss();
    let most = before;
    const load_s = await secondsToLoad(station, enrolment_code, () => {
      stop ??= watchTurns();
      most = Math.max(most, process.memoryUsage.rss());
    });
    const turns = stop?.() ?? { longest_ms: Number.NaN, longest_work_ms: Number.NaN };
    const is_million = rows >= 1_000_000;
    const floor_s = await (is_million ? copied(bed) : fetched(bed));
    const digest_s = await secondsOf(() =>
      bed.centre.query("select sync.digest_of('tools', $1, null)", [bed.organization_id]),
    );
    const count_s = await secondsOf(() => bed.centre.query('select count(*) from public.tools'));
    return [
      {
        work: `B2 first load of ${rows.toLocaleString('en')} rows`,
        measured: rows / load_s,
        unit: 'rows/s',
        target: Math.max(25_000, (rows / floor_s) * (is_million ? 0.5 : 0.6)),
        more_is_better: true,
        floor: rows / floor_s,
        floor_is: `${is_million ? 'COPY' : 'a cursor of the server'} into prepared upserts of a bare table with the same indexes`,
        note: `${((most - before) / 2 ** 20).toFixed(0)} MB of memory, limit 200`,
      },
      {
        work: 'Longest turn of the thread while they arrive',
        measured: turns.longest_ms,
        unit: 'ms',
        target: 50,
        more_is_better: false,
        floor: 8,
        floor_is: 'one slice',
        note: `${turns.longest_work_ms.toFixed(0)} ms of work`,
      },
      {
        work: `B9 checksum of ${rows.toLocaleString('en')} rows at the centre`,
        measured: digest_s * 1000,
        unit: 'ms',
        target: (rows / 200_000) * 1000,
        more_is_better: false,
        floor: count_s * 1000,
        floor_is: 'count(*)',
        note: '',
      },
    ];
  } finally {
    await bed.remove();
  }
}

/** From the enrolment code to the last page of the load; the checksums of the day, which follow, bring no row. */
export async function secondsToLoad(
  station: Station,
  enrolment_code: string,
  onPage: () => void = () => undefined,
): Promise<number> {
  const from = performance.now();
  let last = from;
  await station.replication.join(enrolment_code, false, phase => {
    if (phase !== 'load') return;
    last = performance.now();
    onPage();
  });
  return (last - from) / 1000;
}

const ROWS_AT_ONCE = 2000;
/** A table with the same two indexes, without checks or history. */
async function bareTable(
  folder: string,
  fill: (write: (rows: readonly unknown[][]) => void) => Promise<void>,
) {
  const db = new Database(path.join(folder, 'floor.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.exec('create table t (id text primary key, name unique, c, d, e, f, g, h, i, j, k)');
  const put = db.prepare('insert or replace into t values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const write = db.transaction((rows: readonly unknown[][]) => {
    for (const row of rows) put.run(row);
  });
  const took_s = await secondsOf(() => fill(write));
  db.close();
  return took_s;
}
const rowsOf = ({ organization_id }: Bed): string =>
  `select ${SHOWN} from public.tools where organization_id = ${organization_id} order by id`;

const fetched = (bed: Bed): Promise<number> =>
  bareTable(bed.folder, async write => {
    const { centre } = bed;
    await centre.query(`begin; declare every no scroll cursor for ${rowsOf(bed)}`);
    for (;;) {
      const text = `fetch ${ROWS_AT_ONCE} from every`;
      const { rows } = await centre.query<unknown[]>({ text, rowMode: 'array' });
      if (rows.length === 0) break;
      write(rows);
    }
    await centre.query('commit');
  });
const copied = (bed: Bed): Promise<number> =>
  bareTable(bed.folder, async write => {
    const input = bed.centre.query(copyTo(`copy (${rowsOf(bed)}) to stdout`));
    let rows: unknown[][] = [];
    for await (const line of createInterface({ input })) {
      if (rows.push(line.split('\t').map(cell => (cell === '\\N' ? null : cell))) < ROWS_AT_ONCE) continue;
      write(rows);
      rows = [];
    }
    write(rows);
  });
