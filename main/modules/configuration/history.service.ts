import { workflow_history } from '../../../db/schema/configuration.ts';
import type { CommandCtx } from '../../rpc/context.ts';

export interface HistoryStep {
  entity_type: string;
  entity_id: string;
  event_type?: 'start' | 'transition' | 'transition_pending_approval' | 'approval_rejected' | 'note';
  /** ORDER_CREATED, CONFIGURATION_UPDATED, BOM_APPROVED, … */
  action: string;
  from_status: string | null;
  to_status: string;
  transition_code?: string;
  comment?: string | undefined;
  metadata?: Record<string, unknown>;
}

/** One step in the life of a record, as its page shows it. A step that moves nothing repeats the status. */
export function recordStep(ctx: CommandCtx, step: HistoryStep): void {
  ctx.insert(workflow_history, {
    ...step,
    event_type: step.event_type ?? 'note',
    performed_by: ctx.actor.user_id,
    performed_at_ms: ctx.now_ms,
    station_id: ctx.station_id,
  });
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
const parsed = (text: string | null): Record<string, unknown> | null =>
  text === null ? null : JSON.parse(text);
