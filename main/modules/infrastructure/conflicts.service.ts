import { conflicts } from '../../../db/schema/infrastructure.ts';
import type { CommandCtx } from '../../rpc/context.ts';

/** Closes an entry of the conflict inbox; the centre then lets go of what waited behind it. */
export function closeConflict(
  ctx: CommandCtx,
  conflict_id: string,
  state: 'KEPT_MINE' | 'KEPT_THEIRS' | 'COMBINED' | 'DISMISSED',
  note: string | null,
): void {
  ctx.update(conflicts, conflict_id, {
    state,
    resolved_by: ctx.actor.user_id,
    resolved_at_ms: ctx.now_ms,
    resolution_note: note,
  });
}
