import { randomInt } from 'node:crypto';
import { and, asc, eq, ne } from 'drizzle-orm';
import type { z } from 'zod';
import type { Id } from '../../../db/kit/columns.ts';
import type { RowOf } from '../../../db/kit/define-table.ts';
import { user_plant_access, user_roles, users } from '../../../db/schema/identity.ts';
import { fold } from '../../../db/sqlite/open.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { identity, userDetail, userSummary } from '../../../preload/contract/identity.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import { hashSecret } from '../../platform/secrets.ts';
import { type CommandCtx, type ReadCtx, systemActor } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { EVERYWHERE, keepAnAdministrator, refuseAboveOwn } from './administrators.service.ts';
import { flagsOfLevel } from './permissions.rules.ts';
import { endSessionsOf, isLockedOut } from './session.service.ts';
import { subjectOf } from './subjects.service.ts';

type Input<P extends keyof typeof identity> = ParsedInputOf<(typeof identity)[P]>;
type User = RowOf<typeof users>;
type Detail = z.output<typeof userDetail>;

/** The row under which the program itself signs; nobody signs in with it. */
const PROGRAM = systemActor('system').user_id;

export function listPeople(ctx: ReadCtx, input: Input<'listPeople'>) {
  const { users: u } = t;
  const people = ctx.db
    .select({ user_id: u.id, full_name: u.full_name, initials: u.initials, is_active: u.is_active })
    .from(u)
    .where(and(eq(u.organization_id, ctx.organization_id), ne(u.id, PROGRAM)))
    .orderBy(asc(u.full_name))
    .all();
  return people.filter(p => p.is_active || input.include_inactive);
}

export function listUsers(ctx: ReadCtx, input: Input<'listUsers'>): z.output<typeof userSummary>[] {
  const { users: u, plants: p, departments: d } = t;
  const rows = ctx.db
    .select({ user: u, plant_name: p.plant_name, department_name: d.dept_name })
    .from(u)
    .leftJoin(p, eq(p.id, u.plant_id))
    .leftJoin(d, eq(d.id, u.department_id))
    .where(and(eq(u.organization_id, ctx.organization_id), ne(u.id, PROGRAM)))
    .orderBy(asc(u.full_name))
    .all();
  const assignments = allAssignments(ctx);
  const needle = fold(input.search ?? '');
  const wanted = rows.filter(({ user }) => {
    if (input.is_active !== undefined && user.is_active !== input.is_active) return false;
    if (input.plant_id && user.plant_id !== input.plant_id) return false;
    if (input.department_id && user.department_id !== input.department_id) return false;
    if (input.role_id && !assignments.get(user.id)?.some(a => a.role_id === input.role_id)) return false;
    return (
      needle === '' ||
      fold(`${user.full_name} ${user.username} ${user.email ?? ''} ${user.initials}`).includes(needle)
    );
  });
  return wanted.map(({ user, plant_name, department_name }) => ({
    user_id: user.id,
    username: user.username,
    full_name: user.full_name,
    initials: user.initials,
    email: user.email,
    plant_name,
    department_name,
    roles: liveRoles(assignments.get(user.id) ?? []),
    is_active: user.is_active,
    is_locked_out: isLockedOut(ctx, user),
    must_change_password: user.must_change_password,
    last_login_at_ms: user.last_login_at_ms,
  }));
}
/** Each role once, however many places it is held for. */
const liveRoles = (held: Detail['role_assignments']) => [
  ...new Map(
    held.filter(a => !a.is_expired).map(({ role_code, role_name }) => [role_code, { role_code, role_name }]),
  ).values(),
];

function allAssignments(ctx: ReadCtx, user_id?: Id<'users'>): Map<string, Detail['role_assignments']> {
  const { user_roles: ur, roles: r, plants: p, departments: d } = t;
  const rows = ctx.db
    .select({
      assignment: ur,
      role_code: r.role_code,
      role_name: r.role_name,
      plant_name: p.plant_name,
      department_name: d.dept_name,
    })
    .from(ur)
    .innerJoin(r, eq(r.id, ur.role_id))
    .leftJoin(p, eq(p.id, ur.plant_id))
    .leftJoin(d, eq(d.id, ur.department_id))
    .where(
      and(
        eq(ur.is_active, true),
        eq(ur.organization_id, ctx.organization_id),
        user_id ? eq(ur.user_id, user_id) : undefined,
      ),
    )
    .orderBy(asc(r.role_name))
    .all();
  const byUser = new Map<string, Detail['role_assignments']>();
  for (const { assignment, ...names } of rows) {
    const { id, user_id: holder, role_id, plant_id, department_id, expires_at_ms } = assignment;
    const is_expired = expires_at_ms !== null && ctx.now_ms > expires_at_ms;
    const held = byUser.get(holder) ?? [];
    held.push({ user_role_id: id, role_id, plant_id, department_id, expires_at_ms, is_expired, ...names });
    byUser.set(holder, held);
  }
  return byUser;
}

export function userById(ctx: ReadCtx, id: Id<'users'>): User {
  const user = ctx.db
    .select()
    .from(t.users)
    .where(and(eq(t.users.id, id), ne(t.users.id, PROGRAM), eq(t.users.organization_id, ctx.organization_id)))
    .get();
  return user ?? refuse('row_not_found', { table: 'users', id });
}

export function getUser(ctx: ReadCtx, input: { user_id: Id<'users'> }): Detail {
  const user = userById(ctx, input.user_id);
  const { plants: p, user_plant_access: upa } = t;
  const access = ctx.db
    .select({
      plant_id: p.id,
      plant_name: p.plant_name,
      access_level: upa.access_level,
      is_active: upa.is_active,
    })
    .from(p)
    .leftJoin(upa, and(eq(upa.plant_id, p.id), eq(upa.user_id, user.id)))
    .where(and(eq(p.organization_id, ctx.organization_id), eq(p.is_active, true)))
    .orderBy(asc(p.plant_name))
    .all();
  return {
    user_id: user.id,
    username: user.username,
    full_name: user.full_name,
    initials: user.initials,
    email: user.email,
    locale: user.locale,
    plant_id: user.plant_id,
    department_id: user.department_id,
    is_active: user.is_active,
    must_change_password: user.must_change_password,
    has_pin: user.hashed_pin !== null,
    locked_until_ms: isLockedOut(ctx, user) ? user.locked_until_ms : null,
    last_login_at_ms: user.last_login_at_ms,
    row_version: user.row_version,
    role_assignments: allAssignments(ctx, user.id).get(user.id) ?? [],
    plant_access: access.map(({ is_active, access_level, ...plant }) => ({
      ...plant,
      access_level: is_active ? access_level : null,
    })),
  };
}

export function createUser(ctx: CommandCtx, input: Input<'createUser'>) {
  const { role_ids, ...fields } = input;
  checkUser(ctx, fields, null);
  const one_time_password = oneTimePassword();
  const user = ctx.insert(users, {
    ...fields,
    hashed_password: hashSecret(one_time_password),
    must_change_password: true,
  });
  for (const role_id of new Set(role_ids)) {
    refuseAboveOwn(ctx, assignableRole(ctx, role_id).permissions, EVERYWHERE);
    ctx.insert(user_roles, { user_id: user.id, role_id });
  }
  if (user.plant_id)
    ctx.insert(user_plant_access, {
      user_id: user.id,
      plant_id: user.plant_id,
      access_level: 'WRITE',
      ...flagsOfLevel('WRITE'),
    });
  return { user_id: user.id, one_time_password };
}
export function assignableRole(ctx: ReadCtx, role_id: Id<'roles'>) {
  const role = ctx.db.select().from(t.roles).where(eq(t.roles.id, role_id)).get();
  if (!role) return refuse('row_not_found', { table: 'roles', id: role_id });
  if (!role.is_active) refuse('role_inactive', { role: role.role_name });
  return role;
}

export function updateUser(ctx: CommandCtx, input: Input<'updateUser'>): Detail {
  const { user_id, row_version, ...fields } = input;
  userById(ctx, user_id);
  checkUser(ctx, fields, user_id);
  ctx.update(users, user_id, fields, row_version);
  return getUser(ctx, { user_id });
}
/** A name or address leads to one person only: both may be typed at sign-in. */
function checkUser(
  ctx: ReadCtx,
  user: Pick<User, 'username' | 'email' | 'plant_id' | 'department_id'>,
  self: string | null,
): void {
  for (const name of [user.username, user.email]) {
    if (name === null) continue;
    const other = ctx.sql.get<{ id: string }>(
      'select id from users where organization_id = ? and (lower(username) = lower(?) or lower(email) = lower(?)) and id is not ?',
      [ctx.organization_id, name, name, self],
    );
    if (other) refuse('username_taken', { username: name });
  }
  if (user.department_id === null) return;
  const department =
    ctx.db
      .select({ plant_id: t.departments.plant_id })
      .from(t.departments)
      .where(eq(t.departments.id, user.department_id))
      .get() ?? refuse('row_not_found', { table: 'departments', id: user.department_id });
  if (department.plant_id !== user.plant_id) refuse('department_of_other_plant');
}

export function setUserActive(ctx: CommandCtx, input: Input<'setUserActive'>): Detail {
  const user = userById(ctx, input.user_id);
  ctx.update(users, user.id, { is_active: input.is_active });
  if (!input.is_active) endSessionsOf(ctx, user.id);
  keepAnAdministrator(ctx);
  return getUser(ctx, input);
}

/** Ends every session of the person: whoever knew the old password is out. */
export function resetPassword(ctx: CommandCtx, input: Input<'resetPassword'>) {
  const user = userById(ctx, input.user_id);
  // Knowing a new password of somebody is being able to act as him.
  if (user.is_superuser) refuseAboveOwn(ctx, { '*': ['*'] }, EVERYWHERE);
  for (const grant of subjectOf(ctx, user).grants) refuseAboveOwn(ctx, grant.permissions, grant);
  const one_time_password = oneTimePassword();
  ctx.update(users, user.id, {
    hashed_password: hashSecret(one_time_password),
    must_change_password: true,
    failed_login_count: 0,
    locked_until_ms: null,
  });
  endSessionsOf(ctx, user.id);
  return { one_time_password };
}

export function unlockUser(ctx: CommandCtx, input: Input<'unlockUser'>): Detail {
  const user = userById(ctx, input.user_id);
  ctx.update(users, user.id, { failed_login_count: 0, failed_pin_count: 0, locked_until_ms: null });
  return getUser(ctx, input);
}

/** Letters and digits that nobody confuses on paper; 16 of them are 79 bits. */
const READABLE = 'ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789';
function oneTimePassword(): string {
  const group = () => Array.from({ length: 4 }, () => READABLE[randomInt(READABLE.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}
