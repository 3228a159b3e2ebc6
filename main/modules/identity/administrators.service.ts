import { type CommandCtx, type ReadCtx, systemActor } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { judge, type Permissions, type Place } from './permissions.rules.ts';
import { currentUser } from './session.service.ts';
import { subjectOf } from './subjects.service.ts';

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

/** Roles are written once for the whole organization. */
export const EVERYWHERE: Place = { plant_id: null, department_id: null };

/** Nobody hands out, at a place, what he may not do there himself. Refuses `role_above_yours`. */
export function refuseAboveOwn(ctx: ReadCtx, permissions: Permissions, place: Place): void {
  if (!ctx.actor.is_person) return;
  const own = subjectOf(ctx, currentUser(ctx));
  const wanted = Object.entries(permissions).flatMap(([resource, actions]) =>
    actions.map(action => `${resource}:${action}`),
  );
  const above = wanted.find(permission => !judge(own, permission, place, ctx.now_ms).allowed);
  if (above !== undefined) refuse('role_above_yours', { permission: above });
}
