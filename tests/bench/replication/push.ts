import { setTimeout } from 'node:timers/promises';
import { uuidv7 } from 'uuidv7';
import { tools } from '../../../db/schema/production.ts';
import type { Station } from '../../../main/compose.ts';
import type { Figure } from '../harness.ts';
import { TOOL_NAMES } from '../peers/rows.ts';
import { addTool, type Bed, openBed, quantile, secondsOf, TOOL_COLUMNS } from './bed.ts';

const UNITS = 24_000;
const LARGE_UNITS = 1000;
const ROWS_A_UNIT = 100;

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
    // By turns, so that both meet the same machine.
    for (let n = 0; n < 550; n++) {
      const [without, with_unit] = [timed(alone, n), timed(member, n)];
      if (n < 50) continue;
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
        floor_is: 'the same rows and their audit rows by COPY and merge',
        note: `confirmed by the pull after ${confirmed_s.toFixed(1)} s`,
      },
    ];
  } finally {
    await bed.remove();
  }
}

/** Every queued unit has its answer. */
async function untilSent(station: Station): Promise<void> {
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

/** What a program without units, conflicts, history or audit would do: files beside the server, copied and merged. */
async function copyAndMerge({ centre, organization_id, server }: Bed): Promise<number> {
  await centre.query("select set_config('app.current_organization_id', $1, false)", [
    String(organization_id),
  ]);
  const files: [string, string, string][] = [
    ['tools', `tool_name like 'large %'`, `${server.base}/tools.copy`],
    ['audit_logs', `intent = 'bench.tools'`, `${server.base}/audit.copy`],
  ];
  for (const [table, which, file] of files) {
    server.own(server.base);
    await centre.query(`copy (select * from public.${table} where ${which}) to '${file}'`);
    await centre.query(
      `create table if not exists public.floor_${table} (like public.${table} including all)`,
    );
  }
  return secondsOf(async () => {
    for (const [table, , file] of files) {
      await centre.query(`create temp table arrived_${table} (like public.${table})`);
      await centre.query(`copy arrived_${table} from '${file}'`);
      await centre.query(
        `insert into public.floor_${table} select * from arrived_${table} on conflict do nothing`,
      );
    }
  });
}
