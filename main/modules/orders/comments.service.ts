import { eq } from 'drizzle-orm';
import type { Id } from '../../../db/kit/columns.ts';
import type { RowOf } from '../../../db/kit/define-table.ts';
import { order_comments } from '../../../db/schema/orders.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { OrderComment } from '../../../preload/contract/order-comments.ts';
import type { orders } from '../../../preload/contract/orders.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { grants } from '../identity/permissions.rules.ts';
import { type Holder, holdersOf } from '../identity/role-holders.service.ts';
import { notify } from '../infrastructure/notifications.service.ts';
import { type OrderRow, orderRow } from './order-rows.service.ts';

type Input<P extends keyof typeof orders> = ParsedInputOf<(typeof orders)[P]>;
type Comment = RowOf<typeof order_comments>;
const SHOWN_IN_MESSAGE = 120;

const seesInternal = (ctx: ReadCtx): boolean => ctx.actor.may('comments:internal');
/** People of this plant whose role lets them read the comment. */
function readersOf(ctx: ReadCtx, is_internal: boolean): Holder[] {
  const roles = ctx.sql
    .all<{ role_code: string; permissions: string }>(
      'select role_code, permissions from roles where is_active = 1',
    )
    .filter(role => grants(JSON.parse(role.permissions), 'comments', is_internal ? 'internal' : 'read'));
  return holdersOf(
    ctx,
    roles.map(role => role.role_code),
  );
}
export const commentPeople = (ctx: ReadCtx, { is_internal }: Input<'commentPeople'>) => ({
  people: readersOf(ctx, is_internal && seesInternal(ctx)),
});

/** Refuses `row_not_found` for a comment that is not there, or not for this person. */
function commentRow(ctx: ReadCtx, comment_id: Id<'order_comments'>): Comment {
  const { order_comments: c } = t;
  const row = ctx.db.select().from(c).where(eq(c.id, comment_id)).get();
  if (!row || (row.is_internal && !seesInternal(ctx)))
    return refuse('row_not_found', { table: 'order_comments', id: comment_id });
  orderRow(ctx, row.order_id);
  return row;
}
function liveComment(ctx: ReadCtx, comment_id: Id<'order_comments'>): Comment {
  const row = commentRow(ctx, comment_id);
  if (row.deleted_at_ms !== null) refuse('comment_deleted');
  return row;
}
function ownComment(ctx: ReadCtx, comment_id: Id<'order_comments'>): Comment {
  const row = liveComment(ctx, comment_id);
  if (row.author_id !== ctx.actor.user_id) refuse('comment_not_yours');
  return row;
}

interface Stored {
  comment_id: Id<'order_comments'>;
  resolved_by_name: string | null;
  files: number;
}
const BESIDES = `select c.id as comment_id, r.full_name as resolved_by_name,
    (select count(*) from file_links f where f.entity_type = 'order_comments' and f.entity_id = c.id and f.is_active = 1) as files
  from order_comments c left join users r on r.id = c.resolved_by where c.order_id = ?`;
const PEOPLE = 'select id as user_id, full_name, initials from users where organization_id = ?';

export function listComments(ctx: ReadCtx, { order_id }: Input<'listComments'>) {
  orderRow(ctx, order_id);
  const may_see_internal = seesInternal(ctx);
  const { order_comments: c } = t;
  const rows = ctx.db
    .select()
    .from(c)
    .where(eq(c.order_id, order_id))
    .orderBy(c.written_at_ms, c.id)
    .all()
    .filter(row => may_see_internal || !row.is_internal);
  const besides = new Map(ctx.sql.all<Stored>(BESIDES, [order_id]).map(row => [row.comment_id, row]));
  const people = new Map<string, Holder>(
    ctx.sql.all<Holder>(PEOPLE, [ctx.organization_id]).map(person => [person.user_id, person]),
  );
  const shown = (row: Comment): OrderComment => ({
    comment_id: row.id,
    thread_id: row.thread_id,
    author: people.get(row.author_id) ?? { user_id: row.author_id, full_name: '', initials: '' },
    written_at_ms: row.written_at_ms,
    content: row.deleted_at_ms === null ? row.content : '',
    category: row.category,
    priority: row.priority,
    is_internal: row.is_internal,
    mentions: row.mentions.flatMap(user_id => people.get(user_id) ?? []),
    edited_at_ms: row.edited_at_ms,
    deleted_at_ms: row.deleted_at_ms,
    resolved_by_name: besides.get(row.id)?.resolved_by_name ?? null,
    resolved_at_ms: row.resolved_at_ms,
    files: besides.get(row.id)?.files ?? 0,
    is_own: row.author_id === ctx.actor.user_id,
    row_version: row.row_version,
  });
  const begun = rows.filter(row => row.thread_id === null);
  const comments = begun.flatMap(root => [root, ...rows.filter(row => row.thread_id === root.id)]);
  return { comments: comments.map(shown), may_see_internal };
}

export function writeComment(ctx: CommandCtx, input: Input<'writeComment'>) {
  const order = orderRow(ctx, input.order_id);
  const root = input.thread_id === null ? null : liveComment(ctx, input.thread_id);
  if (root && (root.order_id !== order.id || root.thread_id !== null))
    refuse('row_not_found', { table: 'order_comments', id: root.id });
  const is_internal = root?.is_internal ?? input.is_internal;
  if (is_internal && !seesInternal(ctx)) refuse('comment_internal');
  const mentioned = mentionable(ctx, input.mentions, is_internal);
  const comment = ctx.insert(order_comments, {
    ...input,
    is_internal,
    mentions: mentioned,
    author_id: ctx.actor.user_id,
    written_at_ms: ctx.now_ms,
  });
  tellMentioned(ctx, order, comment, mentioned);
  return { comment_id: comment.id };
}

export function editComment(
  ctx: CommandCtx,
  { comment_id, expected_version, content, mentions }: Input<'editComment'>,
) {
  const held = ownComment(ctx, comment_id);
  const mentioned = mentionable(ctx, mentions, held.is_internal);
  const comment = ctx.update(
    order_comments,
    comment_id,
    { content, mentions: mentioned, edited_at_ms: ctx.now_ms },
    expected_version,
  );
  const known = new Set(held.mentions);
  tellMentioned(
    ctx,
    orderRow(ctx, held.order_id),
    comment,
    mentioned.filter(user_id => !known.has(user_id)),
  );
  return {};
}

export function deleteComment(ctx: CommandCtx, { comment_id, expected_version }: Input<'deleteComment'>) {
  ownComment(ctx, comment_id);
  ctx.update(order_comments, comment_id, { deleted_at_ms: ctx.now_ms }, expected_version);
  return {};
}

export function resolveComment(
  ctx: CommandCtx,
  { comment_id, expected_version, is_resolved }: Input<'resolveComment'>,
) {
  liveComment(ctx, comment_id);
  const by = is_resolved ? { resolved_by: ctx.actor.user_id, resolved_at_ms: ctx.now_ms } : null;
  ctx.update(order_comments, comment_id, by ?? { resolved_by: null, resolved_at_ms: null }, expected_version);
  return {};
}

const EARLIER = `select at_ms as until_ms, coalesce(user_name, '') as by_name, json_extract(changes_diff, '$.content[0]') as content
  from audit_logs where entity_type = 'order_comments' and entity_id = ? and action = 'UPDATE'
    and json_extract(changes_diff, '$.content[0]') is not null order by at_ms desc, id desc`;
export function commentHistory(ctx: ReadCtx, { comment_id }: Input<'commentHistory'>) {
  const { deleted_at_ms } = commentRow(ctx, comment_id);
  if (deleted_at_ms !== null) return { texts: [] };
  return {
    texts: ctx.sql.all<{ until_ms: number; by_name: string; content: string }>(EARLIER, [comment_id]),
  };
}

/** Refuses `mention_cannot_read`: nobody is called to a comment that stays closed to them. */
function mentionable(ctx: ReadCtx, wanted: readonly Id<'users'>[], is_internal: boolean): Id<'users'>[] {
  if (wanted.length === 0) return [];
  const readers = new Map(readersOf(ctx, is_internal).map(reader => [reader.user_id, reader]));
  const other = wanted.find(user_id => !readers.has(user_id));
  if (other !== undefined) {
    const person = ctx.sql.get<{ full_name: string }>('select full_name from users where id = ?', [other]);
    refuse('mention_cannot_read', { name: person?.full_name ?? '' });
  }
  return [...new Set(wanted)];
}

function tellMentioned(
  ctx: CommandCtx,
  { id, order_number, build_number }: OrderRow,
  comment: Comment,
  user_ids: readonly Id<'users'>[],
): void {
  notify(ctx, {
    user_ids,
    type: 'INFO',
    priority: comment.priority,
    message_code: 'orders:notices.mentioned',
    message_values: {
      order_number,
      build_number,
      by: ctx.actor.full_name,
      text: comment.content.slice(0, SHOWN_IN_MESSAGE),
    },
    entity: { type: 'orders', id },
  });
}
