import { eq } from 'drizzle-orm';
import { units_of_measure } from '../../../db/schema/catalogue.ts';
import { unitSeeds } from '../../../db/seeds/units.ts';
import { t } from '../../../db/sqlite/tables.ts';
import { seedId } from '../../platform/seed-id.ts';
import type { CommandCtx } from '../../rpc/context.ts';

/** Units of measure that every installation has. Idempotent. */
export function seedUnits(ctx: CommandCtx): void {
  for (const seed of unitSeeds) {
    const held = ctx.db
      .select({ id: t.units_of_measure.id })
      .from(t.units_of_measure)
      .where(eq(t.units_of_measure.uom_code, seed.uom_code))
      .get();
    if (!held) ctx.insert(units_of_measure, { id: seedId('units_of_measure', seed.uom_code), ...seed });
  }
}
