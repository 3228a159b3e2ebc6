import type { PickList } from '../../../preload/contract/pick-list.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { placesOf } from '../catalogue/places.service.ts';
import { headersOf, orderFacts } from './bom-rows.service.ts';
import { pickLines } from './pick-list.rules.ts';
import { aggregatedLines, storedTree } from './tree.service.ts';

/** What to fetch for these builds by their approved BOMs. Refuses `row_not_found`, `bom_not_approved`. */
export function pickListOf(ctx: ReadCtx, order_ids: readonly string[]): PickList {
  const builds = [...new Set(order_ids)].map(order_id => {
    const { order_number, build_number, want_on } = orderFacts(ctx, order_id);
    const header =
      headersOf(ctx, order_id).find(({ status }) => status === 'APPROVED') ??
      refuse('bom_not_approved', { order_number, build_number });
    return { header, want_on };
  });
  const wanted = builds.map(({ header: { bom_id, order_number, build_number } }) => ({
    order_number,
    build_number,
    // Phantoms and kits dissolve into their parts: what lies in the store are the leaves.
    leaves: aggregatedLines(storedTree(ctx, bom_id)),
  }));
  const numbers = wanted.flatMap(({ leaves }) => leaves.map(({ item_id }) => item_id));
  return {
    builds: builds.map(
      ({ header: { order_id, order_number, build_number, customer_name, bom_version }, want_on }) => ({
        order_id,
        order_number,
        build_number,
        customer_name,
        want_on,
        bom_version,
      }),
    ),
    lines: pickLines(wanted, placesOf(ctx, numbers)),
  };
}

/** Whether the build has a BOM to pick by. */
export const canPick = (ctx: ReadCtx, order_id: string): boolean =>
  headersOf(ctx, order_id).some(({ status }) => status === 'APPROVED');
