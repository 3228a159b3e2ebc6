import type { configuration } from '../../../preload/contract/configuration.ts';
import type { Handlers } from '../../rpc/handlers.ts';
import { answerApproval, cancelApproval, listApprovals } from './approvals.service.ts';
import { requireWorkflow } from './workflow.service.ts';

export const configurationProcedures: Handlers<typeof configuration> = {
  approvals: listApprovals,
  answerApproval,
  cancelApproval,
  workflow(ctx, { entity_type }) {
    const workflow = requireWorkflow(ctx, entity_type);
    return {
      ...workflow,
      transitions: workflow.transitions.map(({ conditions, approval: _approval, ...transition }) => ({
        ...transition,
        required_roles: conditions.required_roles,
      })),
    };
  },
};
