import { expect, test } from 'vitest';
import { workflow_transitions } from '../../../db/schema/configuration.ts';
import { escalateApprovals } from '../../../main/modules/configuration/approvals.service.ts';
import type { Situation } from '../../../preload/contract/fulfilment.ts';
import { ask, PASSWORD, refusalOf } from '../../support/station.ts';
import { submittedBuild } from '../orders/order-support.ts';

const HOUR_MS = 3_600_000;
interface Wanted {
  approver_role: string;
  due_hours: number;
  needs_signature: boolean;
  escalate_after_hours?: number;
  escalate_to_role?: string;
}
/** A build with its BOM approved whose way into pre-QC (T2) asks somebody first. */
function buildBeforeApproval(approval: Wanted) {
  const made = submittedBuild();
  const { station, order_id, procurement } = made;
  const [bom] = ask(station, procurement, 'bom.versions', { order_id }).versions;
  if (!bom) throw new Error('no BOM');
  ask(station, procurement, 'bom.approve', { bom_id: bom.bom_id, expected_version: bom.row_version });
  for (const line of ask(station, procurement, 'fulfilment.outsourced', { order_id }).rows)
    ask(station, procurement, 'fulfilment.setOutsourcing', {
      shipment_item_id: line.shipment_item_id,
      expected_version: line.row_version,
      status: 'CANCELLED',
    });
  station.asSystem('test.workflow', ctx => {
    const way = ctx.sql.get<{ id: string }>(
      "select id from workflow_transitions where transition_code = 'T2'",
    );
    ctx.update(workflow_transitions, way?.id ?? '', { needs_approval: true, approval });
  });
  const planner = station.session('PLANNER');
  const situation = (): Situation => ask(station, planner, 'fulfilment.situation', { order_id });
  const step = (more = {}) => ({
    order_id,
    transition_code: 'T2',
    expected_version: situation().row_version,
    ...more,
  });
  const list = (session: string, only_open = true) =>
    ask(station, session, 'configuration.approvals', { only_open });
  const open = (session: string) => {
    const [found] = list(session).approvals;
    if (!found) throw new Error('nothing waits');
    return { approval_id: found.approval_id, expected_version: found.row_version };
  };
  const messages = (role: string) =>
    ask(station, station.session(role), 'infrastructure.listNotifications', { only_unread: true }).rows.map(
      row => row.message_code,
    );
  return { ...made, planner, situation, step, list, open, messages };
}

test('a step that asks for approval is taken when somebody else with the role has signed, and not before', () => {
  const build = buildBeforeApproval({ approver_role: 'PLANT_MANAGER', due_hours: 24, needs_signature: true });
  const { station, order_id, planner, situation, step, list, open, messages } = build;
  const manager = station.session('PLANT_MANAGER');
  expect(situation().transitions.find(way => way.transition_code === 'T2')?.approver).toEqual({
    role: 'PLANT_MANAGER',
    name: null,
  });
  const asked = ask(station, planner, 'fulfilment.move', step({ comment: 'Body came with the last truck' }));
  expect(asked).toMatchObject({
    order_status: 'ORDER_CREATED',
    approval: { transition_code: 'T2', approver_role: 'PLANT_MANAGER', is_own: true, is_mine: false },
  });
  expect(messages('PLANT_MANAGER')).toContain('configuration:notices.approval_requested');
  expect(station.serve(planner, 'fulfilment.move', step())).toMatchObject({
    error: { code: 'approval_pending', details: { approver: 'Plant manager' } },
  });
  ask(station, planner, 'identity.setLocale', { locale: 'fr' });
  expect(station.serve(planner, 'fulfilment.move', step())).toMatchObject({
    error: { details: { approver: 'Directeur d’usine' } },
  });
  expect(list(manager)).toMatchObject({ waiting: 1, approvals: [{ is_mine: true, needs_signature: true }] });
  expect(list(station.session('QC_INSPECTOR')).approvals).toEqual([]);

  const answer = (session: string, more: object) =>
    refusalOf(station, session, 'configuration.answerApproval', {
      ...open(planner),
      decision: 'APPROVED',
      ...more,
    });
  const credentials = { username: 'plant_manager', password: PASSWORD };
  expect(answer(planner, {})).toBe('approval_own');
  expect(answer(station.session('QC_INSPECTOR'), {})).toBe('approval_not_yours');
  expect(answer(manager, { decision: 'REJECTED' })).toBe('approval_comment_missing');
  expect(answer(manager, {})).toBe('signature_needs_user');
  expect(answer(manager, { credentials: { ...credentials, password: 'not this' } })).toBe('password_wrong');
  expect(situation().order_status).toBe('ORDER_CREATED');
  expect(answer(manager, { credentials })).toBe('accepted');

  expect(situation()).toMatchObject({ order_status: 'READY_FOR_PRE_QC', approval: null });
  expect(messages('PLANNER')).toContain('configuration:notices.approval_approved');
  const { history } = ask(station, planner, 'orders.history', { order_id });
  expect(history.slice(0, 2)).toMatchObject([
    { action: 'STATUS_UPDATED', by_name: 'User PLANT_MANAGER', comment: 'Body came with the last truck' },
    { action: 'APPROVAL_REQUESTED', by_name: 'User PLANNER' },
  ]);
  const signature = station.readAsSystem(ctx =>
    ctx.sql.get<{ meaning: string; signer_name: string }>(
      "select s.meaning, s.signer_name from approvals a join electronic_signatures s on s.id = a.signature_id where a.status = 'APPROVED'",
    ),
  );
  expect(signature).toEqual({ meaning: 'APPROVAL_APPROVED', signer_name: 'User PLANT_MANAGER' });
  expect(list(manager, false).approvals).toMatchObject([
    { status: 'APPROVED', responded_by_name: 'User PLANT_MANAGER' },
  ]);
});

test('rejected, taken back or overtaken: the build stays and may be asked for again', () => {
  const { station, planner, situation, step, list, open, messages, admin } = buildBeforeApproval({
    approver_role: 'PLANT_MANAGER',
    due_hours: 24,
    needs_signature: false,
  });
  const manager = station.session('PLANT_MANAGER');
  ask(station, planner, 'fulfilment.move', step());
  ask(station, manager, 'configuration.answerApproval', {
    ...open(manager),
    decision: 'REJECTED',
    comment: 'The body is not measured yet',
  });
  expect(situation()).toMatchObject({ order_status: 'ORDER_CREATED', approval: null });
  expect(messages('PLANNER')).toContain('configuration:notices.approval_rejected');
  ask(station, planner, 'fulfilment.move', step());
  expect(refusalOf(station, manager, 'configuration.cancelApproval', open(manager))).toBe(
    'approval_of_another',
  );
  ask(station, planner, 'configuration.cancelApproval', open(planner));
  ask(station, planner, 'fulfilment.move', step());
  const waiting = open(manager);
  ask(station, admin, 'fulfilment.override', {
    order_id: step().order_id,
    to_status: 'READY_FOR_PRE_QC',
    expected_version: situation().row_version,
    reason: 'Measured by hand',
  });
  expect(
    refusalOf(station, manager, 'configuration.answerApproval', { ...waiting, decision: 'APPROVED' }),
  ).toBe('approval_answered');
  expect(
    list(manager, false)
      .approvals.map(row => row.status)
      .sort(),
  ).toEqual(['CANCELLED', 'CANCELLED', 'REJECTED']);
});

test('what stands against the step when the answer comes refuses the approval too; what waits too long is passed on', () => {
  const { station, order_id, planner, situation, step, list, open, messages } = buildBeforeApproval({
    approver_role: 'PLANT_MANAGER',
    due_hours: 1,
    needs_signature: false,
    escalate_after_hours: 1,
    escalate_to_role: 'ORG_ADMIN',
  });
  ask(station, planner, 'fulfilment.move', step());
  const { ncr_id } = ask(station, planner, 'fulfilment.reportShortage', {
    order_id,
    category: 'PART_NOT_AVAILABLE',
    description: 'Valve plate is not on the shelf',
  });
  const manager = station.session('PLANT_MANAGER');
  const approve = (session: string) =>
    refusalOf(station, session, 'configuration.answerApproval', { ...open(session), decision: 'APPROVED' });
  expect(approve(manager)).toBe('transition_blocked');
  expect(list(manager).waiting).toBe(1);
  ask(station, planner, 'fulfilment.resolveShortage', {
    ncr_id,
    expected_version: 1,
    resolution_notes: 'Delivered from stock B',
  });
  const escalate = () => station.asSystem('station.routines', escalateApprovals);
  escalate();
  expect(list(manager).waiting).toBe(1);
  station.clock.forward(1.5 * HOUR_MS);
  expect(list(manager).approvals[0]?.is_overdue).toBe(true);
  escalate();
  escalate();
  expect(list(manager).waiting).toBe(0);
  const admin = station.session('ORG_ADMIN');
  expect(
    messages('ORG_ADMIN').filter(code => code === 'configuration:notices.approval_escalated'),
  ).toHaveLength(1);
  expect(approve(admin)).toBe('accepted');
  expect(situation().order_status).toBe('READY_FOR_PRE_QC');
});
