import { cpSync, rmSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import type { Id } from '../../../db/kit/columns.ts';
import { materials } from '../../../db/schema/catalogue.ts';
import { users } from '../../../db/schema/identity.ts';
import { order_movements, work_centers } from '../../../db/schema/tracking.ts';
import { revokeStation, stationsToUpdate } from '../../../main/replication/central/operator.ts';
import { temporaryFolder } from '../../support/station.ts';
import {
  differences,
  noProgress,
  type OfflineStation,
  offlineStation,
  untilQuiet,
} from '../stations/support.ts';
import {
  addTool,
  categoryOf,
  editTool,
  endsEqual,
  exchange,
  inboxOf,
  itemOfTwoPlants,
  joinedPair,
  removeTool,
  toolIds,
  waiting,
} from './support.ts';

const DAY_MS = 86_400_000;
/** The files of a closed station. */
function copyOf(folder: string): string {
  const copy = temporaryFolder('millwright-copy-');
  cpSync(folder, copy, { recursive: true });
  rmSync(`${copy}/station.lock`, { force: true });
  return copy;
}

const booked = (minute: number): number => minute * 7;
/** All three stations book. */
const quantityAt = (minute: number): number => 3 * booked(minute);
function book({ station }: OfflineStation, minute: number): void {
  station.asSystem('test.book', ctx => {
    const plant_id = ctx.sql.get<{ id: Id<'plants'> }>('select id from plants')?.id;
    const user_id = ctx.sql.get<{ id: Id<'users'> }>('select id from users order by id')?.id;
    const work_center_id = ctx.sql.get<{ id: Id<'work_centers'> }>(
      'select id from work_centers order by id',
    )?.id;
    if (!plant_id || !user_id || !work_center_id) throw new Error('nothing to book at');
    const order_number = 'PO-1';
    ctx.insert(order_movements, {
      plant_id,
      work_center_id,
      user_id,
      order_number,
      order_key: order_number,
      movement_type: 'IN',
      quantity: booked(minute),
      occurred_at_ms: ctx.now_ms,
      station_id: ctx.station_id,
    });
  });
}
const quantityOf = ({ station }: OfflineStation): number =>
  station.readAsSystem(
    ctx => ctx.sql.get<{ n: number }>('select sum(quantity) n from order_movements')?.n ?? 0,
  );

test('clock ten days wrong and jumping: nothing is refused, a person is told', async () => {
  const pair = await joinedPair();
  const ids: string[] = [];
  for (const jump of [10 * DAY_MS, -20 * DAY_MS, 10 * DAY_MS]) {
    pair.one.clock.forward(jump);
    ids.push(addTool(pair.one));
    pair.line.cutAll();
    await exchange(pair.one);
    expect(await exchange(pair.one)).toBe('done');
    if (Math.abs(pair.one.clock.now_ms() - pair.two.clock.now_ms()) > DAY_MS)
      expect(pair.one.station.replication.status().trouble).toMatchObject({ code: 'clock_wrong' });
  }
  expect(inboxOf(pair.one)).toEqual([]);
  await endsEqual(pair, ids);
});

test('a file copied to a second machine: both hand in their work, once, and the second has a name of its own', async () => {
  const pair = await joinedPair();
  const ids = [addTool(pair.one)];
  await pair.one.station.close();
  const folder = copyOf(pair.one.folder);
  await pair.one.reopen();
  ids.push(addTool(pair.one));
  await exchange(pair.one);
  const twin = offlineStation({ data_folder: folder });
  ids.push(addTool(twin));
  await exchange(twin);
  expect(await exchange(twin)).toBe('done');
  expect(waiting(twin)).toBe(0);
  expect(twin.station.station_id).not.toBe(pair.one.station.station_id);
  await twin.station.close();
  await exchange(pair.one);
  await endsEqual(pair, ids);
});

test('two live copies that take the identity from each other: one goes on, the other stops and says so', async () => {
  const pair = await joinedPair();
  await pair.one.station.close();
  const folder = copyOf(pair.one.folder);
  await pair.one.reopen();
  const twin = offlineStation({ data_folder: folder });
  const ids: string[] = [];
  const said: string[] = [];
  for (let round = 0; round < 12 && !said.includes('identity_contested'); round++)
    for (const s of [pair.one, twin]) {
      ids.push(addTool(s));
      said.push(await exchange(s));
    }
  expect(said).toContain('identity_contested');
  const [stopped, other] =
    pair.one.station.replication.status().state === 'stopped' ? [pair.one, twin] : [twin, pair.one];
  expect(stopped.station.replication.status()).toMatchObject({
    state: 'stopped',
    trouble: { code: 'identity_contested', details: { station: 'K1' } },
  });
  ids.push(addTool(stopped));
  // The other one may have lost its identity once more to the one that stopped; from then on it keeps it.
  await exchange(other);
  for (let round = 0; round < 3; round++) expect(await exchange(other)).toBe('done');
  // A person decides: what waits at the stopped one goes up, and then it is put away.
  await exchange(stopped);
  await exchange(stopped);
  expect(waiting(stopped)).toBe(0);
  await stopped.station.close();
  const rest = { ...pair, one: other };
  await exchange(other);
  await exchange(other);
  await endsEqual(rest, ids);
}, 60_000);

test('an older backup of a station: what the centre has comes back, new work goes on under a new identity', async () => {
  const pair = await joinedPair();
  await pair.one.station.close();
  const folder = copyOf(pair.one.folder);
  await pair.one.reopen();
  const ids = [addTool(pair.one), addTool(pair.one)];
  expect(await exchange(pair.one)).toBe('done');
  await pair.one.station.close();
  const restored = offlineStation({ data_folder: folder });
  ids.push(addTool(restored));
  await exchange(restored);
  expect(await exchange(restored)).toBe('done');
  await endsEqual({ one: restored, two: pair.two }, ids);
});

test('a row that breaks a rule of the centre waits in the inbox; the queue goes on', async () => {
  const pair = await joinedPair();
  const kept = addTool(pair.two, 'The only one');
  await exchange(pair.two);
  const refused = addTool(pair.one, 'The only one');
  const next = addTool(pair.one);
  expect(await exchange(pair.one)).toBe('done');
  expect(inboxOf(pair.one)).toEqual([
    { outcome: 'REJECTED', reason_code: 'already_exists', row_id: refused },
  ]);
  await endsEqual(pair, [kept, next]);
  expect(toolIds(pair.one)).not.toContain(refused);
});

test('one person signs in at two stations without network: no conflict, the last sign-in stays', async () => {
  const pair = await joinedPair();
  const signIn = (s: OfflineStation, at_ms: number) =>
    s.station.asSystem('test.sign_in', ctx => {
      const user = ctx.sql.get<{ id: Id<'users'> }>("select id from users where username = 'org_admin'");
      if (user) ctx.update(users, user.id, { last_login_at_ms: at_ms, failed_login_count: 0 });
    });
  signIn(pair.one, 1_800_000_000_000);
  signIn(pair.two, 1_700_000_000_000);
  await exchange(pair.one);
  expect(await exchange(pair.two)).toBe('done');
  expect(inboxOf(pair.two)).toEqual([]);
  await endsEqual(pair, []);
  const [row] = pair.one.station.readAsSystem(ctx =>
    ctx.sql.all("select last_login_at_ms from users where username = 'org_admin'"),
  );
  expect(row).toEqual({ last_login_at_ms: 1_700_000_000_000 });
});

test('delete against edit: the row stays deleted there, the edit asks a person', async () => {
  const pair = await joinedPair();
  const id = addTool(pair.one);
  await untilQuiet([pair.one, pair.two]);
  removeTool(pair.one, id);
  editTool(pair.two, id, 'EDITED');
  await exchange(pair.one);
  expect(await exchange(pair.two)).toBe('done');
  expect(inboxOf(pair.two)).toEqual([{ outcome: 'CONFLICT', reason_code: 'row_deleted', row_id: id }]);
  expect(toolIds(pair.two)).not.toContain(id);
  await endsEqual(pair, []);
});

test('edit against delete: the edited row comes back at the one who deleted it', async () => {
  const pair = await joinedPair();
  const id = addTool(pair.one);
  await untilQuiet([pair.one, pair.two]);
  editTool(pair.one, id, 'EDITED');
  removeTool(pair.two, id);
  await exchange(pair.one);
  expect(await exchange(pair.two)).toBe('done');
  expect(categoryOf(pair.two, id)).toBe('EDITED');
  expect(inboxOf(pair.two)).toMatchObject([{ outcome: 'CONFLICT', row_id: id }]);
  await endsEqual(pair, [id]);
});

test('what hangs on a refused row waits under it', async () => {
  const pair = await joinedPair();
  addTool(pair.two, 'Taken');
  await exchange(pair.two);
  const refused = addTool(pair.one, 'Taken');
  editTool(pair.one, refused, 'LATER');
  expect(await exchange(pair.one)).toBe('done');
  expect(
    inboxOf(pair.one)
      .map(c => c.outcome)
      .sort(),
  ).toEqual(['PARKED', 'REJECTED']);
  await endsEqual(pair, []);
});

test('away longer than the history is kept: everything is loaded anew, waiting work stays on top', async () => {
  const pair = await joinedPair();
  const { centre, one, two } = pair;
  const gone = addTool(one);
  await untilQuiet([one, two]);
  await two.station.close();
  removeTool(one, gone);
  const ids = [addTool(one), addTool(one)];
  await exchange(one);
  await centre.operator.query(
    'update sync.streams s set floor_seq = (select max(seq) from sync.commits c where c.stream = s.stream)',
  );
  await two.reopen();
  ids.push(addTool(two));
  await exchange(two);
  expect(await exchange(two)).toBe('done');
  expect(toolIds(two)).not.toContain(gone);
  await endsEqual(pair, ids);
});

test('an old program at a new centre waits for its update, a new program at an old centre for the centre; both work on', async () => {
  const pair = await joinedPair();
  const { centre, one } = pair;
  const ids = [addTool(one)];
  const { rows } = await centre.operator.query('select schema_version, min_pull_version from sync.server');
  for (const [change, code] of [
    ['min_pull_version = 9999', 'centre_too_old'],
    ['schema_version = 1', 'centre_older'],
  ]) {
    await centre.operator.query(`update sync.server set ${change}`);
    const named = await stationsToUpdate(centre.operator);
    expect(named.map(s => s.station)).toEqual(code === 'centre_too_old' ? ['K1', 'K2'] : []);
    pair.line.cutAll();
    await exchange(one);
    expect(await exchange(one)).toBe(code);
    ids.push(addTool(one));
    expect(waiting(one)).toBeGreaterThan(0);
    await centre.operator.query('update sync.server set schema_version = $1, min_pull_version = $2', [
      rows[0].schema_version,
      rows[0].min_pull_version,
    ]);
  }
  pair.line.cutAll();
  await exchange(one);
  await endsEqual(pair, ids);
});

test('a revoked station keeps its work and goes on alone; the others notice nothing', async () => {
  const pair = await joinedPair();
  const { centre, one, two } = pair;
  await revokeStation(centre.operator, centre.organization_id, 'K1');
  const kept = addTool(one);
  await exchange(one);
  expect(await exchange(one)).toBe('centre_sign_in_refused');
  expect(waiting(one)).toBe(1);
  expect(toolIds(one)).toContain(kept);
  const file = `${one.folder}/queue.json.gz`;
  expect(one.station.replication.exportQueue(file)).toEqual({ units: 1 });
  addTool(two);
  expect(await exchange(two)).toBe('done');
  expect(toolIds(two)).not.toContain(kept);

  // A code for another name is none for this station; a new one for its own lets it go on where it was.
  const { port } = pair.line;
  await expect(
    one.station.replication.renew(await centre.code('K3', port), noProgress),
  ).rejects.toMatchObject({ code: 'already_joined' });
  await one.station.replication.renew(await centre.codeAgain('K1', port), noProgress);
  expect(waiting(one)).toBe(0);
  await one.reopen();
  await endsEqual(pair, [kept]);
});

test('a plant is withdrawn: its rows leave the station, waiting work is sent first', async () => {
  const pair = await joinedPair();
  const { centre, one, two } = pair;
  const [oakville, milton] = itemOfTwoPlants(one);
  await untilQuiet([one, two]);
  const held = () =>
    two.station.readAsSystem(ctx => ctx.sql.all<{ id: string }>('select id from materials').map(m => m.id));
  expect(held().sort()).toEqual([oakville.id, milton.id].sort());
  two.station.asSystem('test.edit', ctx => void ctx.update(materials, milton.id, { material_name: 'Mine' }));
  expect(await exchange(two)).toBe('done');
  await centre.operator.query("update sync.devices set plant_ids = $1 where station_code = 'K2'", [
    [oakville.plant_id],
  ]);
  await two.reopen();
  expect(await exchange(two)).toBe('done');
  expect(held()).toEqual([oakville.id]);
  expect(await exchange(one)).toBe('done');
  const names = one.station.readAsSystem(ctx =>
    ctx.sql.all<{ material_name: string }>('select material_name from materials order by material_name'),
  );
  expect(names.map(n => n.material_name)).toEqual(['Mine', 'Part']);
});

test('a transaction that commits late is fetched when it is there, and nothing before it is lost', async () => {
  const pair = await joinedPair();
  const { centre, one, two } = pair;
  const before = addTool(one);
  await untilQuiet([one, two]);
  await centre.operator.query('begin');
  onTestFinished(() => void centre.operator.query('rollback').catch(() => undefined));
  await centre.operator.query("select set_config('app.current_organization_id', $1, true)", [
    String(centre.organization_id),
  ]);
  await centre.operator.query('update public.tools set category = $1 where id = $2', ['LATE', before]);
  const ids = [before, addTool(one), addTool(one)];
  expect(await exchange(one)).toBe('done');
  expect(await exchange(two)).toBe('done');
  expect(categoryOf(two, before)).toBeNull();
  await centre.operator.query('commit');
  expect(await exchange(two)).toBe('done');
  expect(categoryOf(two, before)).toBe('LATE');
  await endsEqual(pair, ids);
});

test('an hour of scripted work on three stations with the network pulled ends with identical checksums and an empty queue', async () => {
  const pair = await joinedPair();
  const { one, two, line, centre } = pair;
  const three = offlineStation();
  await three.station.replication.join(await centre.code('K3', line.port), false, noProgress);
  const shared = [addTool(one), addTool(two), addTool(two)];
  one.station.asSystem('test.work_center', ctx => {
    const plant_id = ctx.sql.get<{ id: Id<'plants'> }>('select id from plants')?.id;
    if (plant_id)
      ctx.insert(work_centers, {
        plant_id,
        work_center_code: 'W1',
        work_center_name: 'Welding',
        flow_position: 1,
      });
  });
  for (const s of [one, two, three]) await exchange(s);
  for (const s of [one, two, three]) await exchange(s);
  line.unplug();
  const ids: string[] = [];
  for (let minute = 0; minute < 60; minute++) {
    for (const [at, s] of [one, two, three].entries()) {
      s.clock.forward(60_000);
      const tool = shared[(minute + at) % 3];
      if (minute % 20 === 19) book(s, minute);
      else if (minute % 3 === 0) ids.push(addTool(s));
      else if (tool) editTool(s, tool, `station ${at}, minute ${minute}`);
    }
    if (minute % 10 === 0)
      expect([await exchange(one), await exchange(two)]).toEqual(['centre_unreachable', 'done']);
  }
  expect(waiting(one)).toBeGreaterThan(50);
  expect(waiting(three)).toBeGreaterThan(50);
  line.heal();
  for (let round = 0; round < 2; round++)
    for (const s of [three, one, two]) expect(await exchange(s)).toBe('done');
  await endsEqual(pair, ids);
  for (const s of [one, three]) {
    expect(waiting(s)).toBe(0);
    expect(differences(s, two)).toEqual([]);
    expect(await s.station.replication.checkIntegrity(noProgress)).toMatchObject({ is_equal: true });
  }
  expect(quantityOf(three)).toBe(quantityAt(59) + quantityAt(39) + quantityAt(19));
}, 90_000);
