import { randomBytes } from 'node:crypto';
import { and, desc, eq, isNotNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { Id } from '../../../db/kit/columns.ts';
import type { RowOf } from '../../../db/kit/define-table.ts';
import { user_sessions, users } from '../../../db/schema/identity.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { identity, me } from '../../../preload/contract/identity.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import { sha256 } from '../../platform/canonical.ts';
import { isOlderHash } from '../../platform/older-secrets.ts';
import { hashSecret, verifySecret } from '../../platform/secrets.ts';
import type { Actor, CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse, refuseAndKeep } from '../../rpc/refusal.ts';
import { tellOfLockedAccount } from './alerts.service.ts';
import { passwordFault } from './password.rules.ts';
import { judge, mayEnter } from './permissions.rules.ts';
import { actorOf, subjectOf } from './subjects.service.ts';

type User = RowOf<typeof users>;
type Input<P extends keyof typeof identity> = ParsedInputOf<(typeof identity)[P]>;
type Me = z.output<typeof me>;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Done when the user does not exist: the work of one comparison, so that both answers take the same time. */
const compareWithNobody = (secret: string): void => void hashSecret(secret);

/** When each session of this process was last used; a restart falls back to the stored time. */
export type SessionUse = Map<string, number>;

/**
 * The signed-in person of a session token, or null when it is unknown, ended or too old. A session that rested
 * longer than `auth.idleMinutes` is locked whatever the window did or did not do.
 */
export function identify(
  ctx: Pick<ReadCtx, 'db' | 'now_ms' | 'setting'>,
  token: string,
  uses: SessionUse,
): Actor | null {
  const { user_sessions: s, users: u } = t;
  const found = ctx.db
    .select({ session: s, user: u })
    .from(s)
    .innerJoin(u, eq(u.id, s.user_id))
    .where(eq(s.token_sha256, sha256(token)))
    .get();
  if (!found) return null;
  const { session, user } = found;
  if (session.revoked_at_ms !== null || session.expires_at_ms <= ctx.now_ms || !user.is_active) return null;
  // The nearer of both, in either direction: a clock that was set back must not keep a session open for ever.
  const [stored, used] = [session.last_used_at_ms, uses.get(session.id) ?? session.last_used_at_ms];
  const away_ms = Math.min(Math.abs(ctx.now_ms - stored), Math.abs(ctx.now_ms - used));
  const rested = away_ms >= ctx.setting('auth.idleMinutes') * MINUTE_MS;
  if (!rested) uses.set(session.id, ctx.now_ms);
  const is_locked = session.locked_at_ms !== null || rested;
  return actorOf(
    ctx,
    user,
    { plant_id: session.plant_id, department_id: user.department_id },
    { id: session.id, is_locked },
  );
}

export function signIn(ctx: CommandCtx, input: Input<'signIn'>) {
  const user = findUser(ctx, input.username);
  if (!user?.is_active) {
    compareWithNobody(input.password);
    recordFailure(ctx, null, input.username, 'unknown or inactive user');
    return refuseAndKeep('sign_in_failed');
  }
  refuseWhileLocked(ctx, user);
  if (!verifySecret(input.password, user.hashed_password)) return countFailure(ctx, user, 'sign_in_failed');
  // A hash of an older system gives way to ours as soon as the password is known.
  if (isOlderHash(user.hashed_password))
    ctx.update(users, user.id, { hashed_password: hashSecret(input.password) });
  return openSession(ctx, user);
}

export function switchOperator(ctx: CommandCtx, input: Input<'switchOperator'>) {
  return input.username === undefined
    ? switchByPinAlone(ctx, input.pin)
    : switchByName(ctx, input.username, input.pin);
}
function switchByName(ctx: CommandCtx, username: string, pin: string) {
  const user = findUser(ctx, username);
  if (!user?.is_active) {
    compareWithNobody(pin);
    recordFailure(ctx, null, username, 'unknown or inactive user');
    return refuseAndKeep('pin_wrong');
  }
  refuseWhileLocked(ctx, user);
  if (user.hashed_pin === null || !verifySecret(pin, user.hashed_pin))
    return countFailure(ctx, user, 'pin_wrong');
  return takeOver(ctx, user);
}
const WRONG_PIN = 'wrong PIN without a name';
/** Nobody's counter can stop guessing here, so the station counts; with a name the counter of the person does. */
function switchByPinAlone(ctx: CommandCtx, pin: string) {
  const since_ms = ctx.now_ms - ctx.setting('auth.lockMinutes') * MINUTE_MS;
  const guesses = ctx.sql.get<{ n: number }>(
    "select count(*) as n from audit_logs where action = 'LOGIN' and at_ms > ? and at_ms <= ? and success = 0 and station_id = ? and error_message = ?",
    [since_ms, ctx.now_ms, ctx.station_id, WRONG_PIN],
  );
  if ((guesses?.n ?? 0) >= ctx.setting('auth.maxFailedLogins'))
    refuse('pin_needs_name', { minutes: ctx.setting('auth.lockMinutes') });
  const { users: u } = t;
  // Whoever worked here last most likely comes back: each comparison costs a noticeable part of a second.
  const candidates = ctx.db
    .select()
    .from(u)
    .where(and(eq(u.is_active, true), isNotNull(u.hashed_pin)))
    .orderBy(desc(u.last_login_at_ms))
    .all();
  const user = candidates.find(c => c.hashed_pin !== null && verifySecret(pin, c.hashed_pin));
  if (!user) {
    recordFailure(ctx, null, '', WRONG_PIN);
    return refuseAndKeep('pin_wrong');
  }
  refuseWhileLocked(ctx, user);
  return takeOver(ctx, user);
}
function takeOver(ctx: CommandCtx, user: User) {
  endSession(ctx, ctx.actor.session_id);
  return openSession(ctx, user);
}

export function unlock(ctx: CommandCtx, input: Input<'unlock'>): Me {
  const user = currentUser(ctx);
  refuseWhileLocked(ctx, user);
  const byPin =
    input.pin !== undefined && user.hashed_pin !== null && verifySecret(input.pin, user.hashed_pin);
  const byPassword = input.password !== undefined && verifySecret(input.password, user.hashed_password);
  if (!byPin && !byPassword)
    return countFailure(ctx, user, input.pin === undefined ? 'password_wrong' : 'pin_wrong');
  if (ctx.actor.session_id)
    ctx.update(user_sessions, ctx.actor.session_id, {
      locked_at_ms: null,
      last_used_at_ms: ctx.now_ms,
      signing_started_at_ms: null,
    });
  if (user.failed_login_count > 0) ctx.update(users, user.id, { failed_login_count: 0 });
  return meOf(ctx, user, ctx.actor.plant_id, false);
}

export function lock(ctx: CommandCtx) {
  if (ctx.actor.session_id)
    ctx.update(user_sessions, ctx.actor.session_id, {
      locked_at_ms: ctx.now_ms,
      signing_started_at_ms: null,
    });
  return {};
}

export function signOut(ctx: CommandCtx) {
  endSession(ctx, ctx.actor.session_id);
  ctx.record({
    action: 'LOGOUT',
    category: 'session',
    entity_type: 'users',
    entity_id: ctx.actor.user_id,
    entity_identifier: ctx.actor.username,
  });
  return {};
}

export function changePassword(ctx: CommandCtx, input: Input<'changePassword'>) {
  const user = currentUser(ctx);
  if (!verifySecret(input.current_password, user.hashed_password))
    return countFailure(ctx, user, 'password_wrong');
  if (input.new_password === input.current_password) refuse('password_unchanged');
  const fault = passwordFault(input.new_password, user.username, ctx.setting('auth.passwordMinLength'));
  if (fault) refuse(fault.code, fault.details);
  ctx.update(users, user.id, {
    hashed_password: hashSecret(input.new_password),
    must_change_password: false,
  });
  endSessionsOf(ctx, user.id, ctx.actor.session_id);
  return {};
}

export function setPin(ctx: CommandCtx, input: Input<'setPin'>) {
  const user = currentUser(ctx);
  if (!verifySecret(input.password, user.hashed_password)) return countFailure(ctx, user, 'password_wrong');
  const others = ctx.db
    .select({ id: t.users.id, hashed_pin: t.users.hashed_pin })
    .from(t.users)
    .where(eq(t.users.is_active, true))
    .all();
  // A PIN alone names its owner at a station, so it must be unique.
  if (others.some(o => o.id !== user.id && o.hashed_pin && verifySecret(input.pin, o.hashed_pin)))
    refuse('pin_taken');
  ctx.update(users, user.id, { hashed_pin: hashSecret(input.pin) });
  return {};
}

export function switchPlant(ctx: CommandCtx, input: Input<'switchPlant'>): Me {
  const user = currentUser(ctx);
  if (!plantsOf(ctx, user).some(p => p.plant_id === input.plant_id)) refuse('no_plant_access');
  if (ctx.actor.session_id) ctx.update(user_sessions, ctx.actor.session_id, { plant_id: input.plant_id });
  return meOf(ctx, user, input.plant_id, false);
}

export function setLocale(ctx: CommandCtx, input: Input<'setLocale'>): Me {
  const user = ctx.update(users, ctx.actor.user_id, { locale: input.locale });
  return meOf(ctx, user, ctx.actor.plant_id, false);
}

export const getMe = (ctx: ReadCtx): Me =>
  meOf(ctx, currentUser(ctx), ctx.actor.plant_id, ctx.actor.is_locked);

function openSession(ctx: CommandCtx, user: User) {
  const places = plantsOf(ctx, user);
  const plant = places.find(p => p.plant_id === user.plant_id) ?? places[0];
  if (!plant) return refuse('no_plant_access');
  const session = randomBytes(32).toString('base64url');
  ctx.insert(user_sessions, {
    user_id: user.id,
    plant_id: plant.plant_id,
    token_sha256: sha256(session),
    expires_at_ms: ctx.now_ms + ctx.setting('auth.sessionHours') * HOUR_MS,
    last_used_at_ms: ctx.now_ms,
    station_id: ctx.station_id,
  });
  const fresh = ctx.update(users, user.id, {
    last_login_at_ms: ctx.now_ms,
    failed_login_count: 0,
    locked_until_ms: null,
  });
  ctx.record({
    action: 'LOGIN',
    category: 'session',
    entity_type: 'users',
    entity_id: user.id,
    entity_identifier: user.username,
    user_id: user.id,
    user_name: user.full_name,
  });
  return { session, me: meOf(ctx, fresh, plant.plant_id, false) };
}

/** Whoever knew the old password is out; `but` is the session of the person who changes it. */
export function endSessionsOf(ctx: CommandCtx, user_id: Id<'users'>, but: string | null = null): void {
  const open = ctx.sql.all<{ id: string }>(
    'select id from user_sessions where user_id = ? and revoked_at_ms is null and id is not ?',
    [user_id, but],
  );
  for (const { id } of open) endSession(ctx, id);
}
function endSession(ctx: CommandCtx, session_id: string | null): void {
  if (session_id) ctx.update(user_sessions, session_id, { revoked_at_ms: ctx.now_ms });
}

function findUser(ctx: ReadCtx, username: string): User | undefined {
  const row = ctx.sql.get<{ id: string }>(
    'select id from users where organization_id = ? and (lower(username) = lower(?) or lower(email) = lower(?))',
    [ctx.organization_id, username, username],
  );
  return row
    ? ctx.db
        .select()
        .from(t.users)
        .where(eq(t.users.id, row.id as User['id']))
        .get()
    : undefined;
}
export function currentUser(ctx: ReadCtx): User {
  const user = ctx.db
    .select()
    .from(t.users)
    .where(and(eq(t.users.id, ctx.actor.user_id), eq(t.users.is_active, true)))
    .get();
  return user ?? refuse('not_signed_in');
}

export function refuseWhileLocked(ctx: CommandCtx, user: User): void {
  if (user.locked_until_ms !== null && isLockedOut(ctx, user))
    refuse('account_locked', { minutes: Math.ceil((user.locked_until_ms - ctx.now_ms) / MINUTE_MS) });
}
/** No setting locks for longer than a day: a time beyond that was written by a clock that was ahead. */
const LONGEST_LOCK_MS = 24 * HOUR_MS;
export const isLockedOut = (ctx: Pick<ReadCtx, 'now_ms'>, user: Pick<User, 'locked_until_ms'>): boolean =>
  user.locked_until_ms !== null &&
  user.locked_until_ms > ctx.now_ms &&
  user.locked_until_ms <= ctx.now_ms + LONGEST_LOCK_MS;
export function countFailure(ctx: CommandCtx, user: User, code: string): never {
  const failed = user.failed_login_count + 1;
  const locks = failed >= ctx.setting('auth.maxFailedLogins');
  ctx.update(users, user.id, {
    failed_login_count: locks ? 0 : failed,
    locked_until_ms: locks ? ctx.now_ms + ctx.setting('auth.lockMinutes') * MINUTE_MS : user.locked_until_ms,
  });
  recordFailure(ctx, user, user.username, locks ? 'locked after repeated failures' : code);
  if (locks) tellOfLockedAccount(ctx, user);
  return locks
    ? refuseAndKeep('account_locked', { minutes: ctx.setting('auth.lockMinutes') })
    : refuseAndKeep(code);
}
function recordFailure(ctx: CommandCtx, user: User | null, username: string, why: string): void {
  ctx.record({
    action: 'LOGIN',
    category: 'session',
    entity_type: 'users',
    entity_id: user?.id ?? null,
    entity_identifier: username,
    severity: 'WARNING',
    success: false,
    error_message: why,
  });
}

/** Plants a user may enter: his access list, or all for administrators. */
export function plantsOf(ctx: Pick<ReadCtx, 'db' | 'now_ms'>, user: User) {
  const subject = subjectOf(ctx, user);
  const all = ctx.db
    .select()
    .from(t.plants)
    .where(and(eq(t.plants.is_active, true), eq(t.plants.organization_id, user.organization_id)))
    .all();
  const { department_id } = user;
  return all
    .filter(p => mayEnter(subject, { plant_id: p.id, department_id }, ctx.now_ms))
    .map(p => ({ plant_id: p.id, plant_name: p.plant_name }));
}

function meOf(ctx: ReadCtx, user: User, plant_id: Id<'plants'>, is_locked: boolean): Me {
  const subject = subjectOf(ctx, user);
  const plant =
    ctx.db.select().from(t.plants).where(eq(t.plants.id, plant_id)).get() ?? refuse('no_plant_access');
  const organization = ctx.db
    .select()
    .from(t.organizations)
    .where(eq(t.organizations.organization_id, user.organization_id))
    .get();
  const roleNames = ctx.db
    .select({ role_code: t.roles.role_code, role_name: t.roles.role_name })
    .from(t.roles)
    .all();
  const held = new Set(subject.grants.filter(g => g.is_active).map(g => g.role_code));
  const place = { plant_id, department_id: user.department_id };
  const asked = new Set(
    subject.grants.flatMap(g =>
      Object.entries(g.permissions).flatMap(([resource, actions]) => actions.map(a => `${resource}:${a}`)),
    ),
  );
  const allowed = [...asked].filter(p => judge(subject, p, place, ctx.now_ms).allowed);
  return {
    user_id: user.id,
    username: user.username,
    full_name: user.full_name,
    initials: user.initials,
    locale: user.locale,
    roles: roleNames.filter(r => held.has(r.role_code)),
    permissions: user.is_superuser || allowed.includes('*:*') ? ['*'] : allowed,
    plant_id,
    plant_name: plant.plant_name,
    timezone: plant.timezone,
    paper_size: plant.paper_size,
    plants: plantsOf(ctx, user),
    organization_name: organization?.org_name ?? '',
    must_change_password: user.must_change_password,
    has_pin: user.hashed_pin !== null,
    is_locked,
    idle_minutes: ctx.setting('auth.idleMinutes'),
    password_min_length: ctx.setting('auth.passwordMinLength'),
  };
}
