import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PullPage } from '../../../main/replication/wire.ts';
import {
  type Centre,
  connect,
  failing,
  insert,
  newCentre,
  remove,
  type TestStation,
  tool,
  update,
} from './support.ts';

let centre: Centre;
let organization = 0;
let a: TestStation;
beforeAll(async () => {
  centre = await newCentre();
  organization = await centre.organization('ACME');
  a = await centre.station(organization, 'A');
}, 60_000);
afterAll(() => centre.close());
const count = async (sql: string, ...values: unknown[]) =>
  Number((await centre.operator.query(`select count(*) as n from ${sql}`, values)).rows[0].n);

test('a lost answer: the same units again give the stored outcomes and nothing twice', async () => {
  const t = tool();
  const units = [
    a.unit([insert('tools', t)]),
    a.unit([insert('tools', { ...tool(), tool_name: t.tool_name })]),
  ];
  const first = await a.send(units);
  expect(first.map(o => o.outcome)).toEqual(['applied', 'rejected']);
  expect(await a.send(units)).toEqual(first);
  expect(await count('tools where tool_name = $1', t.tool_name)).toBe(1);
  expect(await count('conflicts where unit_id = $1', units[1]?.unit_id)).toBe(1);
});

test('a gap names the number that is expected; nothing of the batch is kept', async () => {
  const [early, late] = [a.unit([insert('tools', tool())]), a.unit([insert('tools', tool())])];
  const failure = await a.send([late]).catch(error => error);
  expect(failure).toMatchObject({ code: 'SY002', detail: String(early.unit_no) });
  expect(await failing(a.send([late, early]))).toBe('SY002');
  expect((await a.send([early, late])).map(o => o.outcome)).toEqual(['applied', 'applied']);
});

test('another unit under a number that was used is a fork', async () => {
  const unit = a.unit([insert('tools', tool())]);
  await a.send([unit]);
  const other = { ...unit, payload_hash: createHash('sha256').update('other').digest('hex') };
  expect(await failing(a.send([other]))).toBe('SY001');
});

test('two calls of one client at once: the later one is told to wait', async () => {
  const holder = await connect(centre.url, a.role, a.password);
  const unit = a.unit([insert('tools', tool())]);
  await holder.query('begin');
  await holder.query('select sync.push($1, $2)', [a.client_id, JSON.stringify([unit])]);
  expect(await failing(a.send([unit]))).toBe('SY003');
  await holder.query('rollback');
  await holder.end();
  expect(await a.send([unit])).toMatchObject([{ outcome: 'applied' }]);
});

test('a greeting whose answer was lost is repeated; a copy of the installation is a fork', async () => {
  const b = await centre.station(organization, 'B');
  const lost = b.nonce;
  const greeting = { nonce: lost, next_nonce: randomUUID() };
  await b.hello(greeting);
  b.nonce = lost;
  await expect(b.hello(greeting)).resolves.toMatchObject({ station_code: 'B' });
  expect(await failing(b.hello({ nonce: lost, next_nonce: randomUUID() }))).toBe('SY001');
  expect(await failing(b.hello({ nonce: null, next_nonce: randomUUID() }))).toBe('SY001');
  b.client_id = randomUUID();
  b.nonce = null;
  await expect(b.hello({ incarnation: 2 })).resolves.toMatchObject({ last_unit_no: 0 });
});

test('after a new identity, units that the centre has are known by their id', async () => {
  const c = await centre.station(organization, 'C');
  const old_client = c.client_id;
  const unit = c.unit([insert('tools', tool())]);
  await c.send([unit]);
  c.client_id = randomUUID();
  c.nonce = null;
  await c.hello({ incarnation: 2 });
  expect(await c.send([unit])).toMatchObject([{ unit_no: 1, outcome: 'applied' }]);
  expect(await count('tools where id = $1', unit.changes[0]?.id)).toBe(1);
  c.client_id = old_client;
  expect(await failing(c.send([unit]))).toBe('SY001');
  const stranger = { ...unit, unit_no: a.next_no++ };
  expect(await a.send([stranger])).toMatchObject([
    { outcome: 'rejected', detail: { code: 'unit_id_taken' } },
  ]);
});

test('a centre that does not know what it answered was restored', async () => {
  const d = await centre.station(organization, 'D');
  expect(await failing(d.hello({ last_unit_no: 7 }))).toBe('SY004');
  expect(await failing(d.hello({ cursor: { seq: 1, hash: 'ab'.repeat(32) } }))).toBe('SY004');
  expect(await failing(d.hello({ cursor: { seq: 1_000_000, hash: 'ab'.repeat(32) } }))).toBe('SY004');
  expect(await failing(d.call('pull', d.client_id, 1, 'ab'.repeat(32), 10))).toBe('SY004');
  await d.pullAll();
  await expect(d.hello({ cursor: d.cursor })).resolves.toMatchObject({ head_seq: d.cursor.seq });
  const known = await d.call<{ seq: number; hash: string }[]>('commit_hashes', [d.cursor.seq, 999_999]);
  expect(known).toEqual([{ seq: d.cursor.seq, hash: d.cursor.hash }]);
});

test('a program too old waits for its update, a history no longer kept means loading anew', async () => {
  const e = await centre.station(organization, 'E');
  expect(await failing(e.hello({ schema_version: 1 }))).toBe('SY005');
  await centre.operator.query('update sync.streams set floor_seq = 3');
  expect(await failing(e.call('pull', e.client_id, 1, null, 10))).toBe('SY006');
  await centre.operator.query('update sync.streams set floor_seq = 0');
});

test('pages hold whole commits, together every row; own outcomes come with them', async () => {
  const f = await centre.station(organization, 'F');
  await f.pullAll();
  const from = f.cursor;
  const units = Array.from({ length: 5 }, () =>
    f.unit([insert('tools', tool()), insert('tools', tool()), insert('tools', tool())]),
  );
  for (const unit of units) await f.send([unit]);
  f.cursor = from;
  const pages = [];
  for (let more = true; more; ) {
    const page = await f.pull(4);
    pages.push(page);
    more = page.more;
  }
  expect(pages.map(p => p.tables[0]?.rows.length)).toEqual([3, 3, 3, 3, 3]);
  expect(pages.map(p => p.applied_unit_no)).toEqual([1, 2, 3, 4, 5]);
  expect(pages.flatMap(p => p.outcomes.map(o => o.unit_no))).toEqual([1, 2, 3, 4, 5]);
  const ids = pages.flatMap(p => p.tables.flatMap(t => t.rows.map(r => r.id)));
  expect(ids.sort()).toEqual(units.flatMap(u => u.changes.map(c => c.id)).sort());
});

test('an image comes as it is stored: no organization, true as true, wide numbers exact', async () => {
  const g = await centre.station(organization, 'G');
  await g.pullAll();
  const t = tool({ tool_names: { en: 'é"\\', fr: '2', es: '3' } });
  await a.push([insert('tools', t)]);
  const [page] = await g.pullAll();
  expect(page?.tables).toMatchObject([{ table: 'tools', gone: [], rows: [{ ...t, row_version: 1 }] }]);
  expect(page?.tables[0]?.rows[0]).not.toHaveProperty('organization_id');
});

test('a unit set aside without trying is tried later', async () => {
  const t = tool();
  const unit = a.unit([insert('tools', t)]);
  const { outcomes } = await a.call<{ outcomes: { outcome: string }[] }>('park', a.client_id, unit);
  expect(outcomes).toMatchObject([{ outcome: 'parked', detail: { code: 'transient' } }]);
  expect(await count('tools where id = $1', t.id)).toBe(0);
  await centre.operator.query('update sync.parked set retry_at = now()');
  await centre.operator.query('select sync.maintain()');
  expect(await count('tools where id = $1', t.id)).toBe(1);
});

test('checksums equal the arithmetic of a station and name what differs', async () => {
  const { buckets, head_seq } = await a.call<{
    head_seq: number;
    buckets: { bucket: number; count: number; xor: string }[];
  }>('digest', 'tools');
  const { rows } = await centre.operator.query(
    'select id, row_version from tools where organization_id = $1',
    [organization],
  );
  const md5 = (text: string) => createHash('md5').update(text).digest();
  const sums = new Map<number, { count: number; xor: bigint }>();
  for (const { id, row_version } of rows) {
    const bucket = (md5(id)[0] ?? 0) >> 2;
    const sum = sums.get(bucket) ?? { count: 0, xor: 0n };
    sums.set(bucket, { count: sum.count + 1, xor: sum.xor ^ md5(`${id}:${row_version}`).readBigUInt64BE(0) });
  }
  const mine = [...sums]
    .sort(([x], [y]) => x - y)
    .map(([bucket, { count: n, xor }]) => ({ bucket, count: n, xor: xor.toString(16).padStart(16, '0') }));
  expect(buckets).toEqual(mine);
  await a.pullAll();
  expect(head_seq).toBe(a.cursor.seq);
  const inBucket = await a.call<{ id: string }[]>('bucket', 'tools', mine[0]?.bucket ?? 0);
  expect(inBucket.length).toBe(mine[0]?.count);
  const [id, gone] = [rows[0].id, randomUUID()];
  expect(await a.call('exists', 'tools', [id, gone])).toEqual([
    { id, state: 'live' },
    { id: gone, state: 'unknown' },
  ]);
});

test('loading page by page brings every row once, in the order of ids', async () => {
  const ids: string[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const page: { rows: { id: string }[]; more: boolean } = await a.call(
      'snapshot_page',
      a.client_id,
      'tools',
      after,
      7,
    );
    ids.push(...page.rows.map(r => r.id));
    after = ids.at(-1) ?? null;
    more = page.more;
  }
  expect(ids).toEqual([...new Set(ids)].sort());
  expect(ids.length).toBe(await count('tools where organization_id = $1', organization));
});

test('files go up in chunks, resume where they were cut, are verified and are read through a row only', async () => {
  const bytes = Buffer.alloc(300_000, 7);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const chunk = (n: number) => bytes.subarray(n * 262_144, (n + 1) * 262_144);
  expect(await a.call('blob_begin', sha256, bytes.length)).toEqual({ state: 'partial', next_chunk: 0 });
  await a.call('blob_put', sha256, 0, chunk(0));
  expect(await failing(a.call('blob_put', sha256, 2, chunk(1)))).toBe('22023');
  expect(await a.call('blob_begin', sha256, bytes.length)).toEqual({ state: 'partial', next_chunk: 1 });
  await a.call('blob_put', sha256, 1, Buffer.alloc(300_000 - 262_144, 8));
  expect(await failing(a.call('blob_finish', sha256))).toBe('22000');
  expect(await a.call('blob_begin', sha256, bytes.length)).toEqual({ state: 'partial', next_chunk: 0 });
  await a.call('blob_put', sha256, 0, chunk(0));
  await a.call('blob_put', sha256, 1, chunk(1));
  await a.call('blob_finish', sha256);
  expect(await a.call('blob_get', sha256, 1)).toBeNull();
  const row = {
    id: randomUUID(),
    original_name: 'a.bin',
    file_size_bytes: 3_000_000_000,
    mime_type: 'x/y',
    file_extension: 'bin',
    sha256,
    description: null,
    is_active: true,
    deleted_at_ms: null,
  };
  expect(await a.push([insert('file_uploads', row)])).toMatchObject({ outcome: 'applied' });
  expect(await a.call('blob_get', sha256, 1)).toEqual(chunk(1));
});

test('number blocks never overlap, whoever asks at the same time', async () => {
  await a.call('lease_floor', 'work_order', 100);
  const others = await Promise.all(['H', 'I', 'J'].map(code => centre.station(organization, code)));
  const blocks = await Promise.all(
    [...Array(30).keys()].map(at => {
      const station = [a, ...others][at % 4] ?? a;
      return station.call<{ from: number; to: number }>('lease_numbers', station.client_id, 'work_order', 20);
    }),
  );
  const numbers = blocks.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, n) => from + n));
  expect(new Set(numbers).size).toBe(600);
  expect(Math.min(...numbers)).toBe(100);
});

test('the list of stations says who was seen and how far it is', async () => {
  await a.pullAll();
  await a.call('seen', a.client_id, a.cursor.seq, {
    queue: 3,
    clock_offset_ms: -5,
    app_version: '2',
    schema_version: 6,
  });
  const list = await a.call<{ station_code: string }[]>('stations');
  expect(list.find(s => s.station_code === 'A')).toMatchObject({
    state: 'active',
    queue: 3,
    pulled_seq: a.cursor.seq,
    head_seq: a.cursor.seq,
    clock_offset_ms: -5,
  });
  expect(list.find(s => s.station_code === 'CENTRE')).toBeUndefined();
});

test('a notice reaches the stations of the organization, after the push', async () => {
  const [listener, facts] = [await centre.station(organization, 'K'), await a.hello()];
  const heard = new Promise(resolve => listener.client.on('notification', resolve));
  await listener.client.query(`listen "${facts.channel}"`);
  await a.push([insert('tools', tool())]);
  await a.call('notify');
  await heard;
});

test('a unit is refused whole where its second half fails', async () => {
  const [t, s] = [tool(), tool()];
  await a.push([insert('tools', s)]);
  const outcome = await a.push([
    insert('tools', t),
    update('tools', String(s.id), 1, { tool_name: s.tool_name }, { tool_name: 'x'.repeat(101) }),
  ]);
  expect(outcome).toMatchObject({
    outcome: 'rejected',
    detail: { code: 'value_not_valid', field: 'tool_name' },
  });
  expect(await count('tools where id = $1', t.id)).toBe(0);
});

test('a commit of very many rows comes in parts, each row once', async () => {
  const h = await centre.station(organization, 'PARTS');
  await h.pullAll();
  const [kept, gone] = [tool(), tool()];
  await a.push([insert('tools', kept), insert('tools', gone)]);
  await h.pullAll();
  const from = h.cursor;
  await a.push([
    ...Array.from({ length: 8 }, () => insert('tools', tool())),
    update('tools', String(kept.id), 1, { category: null }, { category: 'HAND' }),
    remove('tools', gone),
  ]);
  const page = await h.pull(4);
  const parts: Pick<PullPage, 'tables' | 'rest_after'>[] = [page];
  for (let after = page.rest_after; after !== null; ) {
    const part: PullPage = await h.call('pull_part', h.client_id, page.to_seq, page.to_hash, after, 4);
    parts.push(part);
    after = part.rest_after;
  }
  expect(parts.map(p => p.tables.flatMap(t => [...t.rows, ...t.gone]).length)).toEqual([4, 4, 2]);
  const ids = parts.flatMap(p => p.tables.flatMap(t => [...t.rows, ...t.gone].map(r => r.id)));
  expect(new Set(ids).size).toBe(10);
  expect(parts.at(-1)?.tables[0]?.gone).toMatchObject([{ id: gone.id, kind: 'deleted' }]);
  h.cursor = from;
  expect((await h.pull(2000)).rest_after).toBeNull();
  expect(await failing(h.call('pull_part', h.client_id, page.to_seq, 'ab'.repeat(32), 0, 4))).toBe('SY004');
});
