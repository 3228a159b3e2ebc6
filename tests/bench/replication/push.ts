import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { from as copyFrom } from 'pg-copy-streams';
import { uuidv7 } from 'uuidv7';
import { tools } from '../../../db/schema/production.ts';
import type { Station } from '../../../main/compose.ts';
import type { Figure } from '../harness.ts';
import { TOOL_NAMES } from '../peers/rows.ts';
import { addTool, type Bed, openBed, quantile, secondsOf, TOOL_COLUMNS } from './bed.ts';

const UNITS = 24_000;
const LARGE_UNITS = 1000;
const ROWS_A_UNIT = 100;
const WRITTEN_BACK_MS = 3000;

/** B1: what a unit costs the command that makes it. */
export async function localCommands(): Promise<Figure[]> {
  const bed = await openBed();
  try {
    const alone = bed.station('alone');
    const member = bed.station('member');
    await member.replication.join(await bed.enrolmentCode('K1'), true, () => undefined);
    const bare: number[] = [];
    const kept: number[] = [];
    const timed = (station: typeof alone, n: number): number => {
      const from = performance.now();
      addTool(station, n, 'timed');
      return performance.now() - from;
    };
    // What joining wrote is written back to the database for a moment after it, by a thread of its own.
    const joined_at = performance.now();
    // By turns, so that both meet the same machine.
    for (let n = 0; bare.length < 500; n++) {
      const [without, with_unit] = [timed(alone, n), timed(member, n)];
      if (performance.now() - joined_at < WRITTEN_BACK_MS) continue;
      bare.push(without);
      kept.push(with_unit);
    }
    return [
      {
        work: 'B1 local command with its unit, p50',
        measured: quantile(kept, 0.5),
        unit: 'ms',
        target: quantile(bare, 0.5) * 1.5,
        more_is_better: false,
        floor: quantile(bare, 0.5),
        floor_is: 'the same command of a station without a centre',
        note: `p99 ${quantile(kept, 0.99).toFixed(1)} ms, limit 10 ms`,
      },
    ];
  } finally {
    await bed.remove();
  }
}

/** B3: many small units, and the same rows in few large ones. */
export async function push(): Promise<Figure[]> {
  const bed = await openBed();
  try {
    const station = bed.station('one');
    await station.replication.join(await bed.enrolmentCode('K1'), true, () => undefined);
    for (let n = 0; n < UNITS; n++) addTool(station, n, 'push');
    const small_s = await secondsOf(() => station.replication.syncNow());
    const plain_s = await plainInserts(bed);
    for (let unit = 0; unit < LARGE_UNITS; unit++)
      station.asSystem('bench.tools', ctx => {
        for (let n = 0; n < ROWS_A_UNIT; n++)
          ctx.insert(tools, {
            tool_name: `large ${unit} ${n}`,
            tool_names: TOOL_NAMES,
            description: 'A tool of the bench',
            category: 'HAND',
          });
      });
    const confirmed = secondsOf(() => station.replication.syncNow());
    const large_s = await secondsOf(() => untilSent(station));
    const confirmed_s = await confirmed;
    const merge_s = await copyAndMerge(bed);
    const rows = LARGE_UNITS * ROWS_A_UNIT;
    return [
      {
        work: 'B3 push of 24,000 single-row units with their audit rows, and the pull that confirms them',
        measured: UNITS / small_s,
        unit: 'units/s',
        target: 3000,
        more_is_better: true,
        floor: UNITS / plain_s,
        floor_is: 'plain INSERT of 100 rows into one table',
        note: '',
      },
      {
        work: 'Push of 100,000 queued rows in units of 100 with their audit rows',
        measured: rows / large_s,
        unit: 'rows/s',
        target: rows / merge_s / 2,
        more_is_better: true,
        floor: rows / merge_s,
        floor_is: 'the same rows and their audit rows read from SQLite, sent by COPY and merged',
        note: `confirmed by the pull after ${confirmed_s.toFixed(1)} s`,
      },
    ];
  } finally {
    await bed.remove();
  }
}

/** Every queued unit has its answer. */
export async function untilSent(station: Station): Promise<void> {
  while (station.replication.status().waiting_units > 0) await setTimeout(5);
}

const FLOOR = 'public.floor_tools';
async function plainInserts({ centre, organization_id }: Bed): Promise<number> {
  await centre.query(`create table ${FLOOR} (like public.tools including all)`);
  const row = (n: number) =>
    `('${uuidv7()}', ${organization_id}, 'floor ${n}', '{}', 'A tool of the bench', 'HAND', true, 1, 1, '${uuidv7()}', 1, '${uuidv7()}')`;
  return secondsOf(async () => {
    for (let n = 0; n < UNITS; n += 100) {
      const values = Array.from({ length: 100 }, (_, k) => row(n + k));
      await centre.query(`insert into ${FLOOR} (${TOOL_COLUMNS}) values ${values.join(', ')}`);
    }
  });
}

/**
 * What a program without units, conflicts, history or checks would do: reads the rows and their audit rows from this
 * station's SQLite, sends them by COPY over its connection and merges them.
 */
async function copyAndMerge({ centre, organization_id, folder }: Bed): Promise<number> {
  await centre.query("select set_config('app.current_organization_id', $1, false)", [
    String(organization_id),
  ]);
  const sources = [
    { table: 'tools', which: "tool_name like 'large %'" },
    { table: 'audit_logs', which: "intent = 'bench.tools'" },
  ];
  const db = new Database(path.join(folder, 'one', 'millwright.db'), { readonly: true });
  const targets: { table: string; names: string; which: string }[] = [];
  for (const { table, which } of sources) {
    await centre.query(
      `create table public.floor_of_${table} (like public.${table} including all); create temp table arrived_${table} (like public.${table})`,
    );
    const { rows } = await centre.query<{ column_name: string }>(
      "select column_name from information_schema.columns where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'",
      [table],
    );
    const here = new Set(
      db.prepare<[string], string>('select name from pragma_table_info(?)').pluck().all(table),
    );
    const names = rows.map(row => row.column_name).filter(name => here.has(name));
    targets.push({ table, names: names.map(name => `"${name}"`).join(', '), which });
  }
  const took_s = await secondsOf(async () => {
    for (const { table, names, which } of targets) {
      const rows = db
        .prepare<[], unknown[]>(`select ${names} from "${table}" where ${which}`)
        .raw()
        .iterate();
      await pipeline(
        Readable.from(copyText(rows)),
        centre.query(copyFrom(`copy arrived_${table} (${names}) from stdin`)),
      );
      await centre.query(
        `insert into public.floor_of_${table} (${names}) select ${names} from arrived_${table} on conflict do nothing`,
      );
    }
  });
  for (const { table } of targets) {
    const { rows } = await centre.query<{ n: number }>(
      `select count(*)::int as n from public.floor_of_${table}`,
    );
    if ((rows[0]?.n ?? 0) < LARGE_UNITS) throw new Error(`the floor of ${table} has no rows`);
  }
  db.close();
  return took_s;
}
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const ROWS_OF_A_PIECE = 200;
/** The text format of COPY. */
function* copyText(rows: Iterable<unknown[]>): Generator<string> {
  let text = '';
  let count = 0;
  for (const row of rows) {
    const cells = row.map(cell =>
      cell === null ? '\\N' : String(cell).replace(/[\\\t\n\r]/g, c => ESCAPES[c] ?? c),
    );
    text += `${cells.join('\t')}\n`;
    count += 1;
    if (count % ROWS_OF_A_PIECE !== 0) continue;
    yield text;
    text = '';
  }
  yield text;
}
