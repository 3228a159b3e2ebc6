import { z } from 'zod';
import { instant, json, oneOf, ref, text } from '../kit/columns.ts';
import { appendOnly, defineTable } from '../kit/define-table.ts';

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
    comment: text(2000).optional(),
    performed_by: ref('users'),
    performed_at_ms: instant(),
    metadata: json(z.record(z.string(), z.unknown())).optional(),
  },
  {
    row_is: 'One step in the life of a record, as users see it.',
    sync: appendOnly(),
    indexes: [['entity_type', 'entity_id', 'performed_at_ms']],
  },
);
