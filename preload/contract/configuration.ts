import { z } from 'zod';
import { APPROVAL_STATUSES } from '../../db/schema/configuration.ts';
import { localText } from '../../db/schema/local-text.ts';
import { credentials } from './inspection.ts';
import { command, empty, idOf, type ModuleContract, query } from './rpc.ts';

export const workflowView = z.object({
  code: z.string(),
  version: z.int(),
  entity_type: z.string(),
  name: localText,
  states: z.array(
    z.object({
      code: z.string(),
      name: localText,
      type: z.enum(['INITIAL', 'INTERMEDIATE', 'FINAL', 'CANCELLED', 'REJECTED']),
      assignee_roles: z.array(z.string()),
      notify_roles: z.array(z.string()),
    }),
  ),
  transitions: z.array(
    z.object({
      code: z.string(),
      name: localText,
      from: z.string(),
      to: z.string(),
      needs_comment: z.boolean(),
      needs_assignment: z.boolean(),
      guards: z.array(z.string()),
      required_roles: z.array(z.string()),
    }),
  ),
});

export const approvalRow = z.object({
  approval_id: idOf('approvals'),
  entity_type: z.string(),
  entity_id: z.string(),
  entity_label: z.string(),
  /** The step that is asked for. */
  transition_code: z.string().nullable(),
  step_name: localText.nullable(),
  approver_role: z.string().nullable(),
  /** The named person, or the role in the reader's language. */
  approver_name: z.string(),
  status: z.enum(APPROVAL_STATUSES),
  request_comment: z.string().nullable(),
  requested_by_name: z.string(),
  requested_at_ms: z.int(),
  due_at_ms: z.int(),
  responded_by_name: z.string().nullable(),
  responded_at_ms: z.int().nullable(),
  approval_comment: z.string().nullable(),
  needs_signature: z.boolean(),
  /** This person may answer. */
  is_mine: z.boolean(),
  /** This person asked. */
  is_own: z.boolean(),
  is_overdue: z.boolean(),
  row_version: z.int(),
});
export type ApprovalRow = z.infer<typeof approvalRow>;
const comment = z.string().trim().min(3).max(2000);
const versioned = z.object({ approval_id: idOf('approvals'), expected_version: z.int().min(1) });

export const configuration = {
  approvals: query({
    allow: 'signed_in',
    input: z.object({ only_open: z.boolean().default(true) }),
    output: z.object({ approvals: z.array(approvalRow), waiting: z.int() }),
  }),
  /** Refuses besides whatever refuses the step itself. */
  answerApproval: command({
    allow: 'signed_in',
    input: versioned.extend({
      decision: z.enum(['APPROVED', 'REJECTED']),
      comment: comment.optional(),
      credentials: credentials.optional(),
    }),
    output: empty,
    refusals: [
      'row_not_found',
      'row_changed',
      'approval_answered',
      'approval_own',
      'approval_not_yours',
      'approval_comment_missing',
      'approval_outdated',
      'transition_blocked',
      'signature_needs_user',
      'signature_other_user',
      'password_wrong',
      'pin_wrong',
      'account_locked',
    ],
  }),
  cancelApproval: command({
    allow: 'signed_in',
    input: versioned,
    output: empty,
    refusals: ['row_not_found', 'row_changed', 'approval_answered', 'approval_of_another'],
  }),

  /** The states and ways of a kind of record, as an administrator reads them. */
  workflow: query({
    allow: 'orders:read',
    input: z.object({ entity_type: z.string().max(50) }),
    output: workflowView,
    refusals: ['workflow_missing'],
  }),
} satisfies ModuleContract;
