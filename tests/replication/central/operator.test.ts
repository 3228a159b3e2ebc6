import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { tools } from '../../../db/schema/production.ts';
import { runCentral } from '../../../main/cli/centre-commands.ts';
import { compose, type Station } from '../../../main/compose.ts';
import { silentLog } from '../../../main/platform/log.ts';
import { connect } from './support.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'millwright-operator-'));
const url = new URL(inject('pgUrl'));
const database = `operator_${process.pid}_${Date.now()}`;
const stations: Station[] = [];
/** The answer of a command, as it is printed. */
async function answerOf(args: string[]): Promise<unknown> {
  let answer: unknown;
  await runCentral(
    args,
    () => undefined,
    value => {
      answer = value;
    },
  );
  return answer;
}
const central = (...args: string[]) => answerOf([...args, '--url', url.href]);
const station = (name: string): Station => {
  const made = compose({ data_folder: path.join(folder, name), log: silentLog });
  stations.push(made);
  return made;
};
const silent = () => undefined;

beforeAll(async () => {
  const server = await connect(inject('pgUrl'));
  await server.query(`create database ${database}`);
  await server.end();
  url.pathname = `/${database}`;
}, 30_000);
afterAll(async () => {
  for (const made of stations) await made.close();
  rmSync(folder, { recursive: true, force: true });
});

test('before it is prepared the centre says so; preparing twice changes nothing', async () => {
  await expect(central('status')).rejects.toMatchObject({ code: 'centre_not_prepared' });
  await central('init');
  expect(await central('init')).toEqual({ steps: 0 });
});

const ORGANIZATION = [
  '--code',
  'ACME',
  '--name',
  'Acme',
  '--plant-code',
  'P1',
  '--plant-name',
  'North',
  '--admin',
  'boss',
  '--admin-name',
  'The Boss',
];
test('an organization begins with what every station has, a plant and an administrator', async () => {
  const made = await central('create-organization', ...ORGANIZATION);
  expect(made).toMatchObject({ organization: 'ACME', administrator: 'boss' });
  await expect(central('create-organization', ...ORGANIZATION)).rejects.toMatchObject({
    code: 'organization_exists',
  });
  const client = await connect(url.href);
  const { rows } = await client.query(
    "select username, must_change_password, (select count(*)::int from roles) as roles, (select count(*)::int from units_of_measure) as units from users where username = 'boss'",
  );
  expect(rows[0]).toMatchObject({ must_change_password: true });
  expect(rows[0].roles).toBeGreaterThan(10);
  expect(rows[0].units).toBeGreaterThan(10);
  await client.end();
  expect(await central('migrate')).toMatchObject({ steps: 0, seeds: { ACME: { brought: 0, refused: 0 } } });
}, 30_000);

test('what an operator asks wrongly is refused by name', async () => {
  const enrol = (...more: string[]) =>
    central('enroll-station', '--organization', 'ACME', '--station', 'X', ...more);
  await expect(central('enroll-station', '--organization', 'NONE', '--station', 'X')).rejects.toMatchObject({
    code: 'organization_unknown',
  });
  await expect(enrol('--plants', 'P1,P9')).rejects.toMatchObject({ code: 'plant_unknown' });
  await expect(enrol('--host', 'db.example.com', '--sslmode', 'disable')).rejects.toMatchObject({
    code: 'centre_not_encrypted',
  });
  await expect(central('enroll-station', '--organization', 'ACME', '--station', 'a b')).rejects.toMatchObject(
    { code: 'station_code_invalid' },
  );
  await expect(central('rotate', '--organization', 'ACME', '--station', 'X')).rejects.toMatchObject({
    code: 'station_unknown',
  });
  await expect(central('status', '--sslmode', 'prefer')).rejects.toMatchObject({
    code: 'centre_not_encrypted',
  });
  await expect(answerOf(['status', '--url', 'mysql://x'])).rejects.toMatchObject({
    code: 'centre_url_invalid',
  });
});

test('two stations join with their codes, exchange rows and agree to the last checksum', async () => {
  const operator = await connect(url.href);
  const stored = async (name: string): Promise<string> =>
    (
      await operator.query('select rolpassword from pg_authid where rolname = $1', [
        `${database}_st_1_${name}`,
      ])
    ).rows[0].rolpassword;
  const enrol = async (name: string) => {
    const { code } = z
      .object({ code: z.string() })
      .parse(await central('enroll-station', '--organization', 'ACME', '--station', name));
    const joined = station(name);
    const before = await stored(name.toLowerCase());
    await joined.replication.join(code, false, silent);
    // The password of the code is gone: the code works once.
    expect(await stored(name.toLowerCase())).not.toBe(before);
    return joined;
  };
  const [a, b] = [await enrol('A'), await enrol('B')];
  await operator.end();
  a.asSystem('test', ctx =>
    ctx.insert(tools, {
      tool_name: 'Torque wrench',
      tool_names: { en: 'Torque wrench', fr: 'Clé', es: 'Llave' },
    }),
  );
  expect(await a.replication.syncNow()).toMatchObject({ waiting_units: 0 });
  await b.replication.syncNow();
  const held = b.readAsSystem(ctx => ctx.sql.all('select tool_name, row_version from tools'));
  expect(held).toEqual([{ tool_name: 'Torque wrench', row_version: 1 }]);
  for (const joined of [a, b])
    expect(await joined.replication.checkIntegrity(silent)).toMatchObject({ is_equal: true });
}, 60_000);

test('a queue carried by hand is taken in the name of its station, and the answer brings what others did', async () => {
  const [a, b] = stations;
  if (!a || !b) throw new Error('two stations joined before');
  const add = (at: Station, name: string) =>
    at.asSystem('test', ctx =>
      ctx.insert(tools, { tool_name: name, tool_names: { en: name, fr: name, es: name } }),
    );
  add(b, 'From B');
  await b.replication.syncNow();
  add(a, 'From A by hand');
  const [queue, answer] = [path.join(folder, 'queue.gz'), path.join(folder, 'answer.gz')];
  a.replication.exportQueue(queue);
  // A call of the station whose line was cut is still at work: the import waits for it and takes everything then.
  const earlier = await connect(url.href);
  await earlier.query('begin');
  const [{ pid }] = (
    await earlier.query(
      "select pg_backend_pid() as pid from sync.clients k join sync.devices d using (role_name) where d.station_code = 'A' for update of k",
    )
  ).rows;
  const imported = central('import-queue', queue, '--out', answer);
  const waiting = () =>
    earlier.query('select 1 from pg_locks where not granted and $1 = any (pg_blocking_pids(pid))', [pid]);
  await Promise.race([
    imported,
    expect.poll(async () => (await waiting()).rowCount, { timeout: 20_000 }).toBe(1),
  ]);
  await earlier.query('commit');
  await earlier.end();
  expect(await imported).toMatchObject({ station: 'A', units: 1, applied: 1 });
  await a.replication.importAnswer(answer);
  const names = a.readAsSystem(ctx =>
    ctx.sql.all<{ tool_name: string }>('select tool_name from tools order by 1'),
  );
  expect(names.map(n => n.tool_name)).toEqual(['From A by hand', 'From B', 'Torque wrench']);
  expect(a.replication.status().waiting_units).toBe(0);
  await expect(central('import-queue', path.join(folder, 'none.gz'), '--out', answer)).rejects.toMatchObject({
    code: 'file_not_a_queue',
  });
}, 60_000);

test('maintenance, backup mark and status answer for every organization', async () => {
  expect(await central('maintain', '--drop-past-keeping')).toMatchObject({
    organizations: [{ org_code: 'ACME', chain_broken_at: null }],
    time_series: [
      { table: 'audit_logs', made: [], removed: [], moved: 0 },
      { table: 'qr_code_scans', made: [], removed: [], moved: 0 },
    ],
  });
  expect(await central('mark-backup', '--organization', 'ACME', '--seq', '2')).toEqual({ backed_up_seq: 2 });
  expect(await central('status')).toMatchObject({
    organizations: [{ org_code: 'ACME', backed_up_seq: 2, not_applied: 0 }],
    time_series: [
      { table: 'audit_logs', partitions: 3, strays: {} },
      { table: 'qr_code_scans', partitions: 3, strays: {} },
    ],
  });
});
