import { expect, test } from 'vitest';
import { ask } from '../../support/station.ts';
import { twoBasins } from '../orders/order-support.ts';
import { fillForm, QC, sign } from '../quality/inspection-support.ts';
import { lifeOf } from './life-support.ts';

test('one build from the order to its shipment: six people, every guard, every record', () => {
  const life = lifeOf(twoBasins);
  const { station, order_id, as } = life;
  expect(life.missing('PROCUREMENT', 'T1')).toEqual(['bom_not_approved', 'no_part_sent']);
  life.approveAndSend();
  expect(life.missing('PROCUREMENT', 'T3')).toEqual(['parts_out']);
  life.bodyArrived();
  expect(life.missing('QC_INSPECTOR', 'T4')).toEqual(['pre_qc_not_signed']);
  life.signed('PRE_QC');
  expect(life.move('QC_INSPECTOR', 'T4')).toBe('READY_FOR_PRODUCTION');
  expect(life.missing('OPERATOR', 'T5')).toEqual([
    'no_task_list',
    'serials_missing',
    'in_process_not_signed',
    'test_not_signed',
  ]);
  life.claim();
  expect(life.toTested()).toBe('TESTING_COMPLETE');
  expect(life.missing('OPERATOR', 'T6')).toEqual(['packaging_not_signed']);
  expect(life.toFinalQc()).toBe('READY_FOR_FINAL_QC');
  expect(life.situation().assignee).toBeNull();
  expect(life.missing('QC_INSPECTOR', 'T8')).toEqual(['final_qc_not_signed']);
  life.signed('FINAL_QC');
  expect(life.move('QC_INSPECTOR', 'T8')).toBe('READY_FOR_SHIP');
  expect(life.move('PLANNER', 'T9', { carrier_name: 'Purolator', tracking_number: 'PX-77' })).toBe('SHIPPED');
  const { history } = ask(station, as('PLANNER'), 'orders.history', { order_id });
  const moves = history.filter(step => step.from_status !== step.to_status).map(step => step.to_status);
  expect(moves.reverse()).toEqual([
    'ORDER_CREATED',
    'PARTS_SENT',
    'READY_FOR_PRE_QC',
    'READY_FOR_PRODUCTION',
    'TESTING_COMPLETE',
    'PACKAGING_COMPLETE',
    'READY_FOR_FINAL_QC',
    'READY_FOR_SHIP',
    'SHIPPED',
  ]);
  for (const action of [
    'PRE_QC_PASSED',
    'IN_PROCESS_PASSED',
    'TEST_PASSED',
    'PACKAGING_PASSED',
    'FINAL_QC_PASSED',
  ])
    expect(history.map(step => step.action)).toContain(action);
});

test('R1: a body rejected at pre-QC goes back to its maker, comes again and passes', () => {
  const life = lifeOf();
  const { station, as } = life;
  life.approveAndSend();
  life.bodyArrived();
  life.signed('PRE_QC', 'FAIL', { P07: { measured_text: 'NO', note: 'Width is 29 inches' } });
  expect(life.situation().flag).toBe('rejected');
  expect(life.missing('PROCUREMENT', 'R1')).toEqual(['no_return_proposed']);
  const [issue] = life.situation().issues;
  if (!issue) throw new Error('no issue was opened');
  ask(station, as('QC_INSPECTOR'), 'fulfilment.proposeReturn', {
    ncr_id: issue.ncr_id,
    expected_version: issue.row_version,
  });
  expect(life.move('PROCUREMENT', 'R1')).toBe('PARTS_SENT');
  const { rows } = ask(station, as('PROCUREMENT'), 'fulfilment.outsourced', {
    order_id: life.order_id,
    only_open: true,
  });
  expect(rows.map(line => line.outsourcing_status)).toEqual(['SENT']);
  // The rejection is open, and open issues close the way forward: the body is back, so it is settled first.
  ask(station, as('PLANNER'), 'fulfilment.resolveIssue', {
    ncr_id: issue.ncr_id,
    expected_version: issue.row_version + 1,
    resolution_notes: 'Maker welded a new rim',
  });
  station.clock.forward(1000);
  expect(life.bodyArrived().order_status).toBe('READY_FOR_PRE_QC');
  expect(life.missing('QC_INSPECTOR', 'T4')).toEqual(['pre_qc_not_signed']);
  life.signed('PRE_QC');
  expect(life.move('QC_INSPECTOR', 'T4')).toBe('READY_FOR_PRODUCTION');
});

test('R2: a fault put right in house keeps the build at pre-QC until a new form passes', () => {
  const life = lifeOf();
  life.approveAndSend();
  life.bodyArrived();
  life.signed('PRE_QC', 'FAIL', { P07: { measured_text: 'NO', note: 'Rim is bent' } });
  expect(life.situation()).toMatchObject({ order_status: 'READY_FOR_PRE_QC', flag: 'rejected' });
  expect(life.missing('QC_INSPECTOR', 'T4')).toEqual(['pre_qc_failed']);
  life.station.clock.forward(1000);
  life.signed('PRE_QC');
  expect(life.move('QC_INSPECTOR', 'T4')).toBe('READY_FOR_PRODUCTION');
  expect(life.situation()).toMatchObject({ flag: 'none' });
  expect(life.situation().issues[0]).toMatchObject({ status: 'RESOLVED' });
});

test('R3: a build rejected at final QC comes back for rework, and its test is made again', () => {
  const life = lifeOf();
  const { station, as } = life;
  life.toProduction();
  life.toTested();
  life.toFinalQc();
  const workOrder = () =>
    station.readAsSystem(ctx =>
      ctx.sql.get<{ order_status: string }>(
        'select order_status, started_at_ms, completed_at_ms from work_orders where order_id = ?',
        [life.order_id],
      ),
    );
  const tested = workOrder();
  expect(tested).toMatchObject({ order_status: 'COMPLETED', completed_at_ms: station.clock.now_ms() });
  const rejection = life.signed('FINAL_QC', 'FAIL', {
    F04: { measured_text: 'NO', note: 'Gap at the basin' },
  });
  station.clock.forward(1000);
  expect(life.move('QC_INSPECTOR', 'R3')).toBe('READY_FOR_PRODUCTION');
  expect(workOrder()).toEqual({ ...tested, order_status: 'IN_PROGRESS', completed_at_ms: null });
  life.claim();
  const { tasks } = ask(station, as('OPERATOR'), 'production.work', { order_id: life.order_id });
  expect(tasks.filter(task => task.is_rework)).toHaveLength(1);
  expect(life.missing('OPERATOR', 'T5')).toEqual(['tasks_open', 'test_not_signed', 'issue_open']);
  const [issueOfRejection] = life.situation().issues;
  expect(life.repeats()).toEqual([
    {
      plan_type: 'TEST',
      last_result: 'PASS',
      repeat: {
        because: 'R3',
        since_ms: station.clock.now_ms(),
        reason: issueOfRejection?.defect_description,
      },
    },
  ]);
  station.clock.forward(1000);
  life.workAllTasks();
  const [issue] = life.situation().issues;
  if (!issue) throw new Error('no issue');
  ask(station, as('OPERATOR'), 'fulfilment.resolveIssue', {
    ncr_id: issue.ncr_id,
    expected_version: issue.row_version,
    resolution_notes: 'Basin welded again',
  });
  life.signed('TEST');
  expect(life.move('OPERATOR', 'T5')).toBe('TESTING_COMPLETE');
  expect(workOrder()).toMatchObject({ order_status: 'COMPLETED' });
  // A correction says what was found then: it is no new inspection of the build as it is now.
  station.clock.forward(1000);
  life.toFinalQc();
  station.clock.forward(1000);
  const { log_id } = ask(station, as('QC_INSPECTOR'), 'quality.correctForm', {
    log_id: rejection.log_id,
    reason: 'Wrong gauge',
  });
  fillForm(station, as('QC_INSPECTOR'), life.order_id, 'FINAL_QC');
  sign(station, as('QC_INSPECTOR'), log_id, QC);
  expect(life.missing('QC_INSPECTOR', 'T8')).toEqual(['final_qc_not_signed']);
});

test('R4: only the packing was wrong, so only the packing is done again', () => {
  const life = lifeOf();
  const { station } = life;
  life.toProduction();
  life.toTested();
  life.toFinalQc();
  expect(life.repeats()).toEqual([]);
  life.signed('FINAL_QC', 'FAIL', { F04: { measured_text: 'NO', note: 'Manual missing' } }, false);
  expect(life.missing('QC_INSPECTOR', 'R3')).toEqual(['no_rework_issue']);
  station.clock.forward(1000);
  expect(life.move('QC_INSPECTOR', 'R4')).toBe('TESTING_COMPLETE');
  expect(life.missing('OPERATOR', 'T6')).toEqual(['packaging_not_signed', 'issue_open']);
  expect(life.repeats()).toMatchObject([{ plan_type: 'PACKAGING', repeat: { because: 'R4' } }]);
});

test('R7: a fault found while packing sends the build back; the comment is asked for and the test is repeated', () => {
  const life = lifeOf();
  life.toProduction();
  life.toTested();
  const step = {
    order_id: life.order_id,
    transition_code: 'R7',
    expected_version: life.situation().row_version,
  };
  expect(life.station.serve(life.as('OPERATOR'), 'fulfilment.move', step)).toMatchObject({
    error: { code: 'comment_missing' },
  });
  life.station.clock.forward(1000);
  expect(life.move('OPERATOR', 'R7', { comment: 'Touchscreen is cracked' })).toBe('READY_FOR_PRODUCTION');
  expect(life.missing('OPERATOR', 'T5')).toEqual(['test_not_signed']);
  expect(life.repeats()).toMatchObject([
    { plan_type: 'TEST', repeat: { because: 'R7', reason: 'Touchscreen is cracked' } },
  ]);
  life.station.clock.forward(1000);
  life.signed('TEST');
  expect(life.repeats()).toEqual([]);
  expect(life.move('OPERATOR', 'T5')).toBe('TESTING_COMPLETE');
});
