import { z } from 'zod';
import {
  approvalRequest,
  type fieldCondition,
  transitionConditions,
} from '../../../db/schema/configuration.ts';
import { localText } from '../../../db/schema/local-text.ts';

export const STATE_TYPES = ['INITIAL', 'INTERMEDIATE', 'FINAL', 'CANCELLED', 'REJECTED'] as const;
const code = z.string().min(1).max(50);
const stateDocument = z.strictObject({
  code,
  name: localText,
  type: z.enum(STATE_TYPES),
  assignee_roles: z.array(z.string()),
  notify_roles: z.array(z.string()),
});
const transitionDocument = z.strictObject({
  code,
  name: localText,
  from: code,
  to: code,
  needs_comment: z.boolean(),
  needs_assignment: z.boolean(),
  guards: z.array(z.string()),
  conditions: transitionConditions,
  approval: approvalRequest.nullable(),
});
/** A workflow as data: shipped under resources/workflows, stored as rows. */
export const workflowDocument = z.strictObject({
  code,
  version: z.int().min(1),
  entity_type: z.string().max(50),
  name: localText,
  states: z.array(stateDocument).min(2),
  transitions: z.array(transitionDocument),
});
export type Workflow = z.infer<typeof workflowDocument>;
export type WorkflowState = Workflow['states'][number];
export type WorkflowTransition = Workflow['transitions'][number];

/** Who acts, as far as a workflow asks. */
export interface Acting {
  roles: readonly string[];
  /** Whether the record is assigned to this person. */
  is_assignee: boolean;
}
type Fields = Readonly<Record<string, unknown>>;

/** Administrators may take every way; its guards hold for them too. */
const UNBOUND = ['ORG_ADMIN', 'SYSTEM_ADMIN'];
export const isUnbound = (roles: readonly string[]): boolean => roles.some(role => UNBOUND.includes(role));

/** What is wrong with the drawing of a workflow, in words for its author; empty when it may be used. */
export function faultsOf(workflow: Workflow): string[] {
  const codes = workflow.states.map(state => state.code);
  const initial = workflow.states.filter(state => state.type === 'INITIAL');
  const faults: string[] = [];
  if (new Set(codes).size < codes.length) faults.push('two states have the same code');
  if (initial.length !== 1) faults.push('there must be exactly one initial state');
  if (!workflow.states.some(state => state.type === 'FINAL')) faults.push('there is no final state');
  for (const { code: transition, from, to } of workflow.transitions)
    if (!codes.includes(from) || !codes.includes(to)) faults.push(`${transition} names an unknown state`);
  const reached = new Set(initial.map(state => state.code));
  for (let size = 0; size < reached.size; ) {
    size = reached.size;
    for (const { from, to } of workflow.transitions) if (reached.has(from)) reached.add(to);
  }
  for (const state of codes) if (!reached.has(state)) faults.push(`${state} cannot be reached`);
  return faults;
}

/** The ways out of a state that this person may take now; the same list makes the buttons and decides the command. */
export function openTransitions(
  workflow: Workflow,
  state: string,
  acting: Acting,
  fields: Fields,
): WorkflowTransition[] {
  return workflow.transitions.filter(
    transition => transition.from === state && mayTake(transition, acting) && fieldsHold(transition, fields),
  );
}

export function mayTake(transition: WorkflowTransition, { roles, is_assignee }: Acting): boolean {
  if (isUnbound(roles)) return true;
  const { required_roles } = transition.conditions;
  if (required_roles.length > 0 && !required_roles.some(role => roles.includes(role))) return false;
  return !transition.needs_assignment || is_assignee;
}

export const fieldsHold = ({ conditions }: WorkflowTransition, fields: Fields): boolean =>
  conditions.required_fields.every(field => isFilled(fields[field])) &&
  conditions.field_conditions.every(condition => holds(condition, fields[condition.field]));

const isFilled = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

function holds({ operator, value }: z.infer<typeof fieldCondition>, actual: unknown): boolean {
  switch (operator) {
    case 'equals':
      return actual === value;
    case 'not_equals':
      return actual !== value;
    case 'in':
      return Array.isArray(value) && value.includes(actual);
    case 'not_in':
      return Array.isArray(value) && !value.includes(actual);
    case 'greater_than':
      return typeof actual === 'number' && typeof value === 'number' && actual > value;
    case 'less_than':
      return typeof actual === 'number' && typeof value === 'number' && actual < value;
    case 'contains':
      return typeof actual === 'string' && typeof value === 'string' && actual.includes(value);
  }
}
