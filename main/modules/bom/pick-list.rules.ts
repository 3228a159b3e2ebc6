import type { AggregatedLine } from '../../../preload/contract/bom.ts';
import type { ItemPlace } from '../../../preload/contract/catalogue.ts';
import type { PickLine } from '../../../preload/contract/pick-list.ts';
import { addE6 } from './exact-quantity.rules.ts';

export interface BuildLeaves {
  order_number: string;
  build_number: string;
  leaves: readonly AggregatedLine[];
}

const collator = new Intl.Collator('en', { numeric: true });
/** Rack 2 before rack 10; what has no place stands behind everything that has one. */
const byText = (a: string | null, b: string | null): number =>
  a === null || b === null ? Number(a === null) - Number(b === null) : collator.compare(a, b);
const hasPlace = (place: ItemPlace): boolean =>
  place.warehouse_location !== null || place.bin_location !== null;

/** One walk through the store: place, bin, then number; items without a place at the end. */
export const inWalkingOrder = (lines: readonly PickLine[]): PickLine[] =>
  [...lines].sort(
    (a, b) =>
      Number(hasPlace(b)) - Number(hasPlace(a)) ||
      byText(a.warehouse_location, b.warehouse_location) ||
      byText(a.bin_location, b.bin_location) ||
      collator.compare(a.item_id, b.item_id),
  );

/** Every item once for all builds, in each unit it is asked for, with the share of each build. */
export function pickLines(
  builds: readonly BuildLeaves[],
  placeOf: (number: string) => ItemPlace,
): PickLine[] {
  const lines = new Map<string, PickLine>();
  for (const { order_number, build_number, leaves } of builds) {
    for (const { item_id, name, uom_code, is_custom_part, total_quantity_e6 } of leaves) {
      const share = { order_number, build_number, quantity_e6: total_quantity_e6 };
      const key = JSON.stringify([item_id, uom_code, is_custom_part]);
      const held = lines.get(key);
      if (held) {
        held.quantity_e6 = addE6(held.quantity_e6, total_quantity_e6);
        held.shares.push(share);
        continue;
      }
      const place = is_custom_part ? { warehouse_location: null, bin_location: null } : placeOf(item_id);
      const quantity_e6 = total_quantity_e6;
      lines.set(key, { item_id, name, uom_code, is_custom_part, ...place, quantity_e6, shares: [share] });
    }
  }
  return inWalkingOrder([...lines.values()]);
}
