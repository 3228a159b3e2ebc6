import { expect, test } from 'vitest';
import type { Id } from '../../../db/kit/columns.ts';
import {
  ASSEMBLER,
  attachDrawing,
  fillForm,
  moveTo,
  QC,
  sign,
} from '../../modules/quality/inspection-support.ts';
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

const idOf = ({ station }: OfflineStation, username: string): Id<'users'> => {
  const row = station.readAsSystem(ctx =>
    ctx.sql.get<{ id: Id<'users'> }>('select id from users where username = ?', [username]),
  );
  if (!row) throw new Error(`nobody is ${username}`);
  return row.id;
};
const inboxOf = ({ station }: OfflineStation) =>
  station.readAsSystem(ctx => ctx.sql.all('select outcome, reason_code, table_name from conflicts'));
const noticesOf = (s: OfflineStation, username: string) =>
  ask(s.station, signIn(s.station, username), 'infrastructure.listNotifications', { limit: 100 }).rows.filter(
    row => row.message_code === 'infrastructure:notices.review',
  );

test('people who are deactivated, lose their role or their plant while their station is away: their work counts and is told, and the session there ends', {
  timeout: 60_000,
}, async () => {
  const centre = await testCentre();
  const one = offlineStation();
  peopleFor(one.station, ['ORG_ADMIN', 'OPERATOR', 'QC_INSPECTOR', 'PLANT_MANAGER']);
  one.station.asSystem('test.instructions', storeInstructions);
  const assembled = one.station.asSystem('test.build', ctx => storeBuild(ctx, 'PO-1'));
  ask(one.station, signIn(one.station, ASSEMBLER.username), 'production.generateTasks', {
    order_id: assembled,
  });
  const inspected = one.station.asSystem('test.build', ctx => storeBuild(ctx, 'PO-2'));
  moveTo(one.station, inspected, 'READY_FOR_PRE_QC');
  attachDrawing(one.station, inspected);
  await one.station.replication.join(await centre.code('K1'), true, noProgress);
  const two = offlineStation();
  await two.station.replication.join(await centre.code('K2'), false, noProgress);
  await untilQuiet([one, two]);

  const assembling = signIn(two.station, ASSEMBLER.username);
  const inspecting = signIn(two.station, QC.username);
  const managing = signIn(two.station, 'plant_manager');
  const admin = signIn(one.station, 'org_admin');
  // At the first station all three are sent away, each in another way.
  ask(one.station, admin, 'identity.setUserActive', { user_id: idOf(one, QC.username), is_active: false });
  const { role_assignments } = ask(one.station, admin, 'identity.getUser', {
    user_id: idOf(one, ASSEMBLER.username),
  });
  for (const { user_role_id } of role_assignments)
    ask(one.station, admin, 'identity.endRole', { user_role_id });
  const [plant] = ask(one.station, admin, 'identity.listPlants', {});
  ask(one.station, admin, 'identity.setPlantAccess', {
    user_id: idOf(one, 'plant_manager'),
    plant_id: plant?.plant_id ?? ('' as never),
    access_level: null,
  });
  await one.sync();

  // The second one does not know.
  const log_id = fillForm(two.station, inspecting, inspected, 'PRE_QC', { P01: { measured_text: 'JOB-1' } });
  sign(two.station, inspecting, log_id, QC);
  const task = () =>
    ask(two.station, assembling, 'production.work', { order_id: assembled }).tasks.find(
      found => found.task_code === 'A01',
    );
  ask(two.station, assembling, 'production.completeTask', { task_id: task()?.task_id ?? ('' as never) });
  await untilQuiet([two, one]);

  expect(inboxOf(one)).toEqual([]);
  expect(differences(one, two)).toEqual([]);
  for (const s of [one, two]) {
    const signed = s.station.readAsSystem(ctx =>
      ctx.sql.get('select status, inspector_id from inspection_logs where id = ?', [log_id]),
    );
    expect(signed).toMatchObject({ inspector_id: idOf(one, QC.username) });
    const session = signIn(s.station, 'org_admin');
    expect(ask(s.station, session, 'quality.verify', { order_id: inspected }).findings).toEqual([]);
  }
  // Fifteen answers, a signature and a task are two messages to the administrator, at both stations.
  for (const s of [one, two])
    expect(noticesOf(s, 'org_admin').map(row => row.message_values)).toEqual(
      expect.arrayContaining([
        { name: 'User QC_INSPECTOR', station: 'K2' },
        { name: 'User OPERATOR', station: 'K2' },
      ]),
    );
  expect(noticesOf(one, 'org_admin')).toHaveLength(2);
  // At the second station nobody goes on.
  expect(refusalOf(two.station, inspecting, 'identity.me', {})).toBe('not_signed_in');
  expect(refusalOf(two.station, null, 'identity.signIn', QC)).toBe('sign_in_failed');
  expect(refusalOf(two.station, assembling, 'production.work', { order_id: assembled })).toBe('not_allowed');
  expect(refusalOf(two.station, managing, 'production.work', { order_id: assembled })).toBe('not_allowed');
});
