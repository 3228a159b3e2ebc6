import { and, count, desc, eq } from 'drizzle-orm';
import type { Id } from '../../../db/kit/columns.ts';
import { order_drafts } from '../../../db/schema/orders.ts';
import { t } from '../../../db/sqlite/tables.ts';
import { draftDocument, type orders } from '../../../preload/contract/orders.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';

type Input<P extends keyof typeof orders> = ParsedInputOf<(typeof orders)[P]>;
const mostDrafts = 200;

export function listDrafts(ctx: ReadCtx) {
  const d = t.order_drafts;
  const rows = ctx.db
    .select()
    .from(d)
    .where(eq(d.user_id, ctx.actor.user_id))
    .orderBy(desc(d.saved_at_ms), desc(d.id))
    .all();
  return {
    drafts: rows.map(row => {
      const { header, builds, step } = draftDocument.parse(row.draft);
      const { order_number, customer_name } = header;
      return {
        draft_id: row.id,
        order_number,
        customer_name,
        builds: builds.length,
        step,
        saved_at_ms: row.saved_at_ms,
      };
    }),
  };
}

/** Only one's own: a draft of someone else is as unknown as one that never was. */
export function getDraft(ctx: ReadCtx, { draft_id }: Input<'getDraft'>) {
  const row = ownDraft(ctx, draft_id);
  return {
    draft_id: row.id,
    draft: draftDocument.parse(row.draft),
    saved_at_ms: row.saved_at_ms,
    row_version: row.row_version,
  };
}

export function saveDraft(ctx: CommandCtx, { draft_id, draft }: Input<'saveDraft'>) {
  const values = { draft, saved_at_ms: ctx.now_ms };
  if (draft_id !== undefined) {
    ctx.update(order_drafts, ownDraft(ctx, draft_id).id, values);
    return { draft_id, saved_at_ms: ctx.now_ms };
  }
  const d = t.order_drafts;
  const held =
    ctx.db.select({ drafts: count() }).from(d).where(eq(d.user_id, ctx.actor.user_id)).get()?.drafts ?? 0;
  if (held >= mostDrafts) refuse('too_many_drafts', { max: mostDrafts });
  const made = ctx.insert(order_drafts, { ...values, user_id: ctx.actor.user_id });
  return { draft_id: made.id, saved_at_ms: ctx.now_ms };
}

export function discardDraft(ctx: CommandCtx, { draft_id }: Input<'discardDraft'>) {
  ctx.remove(order_drafts, ownDraft(ctx, draft_id).id);
  return {};
}

function ownDraft(ctx: ReadCtx, draft_id: Id<'order_drafts'>) {
  const d = t.order_drafts;
  const row = ctx.db
    .select()
    .from(d)
    .where(and(eq(d.id, draft_id), eq(d.user_id, ctx.actor.user_id)))
    .get();
  return row ?? refuse('draft_unknown');
}
