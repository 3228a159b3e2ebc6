import { eq } from 'drizzle-orm';
import { type NumberSeries, PROVISIONAL_PREFIX } from '../../../db/kit/columns.ts';
import { number_sequences } from '../../../db/schema/infrastructure.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { CommandCtx } from '../../rpc/context.ts';
import { numberOf } from './numbers.rules.ts';

/**
 * The next number of a series, for example `nextNumber(ctx, NCR_NUMBERS)`. Taken inside the
 * caller's transaction, so a refused command leaves no gap and two callers never get the same one.
 * The pattern counts when the series starts; later the stored pattern does. A station of a centre takes from the
 * block it leased; with the block used up far from the network it gives `TMP-<station>-<n>`, which the centre
 * replaces by a number of the series.
 */
export function nextNumber(ctx: CommandCtx, { series, pattern }: NumberSeries): string {
  const held = ctx.db.select().from(t.number_sequences).where(eq(t.number_sequences.series, series)).get();
  const sequence = held ?? ctx.insert(number_sequences, { series, pattern, next_value: 1 });
  const station_code = ctx.sql.get<{ value: string }>(
    "select value from sync_state where key = 'station_code'",
  )?.value;
  const leased = station_code === undefined ? null : ctx.takeLeasedNumber(series);
  if (leased !== null) return numberOf(sequence.pattern, leased, ctx.today().slice(0, 4));
  ctx.update(number_sequences, sequence.id, { next_value: sequence.next_value + 1 });
  return station_code === undefined
    ? numberOf(sequence.pattern, sequence.next_value, ctx.today().slice(0, 4))
    : `${PROVISIONAL_PREFIX}${station_code}-${sequence.next_value}`;
}
