import { expect, test } from 'vitest';
import { tools } from '../../../db/schema/production.ts';
import {
  differences,
  joinedStations,
  type OfflineStation,
  type TestCentre,
  testCentre,
  untilQuiet,
} from './support.ts';

/** More rows than a page holds, so that they come in parts. */
const LARGE_COMMIT = 1400;
/** How many of the rows of one commit a person could see, looking at every turn of the thread. */
async function seenWhileLargeCommitArrives(
  centre: TestCentre,
  { station }: OfflineStation,
): Promise<number[]> {
  await centre.actAsOrganization();
  await centre.operator.query(
    `insert into public.tools (id, organization_id, tool_name, tool_names, is_active, row_version, created_at_ms, created_by, updated_at_ms, updated_by)
     select gen_random_uuid(), $1, 'bulk ' || n, '{"en": "Key", "fr": "Clé", "es": "Llave"}', true, 1, 1, gen_random_uuid(), 1, gen_random_uuid()
     from generate_series(1, $2::int) n`,
    [centre.organization_id, LARGE_COMMIT],
  );
  const seen = new Set<number>();
  const look = () =>
    seen.add(
      station.readAsSystem(
        ctx =>
          ctx.sql.get<{ n: number }>("select count(*) as n from tools where tool_name like 'bulk %'")?.n ?? 0,
      ),
    );
  let is_done = false;
  const keepLooking = () => {
    if (is_done) return;
    look();
    setImmediate(keepLooking);
  };
  keepLooking();
  await station.replication.syncNow().finally(() => {
    is_done = true;
  });
  look();
  return [...seen];
}

test('a station brings its rows, another starts from them, and what one does the other has', async () => {
  const centre = await testCentre();
  const [one, two] = await joinedStations(centre, 2);
  if (!one || !two) throw new Error('two stations');
  await untilQuiet([one, two]);
  expect(one.station.replication.status()).toMatchObject({
    state: 'online',
    waiting_units: 0,
    trouble: null,
  });
  expect(
    one.station.readAsSystem(ctx =>
      ctx.sql.all('select outcome, reason_code, count(*) n from conflicts group by 1, 2'),
    ),
  ).toEqual([]);
  expect(differences(one, two)).toEqual([]);
  const tool = one.station.asSystem('test.tool', ctx =>
    ctx.insert(tools, {
      tool_name: 'Torque key 5 Nm',
      tool_names: { en: 'Torque key', fr: 'Clé', es: 'Llave' },
    }),
  );
  await untilQuiet([one, two]);
  two.station.asSystem('test.tool', ctx => ctx.update(tools, tool.id, { category: 'HAND' }));
  await untilQuiet([two, one]);
  expect(
    one.station.readAsSystem(ctx => ctx.sql.get('select category from tools where id = ?', [tool.id])),
  ).toEqual({ category: 'HAND' });
  expect(differences(one, two)).toEqual([]);
  expect(await seenWhileLargeCommitArrives(centre, two), 'all of it or nothing').toEqual([0, LARGE_COMMIT]);
  await one.sync();
  // Nothing at the centre started the daily maintenance: the first station that is told does it, and says so.
  await centre.operator.query("update sync.streams set maintained_at = now() - interval '27 hours'");
  one.clock.forward(120_000);
  one.station.asSystem('test.tool', ctx => ctx.update(tools, tool.id, { category: 'BENCH' }));
  await one.sync();
  const { station_code = '' } = one.station.replication.status().centre ?? {};
  expect(one.station.replication.status().maintained?.by).toBe(station_code);
  for (const s of [one, two])
    expect(await s.station.replication.checkIntegrity(() => undefined)).toMatchObject({ is_equal: true });
});

test('both change other columns: both changes stay; both change the same: theirs shows and mine is in the inbox', async () => {
  const centre = await testCentre();
  const [one, two] = await joinedStations(centre, 2);
  if (!one || !two) throw new Error('two stations');
  const tool = one.station.asSystem('test.tool', ctx =>
    ctx.insert(tools, {
      tool_name: 'Torque key 7 Nm',
      tool_names: { en: 'Torque key', fr: 'Clé', es: 'Llave' },
    }),
  );
  await untilQuiet([one, two]);
  one.station.asSystem('t', ctx => ctx.update(tools, tool.id, { category: 'ONE', description: 'from one' }));
  two.station.asSystem('t', ctx => ctx.update(tools, tool.id, { is_active: false }));
  await untilQuiet([one, two]);
  const read = (s: typeof one) =>
    s.station.readAsSystem(ctx =>
      ctx.sql.get('select category, description, is_active from tools where id = ?', [tool.id]),
    );
  expect(read(one)).toEqual({ category: 'ONE', description: 'from one', is_active: 0 });
  expect(read(two)).toEqual(read(one));

  one.station.asSystem('t', ctx => ctx.update(tools, tool.id, { category: 'MINE' }));
  two.station.asSystem('t', ctx => ctx.update(tools, tool.id, { category: 'THEIRS' }));
  await one.sync();
  await two.sync();
  await one.sync();
  expect([read(one), read(two)]).toEqual([
    expect.objectContaining({ category: 'MINE' }),
    expect.objectContaining({ category: 'MINE' }),
  ]);
  const inbox = two.station.readAsSystem(ctx =>
    ctx.sql.all<{ outcome: string; fields: string; station_code: string }>('select * from conflicts'),
  );
  expect(inbox).toEqual([
    expect.objectContaining({ outcome: 'CONFLICT', station_code: 'K2', state: 'OPEN' }),
  ]);
  expect(JSON.parse(inbox[0]?.fields ?? '[]')).toEqual([
    expect.objectContaining({ field: 'category', base: 'ONE', mine: 'THEIRS', theirs: 'MINE' }),
  ]);
  expect(differences(one, two)).toEqual([]);
});
