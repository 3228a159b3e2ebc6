import { expect, test } from 'vitest';
import type { PlanType } from '../../../preload/contract/inspection.ts';
import { ask, refusalOf } from '../../support/station.ts';
import { orderStation } from '../orders/order-support.ts';
import { assignTo, buildAt, moveTo } from './inspection-support.ts';

const ROLES = ['PLANNER', 'ORG_ADMIN', 'PROCUREMENT', 'QC_INSPECTOR', 'OPERATOR', 'SERVICE'] as const;
/** Rows of the permission matrix that concern inspection: may read, may enter and sign. Columns as in ROLES. */
const MATRIX: { plan_type: PlanType; read: string; fill: string }[] = [
  { plan_type: 'PRE_QC', read: 'RRRRR-', fill: '-A-A--' },
  { plan_type: 'FINAL_QC', read: 'RRRRR-', fill: '-A-A--' },
  { plan_type: 'IN_PROCESS', read: 'RR-RR-', fill: '-A--A-' },
  { plan_type: 'TEST', read: 'RR-RR-', fill: '-A--A-' },
  { plan_type: 'PACKAGING', read: 'RR-RR-', fill: '-A--A-' },
];
const STEP = {
  PRE_QC: 'READY_FOR_PRE_QC',
  FINAL_QC: 'READY_FOR_FINAL_QC',
  IN_PROCESS: 'READY_FOR_PRODUCTION',
  TEST: 'READY_FOR_PRODUCTION',
  PACKAGING: 'TESTING_COMPLETE',
} as const;
const GATES = ['accepted', 'production_check_missing'];

test('who reads and who fills which form: every cell of the matrix', () => {
  const station = orderStation();
  const { order_id } = buildAt('READY_FOR_PRE_QC', undefined, station);
  assignTo(station, order_id, 'operator');
  const sessions = ROLES.map(role => station.session(role));
  for (const { plan_type, read, fill } of MATRIX) {
    moveTo(station, order_id, STEP[plan_type]);
    const reads = sessions.map(session => {
      const reply = station.serve(session, 'quality.forBuild', { order_id });
      return reply.ok && JSON.stringify(reply.value).includes(`"plan_type":"${plan_type}"`) ? 'R' : '-';
    });
    expect(reads.join(''), `read ${plan_type}`).toBe(read);
    const fills = sessions.map(session =>
      GATES.includes(refusalOf(station, session, 'quality.openForm', { order_id, plan_type })) ? 'A' : '-',
    );
    expect(fills.join(''), `fill ${plan_type}`).toBe(fill);
  }
  assignTo(station, order_id, 'planner');
  moveTo(station, order_id, 'TESTING_COMPLETE');
  expect(
    refusalOf(station, sessions[4] ?? null, 'quality.openForm', { order_id, plan_type: 'PACKAGING' }),
  ).toBe('inspection_not_yours');
});

test('forms are kept by administrators and quality managers; inspectors read them, assemblers those they fill', () => {
  const station = orderStation();
  const plans = (role: string) =>
    [...new Set(ask(station, station.session(role), 'quality.plans', {}).plans.map(p => p.plan_type))]
      .sort()
      .join(' ');
  expect(plans('QC_INSPECTOR')).toBe('FINAL_QC IN_PROCESS PACKAGING PRE_QC TEST');
  expect(plans('OPERATOR')).toBe('IN_PROCESS PACKAGING TEST');
  expect([plans('PLANNER'), plans('PROCUREMENT')]).toEqual(['', '']);
  const [plan] = ask(station, station.session('ORG_ADMIN'), 'quality.plans', {}).plans;
  const clone = (role: string) =>
    refusalOf(station, station.session(role), 'quality.clonePlan', {
      plan_id: plan?.plan_id,
      plan_code: null,
    });
  expect(['PLANNER', 'PROCUREMENT', 'QC_INSPECTOR', 'OPERATOR', 'SERVICE', 'ORG_ADMIN'].map(clone)).toEqual([
    'not_allowed',
    'not_allowed',
    'not_allowed',
    'not_allowed',
    'not_allowed',
    'accepted',
  ]);
});
