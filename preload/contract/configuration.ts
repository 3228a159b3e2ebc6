import { z } from 'zod';
import { localText } from '../../db/schema/local-text.ts';
import { type ModuleContract, query } from './rpc.ts';

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

export const configuration = {
  /** The states and ways of a kind of record, as an administrator reads them. */
  workflow: query({
    allow: 'orders:read',
    input: z.object({ entity_type: z.string().max(50) }),
    output: workflowView,
    refusals: ['workflow_missing'],
  }),
} satisfies ModuleContract;
