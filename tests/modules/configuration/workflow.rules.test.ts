import { expect, test } from 'vitest';
import {
  type Acting,
  faultsOf,
  openTransitions,
  type Workflow,
  workflowDocument,
} from '../../../main/modules/configuration/workflow.rules.ts';
import cleanstation from '../../../resources/workflows/cleanstation-order.json' with { type: 'json' };

const name = { en: 'x', fr: 'x', es: 'x' };
const state = (code: string, type: 'INITIAL' | 'INTERMEDIATE' | 'FINAL') => ({
  code,
  name,
  type,
  assignee_roles: [],
  notify_roles: [],
});
/** A purchase that needs a quality manager above a cost of 1000. */
const costly: Workflow = workflowDocument.parse({
  code: 'COSTLY',
  version: 1,
  entity_type: 'work_orders',
  name,
  states: [state('DRAFT', 'INITIAL'), state('DONE', 'FINAL')],
  transitions: [
    {
      code: 'RELEASE',
      name,
      from: 'DRAFT',
      to: 'DONE',
      needs_comment: false,
      needs_assignment: false,
      guards: [],
      approval: null,
      conditions: {
        required_roles: ['QUALITY_MANAGER'],
        field_conditions: [{ field: 'cost', operator: 'greater_than', value: 1000 }],
      },
    },
  ],
});
const as = (...roles: string[]): Acting => ({ roles, is_assignee: false });
const offered = (acting: Acting, fields: Record<string, unknown>) =>
  openTransitions(costly, 'DRAFT', acting, fields).map(transition => transition.code);

test('OR-WF-1: a way shows only when role and field conditions hold', () => {
  expect(offered(as('QUALITY_MANAGER'), { cost: 1000 })).toEqual([]);
  expect(offered(as('QUALITY_MANAGER'), { cost: 1001 })).toEqual(['RELEASE']);
  expect(offered(as('OPERATOR'), { cost: 1001 })).toEqual([]);
  expect(offered(as('ORG_ADMIN'), { cost: 1001 })).toEqual(['RELEASE']);
  expect(offered(as('ORG_ADMIN'), { cost: 1000 })).toEqual([]);
});

test('a required field that is empty keeps the way closed', () => {
  const asking = structuredClone(costly);
  for (const transition of asking.transitions) transition.conditions.required_fields = ['supplier'];
  const open = (fields: Record<string, unknown>) =>
    openTransitions(asking, 'DRAFT', as('QUALITY_MANAGER'), fields).length;
  expect(open({ cost: 2000 })).toBe(0);
  expect(open({ cost: 2000, supplier: '' })).toBe(0);
  expect(open({ cost: 2000, supplier: 'Acme' })).toBe(1);
});

test('a drawing without start, end or way is named', () => {
  const broken = structuredClone(costly);
  broken.states.push(state('LOST', 'INTERMEDIATE'), state('DRAFT', 'INITIAL'));
  expect(faultsOf(broken)).toEqual([
    'two states have the same code',
    'there must be exactly one initial state',
    'LOST cannot be reached',
  ]);
});

/** The table of the order workflow, word for word: who may take which way. */
const TABLE: [string, string, string, string[], boolean][] = [
  ['T1', 'ORDER_CREATED', 'PARTS_SENT', ['PROCUREMENT'], false],
  ['T2', 'ORDER_CREATED', 'READY_FOR_PRE_QC', ['PROCUREMENT', 'PLANNER', 'PLANT_MANAGER'], false],
  ['T3', 'PARTS_SENT', 'READY_FOR_PRE_QC', ['PROCUREMENT'], false],
  ['T4', 'READY_FOR_PRE_QC', 'READY_FOR_PRODUCTION', ['QC_INSPECTOR'], false],
  ['T5', 'READY_FOR_PRODUCTION', 'TESTING_COMPLETE', ['OPERATOR'], true],
  ['T6', 'TESTING_COMPLETE', 'PACKAGING_COMPLETE', ['OPERATOR'], true],
  ['T7', 'PACKAGING_COMPLETE', 'READY_FOR_FINAL_QC', ['OPERATOR'], true],
  ['T8', 'READY_FOR_FINAL_QC', 'READY_FOR_SHIP', ['QC_INSPECTOR'], false],
  ['T9', 'READY_FOR_SHIP', 'SHIPPED', ['PLANNER', 'PLANT_MANAGER'], false],
  ['R1', 'READY_FOR_PRE_QC', 'PARTS_SENT', ['PROCUREMENT', 'PLANNER', 'PLANT_MANAGER'], false],
  ['R3', 'READY_FOR_FINAL_QC', 'READY_FOR_PRODUCTION', ['QC_INSPECTOR'], false],
  ['R4', 'READY_FOR_FINAL_QC', 'TESTING_COMPLETE', ['QC_INSPECTOR'], false],
  ['R7', 'TESTING_COMPLETE', 'READY_FOR_PRODUCTION', ['OPERATOR'], true],
];
const order = workflowDocument.parse(cleanstation);

test('the shipped order workflow is sound and holds exactly the ways of the table', () => {
  expect(faultsOf(order)).toEqual([]);
  expect(
    order.transitions.map(t => [t.code, t.from, t.to, t.conditions.required_roles, t.needs_assignment]),
  ).toEqual(TABLE);
});

const ROLES = [
  'PLANNER',
  'ORG_ADMIN',
  'PROCUREMENT',
  'QC_INSPECTOR',
  'OPERATOR',
  'SERVICE',
  'PLANT_MANAGER',
  'VIEWER',
];
for (const [code, from, to, roles, own] of TABLE) {
  for (const role of ROLES) {
    test(`${code} ${from} -> ${to} by ${role}`, () => {
      const open = (is_assignee: boolean) =>
        openTransitions(order, from, { roles: [role], is_assignee }, {}).some(t => t.code === code);
      const may = role === 'ORG_ADMIN' || roles.includes(role);
      expect(open(true)).toBe(may);
      expect(open(false)).toBe(may && (!own || role === 'ORG_ADMIN'));
    });
  }
}
