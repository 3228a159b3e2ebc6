import { expect, test } from 'vitest';
import type { Situation } from '../../../preload/contract/fulfilment.ts';
import { ask, type TestStation } from '../../support/station.ts';
import { submittedBuild } from '../orders/order-support.ts';

function build() {
  const made = submittedBuild();
  const { station, order_id } = made;
  const sessions = new Map<string, string>();
  const as = (role: string): string => {
    const held = sessions.get(role) ?? station.session(role);
    sessions.set(role, held);
    return held;
  };
  const situation = (role = 'PLANNER'): Situation =>
    ask(station, as(role), 'fulfilment.situation', { order_id });
  const approve = () => {
    const bom = ask(station, as('PROCUREMENT'), 'bom.versions', { order_id }).versions[0];
    if (!bom) throw new Error('no BOM');
    ask(station, as('PROCUREMENT'), 'bom.approve', { bom_id: bom.bom_id, expected_version: bom.row_version });
  };
  const parts = () => ask(station, as('PROCUREMENT'), 'fulfilment.outsourced', { order_id }).rows;
  const move = (role: string, transition_code: string, more = {}) =>
    station.serve(as(role), 'fulfilment.move', {
      order_id,
      transition_code,
      expected_version: situation().row_version,
      ...more,
    });
  const override = (to_status: Situation['order_status']) =>
    ask(station, as('ORG_ADMIN'), 'fulfilment.override', {
      order_id,
      to_status,
      expected_version: situation().row_version,
      reason: 'moved for a test',
    });
  const notices = (role: string) =>
    ask(station, as(role), 'infrastructure.listNotifications', { only_unread: true, limit: 50 }).rows.map(
      row => row.message_code,
    );
  return { ...made, as, situation, approve, parts, move, override, notices };
}
const historyOf = (station: TestStation, session: string, order_id: Situation['order_id']) =>
  ask(station, session, 'orders.history', { order_id }).history;

test('an approved BOM marks the parts for the maker of the body; sending them moves the order on', () => {
  const { station, order_id, as, approve, parts, situation, notices } = build();
  expect(parts()).toEqual([]);
  approve();
  expect(parts().map(line => [line.material_number, line.outsourcing_status])).toEqual([
    ['T2-DL27-KIT', 'PENDING'],
    ['T2-LEVELING-CASTOR-475', 'PENDING'],
  ]);
  const after = ask(station, as('PROCUREMENT'), 'fulfilment.sendParts', {
    order_id,
    shipment_item_ids: parts().map(line => line.shipment_item_id),
  });
  expect(after.order_status).toBe('PARTS_SENT');
  expect(parts()[0]).toMatchObject({
    outsourcing_status: 'SENT',
    supplier: 'Sink body manufacturer',
    expected_on: '2026-12-04',
    days_overdue: 0,
  });
  expect(notices('PLANNER')).toContain('fulfilment:notices.status.PARTS_SENT');
  expect(historyOf(station, as('PLANNER'), order_id)[0]).toMatchObject({
    action: 'STATUS_UPDATED',
    from_status: 'ORDER_CREATED',
    to_status: 'PARTS_SENT',
  });
  expect(situation().assignee).toBeNull();
});

test('a refused step says what is missing, moves nothing and is recorded', () => {
  const { move, situation, station, as } = build();
  const blocked = move('PROCUREMENT', 'T1');
  expect(blocked).toMatchObject({ ok: false, error: { code: 'transition_blocked' } });
  if (!blocked.ok)
    expect(blocked.error.details?.missing).toMatchObject([
      { code: 'bom_not_approved' },
      { code: 'no_part_sent' },
    ]);
  const foreign = move('OPERATOR', 'T1');
  expect(foreign).toMatchObject({
    ok: false,
    error: { code: 'transition_not_allowed', details: { allowed: [] } },
  });
  expect(situation().order_status).toBe('ORDER_CREATED');
  const trail = ask(station, as('ORG_ADMIN'), 'infrastructure.listAudit', { action: 'REJECT' });
  expect(JSON.stringify(trail)).toContain('transition_code');
});

test('the body is here: everything open is received and quality is told', () => {
  const { station, order_id, as, approve, parts, notices } = build();
  approve();
  ask(station, as('PROCUREMENT'), 'fulfilment.sendParts', {
    order_id,
    shipment_item_ids: parts().map(line => line.shipment_item_id),
  });
  const after = ask(station, as('PROCUREMENT'), 'fulfilment.bodyArrived', { order_id });
  expect(after.order_status).toBe('READY_FOR_PRE_QC');
  expect(parts().map(line => [line.outsourcing_status, line.returned_on])).toEqual([
    ['RECEIVED', '2026-11-20'],
    ['RECEIVED', '2026-11-20'],
  ]);
  expect(notices('QC_INSPECTOR')).toContain('fulfilment:notices.status.READY_FOR_PRE_QC');
});

test('T3 may pass over parts that are out, with a reason that stays in the history', () => {
  const { station, order_id, as, approve, parts, move } = build();
  approve();
  ask(station, as('PROCUREMENT'), 'fulfilment.sendParts', {
    order_id,
    shipment_item_ids: parts().map(line => line.shipment_item_id),
  });
  expect(move('PROCUREMENT', 'T3')).toMatchObject({ ok: false, error: { code: 'transition_blocked' } });
  expect(move('PROCUREMENT', 'T3', { waive: true })).toMatchObject({
    ok: false,
    error: { code: 'comment_missing' },
  });
  expect(move('PROCUREMENT', 'T3', { waive: true, comment: 'Legs follow by courier' })).toMatchObject({
    ok: true,
  });
  expect(historyOf(station, as('PLANNER'), order_id)[0]).toMatchObject({
    comment: 'Legs follow by courier',
    metadata: { waived: ['parts_out'] },
  });
});

test('with the body in house the order goes straight to pre-QC, but not while parts are marked', () => {
  const { station, as, approve, parts, move } = build();
  approve();
  expect(move('PLANNER', 'T2')).toMatchObject({ ok: false, error: { code: 'transition_blocked' } });
  for (const line of parts())
    ask(station, as('PROCUREMENT'), 'fulfilment.setOutsourcing', {
      shipment_item_id: line.shipment_item_id,
      expected_version: line.row_version,
      status: 'CANCELLED',
    });
  expect(move('PLANNER', 'T2')).toMatchObject({ ok: true, value: { order_status: 'READY_FOR_PRE_QC' } });
});

test('R6: a shortage holds the build until procurement settles it; the assignee is told', () => {
  const { station, order_id, as, override, situation, move, notices } = build();
  override('READY_FOR_PRODUCTION');
  const claimed = ask(station, as('OPERATOR'), 'fulfilment.claim', {
    order_id,
    expected_version: situation().row_version,
  });
  expect(claimed).toMatchObject({ is_mine: true, can_claim: false });
  const { ncr_id, ncr_number } = ask(station, as('OPERATOR'), 'fulfilment.reportShortage', {
    order_id,
    category: 'PART_NOT_AVAILABLE',
    description: 'Valve plate is not on the shelf',
  });
  expect(ncr_number).toMatch(/^NCR-2026-\d{3}$/);
  expect(situation()).toMatchObject({ flag: 'on_hold', order_status: 'READY_FOR_PRODUCTION' });
  expect(situation().issues[0]).toMatchObject({ severity: 'CRITICAL', ncr_type: 'SHORTAGE', status: 'OPEN' });
  expect(move('OPERATOR', 'T5')).toMatchObject({ ok: false, error: { code: 'transition_blocked' } });
  expect(notices('PROCUREMENT')).toContain('fulfilment:notices.shortage');
  const settle = { ncr_id, expected_version: 1, resolution_notes: 'Delivered from stock B' };
  expect(station.serve(as('OPERATOR'), 'fulfilment.resolveIssue', settle)).toMatchObject({
    error: { code: 'shortage_is_procurements' },
  });
  expect(station.serve(as('QC_INSPECTOR'), 'fulfilment.resolveShortage', settle)).toMatchObject({
    error: { code: 'not_allowed' },
  });
  ask(station, as('PROCUREMENT'), 'fulfilment.resolveShortage', settle);
  expect(situation().flag).toBe('none');
  expect(notices('OPERATOR')).toContain('fulfilment:notices.shortage_resolved');
});

test('only one person takes a build; it can be given back and given away', () => {
  const { station, order_id, as, override, situation } = build();
  override('READY_FOR_PRODUCTION');
  const version = () => situation().row_version;
  ask(station, as('OPERATOR'), 'fulfilment.claim', { order_id, expected_version: version() });
  expect(
    station.serve(as('QC_INSPECTOR'), 'fulfilment.claim', { order_id, expected_version: version() }),
  ).toMatchObject({ error: { code: 'build_taken' } });
  ask(station, as('OPERATOR'), 'fulfilment.release', { order_id, expected_version: version() });
  expect(situation().assignee).toBeNull();
  expect(
    station.serve(as('QC_INSPECTOR'), 'fulfilment.claim', { order_id, expected_version: version() }),
  ).toMatchObject({ error: { code: 'assignee_not_allowed' } });
  const { people } = ask(station, as('PLANNER'), 'fulfilment.candidates', { order_id });
  expect(people).toHaveLength(1);
  ask(station, as('PLANNER'), 'fulfilment.assign', {
    orders: [{ order_id, expected_version: version() }],
    user_id: people[0]?.user_id ?? null,
  });
  expect(situation('OPERATOR').is_mine).toBe(true);
  override('READY_FOR_FINAL_QC');
  expect(situation().assignee).toBeNull();
});

test('AX: an administrator goes anywhere with a reason, others do not', () => {
  const { station, order_id, as, situation, override } = build();
  const wanted = {
    order_id,
    to_status: 'READY_FOR_SHIP' as const,
    expected_version: situation().row_version,
  };
  expect(
    station.serve(as('PLANNER'), 'fulfilment.override', { ...wanted, reason: 'I want to' }),
  ).toMatchObject({
    error: { code: 'not_allowed' },
  });
  override('READY_FOR_SHIP');
  expect(historyOf(station, as('PLANNER'), order_id)[0]).toMatchObject({
    action: 'ADMIN_OVERRIDE',
    comment: 'moved for a test',
    to_status: 'READY_FOR_SHIP',
  });
});

test('T9: the coordinator ships with carrier and tracking number, and the end is the end', () => {
  const { station, order_id, as, override, move, situation } = build();
  override('READY_FOR_SHIP');
  expect(move('QC_INSPECTOR', 'T9')).toMatchObject({ error: { code: 'transition_not_allowed' } });
  expect(move('PLANNER', 'T9', { carrier_name: 'Purolator', tracking_number: 'PX-77' })).toMatchObject({
    ok: true,
  });
  const sent = station.readAsSystem(ctx =>
    ctx.sql.get<{ carrier_name: string; tracking_number: string; shipment_status: string }>(
      "select carrier_name, tracking_number, shipment_status from shipments where order_id = ? and shipment_type = 'OUTBOUND'",
      [order_id],
    ),
  );
  expect(sent).toEqual({
    carrier_name: 'Purolator',
    tracking_number: 'PX-77',
    shipment_status: 'IN_TRANSIT',
  });
  expect(situation().transitions).toEqual([]);
  expect(
    station.serve(as('OPERATOR'), 'fulfilment.reportShortage', {
      order_id,
      category: 'PART_DAMAGED',
      description: 'Too late to say this',
    }),
  ).toMatchObject({ error: { code: 'order_shipped' } });
});

test('a step taken from an old page is refused, and nothing moves twice', () => {
  const { station, order_id, as, override, situation } = build();
  override('READY_FOR_SHIP');
  const step = { order_id, transition_code: 'T9', expected_version: situation().row_version };
  ask(station, as('PLANNER'), 'fulfilment.move', step);
  expect(station.serve(as('PLANNER'), 'fulfilment.move', step)).toMatchObject({
    error: { code: 'row_changed' },
  });
});

test('work lists: each role finds its builds, the dashboard counts them', () => {
  const { station, order_id, as, override } = build();
  const ids = (queue: 'procurement' | 'assembly' | 'quality', role: string) =>
    ask(station, as(role), 'fulfilment.queue', { queue }).rows.map(row => row.order_id);
  expect(ids('procurement', 'PROCUREMENT')).toEqual([order_id]);
  expect(ids('assembly', 'OPERATOR')).toEqual([]);
  override('READY_FOR_PRODUCTION');
  expect(ids('procurement', 'PROCUREMENT')).toEqual([]);
  expect(ids('assembly', 'OPERATOR')).toEqual([order_id]);
  const board = ask(station, as('PLANNER'), 'fulfilment.dashboard', { queue: 'coordination' });
  expect(board.stages.find(stage => stage.status === 'READY_FOR_PRODUCTION')?.builds).toBe(1);
  expect(board.figures.find(figure => figure.key === 'in_production')?.value).toBe(1);
  expect(board.figures.find(figure => figure.key === 'late')?.value).toBe(0);
});
