import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Centre, connect, insert, newCentre, type TestStation, tool } from './support.ts';

let centre: Centre;
let organization = 0;
beforeAll(async () => {
  centre = await newCentre();
  organization = await centre.organization('ACME');
}, 60_000);
afterAll(() => centre.close());

/** A fixed sequence, so that a run can be repeated. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const WRITERS = 24;
const RUN_MS = 8_000;
test('24 writers with long transactions, savepoints and rollbacks: commit numbers lose nothing, a counter does', async () => {
  await centre.operator.query('create table public.counted (id bigserial primary key, writer int not null)');
  const writers = await Promise.all(Array.from({ length: WRITERS }, () => connect(centre.url)));
  const reader = await connect(centre.url);
  const until = performance.now() + RUN_MS;
  let kept = 0;
  const writing = writers.map(async (client, at) => {
    const random = chance(at + 1);
    const write = async () => {
      const t = tool();
      await client.query(
        `insert into tools (id, organization_id, tool_name, tool_names, is_active, created_at_ms, created_by, updated_at_ms, updated_by)
         values ($1, $2, $3, '{}', true, 1, $1, 1, $1)`,
        [t.id, organization, `${t.id}`],
      );
      await client.query('insert into counted (writer) values ($1)', [at]);
    };
    while (performance.now() < until) {
      await client.query('begin');
      let rows = 1 + Math.floor(random() * 3);
      for (let n = 0; n < rows; n++) await write();
      if (random() < 0.3) {
        await client.query('savepoint s');
        await write();
        if (random() < 0.5) await client.query('rollback to s');
        else rows += 1;
      }
      // A transaction that stays open while others come and go.
      if (random() < 0.3) await new Promise(resolve => setTimeout(resolve, random() * 60));
      const commits = random() < 0.8;
      await client.query(commits ? 'commit' : 'rollback');
      if (commits) kept += rows;
    }
  });
  const [byCommit, byCounter] = [new Set<string>(), new Set<string>()];
  let [seq, counter, doubled] = [0, 0, 0];
  const look = async () => {
    const { rows } = await reader.query(
      'select k.seq, c.row_id from sync.commits k join sync.changes c using (tx) where k.stream = $1 and k.seq > $2 order by k.seq',
      [organization, seq],
    );
    for (const row of rows) {
      if (byCommit.has(row.row_id)) doubled += 1;
      byCommit.add(row.row_id);
      seq = Number(row.seq);
    }
    const counted = await reader.query('select id from counted where id > $1 order by id', [counter]);
    for (const row of counted.rows) {
      byCounter.add(row.id);
      counter = Number(row.id);
    }
  };
  const all = Promise.all(writing).then(() => true);
  while (!(await Promise.race([all, new Promise<false>(resolve => setTimeout(() => resolve(false), 5))])))
    await look();
  await look();
  await Promise.all([...writers, reader].map(c => c.end()));
  expect(kept).toBeGreaterThan(200);
  expect(byCommit.size).toBe(kept);
  expect(doubled).toBe(0);
  expect(byCounter.size).toBeLessThan(kept);
  const { rows } = await centre.operator.query(
    'select count(*)::int as n, max(seq)::int as last, sync.broken_at($1) as broken from sync.commits where stream = $1',
    [organization],
  );
  expect(rows).toEqual([{ n: rows[0].last, last: rows[0].last, broken: null }]);
  const open = await centre.operator.query('select 1 from sync.commits where seq is null');
  expect(open.rowCount).toBe(0);
}, 60_000);

test('fifty stations push at once: every unit once, numbers without holes', async () => {
  const stations: TestStation[] = [];
  for (let n = 0; n < 50; n++) stations.push(await centre.station(organization, `S${n}`));
  const before = Number((await centre.operator.query('select count(*) as n from tools')).rows[0].n);
  const outcomes = await Promise.all(
    stations.map(async station => {
      const all = [];
      for (let batch = 0; batch < 4; batch++)
        all.push(
          ...(await station.send(Array.from({ length: 5 }, () => station.unit([insert('tools', tool())])))),
        );
      return all;
    }),
  );
  expect(new Set(outcomes.flat().map(o => o.outcome))).toEqual(new Set(['applied']));
  expect(Number((await centre.operator.query('select count(*) as n from tools')).rows[0].n)).toBe(
    before + 1000,
  );
  expect((await centre.operator.query('select sync.broken_at($1) as at', [organization])).rows).toEqual([
    { at: null },
  ]);
}, 120_000);

test('alteration of the history shows', async () => {
  const { rows } = await centre.operator.query(
    'select (max(seq) - 3)::int as seq from sync.commits where stream = $1',
    [organization],
  );
  await centre.operator.query('begin');
  await centre.operator.query("update sync.commits set hash = sha256('x') where stream = $1 and seq = $2", [
    organization,
    rows[0].seq,
  ]);
  expect((await centre.operator.query('select sync.broken_at($1)::int as at', [organization])).rows).toEqual([
    { at: rows[0].seq + 1 },
  ]);
  await centre.operator.query('rollback');
});

test('the seal runs when the login commits, after the function has returned', async () => {
  const station = await centre.station(organization, 'TX');
  await station.client.query('begin');
  const t = tool();
  await station.push([insert('tools', t)]);
  const open = await station.client.query('select sync.pull($1, 0, null, 1) as page', [station.client_id]);
  const head = open.rows[0].page.head_seq;
  await station.client.query('commit');
  expect((await station.pull(1)).head_seq).toBe(head + 1);
});
