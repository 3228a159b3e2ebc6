import { z } from 'zod';
import { COMMENT_CATEGORIES, COMMENT_PRIORITIES } from '../../db/schema/orders.ts';
import { command, empty, idOf, query } from './rpc.ts';

const orderId = idOf('orders');
const commentId = idOf('order_comments');
const content = z.string().trim().min(1).max(2000);
const mentions = z.array(idOf('users')).max(20).default([]);
export const commentCategory = z.enum(COMMENT_CATEGORIES);
export const commentPriority = z.enum(COMMENT_PRIORITIES);
const person = z.object({ user_id: idOf('users'), full_name: z.string(), initials: z.string() });

export const orderComment = z.object({
  comment_id: commentId,
  /** The comment it answers; null begins a thread. */
  thread_id: commentId.nullable(),
  author: person,
  written_at_ms: z.int(),
  /** Empty once it was deleted. */
  content: z.string(),
  category: commentCategory,
  priority: commentPriority,
  is_internal: z.boolean(),
  mentions: z.array(person),
  edited_at_ms: z.int().nullable(),
  deleted_at_ms: z.int().nullable(),
  resolved_by_name: z.string().nullable(),
  resolved_at_ms: z.int().nullable(),
  files: z.int(),
  is_own: z.boolean(),
  row_version: z.int(),
});
export type OrderComment = z.infer<typeof orderComment>;

const OF_A_COMMENT = ['row_not_found', 'comment_not_yours', 'comment_deleted', 'row_changed'] as const;
const versioned = z.object({ comment_id: commentId, expected_version: z.int().min(1) });

export const orderComments = {
  /** Threads in the order they were begun, each followed by its answers. */
  listComments: query({
    allow: 'comments:read',
    input: z.object({ order_id: orderId }),
    output: z.object({ comments: z.array(orderComment), may_see_internal: z.boolean() }),
    refusals: ['row_not_found'],
  }),
  /** Whom a comment may mention: whoever may read it. */
  commentPeople: query({
    allow: 'comments:create',
    input: z.object({ is_internal: z.boolean().default(false) }),
    output: z.object({ people: z.array(person) }),
  }),
  /** An answer is internal when its thread is. */
  writeComment: command({
    allow: 'comments:create',
    input: z.object({
      order_id: orderId,
      thread_id: commentId.nullable().default(null),
      content,
      category: commentCategory.default('GENERAL'),
      priority: commentPriority.default('NORMAL'),
      is_internal: z.boolean().default(false),
      mentions,
    }),
    output: z.object({ comment_id: commentId }),
    refusals: ['row_not_found', 'comment_internal', 'mention_cannot_read', 'comment_deleted'],
  }),
  editComment: command({
    allow: 'comments:create',
    input: versioned.extend({ content, mentions }),
    output: empty,
    refusals: [...OF_A_COMMENT, 'mention_cannot_read'],
  }),
  /** Its place stays, its text is shown no more; the audit trail keeps it. */
  deleteComment: command({
    allow: 'comments:create',
    input: versioned,
    output: empty,
    refusals: OF_A_COMMENT,
  }),
  resolveComment: command({
    allow: 'comments:update',
    input: versioned.extend({ is_resolved: z.boolean() }),
    output: empty,
    refusals: ['row_not_found', 'comment_deleted', 'row_changed'],
  }),
  /** Earlier texts of a comment, newest first. */
  commentHistory: query({
    allow: 'comments:read',
    input: z.object({ comment_id: commentId }),
    output: z.object({
      texts: z.array(z.object({ until_ms: z.int(), by_name: z.string(), content: z.string() })),
    }),
    refusals: ['row_not_found'],
  }),
};
