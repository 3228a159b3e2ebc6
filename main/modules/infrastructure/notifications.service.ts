import { and, count, desc, eq, inArray, isNull, lte, or } from 'drizzle-orm';
import type { z } from 'zod';
import type { Id } from '../../../db/kit/columns.ts';
import type { RowOf } from '../../../db/kit/define-table.ts';
import { notifications } from '../../../db/schema/infrastructure.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { infrastructure, notificationRow } from '../../../preload/contract/infrastructure.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import { seedId } from '../../platform/seed-id.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { shownAt } from './delivery.rules.ts';
import { preferencesOf } from './preferences.service.ts';
import { surelyNow } from './sure-time.service.ts';

type Input<P extends keyof typeof infrastructure> = ParsedInputOf<(typeof infrastructure)[P]>;
type Notification = RowOf<typeof notifications>;
export interface Notice {
  /** Everyone who holds one of these roles here and now, and these people besides. */
  roles?: readonly string[];
  user_ids?: readonly Id<'users'>[];
  type: Notification['notification_type'];
  /** `namespace:key` of the locale texts. */
  message_code: string;
  message_values?: Record<string, string | number>;
  entity?: { type: string; id: string };
  priority?: Notification['priority'];
  /** Where the role holders work; the plant of whoever acts unless given. */
  plant_id?: Id<'plants'>;
  /** Names the event: told once per person, also when several stations tell it without knowing of each other. */
  once?: string;
}

/** Tells people about an event. Whoever caused it is not told, and nobody is told twice. */
export function notify(ctx: CommandCtx, notice: Notice): void {
  const plant_id = notice.plant_id ?? ctx.actor.plant_id;
  const people = new Set<Id<'users'>>(notice.user_ids ?? []);
  for (const role of notice.roles ?? [])
    for (const holder of holdersOf(ctx, role, plant_id)) people.add(holder);
  people.delete(ctx.actor.user_id);
  const told = activeAmong(ctx, [...people]);
  if (told.length === 0) return;
  const preferences = preferencesOf(ctx, told);
  const zone = zoneOf(ctx, plant_id);
  for (const user_id of told) {
    const id = notice.once === undefined ? undefined : seedId('notifications', `${notice.once} ${user_id}`);
    if (id && ctx.sql.get('select 1 from notifications where id = ?', [id])) continue;
    const { type, priority = 'NORMAL' } = notice;
    const shown_ms = shownAt({ type, priority }, preferences.get(user_id), ctx.now_ms, zone);
    if (shown_ms === null) continue;
    ctx.insert(notifications, {
      ...(id && { id }),
      user_id,
      notification_type: type,
      message_code: notice.message_code,
      message_values: notice.message_values ?? {},
      entity_type: notice.entity?.type ?? null,
      entity_id: notice.entity?.id ?? null,
      priority,
      held_until_ms: shown_ms > ctx.now_ms ? shown_ms : null,
    });
  }
}
const zoneOf = (ctx: ReadCtx, plant_id: string): string =>
  ctx.sql.get<{ timezone: string }>('select timezone from plants where id = ?', [plant_id])?.timezone ??
  'UTC';
function holdersOf(ctx: ReadCtx, role_code: string, plant_id: string): Id<'users'>[] {
  const rows = ctx.sql.all<{ user_id: Id<'users'> }>(
    `select distinct ur.user_id from user_roles ur join roles r on r.id = ur.role_id
     where r.role_code = ? and r.is_active = 1 and ur.is_active = 1 and ur.organization_id = ?
       and (ur.expires_at_ms is null or ur.expires_at_ms >= ?) and (ur.plant_id is null or ur.plant_id = ?)`,
    [role_code, ctx.organization_id, ctx.now_ms, plant_id],
  );
  return rows.map(r => r.user_id);
}
function activeAmong(ctx: ReadCtx, people: Id<'users'>[]): Id<'users'>[] {
  if (people.length === 0) return [];
  const { users: u } = t;
  return ctx.db
    .select({ id: u.id })
    .from(u)
    .where(and(inArray(u.id, people), eq(u.is_active, true)))
    .all()
    .map(r => r.id);
}

/** Of the person who asks, and not held back. */
const mineShown = (ctx: ReadCtx) => {
  const { notifications: n } = t;
  return and(eq(n.user_id, ctx.actor.user_id), or(isNull(n.held_until_ms), lte(n.held_until_ms, ctx.now_ms)));
};

export function listNotifications(ctx: ReadCtx, input: Input<'listNotifications'>) {
  const { notifications: n } = t;
  const wanted = and(
    mineShown(ctx),
    input.only_unread ? eq(n.is_read, false) : undefined,
    input.types.length > 0 ? inArray(n.notification_type, input.types) : undefined,
  );
  const rows = ctx.db
    .select()
    .from(n)
    .where(wanted)
    .orderBy(desc(n.created_at_ms), desc(n.id))
    .limit(input.limit)
    .all();
  const found = ctx.db.select({ total: count() }).from(n).where(wanted).get();
  return { rows: rows.map(rowOf), total: found?.total ?? 0, ...unreadCount(ctx) };
}
const rowOf = ({ id, ...n }: Notification): z.output<typeof notificationRow> => ({
  notification_id: id,
  notification_type: n.notification_type,
  message_code: n.message_code,
  message_values: n.message_values,
  entity_type: n.entity_type,
  entity_id: n.entity_id,
  priority: n.priority,
  is_read: n.is_read,
  created_at_ms: n.held_until_ms ?? n.created_at_ms,
});

export function unreadCount(ctx: ReadCtx): { unread: number } {
  const { notifications: n } = t;
  const found = ctx.db
    .select({ unread: count() })
    .from(n)
    .where(and(mineShown(ctx), eq(n.is_read, false)))
    .get();
  return { unread: found?.unread ?? 0 };
}

export function markRead(ctx: CommandCtx, input: Input<'markRead'>) {
  const wanted = new Set<string>(input.notification_ids);
  for (const id of unreadIds(ctx))
    if (wanted.has(id)) ctx.update(notifications, id, { is_read: true, read_at_ms: ctx.now_ms });
  return {};
}
export function markUnread(ctx: CommandCtx, { notification_id }: Input<'markUnread'>) {
  const { notifications: n } = t;
  const mine = and(eq(n.id, notification_id), eq(n.user_id, ctx.actor.user_id));
  if (!ctx.db.select({ id: n.id }).from(n).where(mine).get())
    refuse('row_not_found', { table: 'notifications', id: notification_id });
  ctx.update(notifications, notification_id, { is_read: false, read_at_ms: null });
  return {};
}
export function markAllRead(ctx: CommandCtx) {
  const ids = unreadIds(ctx);
  for (const id of ids) ctx.update(notifications, id, { is_read: true, read_at_ms: ctx.now_ms });
  return { marked: ids.length };
}
function unreadIds(ctx: ReadCtx): string[] {
  const { notifications: n } = t;
  return ctx.db
    .select({ id: n.id })
    .from(n)
    .where(and(mineShown(ctx), eq(n.is_read, false)))
    .all()
    .map(r => r.id);
}

const READ_LONG_AGO = `select id from notifications
  where organization_id = ? and is_read = 1 and read_at_ms < ? limit 500`;
const DAY_MS = 86_400_000;
/** Read messages go after the days of the setting, never because the clock here is ahead; unread ones stay. */
export function removeOldNotifications(ctx: CommandCtx): void {
  const before_ms = surelyNow(ctx) - ctx.setting('retention.readNotificationDays') * DAY_MS;
  for (const { id } of ctx.sql.all<{ id: string }>(READ_LONG_AGO, [ctx.organization_id, before_ms]))
    ctx.remove(notifications, id);
}
