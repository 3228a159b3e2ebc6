import { eq } from 'drizzle-orm';
import type { Id } from '../../../db/kit/columns.ts';
import type { RowOf } from '../../../db/kit/define-table.ts';
import type { users } from '../../../db/schema/identity.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { Actor, ReadCtx } from '../../rpc/context.ts';
import { judge, type Place, type Subject } from './permissions.rules.ts';

type User = RowOf<typeof users>;

/** What the permission rules need to know of a user. */
export function subjectOf(
  ctx: Pick<ReadCtx, 'db'>,
  user: Pick<User, 'id' | 'is_active' | 'is_superuser' | 'organization_id'>,
): Subject {
  const { user_roles: ur, roles: r, user_plant_access: upa, organizations: o } = t;
  const organization = ctx.db
    .select({ is_active: o.is_active })
    .from(o)
    .where(eq(o.organization_id, user.organization_id))
    .get();
  const grants = ctx.db
    .select({
      role_code: r.role_code,
      permissions: r.permissions,
      plant_id: ur.plant_id,
      department_id: ur.department_id,
      expires_at_ms: ur.expires_at_ms,
      is_active: ur.is_active,
      role_is_active: r.is_active,
    })
    .from(ur)
    .innerJoin(r, eq(r.id, ur.role_id))
    .where(eq(ur.user_id, user.id))
    .all();
  return {
    is_active: user.is_active,
    is_superuser: user.is_superuser,
    organization_is_active: organization?.is_active ?? false,
    grants: grants.map(g => ({ ...g, is_active: g.is_active && g.role_is_active })),
    plant_access: ctx.db.select().from(upa).where(eq(upa.user_id, user.id)).all(),
  };
}

export function actorOf(
  ctx: Pick<ReadCtx, 'db' | 'now_ms'>,
  user: User,
  place: Place & { plant_id: Id<'plants'> },
  session: { id: string; is_locked: boolean },
): Actor {
  let subject: Subject | undefined;
  return {
    user_id: user.id,
    username: user.username,
    full_name: user.full_name,
    initials: user.initials,
    locale: user.locale,
    session_id: session.id,
    plant_id: place.plant_id,
    is_locked: session.is_locked,
    must_change_password: user.must_change_password,
    is_person: true,
    may: permission => {
      subject ??= subjectOf(ctx, user);
      return judge(subject, permission, place, ctx.now_ms).allowed;
    },
  };
}

/** The permission check of a person in a plant, for work that runs beside the session that asked for it. */
export function permissionCheckOf(
  ctx: Pick<ReadCtx, 'db' | 'now_ms'>,
  user_id: Id<'users'>,
  plant_id: Id<'plants'>,
): (permission: string) => boolean {
  const user = ctx.db.select().from(t.users).where(eq(t.users.id, user_id)).get();
  if (!user) return () => false;
  const subject = subjectOf(ctx, user);
  const place = { plant_id, department_id: user.department_id };
  return permission => judge(subject, permission, place, ctx.now_ms).allowed;
}
