import type { Id } from '../../../db/kit/columns.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';

/** The plant whose catalogue is meant: of the person, or the first one when the program itself acts. */
export function plantOf(ctx: ReadCtx): Id<'plants'> {
  if (ctx.actor.is_person) return ctx.actor.plant_id;
  const first = ctx.sql.get<{ id: Id<'plants'> }>(
    'select id from plants where organization_id = ? order by created_at_ms, id limit 1',
    [ctx.organization_id],
  );
  return first?.id ?? refuse('no_plant');
}

/** IANA zone of a plant. */
export const plantZone = (ctx: ReadCtx, plant_id: string): string =>
  ctx.sql.get<{ timezone: string }>('select timezone from plants where id = ?', [plant_id])?.timezone ??
  'UTC';

/** The id of a unit of measure by its code. Refuses `unit_unknown`. */
export function unitOf(ctx: ReadCtx, code: string): Id<'units_of_measure'> {
  const row = ctx.sql.get<{ id: Id<'units_of_measure'> }>(
    'select id from units_of_measure where uom_code = ?',
    [code],
  );
  return row?.id ?? refuse('unit_unknown', { unit: code });
}
