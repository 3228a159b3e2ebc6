/**
 * `npm run bench:replication [-- --rows N]`: speeds of replication against floors measured in the same run, on a real
 * PostgreSQL with durable commits. Limits are those of docs/replication.md.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { tools } from '../../db/schema/production.ts';
import { compose, type Station } from '../../main/compose.ts';
import { silentLog } from '../../main/platform/log.ts';
import { enrolStation, migrateCentre } from '../../main/replication/central/operator.ts';
import { createPostgres, DURABLE } from '../support/postgres-server.ts';
import { type Figure, isMet, table } from './harness.ts';

const at = process.argv.indexOf('--rows');
const ROWS = at > 0 ? Number(process.argv[at + 1]) : 100_000;
const say = (text: string) => process.stderr.write(`${text}\n`);
const folder = mkdtempSync(path.join(tmpdir(), 'millwright-bench-'));
const open: Station[] = [];
const figures: Figure[] = [];
const names = { en: 'Key', fr: 'Clé', es: 'Llave' };
const none = () => undefined;
const quantile = (values: number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? 0;
const secondsOf = async (work: () => unknown): Promise<number> => {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
};

function station(name: string, replicates_by_itself = false): Station {
  const made = compose({
    data_folder: path.join(folder, name),
    log: silentLog,
    replicates_by_itself,
    chance: () => 0.1,
  });
  open.push(made);
  return made;
}
const addTool = (s: Station, n: number, prefix: string) =>
  s.asSystem('bench.tool', ctx =>
    ctx.insert(tools, {
      tool_name: `${prefix} ${n}`,
      tool_names: names,
      description: 'A tool of the bench',
      category: 'HAND',
    }),
  );

const server = await createPostgres(DURABLE);
await server.start();
const url = new URL(server.url());
const operator = new Client({ connectionString: url.href });
await operator.connect();
await operator.query('create database bench');
await operator.end();
url.pathname = '/bench';
const centre = new Client({ connectionString: url.href });
await centre.connect();
await migrateCentre(centre, path.resolve('db/migrations'));
const { rows: made } = await centre.query<{ n: number }>(
  "select sync.create_organization('BENCH', 'Bench') as n",
);
const organization_id = made[0]?.n ?? 0;
async function code(station_code: string): Promise<string> {
  const { role, password } = await enrolStation(centre, {
    organization_id,
    station_code,
    plant_ids: null,
    valid_days: 1,
  });
  const access = {
    host: url.hostname,
    port: Number(url.port),
    database: 'bench',
    user: role,
    password,
    tls: 'off',
  };
  const text = JSON.stringify({ ...access, expires_at_ms: Date.now() + 3_600_000 });
  return `MW1.${Buffer.from(text).toString('base64url')}`;
}

try {
  const alone = station('alone');
  const one = station('one');
  await one.replication.join(await code('K1'), true, none);

  say('B1 a local command with and without units');
  const timed = (s: Station, prefix: string): number[] => {
    for (let n = 0; n < 50; n++) addTool(s, n, `warm ${prefix}`);
    return Array.from({ length: 500 }, (_, n) => {
      const from = performance.now();
      addTool(s, n, prefix);
      return performance.now() - from;
    });
  };
  const bare = timed(alone, 'alone');
  const kept = timed(one, 'kept');
  figures.push({
    work: 'B1 local command with its unit, p50',
    measured: quantile(kept, 0.5),
    unit: 'ms',
    target: quantile(bare, 0.5) * 1.5,
    more_is_better: false,
    floor: quantile(bare, 0.5),
    floor_is: 'the same command of a station without a centre',
    note: `p99 ${quantile(kept, 0.99).toFixed(1)} ms, limit 10 ms`,
  });
  await one.replication.syncNow();

  say('B3 push of 24,000 single-row units');
  const UNITS = 24_000;
  for (let n = 0; n < UNITS; n++) addTool(one, n, 'push');
  const push_s = await secondsOf(() => one.replication.syncNow());
  await centre.query('create table public.floor_tools (like public.tools including all)');
  await centre.query('begin; insert into public.floor_tools select * from public.tools limit 0; commit');
  const plain_s = await secondsOf(async () => {
    for (let n = 0; n < UNITS; n += 100) {
      const values = Array.from(
        { length: 100 },
        (_, k) =>
          `('${uuidv7()}', ${organization_id}, 'floor ${n + k}', '{}', 'A tool of the bench', 'HAND', true, 1, 1, '${uuidv7()}', 1, '${uuidv7()}')`,
      );
      await centre.query(
        `insert into public.floor_tools (id, organization_id, tool_name, tool_names, description, category, is_active, row_version, created_at_ms, created_by, updated_at_ms, updated_by) values ${values.join(', ')}`,
      );
    }
  });
  figures.push({
    work: 'B3 push of 24,000 single-row units with their audit rows, and the pull that confirms them',
    measured: UNITS / push_s,
    unit: 'units/s',
    target: 3000,
    more_is_better: true,
    floor: UNITS / plain_s,
    floor_is: 'plain INSERT of 100 rows',
    note: '',
  });

  say(`B2 first load of ${ROWS} rows`);
  await centre.query("select set_config('app.current_organization_id', $1, false)", [
    String(organization_id),
  ]);
  for (let from = 0; from < ROWS; from += 10_000)
    await centre.query(
      `insert into public.tools (id, organization_id, tool_name, tool_names, description, category, is_active, row_version, created_at_ms, created_by, updated_at_ms, updated_by)
       select gen_random_uuid(), $1, 'bulk ' || n, '{"en":"Key","fr":"Clé","es":"Llave"}', 'A tool of the bench', 'HAND', true, 1, 1, gen_random_uuid(), 1, gen_random_uuid()
       from generate_series($2::int, $3::int) n`,
      [organization_id, from + 1, Math.min(ROWS, from + 10_000)],
    );
  const total = Number((await centre.query('select count(*) as n from public.tools')).rows[0].n);
  const two = station('two');
  let longest_turn_ms = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    longest_turn_ms = Math.max(longest_turn_ms, performance.now() - last - 5);
    last = performance.now();
  }, 5);
  const load_s = await secondsOf(async () => two.replication.join(await code('K2'), false, none));
  clearInterval(watch);
  const floor_file = path.join(folder, 'floor.db');
  const floor_s = await secondsOf(async () => {
    const db = new Database(floor_file);
    db.pragma('journal_mode = WAL');
    db.exec('create table t (id text primary key, a, b, c, d, e, f, g, h, i, j)');
    const put = db.prepare('insert or replace into t values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
      const { rows } = await centre.query({
        text: 'select id, tool_name, tool_names::text, description, category, is_active::int, row_version, created_at_ms, created_by, updated_at_ms, updated_by from public.tools where organization_id = $1 and id > $2 order by id limit 2000',
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
  figures.push({
    work: `B2 first load of ${total.toLocaleString('en')} rows`,
    measured: total / load_s,
    unit: 'rows/s',
    target: 25_000,
    more_is_better: true,
    floor: total / floor_s,
    floor_is: 'pages into prepared upserts of a bare table',
    note: `longest turn of the station's thread ${longest_turn_ms.toFixed(0)} ms`,
  });

  say('B9 checksums');
  let there_s = 0;
  there_s = await secondsOf(() =>
    centre.query("select sync.digest_of('tools', $1, null)", [organization_id]),
  );
  const count_s = await secondsOf(() => centre.query('select count(*) from public.tools'));
  figures.push({
    work: `B9 checksum of ${total.toLocaleString('en')} rows at the centre`,
    measured: there_s * 1000,
    unit: 'ms',
    target: (total / 200_000) * 1000,
    more_is_better: false,
    floor: count_s * 1000,
    floor_is: 'count(*)',
    note: '',
  });

  say('B10 commands while rows arrive');
  await two.replication.syncNow();
  const idle = Array.from({ length: 200 }, (_, n) => {
    const from = performance.now();
    addTool(two, n, 'idle');
    return performance.now() - from;
  });
  await centre.query(
    `update public.tools set category = 'NEW', row_version = row_version + 1 where tool_name like 'bulk %'`,
  );
  const busy: number[] = [];
  let is_done = false;
  const catching = two.replication.syncNow().finally(() => {
    is_done = true;
  });
  for (let n = 0; !is_done && n < 5000; n++) {
    const due = performance.now();
    await new Promise(resolve => setImmediate(resolve));
    addTool(two, n, 'busy');
    busy.push(performance.now() - due);
  }
  await catching;
  figures.push({
    work: `B10 a command while ${ROWS.toLocaleString('en')} changed rows arrive, p99 with its wait`,
    measured: quantile(busy, 0.99),
    unit: 'ms',
    target: quantile(idle, 0.99) + 20,
    more_is_better: false,
    floor: quantile(idle, 0.99),
    floor_is: 'the same command with nothing arriving',
    note: `${busy.length} commands, longest ${Math.max(...busy).toFixed(0)} ms`,
  });

  say('from one station to the other');
  for (const s of open.splice(0)) await s.close();
  const sender = station('one', true);
  const receiver = station('two', true);
  const settled = async (s: Station) => {
    while (s.replication.status().state !== 'online' || s.replication.status().waiting_units > 0)
      await new Promise(resolve => setTimeout(resolve, 20));
  };
  await Promise.all([settled(sender), settled(receiver)]);
  const waits: number[] = [];
  for (let n = 0; n < 100; n++) {
    const arrived = Promise.withResolvers<void>();
    const stop = receiver.onPush(event => {
      if (event.kind === 'changed' && event.tables.includes('tools')) arrived.resolve();
    });
    const from = performance.now();
    addTool(sender, n, 'live');
    await arrived.promise;
    stop();
    waits.push(performance.now() - from);
  }
  figures.push({
    work: 'A command at one station until the other announces the change, p95',
    measured: quantile(waits, 0.95),
    unit: 'ms',
    target: 500,
    more_is_better: false,
    floor: quantile(waits, 0.5),
    floor_is: 'its own median',
    note: `longest ${Math.max(...waits).toFixed(0)} ms`,
  });
} finally {
  process.stdout.write(`${table(figures)}\n`);
  for (const s of open) await s.close().catch(() => undefined);
  await centre.end().catch(() => undefined);
  await server.remove();
  rmSync(folder, { recursive: true, force: true });
}

writeFileSync(
  'out/bench-replication.json',
  JSON.stringify({ at: new Date().toISOString(), figures }, null, 2),
);
const missed = figures.filter(f => isMet(f) === false);
if (missed.length > 0) say(`targets missed: ${missed.map(f => f.work).join('; ')}`);
