import { expect, test } from 'vitest';
import type { Id } from '../../../db/kit/columns.ts';
import { orders, SERVICE_NUMBERS } from '../../../db/schema/orders.ts';
import { NCR_NUMBERS } from '../../../db/schema/quality.ts';
import { nextNumber } from '../../../main/modules/infrastructure/numbers.service.ts';
import { ask, peopleFor, refusalOf, signIn } from '../../support/station.ts';
import { storeBuild, storeInstructions } from './shared-build.ts';
import {
  differences,
  noProgress,
  type OfflineStation,
  offlineStation,
  testCentre,
  untilQuiet,
} from './support.ts';

const never = () => {
  throw new Error('nothing is in the inbox');
};
const PART = 'T2-TS7';
/** Two stations with a build each on the floor, one started away from the other. */
async function twoFloors() {
  const centre = await testCentre();
  const one = offlineStation();
  peopleFor(one.station, ['ORG_ADMIN', 'OPERATOR']);
  one.station.asSystem('test.instructions', storeInstructions);
  const builds = ['PO-1', 'PO-2'].map(number =>
    one.station.asSystem('test.build', ctx => storeBuild(ctx, number)),
  );
  await one.station.replication.join(await centre.code('K1'), true, noProgress);
  const two = offlineStation();
  await two.station.replication.join(await centre.code('K2'), false, noProgress);
  const at = (s: OfflineStation, order_id: Id<'orders'>) => {
    const session = signIn(s.station, 'operator');
    const typed = { order_id, material_number: PART, basin_index: null };
    return {
      s,
      order_id,
      session,
      start: () => void ask(s.station, session, 'production.generateTasks', { order_id }),
      issue: () =>
        ask(s.station, session, 'fulfilment.openIssue', {
          order_id,
          ncr_type: 'OTHER',
          category: 'OTHER',
          description: 'The panel is scratched',
        }).ncr_number,
      serial: (serial_number: string) =>
        refusalOf(s.station, session, 'traceability.captureSerial', { ...typed, serial_number }),
      places: (build: Id<'orders'>) =>
        ask(s.station, session, 'traceability.serials', { order_id: build }).slots.map(
          slot => slot.serial?.serial_number,
        ),
      lot: (batch_number: string, build = order_id) =>
        refusalOf(s.station, session, 'traceability.captureBatch', {
          ...typed,
          order_id: build,
          batch_number,
        }),
      lots: (build = order_id) =>
        ask(s.station, session, 'traceability.asBuilt', { order_id: build }).rows.flatMap(row => row.batches),
    };
  };
  const [first, second] = builds;
  if (!first || !second) throw new Error('two builds');
  return { centre, here: at(one, first), there: at(two, second), both: [one, two] as const };
}
const rowsOf = ({ station }: OfflineStation, table: string, number: string) =>
  station.readAsSystem(ctx =>
    ctx.sql.all<{ id: string; number: string; provisional_number: string }>(
      `select id, ${number} as number, provisional_number from ${table} where provisional_number is not null order by id`,
    ),
  );

test('two stations use up their numbers without network: no number twice, the author is told, and paper with the earlier one is found', {
  timeout: 60_000,
}, async () => {
  const { here, there, both } = await twoFloors();
  const spend = ({ station }: OfflineStation, count: number) =>
    station.asSystem('test.numbers', ctx => {
      for (let n = 0; n < count; n++) nextNumber(ctx, NCR_NUMBERS);
    });
  for (const s of both) spend(s, 1);
  await untilQuiet(both);
  for (const s of both) spend(s, 20);
  for (const at of [here, there]) at.start();
  const given = [here.issue(), there.issue(), here.issue(), there.issue()];
  expect(given.map(number => number.slice(0, 6))).toEqual(['TMP-K1', 'TMP-K2', 'TMP-K1', 'TMP-K2']);
  const service = here.s.station.asSystem('test.service', ctx => {
    const plant_id = ctx.actor.plant_id;
    const order_number = nextNumber(ctx, SERVICE_NUMBERS);
    return ctx.insert(orders, {
      plant_id,
      order_kind: 'SERVICE',
      order_number,
      build_number: '',
      customer_name: '',
      order_status: 'PENDING',
      configuration: {},
    });
  });
  await untilQuiet(both);
  expect(differences(...both)).toEqual([]);

  const issues = rowsOf(here.s, 'ncrs', 'ncr_number');
  const floors = rowsOf(here.s, 'work_orders', 'work_order_number');
  expect(issues.map(row => row.provisional_number).sort()).toEqual([...given].sort());
  expect(floors.map(row => row.provisional_number).sort()).toEqual(['TMP-K1-1', 'TMP-K2-1']);
  const numbers = [...issues, ...floors].map(row => row.number);
  expect(new Set(numbers).size).toBe(6);
  expect(numbers.filter(number => number.startsWith('TMP'))).toEqual([]);
  const told = ask(there.s.station, there.session, 'infrastructure.listNotifications', { limit: 50 }).rows;
  for (const { provisional_number, number } of [...issues, ...floors])
    expect(told.map(row => row.message_values)).toContainEqual({ from: provisional_number, to: number });

  // What stands on paper leads to the record, whichever of its numbers it is.
  const found = (s: OfflineStation, text: string) =>
    ask(s.station, signIn(s.station, 'org_admin'), 'logistics.resolveScan', { text }).hits.map(hit => hit.to);
  for (const s of both) {
    for (const [rows, tab] of [
      [floors, ''],
      [issues, '?tab=issues'],
    ] as const)
      for (const { number, provisional_number } of rows) {
        const wanted = `/orders/${provisional_number.startsWith('TMP-K1') ? here.order_id : there.order_id}${tab}`;
        expect(found(s, number)).toContain(wanted);
        expect(found(s, provisional_number.toLowerCase())).toContain(wanted);
      }
    expect(found(s, 'TMP-K1-1')).toContain(`/service/orders/${service.id}`);
  }
});

test('one serial number and one lot typed at two stations: the serial stays one and is put right in the inbox, the lot counts once', {
  timeout: 60_000,
}, async () => {
  const { here, there, both } = await twoFloors();
  for (const at of [here, there]) at.start();
  await untilQuiet(both);
  expect([here.serial('TS7-1'), there.serial(' ts7-1 ')]).toEqual(['accepted', 'accepted']);
  expect([here.lot('L-7'), there.lot('L-7'), there.lot('L-7', here.order_id)]).toEqual([
    'accepted',
    'accepted',
    'accepted',
  ]);
  await untilQuiet(both);
  expect(differences(...both)).toEqual([]);
  const { rows } = ask(there.s.station, there.session, 'replication.listConflicts', {});
  expect(rows).toMatchObject([{ reason_code: 'already_exists', row_label: 'TS7-1' }]);
  expect(there.serial('TS7-1')).toBe('serial_taken');
  // It was misread: whoever typed it puts it right in the inbox, and the part is in the build.
  const [{ conflict_id, row_id } = never()] = rows;
  ask(there.s.station, there.session, 'replication.resolveConflict', {
    conflict_id,
    resolution: 'edit',
    choices: [{ table: 'serial_numbers', row_id, field: 'serial_number', take: 'value', value: 'TS7-2' }],
  });
  await untilQuiet(both);
  expect(differences(...both)).toEqual([]);
  expect(here.places(there.order_id)).toEqual(['TS7-2']);
  for (const at of [here, there]) {
    expect(at.lots(here.order_id)).toMatchObject([{ batch_number: 'L-7' }]);
    expect(at.lots(there.order_id)).toMatchObject([{ batch_number: 'L-7' }]);
  }
  // Taken away, it is gone, however often it was typed.
  const [lot = never()] = here.lots(here.order_id);
  ask(here.s.station, here.session, 'traceability.removeBatch', { batch_id: lot.batch_id });
  expect(here.lots(here.order_id)).toEqual([]);
});
