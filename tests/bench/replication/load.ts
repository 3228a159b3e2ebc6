import path from 'node:path';
import Database from 'better-sqlite3';
import type { Figure } from '../harness.ts';
import { addToolsAtCentre, type Bed, openBed, secondsOf, turnsDuring } from './bed.ts';

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
    let load_s = 0;
    const turns = await turnsDuring(async () => {
      load_s = await secondsOf(() => station.replication.join(enrolment_code, false, () => undefined));
    });
    const floor_s = await bareLoad(bed);
    const digest_s = await secondsOf(() =>
      bed.centre.query("select sync.digest_of('tools', $1, null)", [bed.organization_id]),
    );
    const count_s = await secondsOf(() => bed.centre.query('select count(*) from public.tools'));
    return [
      {
        work: `B2 first load of ${rows.toLocaleString('en')} rows`,
        measured: rows / load_s,
        unit: 'rows/s',
        target: Math.max(25_000, rows / floor_s / 2),
        more_is_better: true,
        floor: rows / floor_s,
        floor_is: 'pages into prepared upserts of a bare table',
        note: '',
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

async function bareLoad({ centre, organization_id, folder }: Bed): Promise<number> {
  return secondsOf(async () => {
    const db = new Database(path.join(folder, 'floor.db'));
    db.pragma('journal_mode = WAL');
    db.exec('create table t (id text primary key, a, b, c, d, e, f, g, h, i, j)');
    const put = db.prepare('insert or replace into t values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
      const { rows } = await centre.query({
        text: `select ${SHOWN} from public.tools where organization_id = $1 and id > $2 order by id limit 2000`,
        values: [organization_id, after],
        rowMode: 'array',
      });
      if (rows.length === 0) break;
      db.transaction(() => {
        for (const row of rows) put.run(row);
      })();
      after = String(rows.at(-1)?.[0]);
    }
    db.close();
  });
}
