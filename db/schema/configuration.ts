import { z } from 'zod';
import { boolean, instant, integer, json, oneOf, ref, text } from '../kit/columns.ts';
import { activeFlag, appendOnly, defineTable, twoWay } from '../kit/define-table.ts';
import { localText } from './local-text.ts';

export const FIELD_OPERATORS = [
  'equals',
  'not_equals',
  'in',
  'not_in',
  'greater_than',
  'less_than',
  'contains',
] as const;
export const fieldCondition = z.object({
  field: z.string().max(100),
  operator: z.enum(FIELD_OPERATORS),
  value: z.unknown(),
});
/** All of them must hold. */
export const transitionConditions = z.object({
  /** Any of these roles; empty: everyone who may work on the record. */
  required_roles: z.array(z.string()).default([]),
  required_fields: z.array(z.string()).default([]),
  field_conditions: z.array(fieldCondition).default([]),
});
export const approvalRequest = z.object({
  approver_role: z.string().optional(),
  approver_user_id: z.uuid().optional(),
  due_hours: z.int().min(1).default(48),
  /** The approver signs with name and password. */
  needs_signature: z.boolean().default(false),
  /** Asked in the approver's place this long after the request; both or neither. */
  escalate_after_hours: z.int().min(1).optional(),
  escalate_to_role: z.string().optional(),
});

export const workflows = defineTable(
  'workflows',
  {
    workflow_code: text(50),
    workflow_version: integer(1).default(1),
    workflow_name: json(localText),
    description: text(2000).optional(),
    entity_type: text(50),
    is_system_workflow: boolean().default(false),
    is_active: activeFlag().about('one per kind of record'),
  },
  {
    row_is: 'The life of a kind of record: its states and the ways between them.',
    sync: twoWay('central_wins'),
    guarded_by: 'settings',
    unique: [['workflow_code', 'workflow_version']],
    indexes: [['entity_type', 'is_active']],
    identified_by: 'workflow_code',
  },
);

export const workflow_states = defineTable(
  'workflow_states',
  {
    workflow_id: ref('workflows', 'cascade'),
    state_code: text(50),
    state_name: json(localText),
    state_type: oneOf('INITIAL', 'INTERMEDIATE', 'FINAL', 'CANCELLED', 'REJECTED').default('INTERMEDIATE'),
    display_order: integer(0),
    maps_to_status: text(30).optional().about('status written to the record; the state code when empty'),
    assignee_roles: json(z.array(z.string())).about('who the record may be assigned to in this state'),
    notify_roles: json(z.array(z.string())).about('told when a record comes here'),
    is_active: activeFlag(),
  },
  {
    row_is: 'A state of a workflow.',
    sync: twoWay('central_wins'),
    guarded_by: 'settings',
    unique: [['workflow_id', 'state_code']],
    identified_by: 'state_code',
  },
);

export const workflow_transitions = defineTable(
  'workflow_transitions',
  {
    workflow_id: ref('workflows', 'cascade'),
    from_state_id: ref('workflow_states', 'cascade'),
    to_state_id: ref('workflow_states', 'cascade'),
    transition_code: text(50),
    transition_name: json(localText).about('what its button says'),
    needs_approval: boolean().default(false),
    needs_comment: boolean().default(false),
    needs_assignment: boolean().default(false).about('only whoever the record is assigned to'),
    conditions: json(transitionConditions),
    guards: json(z.array(z.string())).about('built-in checks of the record, besides the conditions'),
    approval: json(approvalRequest).optional(),
    display_order: integer(0),
    is_active: activeFlag(),
  },
  {
    row_is: 'A way from one state of a workflow to another.',
    sync: twoWay('central_wins'),
    guarded_by: 'settings',
    unique: [
      ['workflow_id', 'transition_code'],
      ['from_state_id', 'to_state_id'],
    ],
    identified_by: 'transition_code',
  },
);

export const APPROVAL_STATUSES = ['PENDING', 'APPROVED', 'REJECTED', 'CANCELLED', 'ESCALATED'] as const;
export const approvals = defineTable(
  'approvals',
  {
    entity_type: text(50),
    entity_id: text(36),
    entity_label: text(200),
    transition_id: ref('workflow_transitions').optional(),
    approval_type: oneOf('state_change', 'transition', 'manual'),
    approver_user_id: ref('users').optional(),
    approver_role: text(50).optional(),
    status: oneOf(...APPROVAL_STATUSES)
      .default('PENDING')
      .moves_by('transition', {
        ways: {
          PENDING: ['APPROVED', 'REJECTED', 'CANCELLED', 'ESCALATED'],
          ESCALATED: ['APPROVED', 'REJECTED', 'CANCELLED'],
        },
      }),
    priority: oneOf('LOW', 'MEDIUM', 'HIGH', 'CRITICAL').default('MEDIUM'),
    request_comment: text(2000).optional(),
    requested_by: ref('users'),
    requested_at_ms: instant(),
    due_at_ms: instant(),
    responded_by: ref('users').optional(),
    responded_at_ms: instant().optional(),
    approval_comment: text(2000).optional(),
    step: json(z.record(z.string(), z.unknown()))
      .optional()
      .about('what whoever asked entered for the step; it is taken with this once approved'),
    signature_id: ref('electronic_signatures').optional(),
  },
  {
    row_is: 'A decision asked of a person or a role before a record moves on.',
    sync: twoWay('merge_columns'),
    indexes: [
      ['entity_type', 'entity_id', 'status'],
      ['status', 'due_at_ms'],
    ],
    checks: { one_approver: '(approver_user_id is null) <> (approver_role is null)' },
    identified_by: 'entity_label',
  },
);

export const workflow_history = defineTable(
  'workflow_history',
  {
    entity_type: text(50),
    entity_id: text(36),
    event_type: oneOf(
      'start',
      'transition',
      'transition_pending_approval',
      'approval_requested',
      'approval_granted',
      'approval_rejected',
      'escalated',
      'comment',
      'reassign',
      'note',
    ),
    action: text(100).about('ORDER_CREATED, CONFIGURATION_UPDATED, BOM_APPROVED, …'),
    from_status: text(50).optional(),
    to_status: text(50),
    transition_code: text(50).optional(),
    comment: text(2000).optional(),
    performed_by: ref('users'),
    performed_at_ms: instant(),
    station_id: text(36).optional().about('where; empty: before stations were recorded'),
    metadata: json(z.record(z.string(), z.unknown())).optional(),
  },
  {
    row_is: 'One step in the life of a record, as users see it.',
    sync: appendOnly(),
    indexes: [
      ['entity_type', 'entity_id', 'performed_at_ms'],
      // Reports ask what moved within a period.
      ['entity_type', 'performed_at_ms'],
    ],
  },
);
