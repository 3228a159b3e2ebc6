import { workflow_history } from '../../../db/schema/configuration.ts';
import type { Id } from '../../../db/kit/columns.ts';
import type { CommandCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';

export interface HistoryStep {
  entity_type: string;
  entity_id: string;
  event_type?: 'start' | 'transition' | 'note';
  /** ORDER_CREATED, CONFIGURATION_UPDATED, BOM_APPROVED, … */
  action: string;
  from_status: string | null;
  to_status: string;
  comment?: string | undefined;
  metadata?: Record<string, unknown>;
}

/** One step in the life of a record, as its page shows it. A step that moves nothing repeats the status. */
export function recordStep(ctx: CommandCtx, step: HistoryStep): void {
  ctx.insert(workflow_history, {
    ...step,
    event_type: step.event_type ?? 'note',
    performed_by: performer(ctx),
    performed_at_ms: ctx.now_ms,
  });
}

const FIRST_ADMINISTRATOR = `select u.id from users u join user_roles ur on ur.user_id = u.id join roles r on r.id = ur.role_id
  where u.is_active = 1 and r.role_code in ('ORG_ADMIN', 'SYSTEM_ADMIN') order by u.created_at_ms, u.rowid limit 1`;
/** What the program does by itself (command line, demo data) stands under the oldest administrator. */
function performer(ctx: CommandCtx): Id<'users'> {
  if (ctx.actor.is_person) return ctx.actor.user_id;
  return ctx.sql.get<{ id: Id<'users'> }>(FIRST_ADMINISTRATOR)?.id ?? refuse('no_administrator');
}

export interface HistoryRow {
  at_ms: number;
  by_name: string;
  action: string;
  from_status: string | null;
  to_status: string;
  comment: string | null;
  metadata: string | null;
}
const HISTORY = `select h.performed_at_ms as at_ms, coalesce(u.full_name, 'Millwright') as by_name, h.action, h.from_status,
    h.to_status, h.comment, h.metadata
  from workflow_history h left join users u on u.id = h.performed_by
  where h.entity_type = ? and h.entity_id = ? order by h.performed_at_ms desc, h.rowid desc`;

/** Newest first. */
export function stepsOf(ctx: Pick<CommandCtx, 'sql'>, entity_type: string, entity_id: string) {
  return ctx.sql
    .all<HistoryRow>(HISTORY, [entity_type, entity_id])
    .map(row => ({ ...row, metadata: parsed(row.metadata) }));
}
const parsed = (text: string | null): Record<string, unknown> | null => (text === null ? null : JSON.parse(text));
