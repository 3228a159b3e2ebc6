import type { Id } from '../../../db/kit/columns.ts';
import { dayInZone } from '../../platform/days.ts';
import type { CommandCtx } from '../../rpc/context.ts';
import { notify } from '../infrastructure/notifications.service.ts';

const ADMINISTRATORS = ['ORG_ADMIN'];
const MINUTE_MS = 60_000;

/** Somebody failed to sign in until the account closed. */
export function tellOfLockedAccount(
  ctx: CommandCtx,
  user: { id: Id<'users'>; full_name: string; plant_id: Id<'plants'> | null },
): void {
  notify(ctx, {
    ...(user.plant_id !== null && { plant_id: user.plant_id }),
    roles: ADMINISTRATORS,
    type: 'ERROR',
    priority: 'HIGH',
    message_code: 'identity:notices.account_locked',
    message_values: { name: user.full_name, count: ctx.setting('auth.lockMinutes') },
    entity: { type: 'users', id: user.id },
  });
}

const REFUSALS = `select count(*) as refused from audit_logs where user_id = ? and at_ms > ?
  and action = 'READ' and entity_type = 'procedures' and success = 0`;
/** Records a procedure somebody may not call; administrators hear of it when it happens again and again. */
export function refuseAccess(ctx: CommandCtx, procedurePath: string, permission: string): void {
  ctx.record({
    action: 'READ',
    category: 'access',
    entity_type: 'procedures',
    entity_identifier: procedurePath,
    severity: 'WARNING',
    success: false,
    error_message: `not allowed: ${permission}`,
  });
  const { user_id, full_name, is_person } = ctx.actor;
  if (!is_person) return;
  const since_ms = ctx.now_ms - ctx.setting('auth.lockMinutes') * MINUTE_MS;
  const before = ctx.sql.get<{ refused: number }>(REFUSALS, [user_id, since_ms])?.refused ?? 0;
  if (before + 1 < ctx.setting('auth.maxFailedLogins')) return;
  notify(ctx, {
    roles: ADMINISTRATORS,
    type: 'ERROR',
    message_code: 'identity:notices.access_refused',
    message_values: { name: full_name, permission },
    entity: { type: 'users', id: user_id },
    once: `access_refused ${user_id} ${dayInZone(ctx.now_ms, 'UTC')}`,
  });
}
