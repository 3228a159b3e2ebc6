import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createReporter,
  migrateCentre,
  revokeStation,
  rotateStation,
} from '../../../main/replication/central/operator.ts';
import {
  type Centre,
  centreOf,
  connect,
  failing,
  insert,
  newCentre,
  order,
  plainOperator,
  plant,
  type TestStation,
  tool,
  update,
} from './support.ts';

let centre: Centre;
let [acme, rival] = [0, 0];
let a: TestStation;
let spy: TestStation;
const secret = tool({ tool_name: 'Secret of ACME' });
const [north, south] = [plant(), plant()];
beforeAll(async () => {
  centre = await newCentre();
  [acme, rival] = [await centre.organization('ACME'), await centre.organization('RIVAL')];
  a = await centre.station(acme, 'A');
  spy = await centre.station(rival, 'SPY');
  await a.push([insert('tools', secret), insert('plants', north), insert('plants', south)]);
}, 60_000);
afterAll(() => centre.close());

test('a station reads and writes no table by hand, with or without forged settings', async () => {
  const { rows } = await centre.operator.query<{ name: string; column: string }>(
    `select table_schema || '.' || quote_ident(table_name) as name, quote_ident(min(column_name)) as column
     from information_schema.columns where table_schema in ('public', 'sync', 'reporting') group by table_schema, table_name`,
  );
  expect(rows.length).toBeGreaterThan(60);
  for (const forged of [false, true]) {
    if (forged)
      await spy.client.query(
        "select set_config('app.current_organization_id', $1, false), set_config('app.station', 'A', false)",
        [String(acme)],
      );
    for (const { name, column } of rows)
      for (const verb of [
        `select * from ${name}`,
        `delete from ${name}`,
        `update ${name} set ${column} = ${column}`,
        `insert into ${name} default values`,
        `truncate ${name}`,
      ])
        expect(`${verb}: ${await failing(spy.client.query(verb))}`).toBe(`${verb}: 42501`);
  }
});

test('functions other than those of the protocol are closed, and none is found through a search path', async () => {
  const { rows } = await centre.operator.query<{ name: string; open: boolean }>(
    "select proname as name, has_function_privilege($1, oid, 'execute') as open from pg_proc where pronamespace = 'sync'::regnamespace",
    [spy.role],
  );
  expect(
    rows
      .filter(r => r.open)
      .map(r => r.name)
      .sort(),
  ).toEqual(
    [
      'probe',
      'hello',
      'push',
      'park',
      'pull',
      'pull_part',
      'snapshot_tables',
      'snapshot_page',
      'commit_hashes',
      'digest',
      'content_digest',
      'bucket',
      'exists',
      'lease_numbers',
      'lease_floor',
      'return_numbers',
      'blob_begin',
      'blob_put',
      'blob_finish',
      'blob_get',
      'seen',
      'stations',
      'maintain_own',
      'notify',
    ].sort(),
  );
  const without = await centre.operator.query(
    "select proname from pg_proc where pronamespace = 'sync'::regnamespace and prosecdef and not coalesce(array_to_string(proconfig, ',') like '%search_path=pg_catalog, pg_temp%', false)",
  );
  expect(without.rows).toEqual([]);
  expect(await failing(spy.client.query('create temp table commits (seq int)'))).toBe('42501');
  expect(await failing(spy.client.query('create table mine (seq int)'))).toMatch(/42501|3F000/);
  expect(await failing(spy.client.query('set role postgres'))).toBe('42501');
  expect(await failing(spy.client.query(`set session authorization ${a.role}`))).toBe('42501');
  expect(await failing(spy.client.query('select pg_sleep(1)'))).toBe('42501');
  expect(await failing(spy.client.query('select pg_advisory_lock(1)'))).toBe('42501');
});

test('nothing of another organization is told: not by pull, load, checksum, file, id or refusal', async () => {
  await spy.client.query("select set_config('app.current_organization_id', $1, false)", [String(acme)]);
  const all = JSON.stringify([
    await spy.pullAll(),
    await spy.call('snapshot_page', spy.client_id, 'tools', null, 100),
    await spy.call('digest', 'tools'),
    await spy.call('content_digest', 'tools', ['id', 'tool_name']),
    await spy.call('stations'),
  ]);
  expect(all).not.toContain(String(secret.id));
  expect(all).not.toContain('Secret');
  expect(await spy.call('exists', 'tools', [secret.id])).toEqual([{ id: secret.id, state: 'unknown' }]);
  const same_id = { ...tool(), id: secret.id };
  const free_id = tool();
  const outcomes = await spy.send([
    spy.unit([insert('tools', same_id)]),
    spy.unit([insert('tools', free_id)]),
    spy.unit([insert('tools', tool({ tool_name: secret.tool_name }))]),
  ]);
  expect(outcomes.map(o => [o.outcome, o.detail])).toEqual([
    ['applied', null],
    ['applied', null],
    ['applied', null],
  ]);
  const edited = await spy.push([
    update('plants', String(north.id), 1, { plant_name: 'Plant' }, { plant_name: 'Ours' }),
  ]);
  const unknown = await spy.push([
    update('plants', randomUUID(), 1, { plant_name: 'Plant' }, { plant_name: 'Ours' }),
  ]);
  const neutral = ({ outcome, detail }: typeof edited) => ({ outcome, code: detail.code });
  expect(neutral(edited)).toEqual(neutral(unknown));
  expect(
    (await centre.operator.query('select plant_name from plants where id = $1', [north.id])).rows,
  ).toEqual([{ plant_name: 'Plant' }]);
});

test('a foreign organization in the rows themselves is refused', async () => {
  const smuggled = { ...tool(), organization_id: acme };
  expect(await spy.push([insert('tools', smuggled)])).toMatchObject({
    outcome: 'rejected',
    detail: { code: 'column_unknown', field: 'organization_id' },
  });
  const moved = await spy.push([
    insert('tools', { ...tool(), id: randomUUID() }),
    update('tools', randomUUID(), 1, {}, { organization_id: acme }),
  ]);
  expect(moved).toMatchObject({ outcome: 'rejected' });
});

test('a client identity of another station does not work', async () => {
  expect(await failing(spy.call('push', a.client_id, '[]'))).toBe('SY001');
  expect(await failing(spy.call('pull', a.client_id, 0, null, 10))).toBe('SY001');
  expect(await failing(spy.hello({ client_id: a.client_id }))).toBe('SY001');
});

test('row security holds for the owner, too: an operator sees one organization at a time', async () => {
  const owner = (await centre.operator.query("select current_database() || '_owner' as name")).rows[0].name;
  await centre.operator.query(`set role "${owner}"`);
  expect((await centre.operator.query('select * from tools')).rows).toEqual([]);
  await centre.operator.query("select set_config('app.current_organization_id', $1, false)", [String(rival)]);
  const names = (await centre.operator.query('select tool_name, organization_id from tools')).rows;
  expect(new Set(names.map(r => r.organization_id))).toEqual(new Set([rival]));
  expect(await failing(centre.operator.query(`update tools set organization_id = ${acme}`))).toMatch(
    /42501|SU001/,
  );
  expect(await failing(centre.operator.query('truncate tools cascade'))).toBe('42501');
  await centre.operator.query("reset role; select set_config('app.current_organization_id', '', false)");
});

test('a station of one plant neither gets nor writes rows of another plant; a row that moves away is evicted', async () => {
  const n = await centre.station(acme, 'NORTH', [String(north.id)]);
  const [here, there] = [order(north.id), order(south.id)];
  await a.push([insert('orders', here), insert('orders', there)]);
  const orders = (await n.pullAll())
    .flatMap(p => p.tables)
    .filter(t => t.table === 'orders')
    .flatMap(t => t.rows.map(r => r.id));
  expect(orders).toEqual([here.id]);
  expect(await n.push([insert('orders', order(south.id))])).toMatchObject({
    outcome: 'rejected',
    detail: { code: 'out_of_scope' },
  });
  expect(
    await n.push([update('orders', String(there.id), 1, { notes: null }, { notes: 'x' })]),
  ).toMatchObject({ outcome: 'rejected', detail: { code: 'out_of_scope' } });
  expect(
    await n.push([update('orders', String(here.id), 1, { plant_id: north.id }, { plant_id: south.id })]),
  ).toMatchObject({ outcome: 'rejected' });
  await n.pullAll();
  await a.push([update('orders', String(here.id), 1, { plant_id: north.id }, { plant_id: south.id })]);
  const [page] = await n.pullAll();
  expect(page?.tables.find(t => t.table === 'orders')).toMatchObject({
    rows: [],
    gone: [{ id: here.id, kind: 'evicted' }],
  });
});

test('a station that was revoked is out at once, and comes back with a new code', async () => {
  const lost = await centre.station(acme, 'LOST');
  await revokeStation(centre.operator, acme, 'LOST');
  expect(await failing(lost.call('probe'))).not.toBe('no error');
  expect(await failing(connect(centre.url, lost.role, lost.password))).toBe('28000');
  const login = await rotateStation(centre.operator, acme, 'LOST', 1);
  const again = await connect(centre.url, login.role, login.password);
  expect((await again.query('select sync.probe() as p')).rows[0].p).toMatchObject({ station_code: 'LOST' });
  await centre.operator.query(
    "update sync.devices set invited_until = now() - interval '1 second' where station_code = 'LOST'",
  );
  expect(await failing(again.query('select sync.probe()'))).toBe('SY007');
  await again.end();
});

test('a reporting login reads the views of its organization, with real dates, and no secret', async () => {
  await a.push([insert('orders', order(north.id, { order_number: 'REPORT', want_on: '2026-12-24' }))]);
  const { role, password } = await createReporter(centre.operator, acme, 'bi');
  const reporter = await connect(centre.url, role, password);
  const { rows } = await reporter.query(
    "select order_number, want_date::text, created_at from reporting.orders where order_number = 'REPORT'",
  );
  expect(rows).toEqual([{ order_number: 'REPORT', want_date: '2026-12-24', created_at: new Date(1) }]);
  expect((await reporter.query('select distinct organization_id from reporting.tools')).rows).toEqual([
    { organization_id: acme },
  ]);
  expect(await failing(reporter.query('select hashed_password from reporting.users'))).toBe('42703');
  expect(await failing(reporter.query('select * from public.tools'))).toBe('42501');
  // Order tracking: movements, archive, centres and departments are read, nothing is written (OT-RO-1).
  for (const view of [
    'order_movements',
    'movement_archives',
    'work_centers',
    'work_center_departments',
    'departments',
  ])
    expect((await reporter.query(`select count(*)::int as n from reporting.${view}`)).rows).toEqual([
      { n: 0 },
    ]);
  expect(await failing(reporter.query('insert into reporting.order_movements default values'))).toBe('42501');
  expect(await failing(reporter.query('insert into public.order_movements default values'))).toBe('42501');
  const limits = await reporter.query(
    "select current_setting('statement_timeout') as timeout, current_setting('default_transaction_read_only') as read_only",
  );
  expect(limits.rows).toEqual([{ timeout: '30s', read_only: 'on' }]);
  expect(await failing(reporter.query('delete from reporting.tools'))).toBe('42501');
  expect(await failing(reporter.query('select sync.probe()'))).toBe('42501');
  await reporter.end();
});

test('no superuser is needed: an operator who owns the database and may create roles makes the whole centre', async () => {
  const { url, operator } = await plainOperator(`plain_${process.pid}_${Date.now()}`);
  await migrateCentre(operator, path.resolve(import.meta.dirname, '../../../db/migrations'));
  const own = centreOf(url, operator);
  const station = await own.station(await own.organization('SMALL'), 'A');
  expect(await station.push([insert('tools', tool())])).toMatchObject({ outcome: 'applied' });
  expect(await migrateCentre(operator, path.resolve(import.meta.dirname, '../../../db/migrations'))).toBe(0);
  await revokeStation(operator, 1, 'A');
  await createReporter(operator, 1, 'bi');
  await operator.query('select sync.maintain()');
  await own.close();
});
