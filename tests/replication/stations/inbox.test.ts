import { expect, test } from 'vitest';
import type { Id } from '../../../db/kit/columns.ts';
import { electronic_signatures } from '../../../db/schema/identity.ts';
import { order_config_items, orders } from '../../../db/schema/orders.ts';
import { tools } from '../../../db/schema/production.ts';
import { bulkWriter } from '../../support/bulk.ts';
import { ask, signIn } from '../../support/station.ts';
import {
  addTool,
  categoryOf,
  editTool,
  endsEqual,
  inboxOf,
  joinedPair,
  removeTool,
} from '../faults/support.ts';
import { joinedStations, type OfflineStation, testCentre, untilQuiet } from './support.ts';

type Way = 'keep_mine' | 'keep_theirs' | 'edit' | 'dismiss';
const entries = ({ station }: OfflineStation) => {
  const session = signIn(station, 'org_admin');
  const { rows } = ask(station, session, 'replication.listConflicts', {});
  return rows.map(row => ({ ...row, ...ask(station, session, 'replication.conflict', row) }));
};
function settle(
  { station }: OfflineStation,
  conflict_id: string,
  resolution: Way,
  choices: { table: string; row_id: string; field: string; take: 'value'; value: unknown }[] = [],
): void {
  const session = signIn(station, 'org_admin');
  ask(station, session, 'replication.resolveConflict', {
    conflict_id: conflict_id as Id<'conflicts'>,
    resolution,
    choices,
  });
}

test('an edit of a record that was removed elsewhere: keep mine makes it again at every station', async () => {
  const pair = await joinedPair();
  const { one, two } = pair;
  const id = addTool(one, 'Removed and edited');
  await untilQuiet([one, two]);
  removeTool(one, id);
  editTool(two, id, 'EDITED');
  await untilQuiet([one, two]);
  const [entry] = entries(two);
  expect(entry).toMatchObject({ reason_code: 'row_deleted', can: ['keep_mine', 'keep_theirs'] });
  settle(two, entry?.conflict_id ?? '', 'keep_mine');
  await untilQuiet([two, one]);
  expect([categoryOf(one, id), categoryOf(two, id)]).toEqual(['EDITED', 'EDITED']);
  expect(entries(one)).toEqual([]);
  await endsEqual(pair, [id]);
});

/** A configuration as large orders have them: its step is larger than a quarter of a megabyte. */
const ITEMS = 40;
const note = 'as drawn '.repeat(1000);
test('both replaced the parts of one large configuration: keep mine leaves mine alone, at every station', async () => {
  const pair = await joinedPair();
  const { one, two } = pair;
  const order_id = one.station.asSystem('test.order', ctx => {
    const plant_id = ctx.sql.get<{ id: Id<'plants'> }>('select id from plants')?.id;
    if (!plant_id) throw new Error('no plant');
    const { id } = ctx.insert(orders, {
      plant_id,
      order_kind: 'CUSTOMER_BUILD',
      order_number: 'PO-1',
      customer_name: 'Customer',
      order_status: 'ORDER_CREATED',
      configuration: { basins: 1 },
    });
    ctx.insert(order_config_items, {
      order_id: id,
      item_kind: 'BASIN',
      item_index: 1,
      attributes: { by: 'first' },
    });
    return id;
  });
  await untilQuiet([one, two]);
  const replace = (s: OfflineStation, by: string) =>
    s.station.asSystem('test.replace', ctx => {
      const held = ctx.sql.all<{ id: Id<'order_config_items'> }>(
        'select id from order_config_items where order_id = ?',
        [order_id],
      );
      for (const item of held) ctx.remove(order_config_items, item.id);
      for (let item_index = 1; item_index <= ITEMS; item_index++)
        ctx.insert(order_config_items, {
          order_id,
          item_kind: 'BASIN',
          item_index,
          attributes: { by, note },
        });
    });
  const parts = (s: OfflineStation) =>
    s.station.readAsSystem(ctx =>
      ctx.sql
        .all<{ who: string }>(
          "select attributes ->> 'by' as who from order_config_items where order_id = ?",
          [order_id],
        )
        .map(r => r.who),
    );
  replace(one, 'one');
  replace(two, 'two');
  await untilQuiet([one, two]);
  expect(parts(two)).toEqual(Array(ITEMS).fill('one'));
  const [entry] = entries(two);
  expect(entry).toMatchObject({
    reason_code: 'document_changed',
    can: ['keep_mine', 'keep_theirs'],
    rows: [
      { table: 'order_config_items', op: 'removed', row_label: null, count: 1 },
      { table: 'order_config_items', op: 'made', row_label: null, count: ITEMS },
    ],
  });
  settle(two, entry?.conflict_id ?? '', 'keep_mine');
  await untilQuiet([two, one]);
  expect([parts(one), parts(two)]).toEqual(Array(2).fill(Array(ITEMS).fill('two')));
  await endsEqual(pair, []);
});

test('a taken number is corrected and sent again, and what waited under it follows', async () => {
  const pair = await joinedPair();
  const { one, two } = pair;
  addTool(two, 'Torque key');
  await untilQuiet([two]);
  const mine = addTool(one, 'Torque key');
  editTool(one, mine, 'LATER');
  await untilQuiet([one, two]);
  expect(
    inboxOf(one)
      .map(e => e.outcome)
      .sort(),
  ).toEqual(['PARKED', 'REJECTED']);
  const refused = entries(one).find(e => e.outcome === 'REJECTED');
  expect(refused).toMatchObject({ reason_code: 'already_exists', can: ['edit', 'keep_mine', 'dismiss'] });
  settle(one, refused?.conflict_id ?? '', 'edit', [
    { table: tools.name, row_id: mine, field: 'tool_name', take: 'value', value: 'Torque key of K1' },
  ]);
  await untilQuiet([one, two]);
  await untilQuiet([one, two]);
  expect(entries(one)).toEqual([]);
  expect([categoryOf(one, mine), categoryOf(two, mine)]).toEqual(['LATER', 'LATER']);
  await endsEqual(pair, [mine]);
});

test('rows that were lost or altered behind the program’s back are told, fetched again, and equal afterwards', async () => {
  const pair = await joinedPair();
  const { one } = pair;
  const ids = [addTool(one), addTool(one)];
  one.station.asSystem('test.sign', ctx => {
    const signer_id = ctx.sql.get<{ id: Id<'users'> }>('select id from users')?.id;
    if (!signer_id) throw new Error('nobody');
    ctx.insert(electronic_signatures, {
      entity_type: 'tools',
      entity_id: ids[0] ?? '',
      meaning: 'approved',
      declaration: 'I approve “é” \n this.',
      signer_id,
      signer_name: 'Ann',
      signer_initials: 'A',
      signed_at_ms: ctx.now_ms,
      signed_zone: 'UTC',
      method: 'PIN',
      station_id: ctx.station_id,
      signed_text: 'Ann',
      content: { ß: [1.5, 1e-7, 1e21, -0, true, null, 'a\t"\\\u0001/é'], a: {}, bb: [], z: { é: 1, ee: 2 } },
      content_sha256: 'x',
      signature_sha256: 'x',
    });
  });
  await untilQuiet([one]);
  const behind = bulkWriter(one.station.folders.database);
  behind.prepare('delete from tools where id = ?').run(ids[0]);
  // Their versions are right; only what they say is not. One is of the kind that is only ever added to.
  behind.prepare("update tools set category = 'ALTERED' where id = ?").run(ids[1]);
  behind.exec('drop trigger append_only_electronic_signatures_update');
  expect(behind.prepare("update electronic_signatures set signer_name = 'Nobody'").run().changes).toBe(1);
  behind.close();
  const port = one.station.replication;
  expect(await port.checkIntegrity(() => undefined)).toMatchObject({ is_equal: false });
  expect(port.status().trouble).toEqual({ code: 'rows_differ', details: { tables: 2 } });
  // Rows come back by buckets of their table: a neighbour may come with the lost one.
  const repaired = await port.repair(() => undefined);
  expect(repaired.is_equal).toBe(true);
  expect(repaired.repaired_rows).toBeGreaterThanOrEqual(3);
  expect(port.status().trouble).toBeNull();
  await endsEqual(pair, ids);
});

test('what the roles at the centre do not permit is refused there, also from a file in which somebody gave them more', async () => {
  const [one, two] = await joinedStations(await testCentre(), 2);
  if (!one || !two) throw new Error('no stations');
  await untilQuiet([one, two]);
  const behind = bulkWriter(two.station.folders.database);
  behind.prepare(`update roles set permissions = '{"*":["*"]}' where role_code = 'PLANNER'`).run();
  behind.close();
  const { station } = two;
  const session = signIn(station, 'planner');
  ask(station, session, 'production.saveTool', {
    tool_id: null,
    row_version: null,
    names: { en: 'Smuggled', fr: 'Smuggled', es: 'Smuggled' },
    description: null,
    category: null,
    asset_number: null,
    calibration_due_on: null,
    is_active: true,
  });
  await untilQuiet([two, one]);
  expect(entries(two)).toMatchObject([
    {
      outcome: 'REJECTED',
      reason_code: 'actor_not_permitted',
      intent: 'production.saveTool',
      reason_values: { permission: 'work_instructions:update' },
    },
  ]);
  for (const s of [one, two])
    expect(
      s.station.readAsSystem(ctx => ctx.sql.all("select id from tools where tool_name = 'Smuggled'")),
    ).toEqual([]);
});
