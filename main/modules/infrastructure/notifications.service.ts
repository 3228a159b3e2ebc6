import { and, count, desc, eq, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import type { Id } from '../../../db/kit/columns.ts';
import type { RowOf } from '../../../db/kit/define-table.ts';
import { notifications } from '../../../db/schema/infrastructure.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { infrastructure, notificationRow } from '../../../preload/contract/infrastructure.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';

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
}

/** Tells people about an event. Whoever caused it is not told, and nobody is told twice. */
export function notify(ctx: CommandCtx, notice: Notice): void {
  const people = new Set<Id<'users'>>(notice.user_ids ?? []);
  for (const role of notice.roles ?? []) for (const holder of holdersOf(ctx, role)) people.add(holder);
  people.delete(ctx.actor.user_id);
  for (const user_id of activeAmong(ctx, [...people])) {
    ctx.insert(notifications, {
      user_id,
      notification_type: notice.type,
      message_code: notice.message_code,
      message_values: notice.message_values ?? {},
      entity_type: notice.entity?.type ?? null,
      entity_id: notice.entity?.id ?? null,
      priority: notice.priority ?? 'NORMAL',
    });
  }
}
function holdersOf(ctx: ReadCtx, role_code: string): Id<'users'>[] {
  const rows = ctx.sql.all<{ user_id: Id<'users'> }>(
    `select distinct ur.user_id from user_roles ur join roles r on r.id = ur.role_id
     where r.role_code = ? and r.is_active = 1 and ur.is_active = 1 and ur.organization_id = ?
       and (ur.expires_at_ms is null or ur.expires_at_ms >= ?) and (ur.plant_id is null or ur.plant_id = ?)`,
    [role_code, ctx.organization_id, ctx.now_ms, ctx.actor.plant_id],
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

export function listNotifications(ctx: ReadCtx, input: Input<'listNotifications'>) {
  const { notifications: n } = t;
  const mine = eq(n.user_id, ctx.actor.user_id);
  const rows = ctx.db
    .select()
    .from(n)
    .where(input.only_unread ? and(mine, eq(n.is_read, false)) : mine)
    .orderBy(desc(n.created_at_ms), desc(n.id))
    .limit(input.limit)
    .all();
  return { rows: rows.map(rowOf), ...unreadCount(ctx) };
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
  created_at_ms: n.created_at_ms,
});

export function unreadCount(ctx: ReadCtx): { unread: number } {
  const { notifications: n } = t;
  const found = ctx.db
    .select({ unread: count() })
    .from(n)
    .where(and(eq(n.user_id, ctx.actor.user_id), eq(n.is_read, false)))
    .get();
  return { unread: found?.unread ?? 0 };
}

export function markRead(ctx: CommandCtx, input: Input<'markRead'>) {
  const wanted = new Set<string>(input.notification_ids);
  for (const id of unreadIds(ctx))
    if (wanted.has(id)) ctx.update(notifications, id, { is_read: true, read_at_ms: ctx.now_ms });
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
    .where(and(eq(n.user_id, ctx.actor.user_id), eq(n.is_read, false)))
    .all()
    .map(r => r.id);
}
