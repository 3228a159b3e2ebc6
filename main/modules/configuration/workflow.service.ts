import { workflow_states, workflow_transitions, workflows } from '../../../db/schema/configuration.ts';
import cleanstationOrder from '../../../resources/workflows/cleanstation-order.json' with { type: 'json' };
import { seedId } from '../../platform/seed-id.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { rolesOf } from '../identity/role-holders.service.ts';
import {
  type Acting,
  faultsOf,
  type STATE_TYPES,
  type Workflow,
  type WorkflowState,
  type WorkflowTransition,
  workflowDocument,
} from './workflow.rules.ts';

const shipped = [cleanstationOrder].map(raw => workflowDocument.parse(raw));

/** The shipped workflows as rows. Idempotent; a new version comes beside the old one and takes its place. */
export function seedWorkflows(ctx: CommandCtx): void {
  for (const workflow of shipped) {
    const key = `${workflow.code} ${workflow.version}`;
    if (ctx.sql.get('select 1 from workflows where id = ?', [seedId('workflows', key)])) continue;
    for (const { id } of ctx.sql.all<{ id: string }>(
      'select id from workflows where entity_type = ? and is_active = 1',
      [workflow.entity_type],
    ))
      ctx.update(workflows, id, { is_active: false });
    storeWorkflow(ctx, workflow, key);
  }
}

function storeWorkflow(ctx: CommandCtx, workflow: Workflow, key: string): void {
  const faults = faultsOf(workflow);
  if (faults.length > 0) throw new Error(`workflow ${key}: ${faults.join('; ')}`);
  const row = ctx.insert(workflows, {
    id: seedId('workflows', key),
    workflow_code: workflow.code,
    workflow_version: workflow.version,
    workflow_name: workflow.name,
    entity_type: workflow.entity_type,
    is_system_workflow: true,
  });
  const stateId = (code: string) => seedId('workflow_states', `${key} ${code}`);
  for (const [display_order, state] of workflow.states.entries()) {
    ctx.insert(workflow_states, {
      id: stateId(state.code),
      workflow_id: row.id,
      state_code: state.code,
      state_name: state.name,
      state_type: state.type,
      display_order,
      assignee_roles: state.assignee_roles,
      notify_roles: state.notify_roles,
    });
  }
  for (const [display_order, transition] of workflow.transitions.entries()) {
    ctx.insert(workflow_transitions, {
      id: seedId('workflow_transitions', `${key} ${transition.code}`),
      workflow_id: row.id,
      from_state_id: stateId(transition.from),
      to_state_id: stateId(transition.to),
      transition_code: transition.code,
      transition_name: transition.name,
      needs_comment: transition.needs_comment,
      needs_assignment: transition.needs_assignment,
      needs_approval: transition.approval !== null,
      conditions: transition.conditions,
      guards: transition.guards,
      approval: transition.approval,
      display_order,
    });
  }
}

interface WorkflowRow {
  id: string;
  workflow_code: string;
  workflow_version: number;
  workflow_name: string;
}
interface StateRow {
  state_code: string;
  state_name: string;
  state_type: (typeof STATE_TYPES)[number];
  assignee_roles: string;
  notify_roles: string;
}
interface TransitionRow {
  transition_code: string;
  transition_name: string;
  from_code: string;
  to_code: string;
  needs_comment: number;
  needs_assignment: number;
  conditions: string;
  guards: string;
  approval: string | null;
}
const ACTIVE = `select id, workflow_code, workflow_version, workflow_name from workflows
  where entity_type = ? and is_active = 1 and organization_id = ? order by workflow_version desc limit 1`;
const STATES = `select state_code, state_name, state_type, assignee_roles, notify_roles from workflow_states
  where workflow_id = ? and is_active = 1 order by display_order`;
const TRANSITIONS = `select t.transition_code, t.transition_name, f.state_code as from_code, s.state_code as to_code, t.needs_comment,
    t.needs_assignment, t.conditions, t.guards, t.approval
  from workflow_transitions t join workflow_states f on f.id = t.from_state_id join workflow_states s on s.id = t.to_state_id
  where t.workflow_id = ? and t.is_active = 1 order by t.display_order`;

/** The workflow in force for a kind of record, or null when the record has none. */
export function activeWorkflow(ctx: ReadCtx, entity_type: string): Workflow | null {
  const row = ctx.sql.get<WorkflowRow>(ACTIVE, [entity_type, ctx.organization_id]);
  if (!row) return null;
  return workflowDocument.parse({
    code: row.workflow_code,
    version: row.workflow_version,
    entity_type,
    name: JSON.parse(row.workflow_name),
    states: ctx.sql.all<StateRow>(STATES, [row.id]).map(state => ({
      code: state.state_code,
      name: JSON.parse(state.state_name),
      type: state.state_type,
      assignee_roles: JSON.parse(state.assignee_roles),
      notify_roles: JSON.parse(state.notify_roles),
    })),
    transitions: ctx.sql.all<TransitionRow>(TRANSITIONS, [row.id]).map(transitionOf),
  });
}
const transitionOf = (row: TransitionRow): WorkflowTransition => ({
  code: row.transition_code,
  name: JSON.parse(row.transition_name),
  from: row.from_code,
  to: row.to_code,
  needs_comment: row.needs_comment === 1,
  needs_assignment: row.needs_assignment === 1,
  conditions: JSON.parse(row.conditions),
  guards: JSON.parse(row.guards),
  approval: row.approval === null ? null : JSON.parse(row.approval),
});

/** The acting person as a workflow sees them; the program itself may do what an administrator may. */
export function actingOn(ctx: ReadCtx, assignee_id: string | null): Acting {
  const { user_id, is_person } = ctx.actor;
  return {
    roles: is_person ? rolesOf(ctx, user_id) : ['SYSTEM_ADMIN'],
    is_assignee: assignee_id === user_id,
  };
}

/** Refuses `workflow_missing`. */
export const requireWorkflow = (ctx: ReadCtx, entity_type: string): Workflow =>
  activeWorkflow(ctx, entity_type) ?? refuse('workflow_missing', { entity_type });

/** A state of the workflow in force, by its code. Refuses `workflow_missing`. */
export const workflowState = (ctx: ReadCtx, entity_type: string, code: string): WorkflowState | undefined =>
  requireWorkflow(ctx, entity_type).states.find(state => state.code === code);
