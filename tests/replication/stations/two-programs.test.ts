import { expect, test } from 'vitest';
import type { Id } from '../../../db/kit/columns.ts';
import { bom_warning_acknowledgements } from '../../../db/schema/bom.ts';
import { materials } from '../../../db/schema/catalogue.ts';
import { order_comments } from '../../../db/schema/orders.ts';
import { inspection_characteristics, inspection_points } from '../../../db/schema/quality.ts';
import type { CommandCtx } from '../../../main/rpc/context.ts';
import { firstRows, PERSON, PLANT } from '../simulation/commands.ts';
import {
  bringToNewest,
  EARLIER_STEP,
  earlierCentre,
  earlierStation,
  NEWEST_STEP,
  newestStation,
} from '../support/earlier-program.ts';
import { differences, noProgress, type OfflineStation, type TestCentre, testCentre } from './support.ts';

const text = { en: 'Check', fr: 'Contrôle', es: 'Control' };
const POINT = '019a0000-0000-7000-8000-000000000021' as Id<'inspection_points'>;

type OneOf<T extends string> = { id: Id<T>; [column: string]: unknown };
function one<T extends string>(ctx: CommandCtx, sql: string): OneOf<T> {
  const row = ctx.sql.get<OneOf<T>>(sql);
  if (!row) throw new Error(`nothing found: ${sql}`);
  return row;
}
const item = (ctx: CommandCtx) =>
  one<'materials'>(ctx, "select * from materials where material_number = 'M-1'");
const addCheck = (ctx: CommandCtx, code: string, shows_file_roles: ['PHOTO'] | [] = []) =>
  ctx.insert(inspection_characteristics, {
    plan_id: one<'inspection_plans'>(ctx, 'select id from inspection_plans').id,
    point_id: POINT,
    characteristic_code: code,
    characteristic_name: text,
    sequence: 1,
    data_type: 'BOOLEAN',
    applies_when: 'true',
    options: [],
    shows_file_roles,
  });
const readWarning = (ctx: CommandCtx, rule: string, message?: typeof text) =>
  ctx.insert(bom_warning_acknowledgements, {
    plant_id: PLANT,
    bom_header_id: one<'bom_headers'>(ctx, 'select id from bom_headers').id,
    rule,
    message,
    acknowledged_by: PERSON,
    acknowledged_at_ms: ctx.now_ms,
  });

/** A centre of the earlier time, with a station of that time that brought its rows. */
async function earlierPlant() {
  const centre = await testCentre(undefined, earlierCentre);
  const earlier = earlierStation();
  earlier.run(ctx => {
    firstRows(ctx);
    ctx.insert(inspection_points, {
      id: POINT,
      plan_id: one<'inspection_plans'>(ctx, 'select id from inspection_plans').id,
      point_code: 'P',
      point_name: text,
      sequence: 1,
    });
    addCheck(ctx, 'C-1');
  });
  await earlier.join(centre, 'K1', true);
  return { centre, earlier };
}
async function joinedNewest(centre: TestCentre, name: string): Promise<OfflineStation> {
  const station = newestStation();
  await station.station.replication.join(await centre.code(name), false, noProgress);
  return station;
}
const inbox = ({ station }: OfflineStation) =>
  station.readAsSystem(ctx =>
    ctx.sql.all('select outcome, table_name, reason_code, reason_values from conflicts'),
  );

test('an earlier program exchanges with a newer centre; after its update it has what it could not read before', async () => {
  const { centre, earlier } = await earlierPlant();
  await bringToNewest(centre.operator);
  const newest = await joinedNewest(centre, 'K2');
  newest.station.asSystem('test.newer', ctx => {
    ctx.update(materials, item(ctx).id, { warehouse_location: 'Hall 2', bin_location: 'A-07' });
    addCheck(ctx, 'C-NEWER', ['PHOTO']);
    readWarning(ctx, 'R-NEWER', text);
    ctx.insert(order_comments, {
      order_id: one<'orders'>(ctx, 'select id from orders').id,
      author_id: PERSON,
      written_at_ms: ctx.now_ms,
      content: 'Written where comments are known',
      mentions: [],
    });
  });
  await newest.sync();

  await earlier.sync();
  earlier.run(ctx => {
    ctx.update(materials, item(ctx).id, { material_name: 'Renamed by the earlier program' });
    addCheck(ctx, 'C-EARLIER');
    readWarning(ctx, 'R-EARLIER');
  });
  expect(await earlier.sync()).toMatchObject({
    state: 'online',
    trouble: null,
    waiting_units: 0,
    refused_rows: 0,
  });
  expect(await earlier.replicator.checkIntegrity(noProgress)).toMatchObject({ is_equal: true });
  await newest.sync();
  expect(inbox(newest)).toEqual([]);
  expect(newest.station.readAsSystem(ctx => item(ctx as CommandCtx))).toMatchObject({
    material_name: 'Renamed by the earlier program',
    warehouse_location: 'Hall 2',
    bin_location: 'A-07',
  });

  // The update of the program finds a queue, and the centre has moved on.
  earlier.run(ctx => {
    ctx.update(materials, item(ctx).id, { description: 'Waits while the program is updated' });
    addCheck(ctx, 'C-WAITING');
    readWarning(ctx, 'R-WAITING');
  });
  newest.station.asSystem('test.newer', ctx => ctx.update(materials, item(ctx).id, { bin_location: 'B-01' }));
  await newest.sync();
  const updated = await earlier.updated();
  expect(updated.station.replication.status()).toMatchObject({ waiting_units: 1 });
  await updated.sync();
  await newest.sync();
  expect(inbox(newest)).toEqual([]);
  expect(differences(updated, newest)).toEqual([]);
  const here = updated.station.readAsSystem(ctx => ({
    item: item(ctx as CommandCtx),
    checks: ctx.sql.all(
      'select characteristic_code, shows_file_roles from inspection_characteristics order by id',
    ),
    read: ctx.sql.all(
      "select rule, message ->> 'fr' as message from bom_warning_acknowledgements order by id",
    ),
    comments: ctx.sql.all('select content from order_comments'),
  }));
  expect(here.item).toMatchObject({
    description: 'Waits while the program is updated',
    warehouse_location: 'Hall 2',
    bin_location: 'B-01',
  });
  expect(here.checks).toContainEqual({ characteristic_code: 'C-NEWER', shows_file_roles: '["PHOTO"]' });
  expect(here.checks).toContainEqual({ characteristic_code: 'C-WAITING', shows_file_roles: '[]' });
  expect(here.read).toContainEqual({ rule: 'R-NEWER', message: text.fr });
  expect(here.comments).toEqual([{ content: 'Written where comments are known' }]);
  expect(await updated.station.replication.checkIntegrity(noProgress)).toMatchObject({ is_equal: true });
});

test('a newer program works on beside a centre that is not yet migrated, and sends when it is', async () => {
  const { centre, earlier } = await earlierPlant();
  const other = earlierStation();
  await other.join(centre, 'K2', false);
  const newer = await earlier.updated();
  newer.station.asSystem('test.newer', ctx => {
    ctx.update(materials, item(ctx).id, { warehouse_location: 'Hall 3' });
    addCheck(ctx, 'C-NEWER', ['PHOTO']);
  });
  await expect(newer.sync()).rejects.toMatchObject({
    code: 'centre_older',
    details: { centre: EARLIER_STEP, station: NEWEST_STEP },
  });
  expect(newer.station.replication.status()).toMatchObject({
    state: 'offline',
    trouble: { code: 'centre_older' },
    waiting_units: 1,
  });
  other.run(ctx => ctx.update(materials, item(ctx).id, { material_name: 'Renamed meanwhile' }));
  await other.sync();

  await bringToNewest(centre.operator);
  await newer.sync();
  expect(newer.station.replication.status()).toMatchObject({
    state: 'online',
    trouble: null,
    waiting_units: 0,
  });
  await other.sync();
  await newer.sync();
  const [row] = (await centre.rows('materials')).filter(r => r.material_number === 'M-1');
  expect(row).toMatchObject({ material_name: 'Renamed meanwhile', warehouse_location: 'Hall 3' });
  expect(inbox(newer)).toEqual([]);
  const updated = await other.updated();
  await updated.sync();
  expect(differences(updated, newer)).toEqual([]);
});
