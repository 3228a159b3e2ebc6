import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Centre, failing, insert, newCentre, remove, type TestStation, tool } from './support.ts';

let centre: Centre;
let organization: number;
let a: TestStation;
let b: TestStation;
beforeAll(async () => {
  centre = await newCentre();
  organization = await centre.organization('KEEP');
  a = await centre.station(organization, 'A');
  b = await centre.station(organization, 'B');
}, 60_000);
afterAll(() => centre.close());

const run = (sql: string, values: unknown[] = []) => centre.operator.query(sql, values);
const maintain = async () =>
  (await run('select sync.maintain() as facts')).rows[0].facts.find(
    (f: { org_code: string }) => f.org_code === 'KEEP',
  );
const countOf = async (what: string) => Number((await run(`select count(*) n from ${what}`)).rows[0].n);
/** As if it had all happened so many days earlier. */
const older = (days: number) =>
  run('update sync.commits set committed_at = committed_at - make_interval(days => $1) where stream = $2', [
    days,
    organization,
  ]);

test('history older than 180 days goes once every station has it; tombstones stay, and who was away loads anew', async () => {
  const first = tool();
  await a.push([insert('tools', first)]);
  await a.push([remove('tools', first)]);
  const head = (await b.pullAll()).at(-1)?.to_seq ?? 0;
  await older(181);
  // B has told how far it is, A has not: nothing goes before A has it.
  await b.call('seen', b.client_id, head, {});
  const changes = await countOf('sync.changes');
  expect(await maintain()).toMatchObject({ floor_seq: 0, changes_removed: 0, chain_broken_at: null });
  await a.pullAll();
  await a.call('seen', a.client_id, head, {});
  expect(await maintain()).toMatchObject({ floor_seq: head, chain_broken_at: null });
  expect(await countOf('sync.changes')).toBeLessThan(changes);
  expect(await countOf('sync.tombstones')).toBe(1);
  const { rows } = await run(
    "select encode(hash, 'hex') as hash from sync.commits where stream = $1 and seq = 1",
    [organization],
  );
  expect(await failing(b.hello({ cursor: { seq: 1, hash: rows[0].hash } }))).toBe('SY006');
});

test('a station that was not seen for 180 days holds nobody up', async () => {
  await a.push([insert('tools', tool())]);
  const head = (await a.pullAll()).at(-1)?.to_seq ?? 0;
  await a.call('seen', a.client_id, head, {});
  await older(181);
  await run('update sync.clients set told_at = null where client_id = $1', [a.client_id]);
  await a.call('seen', a.client_id, head, {});
  const before = (await maintain()).floor_seq;
  expect(before).toBeLessThan(head);
  await run(
    "update sync.clients set last_seen_at = now() - interval '181 days' where organization_id = $1 and client_id <> $2",
    [organization, a.client_id],
  );
  expect((await maintain()).floor_seq).toBe(head);
});

test('bytes without a row go after 30 days, others stay', async () => {
  const upload = async (text: string) => {
    const bytes = Buffer.from(text);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await a.call('blob_begin', sha256, bytes.length);
    await a.call('blob_put', sha256, 0, bytes);
    await a.call('blob_finish', sha256);
    return sha256;
  };
  const kept = await upload('named by a row');
  await upload('named by nothing');
  const row = {
    id: randomUUID(),
    original_name: 'a.txt',
    file_size_bytes: 14,
    mime_type: 'text/plain',
    file_extension: 'txt',
    sha256: kept,
    description: null,
    is_active: true,
    deleted_at_ms: null,
  };
  expect(await a.push([insert('file_uploads', row)])).toMatchObject({ outcome: 'applied' });
  expect(await maintain()).toMatchObject({ files_removed: 0 });
  await run("update sync.blobs set begun_at = now() - interval '31 days' where organization_id = $1", [
    organization,
  ]);
  expect(await maintain()).toMatchObject({ files_removed: 1 });
  expect(await a.call('blob_get', kept, 0)).toEqual(Buffer.from('named by a row'));
  expect(await countOf('sync.blob_chunks')).toBe(1);
});

test('nobody maintained the centre for 26 hours: a station is told, does it for its own organization, and is named', async () => {
  const other = await centre.organization('NEXT');
  await run("update sync.streams set maintained_at = now() - interval '27 hours', maintained_by = null");
  const seen = () => a.call('seen', a.client_id, 0, {});
  expect(await seen()).toMatchObject({ is_due: true, maintained_by: null });
  // Somebody pushes at this moment: nobody waits, a later call does it.
  await run('begin');
  await run('select 1 from sync.lanes where organization_id = $1 for update', [organization]);
  expect(await a.call('maintain_own', a.client_id)).toMatchObject({ is_due: true });
  await run('rollback');
  expect(await a.call('maintain_own', a.client_id)).toMatchObject({
    is_due: false,
    maintained_by: 'A',
  });
  expect(await b.call('seen', b.client_id, 0, {})).toMatchObject({
    is_due: false,
    maintained_by: 'A',
  });
  const left = await run("select stream from sync.streams where maintained_at < now() - interval '26 hours'");
  expect(left.rows).toContainEqual({ stream: other });
  await maintain();
  expect(await seen()).toMatchObject({ is_due: false, maintained_by: null });
});

test('a station takes a long history away in parts, and it stays due until all of it is gone', async () => {
  const before = Number(
    (await run('select floor_seq from sync.streams where stream = $1', [organization])).rows[0].floor_seq,
  );
  for (let n = 0; n < 1005; n++) await a.push([insert('tools', tool())]);
  await run('update sync.clients set told_at = null');
  for (const station of [a, b]) await station.call('seen', station.client_id, before + 1005, {});
  await older(181);
  await run("update sync.streams set maintained_at = now() - interval '27 hours'");
  expect(await a.call('maintain_own', a.client_id)).toMatchObject({ is_due: true });
  const { rows } = await run('select floor_seq from sync.streams where stream = $1', [organization]);
  expect(Number(rows[0].floor_seq)).toBe(before + 1000);
  expect(await a.call('maintain_own', a.client_id)).toMatchObject({ is_due: false });
});
