import { readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Id } from '../../../db/kit/columns.ts';
import { material_categories } from '../../../db/schema/catalogue.ts';
import { tools } from '../../../db/schema/production.ts';
import { installDemoPlant } from '../../../main/demo-plant.ts';
import { createFileStore } from '../../../main/platform/file-store.ts';
import {
  addFile,
  differences,
  joinedStations,
  noProgress,
  offlineStation,
  testCentre,
  untilQuiet,
} from './support.ts';

type Row = { id: Id<'material_categories'> };
const names = { en: 'Key', fr: 'Clé', es: 'Llave' };
const inboxOf = (s: ReturnType<typeof offlineStation>) =>
  s.station.readAsSystem(ctx =>
    ctx.sql.all('select outcome, reason_code, table_name, count(*) as n from conflicts group by 1, 2, 3'),
  );

test('a whole plant goes up without one row left behind: people, catalogue, BOMs, orders, its audit trail', {
  timeout: 180_000,
}, async () => {
  const centre = await testCentre();
  const first = offlineStation();
  await installDemoPlant(first.station);
  await first.station.replication.join(await centre.code('K1'), true, noProgress);
  expect(inboxOf(first)).toEqual([]);
  expect(first.station.replication.status()).toMatchObject({ waiting_units: 0, refused_rows: 0 });
  const second = offlineStation();
  await second.station.replication.join(await centre.code('K2'), false, noProgress);
  await untilQuiet([first, second]);
  expect(differences(first, second)).toEqual([]);
  expect(await second.station.replication.checkIntegrity(noProgress)).toMatchObject({ is_equal: true });
  const trail = (s: typeof first) =>
    s.station.readAsSystem(ctx =>
      ctx.sql.get<{ n: number }>('select count(*) as n from audit_logs where station_id = ?', [
        first.station.station_id,
      ]),
    )?.n;
  expect(trail(second)).toBe(trail(first));
});

test('rows go up after the row they hang on, whatever their age; only a ring is closed afterwards', async () => {
  const centre = await testCentre();
  const first = offlineStation();
  const ring = first.station.asSystem('t', ctx => {
    const node = (category_code: string) =>
      ctx.insert(material_categories, { category_code, category_name: category_code });
    const hang = (row: Row, parent: Row) =>
      ctx.update(material_categories, row.id, { parent_category_id: parent.id });
    const [leaf, branch, root] = [node('LEAF'), node('BRANCH'), node('ROOT')];
    hang(leaf, branch);
    hang(branch, root);
    const [here, there] = [node('HERE'), node('THERE')];
    hang(here, there);
    hang(there, here);
    return [here.id, there.id];
  });
  await first.station.replication.join(await centre.code('K1'), true, noProgress);
  expect(inboxOf(first)).toEqual([]);
  const followed = first.station.readAsSystem(ctx =>
    ctx.sql.all<{ row_id: string }>(
      "select row_id from sync_unit_changes where table_name = 'material_categories' and op = 'U' order by row_id",
    ),
  );
  expect(followed.map(change => change.row_id)).toEqual(ring);
  const second = offlineStation();
  await second.station.replication.join(await centre.code('K2'), false, noProgress);
  expect(differences(first, second)).toEqual([]);
});

test('a station with rows of its own that starts from the centre keeps a backup and its audit trail, and shows the centre’s rows', async () => {
  const centre = await testCentre();
  const [one] = await joinedStations(centre, 1);
  if (!one) throw new Error('a station');
  const two = offlineStation();
  two.station.asSystem('t', ctx => ctx.insert(tools, { tool_name: 'Own tool', tool_names: names }));
  const before =
    two.station.readAsSystem(ctx => ctx.sql.get<{ n: number }>('select count(*) as n from audit_logs'))?.n ??
    0;
  await two.station.replication.join(await centre.code('K2'), false, noProgress);
  expect(
    two.station.readAsSystem(ctx => ctx.sql.all("select * from tools where tool_name = 'Own tool'")),
  ).toEqual([]);
  const after =
    two.station.readAsSystem(ctx =>
      ctx.sql.get<{ n: number }>('select count(*) as n from audit_logs where station_id = ?', [
        two.station.station_id,
      ]),
    )?.n ?? 0;
  expect(after).toBeGreaterThanOrEqual(before);
  await untilQuiet([one, two]);
  expect(differences(one, two)).toEqual([]);
});

test('a code works once; an altered, a cut and an expired one are refused in words', async () => {
  const centre = await testCentre();
  const code = await centre.code('K1');
  const one = offlineStation();
  const probe = await one.station.replication.probe(code);
  expect(probe).toMatchObject({ org_code: 'ACME', station_code: 'K1', is_encrypted: false });
  // The server of the tests trusts everybody: that the code's password is gone shows in what it keeps.
  const verifier = async () =>
    (
      await centre.operator.query('select rolpassword from pg_authid where rolname = $1', [
        `${centre.database}_st_${centre.organization_id}_k1`,
      ])
    ).rows;
  const before = await verifier();
  await one.station.replication.join(code, true, noProgress);
  const after = await verifier();
  expect(after).toEqual([{ rolpassword: expect.stringMatching(/^SCRAM-SHA-256\$4096:/) }]);
  expect(after).not.toEqual(before);
  const two = offlineStation();
  await expect(two.station.replication.probe(`${code.slice(0, -9)}x`)).rejects.toThrow(
    'enrolment_code_invalid',
  );
  await expect(two.station.replication.probe('hello')).rejects.toThrow('enrolment_code_invalid');
  two.clock.forward(20 * 365 * 86_400_000);
  await expect(two.station.replication.probe(await centre.code('K3'))).rejects.toThrow(
    'enrolment_code_expired',
  );
  expect(two.station.replication.status()).toMatchObject({ state: 'standalone', centre: null });
});

test('leaving keeps the rows and refuses to forget what was not sent; joining again brings the station back', async () => {
  const centre = await testCentre();
  const [one, two] = await joinedStations(centre, 2);
  if (!one || !two) throw new Error('two stations');
  await untilQuiet([one, two]);
  two.station.asSystem('t', ctx => ctx.insert(tools, { tool_name: 'Not sent', tool_names: names }));
  await expect(two.station.replication.leave(false)).rejects.toThrow('queue_not_empty');
  await two.sync();
  await two.station.replication.leave(false);
  expect(two.station.replication.status()).toMatchObject({ state: 'standalone' });
  two.station.asSystem('t', ctx => ctx.insert(tools, { tool_name: 'Alone', tool_names: names }));
  await two.station.replication.join(await centre.code('K3'), true, noProgress);
  await untilQuiet([one, two, one]);
  expect(differences(one, two)).toEqual([]);
  expect(
    one.station.readAsSystem(ctx =>
      ctx.sql.all("select tool_name from tools where tool_name in ('Alone', 'Not sent') order by 1"),
    ),
  ).toEqual([{ tool_name: 'Alone' }, { tool_name: 'Not sent' }]);
});

test('the bytes of a file follow its row to the other station and are verified there', async () => {
  const centre = await testCentre();
  const [one, two] = await joinedStations(centre, 2);
  if (!one || !two) throw new Error('two stations');
  const bytes = Buffer.alloc(700_000, 'drawing ');
  const sha256 = await addFile(one, bytes);
  await untilQuiet([one, two]);
  expect(readFileSync(createFileStore(two.station.folders.files).pathOf(sha256)).equals(bytes)).toBe(true);
  expect(two.station.replication.status().waiting_files).toBe(0);
});

test('a station that is online says when a file it waited for is there', async () => {
  const centre = await testCentre();
  const [one] = await joinedStations(centre, 1);
  if (!one) throw new Error('one station');
  const stored = createFileStore(one.station.folders.files).pathOf(await addFile(one, 'drawing'));
  const elsewhere = path.join(one.folder, 'elsewhere.bin');
  renameSync(stored, elsewhere);
  await one.sync();
  expect(one.station.replication.status()).toMatchObject({ state: 'online', waiting_files: 1 });
  let told = 1;
  one.station.onPush(event => {
    if (event.kind === 'replication') told = one.station.replication.status().waiting_files;
  });
  renameSync(elsewhere, stored);
  // Who asks does not wait for the next attempt.
  await one.sync();
  expect(told).toBe(0);
});

test('a chain of audit rows that reached another station verifies there', async () => {
  const centre = await testCentre();
  const [one, two] = await joinedStations(centre, 2);
  if (!one || !two) throw new Error('two stations');
  one.station.asSystem('t', ctx => ctx.insert(tools, { tool_name: 'Audited', tool_names: names }));
  await untilQuiet([one, two]);
  const result = await two.station.callAsSystem('infrastructure.verifyAudit', {});
  expect(result).toMatchObject({ ok: true, value: { faults: [] } });
});
