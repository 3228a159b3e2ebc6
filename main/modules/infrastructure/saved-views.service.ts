import { and, asc, eq, or } from 'drizzle-orm';
import type { z } from 'zod';
import type { RowOf } from '../../../db/kit/define-table.ts';
import { saved_views } from '../../../db/schema/infrastructure.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { infrastructure, savedView } from '../../../preload/contract/infrastructure.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';

type Input<P extends keyof typeof infrastructure> = ParsedInputOf<(typeof infrastructure)[P]>;
type View = z.output<typeof savedView>;
const MAX_DEFINITION_CHARACTERS = 50_000;

/** Own views and those others share, by name. */
export function listSavedViews(ctx: ReadCtx, input: Input<'listSavedViews'>): View[] {
  const { saved_views: v } = t;
  const visible = or(eq(v.user_id, ctx.actor.user_id), eq(v.is_shared, true));
  return ctx.db
    .select()
    .from(v)
    .where(and(eq(v.list, input.list), visible))
    .orderBy(asc(v.view_name))
    .all()
    .map(row => viewOf(ctx, row));
}

export function saveSavedView(ctx: CommandCtx, input: Input<'saveSavedView'>): View {
  const characters = JSON.stringify(input.definition ?? null).length;
  if (characters > MAX_DEFINITION_CHARACTERS)
    refuse('view_too_large', { characters, most: MAX_DEFINITION_CHARACTERS });
  const { saved_views: v } = t;
  const { list, view_name, is_shared } = input;
  const definition = input.definition ?? null;
  const held = ctx.db
    .select({ id: v.id })
    .from(v)
    .where(and(eq(v.user_id, ctx.actor.user_id), eq(v.list, list), eq(v.view_name, view_name)))
    .get();
  const row = held
    ? ctx.update(saved_views, held.id, { definition, is_shared })
    : ctx.insert(saved_views, { user_id: ctx.actor.user_id, list, view_name, definition, is_shared });
  return viewOf(ctx, row);
}

export function deleteSavedView(ctx: CommandCtx, input: Input<'deleteSavedView'>) {
  const { saved_views: v } = t;
  const held = ctx.db.select({ user_id: v.user_id }).from(v).where(eq(v.id, input.saved_view_id)).get();
  if (held?.user_id !== ctx.actor.user_id) refuse('view_not_yours');
  ctx.remove(saved_views, input.saved_view_id);
  return {};
}

const viewOf = (ctx: ReadCtx, row: RowOf<typeof saved_views>): View => ({
  saved_view_id: row.id,
  list: row.list,
  view_name: row.view_name,
  definition: row.definition,
  is_shared: row.is_shared,
  is_own: row.user_id === ctx.actor.user_id,
  row_version: row.row_version,
});
