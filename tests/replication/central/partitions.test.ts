import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AnyTable } from '../../../db/kit/define-table.ts';
import { migratePostgres } from '../../../db/postgres/migrate.ts';
import { boundsOf, idAt, partitionName } from '../../../db/postgres/partition-bounds.ts';
import { keepSeries } from '../../../db/postgres/partition-upkeep.ts';
import { type Series, timeSeries } from '../../../db/postgres/partitions.ts';
import { schema } from '../../../db/schema/index.ts';
import { readMigrations } from '../../../db/sqlite/migrate.ts';
import { centreSeries, maintainCentre } from '../../../main/replication/central/maintenance.ts';
import { atomically, migrateCentre } from '../../../main/replication/central/operator.ts';
import {
  type Centre,
  centreOf,
  connect,
  failing,
  insert,
  PROGRAM,
  plainOperator,
  plant,
  type TestStation,
} from './support.ts';

const folder = path.resolve(import.meta.dirname, '../../../db/migrations');
const database = `divided_${process.pid}_${Date.now()}`;
const DAY_MS = 86_400_000;
const tables = Object.values<AnyTable>(schema);
const [trail, scans] = timeSeries(tables) as [Series, Series];
let centre: Centre;
let acme: number;
let a: TestStation;
let b: TestStation;
let now_ms: number;
const here = plant();
const run = (sql: string, values: unknown[] = []) => centre.operator.query(sql, values);
const actFor = (organization: number) =>
  run("select set_config('app.current_organization_id', $1, false)", [String(organization)]);
/** An id of that instant. */
const idOf = (at_ms: number): string => `${idAt(at_ms).slice(0, 14)}7${randomUUID().slice(15)}`;

function scan(at_ms: number, id = idOf(at_ms)) {
  return insert('qr_code_scans', {
    id,
    plant_id: here.id,
    scan_code: 'MW:1',
    barcode_type: null,
    scanned_at_ms: at_ms,
    scan_location: null,
    station_id: 's',
    scan_resolution: 'SUCCESS',
    entity_type: null,
    entity_id: null,
    operation_context: null,
    scan_data: null,
    error_message: null,
    scanned_by_user_id: PROGRAM,
    created_at_ms: at_ms,
  });
}
let chain_no = 0;
const entry = (at_ms: number) => ({
  id: idOf(at_ms),
  station_id: a.station_id,
  chain_no: ++chain_no,
  at_ms,
  entity_type: 'plants',
  entity_id: String(here.id),
  entity_identifier: null,
  action: 'UPDATE',
  action_category: 'data',
  user_id: null,
  user_name: null,
  session_id: null,
  request_id: randomUUID(),
  intent: 'test',
  reason: null,
  changes_before: null,
  changes_after: { n: chain_no },
  changes_diff: null,
  metadata: null,
  severity: 'INFO',
  success: true,
  error_message: null,
  prev_hash: 'p',
  hash: 'h',
  created_at_ms: at_ms,
  created_by: PROGRAM,
  updated_at_ms: at_ms,
  updated_by: PROGRAM,
});

/** What people, stations and reports have of a time series, and what guards it. */
async function stateOf(name: string) {
  await actFor(acme);
  const state = {
    rows: (await run(`select * from public.${name} order by id`)).rows,
    report: (await run(`select * from reporting.${name} order by id`)).rows,
    guards: (
      await run(
        `select tgname as name, pg_get_triggerdef(oid) as text from pg_trigger where tgrelid = $1::regclass and not tgisinternal
         union all select polname, pg_get_expr(polqual, polrelid) || pg_get_expr(polwithcheck, polrelid) from pg_policy where polrelid = $1::regclass
         union all select conname, pg_get_constraintdef(oid) from pg_constraint where conrelid = $1::regclass
         union all select relname, replace(pg_get_indexdef(oid), ' ONLY ', ' ') from pg_class join pg_index on indexrelid = oid where indrelid = $1::regclass
         union all select 'security', relrowsecurity || ' ' || relforcerowsecurity || ' ' || obj_description(oid) from pg_class where oid = $1::regclass
         order by 1, 2`,
        [`public.${name}`],
      )
    ).rows,
    changes: (await run('select count(*)::int as n from sync.changes where table_name = $1', [name])).rows,
  };
  await actFor(0);
  return state;
}
const partitionsOf = async (name: string) =>
  (
    await run(
      'select c.oid::int, relname as name, relrowsecurity and relforcerowsecurity as is_closed, relacl::text as granted from pg_inherits join pg_class c on c.oid = inhrelid where inhparent = $1::regclass order by 2',
      [`public.${name}`],
    )
  ).rows as { oid: number; name: string; is_closed: boolean; granted: string | null }[];
const pulled = async (station: TestStation) => {
  const all = [];
  for (const page of await station.pullAll())
    all.push(...page.tables.filter(t => [trail.name, scans.name].includes(t.table)));
  return all;
};
const partitionOf = async (id: string): Promise<string> => {
  await actFor(acme);
  const { rows } = await run(
    'select tableoid::regclass::text as name from public.qr_code_scans where id = $1',
    [id],
  );
  await actFor(0);
  return rows[0]?.name;
};
const keep = (at_ms: number, drops_past = false) =>
  atomically(centre.operator, () => keepSeries(centre.operator, database, scans, at_ms, drops_past));
const straysOf = async (name: string) =>
  (await centreSeries(centre.operator)).find(facts => facts.table === name)?.strays;

// The operator is no superuser: what is made on the way must belong to the owner and be seen by it.
beforeAll(async () => {
  const { url, operator } = await plainOperator(database);
  const undivided = tables.map(def => ({ ...def, partitions: undefined }));
  await migratePostgres(operator, readMigrations(path.join(folder, 'postgres')), undivided, {});
  centre = centreOf(url, operator);
  acme = await centre.organization('ACME');
  a = await centre.station(acme, 'A');
  b = await centre.station(acme, 'B');
  now_ms = Number((await run('select (extract(epoch from now()) * 1000)::bigint as n')).rows[0].n);
}, 60_000);
afterAll(() => centre.close());

test('the time series of an existing centre are divided by its next migration, and nobody can tell from outside', async () => {
  await a.push([insert('plants', here)]);
  const times = [0, 8, 200, 400].map(days => now_ms - days * DAY_MS);
  for (const at_ms of times) await a.push([scan(at_ms)], { audit: [entry(at_ms)] });
  await a.push([scan(now_ms, randomUUID())], { audit: [entry(5)] });
  const before = {
    trail: await stateOf(trail.name),
    scans: await stateOf(scans.name),
    pulled: await pulled(b),
  };
  expect(before.trail.rows).toHaveLength(5);
  expect(before.scans.rows).toHaveLength(5);
  expect(await migrateCentre(centre.operator, folder)).toBe(0);
  b.cursor = { seq: 0, hash: null };
  expect({
    trail: await stateOf(trail.name),
    scans: await stateOf(scans.name),
    pulled: await pulled(b),
  }).toEqual(before);
  const held = { trail: await partitionsOf(trail.name), scans: await partitionsOf(scans.name) };
  // Four weeks with rows, two ahead, and the default one.
  expect(held.scans).toHaveLength(7);
  expect(held.trail.map(p => p.name)).toContain('audit_logs_pdefault');
  // It is not done twice.
  await migrateCentre(centre.operator, folder);
  expect({ trail: await partitionsOf(trail.name), scans: await partitionsOf(scans.name) }).toEqual(held);
});

test('what comes afterwards goes through the table: taken, captured, pulled by another station, never changed', async () => {
  await b.pullAll();
  const change = scan(now_ms);
  expect(await a.push([change], { audit: [entry(now_ms)] })).toMatchObject({ outcome: 'applied' });
  expect(await pulled(b)).toMatchObject([
    { table: 'audit_logs', rows: [{ at_ms: now_ms }] },
    { table: 'qr_code_scans', rows: [{ id: change.id }] },
  ]);
  // Sent again, it is known.
  expect(await a.push([change])).toMatchObject({ outcome: 'merged' });
  await actFor(acme);
  expect(await failing(run("update public.qr_code_scans set scan_code = 'x'"))).toBe('SU001');
  await actFor(0);
});

test('no partition is a way around: not for a station, not for the owner', async () => {
  const rival = await centre.organization('RIVAL');
  const spy = await centre.station(rival, 'SPY');
  const partitions = [...(await partitionsOf(trail.name)), ...(await partitionsOf(scans.name))];
  expect(partitions.map(p => [p.is_closed, p.granted])).toEqual(partitions.map(() => [true, null]));
  for (const name of partitions.map(p => `public.${p.name}`))
    for (const verb of [
      `select * from ${name}`,
      `insert into ${name} default values`,
      `delete from ${name}`,
      `truncate ${name}`,
    ])
      expect(`${verb} ${await failing(spy.client.query(verb))}`).toBe(`${verb} 42501`);
  await run(`set role "${database}_owner"`);
  const [first] = await partitionsOf(scans.name);
  const own = () => run(`select organization_id from public.${first?.name}`);
  expect((await own()).rows).toEqual([]);
  await actFor(rival);
  expect((await own()).rows).toEqual([]);
  await actFor(acme);
  expect((await own()).rows).toEqual([{ organization_id: acme }]);
  const by_hand = `insert into public.${first?.name} select * from public.${first?.name}`;
  expect(await failing(run(by_hand))).toBe('42501');
  expect(await failing(run(`truncate public.${first?.name}`))).toBe('42501');
  await run('reset role');
  await actFor(0);
});

test('rows before their time are told of, move to their partition when it comes, and are not told to stations again', async () => {
  const [early, undated] = [scan(now_ms + 90 * DAY_MS), scan(now_ms, randomUUID())];
  await a.push([early]);
  await a.push([undated]);
  await b.pullAll();
  expect(await partitionOf(early.id)).toBe('qr_code_scans_pdefault');
  expect(await straysOf(scans.name)).toEqual({ ACME: 3 });
  const before = await stateOf(scans.name);
  // A scan of 400 days ago is past keeping.
  expect(await keep(now_ms, true)).toMatchObject({ made: [], removed: [expect.any(String)], moved: 0 });
  const at = await keep(now_ms + 80 * DAY_MS);
  expect(at).toMatchObject({ removed: [], moved: 1 });
  expect(await partitionOf(early.id)).toMatch(/^qr_code_scans_p2\d{7}$/);
  expect(await partitionOf(undated.id)).toBe('qr_code_scans_pdefault');
  expect(await straysOf(scans.name)).toEqual({ ACME: 2 });
  const after = await stateOf(scans.name);
  expect(after.rows).toEqual(before.rows.filter(r => Number(r.created_at_ms) > now_ms - 365 * DAY_MS));
  expect({ guards: after.guards, changes: after.changes }).toEqual({
    guards: before.guards,
    changes: before.changes,
  });
  expect(await pulled(b)).toEqual([]);
  expect((await partitionsOf(scans.name)).every(p => p.is_closed)).toBe(true);
});

test('a partition is past keeping when all of it is older than that, and is dropped only when the operator says so', async () => {
  const week = boundsOf('week', now_ms);
  const name = partitionName(scans.name, week);
  const end = new Date(week.to_ms);
  const past_ms = end.setUTCFullYear(end.getUTCFullYear() + 1);
  expect((await keep(past_ms - 1, true)).past_keeping).not.toContain(name);
  expect(await keep(past_ms)).toMatchObject({ past_keeping: [name], removed: [] });
  expect((await partitionsOf(scans.name)).map(p => p.name)).toContain(name);
  expect((await keep(past_ms, true)).removed).toEqual([name]);
  expect((await partitionsOf(scans.name)).map(p => p.name)).not.toContain(name);
});

test('the daily maintenance makes what is missing, and gives way to who reads a table for long', async () => {
  const coming = (await partitionsOf(trail.name)).at(-2)?.name;
  await run(`drop table public.${coming}`);
  const reader = await connect(centre.url);
  await reader.query('begin; lock table public.audit_logs in access share mode');
  expect(await maintainCentre(centre.operator)).toMatchObject({
    organizations: [{ org_code: 'ACME' }, { org_code: 'RIVAL' }],
    time_series: [
      { table: 'audit_logs', is_busy: true },
      { table: 'qr_code_scans', moved: 0 },
    ],
  });
  await reader.end();
  expect((await maintainCentre(centre.operator)).time_series[0]).toEqual({
    table: 'audit_logs',
    made: [coming],
    past_keeping: [],
    removed: [],
    moved: 0,
  });
});

test('the first load of a station begins at the window, and what lies just inside comes', async () => {
  const inside_ms = (def: Series) => now_ms - (def.sync.window_days ?? 0) * DAY_MS + 60_000;
  expect([trail, scans].map(def => def.sync.window_days)).toEqual([30, expect.any(Number)]);
  for (const at_ms of [inside_ms(trail), inside_ms(trail) - 120_000])
    await a.push([scan(at_ms)], { audit: [entry(at_ms)] });
  for (const at_ms of [inside_ms(scans), inside_ms(scans) - 120_000]) await a.push([scan(at_ms)]);
  for (const def of [trail, scans]) {
    const { rows } = await b.call<{ rows: { created_at_ms: number }[] }>(
      'snapshot_page',
      b.client_id,
      def.name,
      null,
      1000,
    );
    const times = rows.map(row => row.created_at_ms);
    expect(Math.min(...times)).toBe(inside_ms(def));
    expect(times).toContain(now_ms);
  }
});
