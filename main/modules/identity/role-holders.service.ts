import { eq } from 'drizzle-orm';
import type { Id } from '../../../db/kit/columns.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { shippedRoleName } from './role-words.rules.ts';
import { subjectOf } from './subjects.service.ts';

/** Codes of the roles a person holds here and now: active, not expired, for this plant. Nobody holds none. */
export function rolesOf(ctx: ReadCtx, user_id: Id<'users'>): string[] {
  const user = ctx.db.select().from(t.users).where(eq(t.users.id, user_id)).get();
  if (!user) return [];
  const held = subjectOf(ctx, user).grants.filter(
    grant =>
      grant.is_active &&
      (grant.expires_at_ms === null || grant.expires_at_ms >= ctx.now_ms) &&
      (grant.plant_id === null || grant.plant_id === ctx.actor.plant_id),
  );
  const codes = held.map(grant => grant.role_code);
  return user.is_superuser ? [...codes, 'SYSTEM_ADMIN'] : codes;
}

/** A role as the acting person reads it: shipped ones in his language, the organization's own as it named them. */
export function roleName(ctx: ReadCtx, role_code: string): string {
  const shipped = shippedRoleName(ctx.actor.locale, role_code);
  if (shipped !== undefined) return shipped;
  const row = ctx.sql.get<{ role_name: string }>(
    'select role_name from roles where role_code = ? and organization_id = ?',
    [role_code, ctx.organization_id],
  );
  return row?.role_name ?? role_code;
}

export interface Holder {
  user_id: Id<'users'>;
  full_name: string;
  initials: string;
}
const HOLDERS = `select distinct u.id as user_id, u.full_name, u.initials from users u
  join user_roles ur on ur.user_id = u.id and ur.is_active = 1 and (ur.expires_at_ms is null or ur.expires_at_ms >= @now_ms)
    and (ur.plant_id is null or ur.plant_id = @plant_id)
  join roles r on r.id = ur.role_id and r.is_active = 1 and r.role_code in (select value from json_each(@roles))
  where u.is_active = 1 and u.organization_id = @organization_id order by u.full_name`;
/** Active people of this plant who hold one of the roles, by name. */
export const holdersOf = (ctx: ReadCtx, roles: readonly string[]): Holder[] =>
  ctx.sql.all<Holder>(HOLDERS, {
    now_ms: ctx.now_ms,
    plant_id: ctx.actor.plant_id,
    organization_id: ctx.organization_id,
    roles: JSON.stringify(roles),
  });
