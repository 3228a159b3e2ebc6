import { and, eq } from 'drizzle-orm';
import { user_plant_access, user_roles } from '../../../db/schema/identity.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { identity } from '../../../preload/contract/identity.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { keepAnAdministrator, refuseAboveOwn } from './administrators.service.ts';
import { flagsOfLevel, judge, missedBy } from './permissions.rules.ts';
import { permissionCatalogue } from './role-admin.service.ts';
import { currentUser } from './session.service.ts';
import { subjectOf } from './subjects.service.ts';
import { assignableRole, getUser, userById } from './user-admin.service.ts';

type Input<P extends keyof typeof identity> = ParsedInputOf<(typeof identity)[P]>;

export function assignRole(ctx: CommandCtx, input: Input<'assignRole'>) {
  const { user_id, role_id, plant_id, department_id, expires_at_ms } = input;
  const user = userById(ctx, user_id);
  const role = assignableRole(ctx, role_id);
  refuseAboveOwn(ctx, role.permissions, { plant_id, department_id });
  if (expires_at_ms !== null && expires_at_ms <= ctx.now_ms) refuse('expiry_in_the_past');
  checkPlace(ctx, input);
  const { user_roles: ur } = t;
  const held = ctx.db
    .select()
    .from(ur)
    .where(and(eq(ur.user_id, user_id), eq(ur.role_id, role_id)))
    .all()
    .find(a => a.plant_id === plant_id && a.department_id === department_id);
  const applies = held?.is_active && (held.expires_at_ms === null || held.expires_at_ms >= ctx.now_ms);
  if (held && applies && held.expires_at_ms === expires_at_ms)
    refuse('role_already_assigned', { role: role.role_name });
  if (held) ctx.update(user_roles, held.id, { is_active: true, expires_at_ms });
  else ctx.insert(user_roles, { user_id: user.id, role_id, plant_id, department_id, expires_at_ms });
  keepAnAdministrator(ctx);
  return getUser(ctx, input);
}
function checkPlace(ctx: ReadCtx, place: Pick<Input<'assignRole'>, 'plant_id' | 'department_id'>): void {
  if (place.plant_id !== null) mustBePlant(ctx, place.plant_id);
  if (place.department_id === null) return;
  const department =
    ctx.db
      .select({ plant_id: t.departments.plant_id })
      .from(t.departments)
      .where(eq(t.departments.id, place.department_id))
      .get() ?? refuse('row_not_found', { table: 'departments', id: place.department_id });
  if (place.plant_id !== null && department.plant_id !== place.plant_id) refuse('department_of_other_plant');
}
function mustBePlant(ctx: ReadCtx, plant_id: Input<'setPlantAccess'>['plant_id']): void {
  const plant = ctx.db
    .select({ id: t.plants.id })
    .from(t.plants)
    .where(and(eq(t.plants.id, plant_id), eq(t.plants.organization_id, ctx.organization_id)))
    .get();
  if (!plant) refuse('row_not_found', { table: 'plants', id: plant_id });
}

export function endRole(ctx: CommandCtx, input: Input<'endRole'>) {
  const assignment = ctx.update(user_roles, input.user_role_id, { is_active: false });
  keepAnAdministrator(ctx);
  return getUser(ctx, assignment);
}

export function setPlantAccess(ctx: CommandCtx, input: Input<'setPlantAccess'>) {
  const { user_id, plant_id, access_level } = input;
  userById(ctx, user_id);
  mustBePlant(ctx, plant_id);
  refuseAboveOwn(ctx, { users: ['update'] }, { plant_id, department_id: currentUser(ctx).department_id });
  const { user_plant_access: upa } = t;
  const held = ctx.db
    .select()
    .from(upa)
    .where(and(eq(upa.user_id, user_id), eq(upa.plant_id, plant_id)))
    .get();
  if (access_level === null) {
    if (held?.is_active) ctx.update(user_plant_access, held.id, { is_active: false });
    return getUser(ctx, input);
  }
  const access = { access_level, ...flagsOfLevel(access_level), is_active: true };
  if (held) ctx.update(user_plant_access, held.id, access);
  else ctx.insert(user_plant_access, { user_id, plant_id, ...access });
  return getUser(ctx, input);
}

/** Every permission there is, with the role that grants it or why none does. */
export function effectivePermissions(ctx: ReadCtx, input: Input<'effectivePermissions'>) {
  const user = userById(ctx, input.user_id);
  const subject = subjectOf(ctx, user);
  const place = { plant_id: input.plant_id, department_id: user.department_id };
  return permissionCatalogue(ctx).flatMap(({ resource, actions }) =>
    actions.map(action => {
      const verdict = judge(subject, `${resource}:${action}`, place, ctx.now_ms);
      return {
        resource,
        action,
        is_allowed: verdict.allowed,
        by_role: verdict.allowed ? verdict.by_role : null,
        because: verdict.allowed ? null : verdict.because,
        near: verdict.allowed ? [] : missedBy(subject, `${resource}:${action}`, place, ctx.now_ms),
      };
    }),
  );
}
