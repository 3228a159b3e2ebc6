import { type CommandCtx, type ReadCtx, systemActor } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import type { Permissions } from './permissions.rules.ts';

/** People who may do everything everywhere and whose role does not run out by itself. */
const ADMINISTRATORS = `select count(distinct u.id) as n from users u
  left join user_roles ur on ur.user_id = u.id and ur.is_active = 1 and ur.plant_id is null and ur.department_id is null and ur.expires_at_ms is null
  left join roles r on r.id = ur.role_id and r.is_active = 1
  where u.organization_id = ? and u.is_active = 1 and u.id <> ? and (u.is_superuser = 1 or r.role_code in ('ORG_ADMIN', 'SYSTEM_ADMIN'))`;

/** Called after a change that could have taken an administrator away: refusing undoes the change. */
export function keepAnAdministrator(ctx: CommandCtx): void {
  const found = ctx.sql.get<{ n: number }>(ADMINISTRATORS, [
    ctx.organization_id,
    systemActor('system').user_id,
  ]);
  if (found?.n === 0) refuse('last_administrator');
}

/** Nobody hands out what he may not do himself. */
export function refuseAboveOwn(ctx: ReadCtx, permissions: Permissions): void {
  for (const [resource, actions] of Object.entries(permissions)) {
    const above = actions.find(action => !ctx.actor.may(`${resource}:${action}`));
    if (above) refuse('role_above_yours', { permission: `${resource}:${above}` });
  }
}
