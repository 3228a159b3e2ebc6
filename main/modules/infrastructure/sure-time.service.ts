import type { QueryCtx } from '../../rpc/context.ts';

/**
 * Now, but no later than the centre's clock was when it was last asked: what is removed by age is removed everywhere, and
 * a station whose clock is years ahead must not decide that. A station that stands alone has only its own clock.
 */
export const surelyNow = (ctx: Pick<QueryCtx, 'now_ms' | 'replicationStatus'>): number =>
  Math.min(ctx.now_ms, ctx.replicationStatus().complete_to_ms ?? ctx.now_ms);
