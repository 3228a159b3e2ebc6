import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Id } from '../../../db/kit/columns.ts';
import { user_plant_access, user_roles, users } from '../../../db/schema/identity.ts';
import { orders } from '../../../db/schema/orders.ts';
import { flagsOfLevel } from '../../../main/modules/identity/permissions.rules.ts';
import { nextDuePrint } from '../../../main/modules/printing/form-prints.service.ts';
import { checkRecord, RECORD_FORMAT } from '../../../main/modules/printing/record-check.rules.ts';
import { sealRecord } from '../../../main/platform/sealed-record.ts';
import {
  ASSEMBLER,
  attachDrawing,
  fillForm,
  moveTo,
  sign,
} from '../../modules/quality/inspection-support.ts';
import { ask, askJob, PASSWORD, peopleFor, signIn } from '../../support/station.ts';
import { storeBuild, storeInstructions } from './shared-build.ts';
import {
  differences,
  noProgress,
  type OfflineStation,
  offlineStation,
  testCentre,
  untilQuiet,
} from './support.ts';

const QC = { username: 'qc_inspector', password: PASSWORD };
const COLLEAGUE = 'colleague';
const MANAGER = { username: 'plant_manager', password: PASSWORD };

/** The open entries as a person meets them. */
function inboxOf({ station }: OfflineStation, username: string) {
  const session = signIn(station, username);
  const { rows, open } = ask(station, session, 'replication.listConflicts', {});
  expect(rows).toHaveLength(open);
  return rows.map(({ conflict_id }) => ask(station, session, 'replication.conflict', { conflict_id }));
}
/** Somebody else with the same roles and the same password. */
const addColleague = ({ station }: OfflineStation, username: string): void =>
  station.asSystem('test.colleague', ctx => {
    const known = ctx.sql.get<{ id: Id<'users'>; plant_id: Id<'plants'>; hashed_password: string }>(
      'select id, plant_id, hashed_password from users where username = ?',
      [username],
    );
    const role = ctx.sql.get<{ role_id: Id<'roles'> }>('select role_id from user_roles where user_id = ?', [
      known?.id ?? '',
    ]);
    if (!known || !role) throw new Error(`nobody is ${username}`);
    const { plant_id, hashed_password } = known;
    const name = { username: COLLEAGUE, full_name: 'User COLLEAGUE', initials: 'CO' };
    const { id } = ctx.insert(users, { ...name, plant_id, hashed_password });
    ctx.insert(user_roles, { user_id: id, ...role });
    ctx.insert(user_plant_access, {
      user_id: id,
      plant_id,
      access_level: 'WRITE',
      ...flagsOfLevel('WRITE'),
    });
  });
async function recordOf({ station }: OfflineStation, order_id: Id<'orders'>) {
  const session = signIn(station, 'org_admin');
  const made = await askJob(station, session, 'printing.historyRecord', { order_id });
  return { ...made, text: readFileSync(station.transfers.download(made.ticket)?.path ?? '', 'utf8') };
}
const auditOf = ({ station }: OfflineStation, entity_type: string, user_name: string): number =>
  station.readAsSystem(
    ctx =>
      ctx.sql.get<{ n: number }>(
        'select count(*) as n from audit_logs where entity_type = ? and user_name = ?',
        [entity_type, user_name],
      )?.n ?? 0,
  );

test('two people sign one form and take over one build while the line is cut: each reads who was first, what became of the other work and what is next', {
  timeout: 120_000,
}, async () => {
  const centre = await testCentre();
  const one = offlineStation();
  peopleFor(one.station, ['ORG_ADMIN', 'OPERATOR', 'QC_INSPECTOR', 'PLANT_MANAGER']);
  addColleague(one, ASSEMBLER.username);
  one.station.asSystem('test.instructions', storeInstructions);
  const claimed = one.station.asSystem('test.build', ctx => storeBuild(ctx, 'PO-1'));
  one.station.asSystem('test.free', ctx => ctx.update(orders, claimed, { current_assignee_id: null }));
  const inspected = one.station.asSystem('test.build', ctx => storeBuild(ctx, 'PO-2'));
  moveTo(one.station, inspected, 'READY_FOR_PRE_QC');
  attachDrawing(one.station, inspected);
  await one.station.replication.join(await centre.code('K1'), true, noProgress);
  const two = offlineStation();
  await two.station.replication.join(await centre.code('K2'), false, noProgress);
  await untilQuiet([one, two]);

  const signAs = (s: OfflineStation, who: typeof QC, answer: string) => {
    const session = signIn(s.station, who.username);
    const log_id = fillForm(s.station, session, inspected, 'PRE_QC', { P01: { measured_text: answer } });
    sign(s.station, session, log_id, who);
  };
  signAs(one, QC, 'JOB-A');
  signAs(two, MANAGER, 'JOB-B');
  // Both prints are kept before the stations hear of each other: their names tell whose, when and where.
  expect([one, two].map(s => s.station.readAsSystem(ctx => nextDuePrint(ctx, [])?.file_name))).toEqual([
    expect.stringMatching(/^CLP\..+_QC_\d{8}_\d{6}_K1\.pdf$/),
    expect.stringMatching(/^CLP\..+_PL_\d{8}_\d{6}_K2\.pdf$/),
  ]);
  const claimAs = (s: OfflineStation, username: string) => {
    const session = signIn(s.station, username);
    const { row_version } = ask(s.station, session, 'fulfilment.situation', { order_id: claimed });
    ask(s.station, session, 'fulfilment.claim', { order_id: claimed, expected_version: row_version });
  };
  claimAs(one, ASSEMBLER.username);
  claimAs(two, COLLEAGUE);
  await untilQuiet([one, two]);

  // Fifteen answers and a signature are one entry, about the form of the build.
  const [form] = inboxOf(two, MANAGER.username).filter(e => e.is_mine);
  expect(form).toMatchObject({
    table: 'inspection_logs',
    row_label: expect.stringMatching(/^PO-2/),
    author_name: 'User PLANT_MANAGER',
    theirs_name: 'User QC_INSPECTOR',
    is_signed_by_author: true,
    suggested_because: 'signed',
    can: ['keep_theirs'],
    opens: { page: 'order', id: inspected },
  });
  expect(form?.steps).toBeGreaterThan(10);
  const differing = form?.fields.map(f => [f.row_label?.slice(0, 3), f.field, f.mine, f.theirs]);
  expect(differing).toContainEqual(['P01', 'measured_text', 'JOB-B', 'JOB-A']);
  expect(JSON.stringify(differing)).not.toContain('sha256');

  const [claim] = inboxOf(two, COLLEAGUE).filter(e => e.reason_code === 'claimed');
  expect(claim).toMatchObject({
    row_label: expect.stringMatching(/^PO-1/),
    theirs_name: 'User OPERATOR',
    suggested_because: 'claimed',
    can: ['keep_theirs'],
    fields: [{ field: 'current_assignee_id', mine: 'User COLLEAGUE', theirs: 'User OPERATOR' }],
  });

  // Those who were first have nothing to settle, and nobody settles for somebody else by accident.
  expect(inboxOf(one, QC.username)).toEqual([]);
  expect(inboxOf(one, ASSEMBLER.username)).toEqual([]);
  // The build names the second signature beside the one that stands.
  const { forms } = ask(two.station, signIn(two.station, QC.username), 'quality.forBuild', {
    order_id: inspected,
  });
  expect(forms.flatMap(f => f.second_signatures)).toEqual([
    expect.objectContaining({ signer: expect.stringContaining('User PLANT_MANAGER (') }),
  ]);
  // The second signature stands in the trail of both stations.
  expect(auditOf(two, 'electronic_signatures', 'User PLANT_MANAGER')).toBe(1);
  await untilQuiet([one]);

  for (const [who, entry] of [
    [MANAGER.username, form],
    [COLLEAGUE, claim],
  ] as const)
    ask(two.station, signIn(two.station, who), 'replication.resolveConflict', {
      conflict_id: entry?.conflict_id ?? ('' as never),
      resolution: 'keep_theirs',
    });
  await untilQuiet([two, one]);
  expect(differences(one, two)).toEqual([]);
  for (const s of [one, two]) {
    expect(inboxOf(s, 'org_admin')).toEqual([]);
    const session = signIn(s.station, 'org_admin');
    expect(ask(s.station, session, 'quality.verify', { order_id: inspected }).findings).toEqual([]);
    const { rows } = ask(s.station, session, 'replication.listConflicts', { show: 'all' });
    expect(rows.map(r => [r.state, r.resolved_by_name])).toEqual(
      expect.arrayContaining([
        ['KEPT_THEIRS', 'User PLANT_MANAGER'],
        ['KEPT_THEIRS', 'User COLLEAGUE'],
      ]),
    );
  }
  // Both stations make one record of it; the second signature is in it, whole, and changing it is found.
  const records = await Promise.all([one, two].map(s => recordOf(s, inspected)));
  expect(new Set(records.map(r => r.record_sha256)).size).toBe(1);
  const text = records[0]?.text ?? '';
  expect(JSON.parse(text).content.forms[0]).toMatchObject({
    signature: { signer_name: 'User QC_INSPECTOR' },
    second_signatures: [{ signer_name: 'User PLANT_MANAGER' }],
  });
  expect(checkRecord(text)).toMatchObject({ is_whole: true, signatures: 1, faults: [] });
  const content = JSON.parse(text).content;
  content.forms[0].second_signatures[0].signer_name = 'Somebody Else';
  expect(checkRecord(sealRecord(RECORD_FORMAT, content, {})).faults).toMatchObject([
    { kind: 'signature_differs', where: '/forms/0/second_signatures/0' },
  ]);
});
