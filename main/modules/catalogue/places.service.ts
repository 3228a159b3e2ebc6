import { z } from 'zod';
import type { Id } from '../../../db/kit/columns.ts';
import { materials } from '../../../db/schema/catalogue.ts';
import type { ItemPlace } from '../../../preload/contract/catalogue.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { plantOf } from './plant.service.ts';

const NOWHERE: ItemPlace = { warehouse_location: null, bin_location: null };
// Twins lie in one bin: what is said of the part is read last and counts.
const PLACES = `select m.material_number, m.warehouse_location, m.bin_location
  from json_each(?) wanted cross join materials m on m.material_number = wanted.value
  where m.plant_id = ? and (m.warehouse_location is not null or m.bin_location is not null) order by m.record_type`;

/** Where the items of these numbers usually lie in the plant at hand. */
export function placesOf(ctx: ReadCtx, numbers: Iterable<string>): (number: string) => ItemPlace {
  const wanted = JSON.stringify([...new Set(numbers)]);
  const rows = ctx.sql.all<ItemPlace & { material_number: string }>(PLACES, [wanted, plantOf(ctx)]);
  const places = new Map(rows.map(({ material_number, ...place }) => [material_number, place]));
  return number => places.get(number) ?? NOWHERE;
}

/** Place, bin, number of what lies there. */
const placesFile = z.record(z.string(), z.record(z.string(), z.string()));
/** Puts the items of the shipped plant into their bins. Run once. Refuses `item_unknown`. */
export function installPlaces(ctx: CommandCtx, raw: unknown): void {
  const items = ctx.sql.all<{ id: Id<'materials'>; material_number: string }>(
    'select id, material_number from materials where plant_id = ?',
    [plantOf(ctx)],
  );
  const ids = Map.groupBy(items, ({ material_number }) => material_number);
  for (const [warehouse_location, bins] of Object.entries(placesFile.parse(raw)))
    for (const [bin_location, number] of Object.entries(bins))
      for (const { id } of ids.get(number) ?? refuse('item_unknown', { number }))
        ctx.update(materials, id, { warehouse_location, bin_location });
}
