import { eq } from 'drizzle-orm';
import { number_sequences } from '../../../db/schema/infrastructure.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { CommandCtx } from '../../rpc/context.ts';
import { numberOf } from './numbers.rules.ts';

/**
 * The next number of a series, for example `nextNumber(ctx, 'NCR', 'NCR-{year}-####')`. Taken inside the
 * caller's transaction, so a refused command leaves no gap and two callers never get the same one.
 * The pattern counts when the series starts; later the stored pattern does.
 */
export function nextNumber(ctx: CommandCtx, series: string, pattern: string): string {
  const held = ctx.db.select().from(t.number_sequences).where(eq(t.number_sequences.series, series)).get();
  const sequence = held ?? ctx.insert(number_sequences, { series, pattern, next_value: 1 });
  ctx.update(number_sequences, sequence.id, { next_value: sequence.next_value + 1 });
  return numberOf(sequence.pattern, sequence.next_value, ctx.today().slice(0, 4));
}
