import type { Id } from '../../../db/kit/columns.ts';
import type { TreeRow } from '../../../preload/contract/bom.ts';
import type { fulfilment, Situation } from '../../../preload/contract/fulfilment.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { bomTree } from '../bom/bom.service.ts';
import { headersOf } from '../bom/bom-rows.service.ts';
import { isOut } from '../logistics/outsourcing.rules.ts';
import {
  addParts,
  itemsOfOrder,
  moveItem,
  outsourcedItem,
  outsourcedLines,
  type PartToSend,
  sendItems,
} from '../logistics/outsourcing.service.ts';
import { orderRow } from '../orders/order-rows.service.ts';
import { noteOn } from '../orders/status.service.ts';
import { tell } from './notices.service.ts';
import { move, moveIfOpen, situation } from './transitions.service.ts';

type Input<P extends keyof typeof fulfilment> = ParsedInputOf<(typeof fulfilment)[P]>;

export const outsourced = (ctx: ReadCtx, input: Input<'outsourced'>) => outsourcedLines(ctx, input);

const partOf = (row: TreeRow): PartToSend => ({
  bom_line_id: row.line_id,
  material_id: row.material_id,
  material_number: row.item_id,
  material_description: row.name.slice(0, 200),
  quantity_e6: row.total_quantity_e6,
});
const rowsOf = (ctx: ReadCtx, order_id: string): TreeRow[] => {
  const bom_id = headersOf(ctx, order_id)[0]?.bom_id;
  return bom_id === undefined ? [] : bomTree(ctx, bom_id).rows;
};

/** Marks lines by hand. Refuses `bom_line_unknown` and `line_already_outsourced`. */
export function markOutsourced(ctx: CommandCtx, { order_id, bom_line_ids }: Input<'markOutsourced'>) {
  const order = orderRow(ctx, order_id);
  const rows = new Map<string | null, TreeRow>(rowsOf(ctx, order_id).map(row => [row.line_id, row]));
  const held = new Set(
    itemsOfOrder(ctx, order_id)
      .filter(item => isOut(item.outsourcing_status))
      .map(item => item.bom_line_id),
  );
  const parts = bom_line_ids.map(id => {
    const row = rows.get(id) ?? refuse('bom_line_unknown', { line: id });
    if (held.has(id)) refuse('line_already_outsourced', { material_number: row.item_id });
    return partOf(row);
  });
  addParts(ctx, order.id, parts);
  noteOn(ctx, order, {
    action: 'PART_MARKED_FOR_OUTSOURCING',
    metadata: { parts: parts.map(part => part.material_number).join(', ') },
  });
  return { marked: parts.length };
}

/**
 * An approved BOM names the parts the maker of the body needs: lines of the list in the settings are marked, marks
 * of lines that are gone are taken back. What was sent already stays.
 */
export function followBom(ctx: CommandCtx, order_id: Id<'orders'>): void {
  const wanted = new Set(ctx.setting('outsourcing.preMarkedIds'));
  const rows = rowsOf(ctx, order_id).filter(row => row.level === 0);
  const numbers = new Set(rows.map(row => row.item_id));
  const held = itemsOfOrder(ctx, order_id);
  for (const item of held)
    if (item.outsourcing_status === 'PENDING' && !numbers.has(item.material_number))
      moveItem(ctx, item, 'CANCELLED');
  const known = new Set(
    held.filter(item => item.outsourcing_status !== 'CANCELLED').map(item => item.material_number),
  );
  addParts(ctx, order_id, rows.filter(row => wanted.has(row.item_id) && !known.has(row.item_id)).map(partOf));
}

/** Sends lines out; an order whose BOM is approved moves on to PARTS_SENT in the same step. */
export function sendParts(ctx: CommandCtx, input: Input<'sendParts'>): Situation {
  const order = orderRow(ctx, input.order_id);
  const wanted = new Set<string>(input.shipment_item_ids);
  const items = itemsOfOrder(ctx, order.id).filter(item => wanted.has(item.id));
  if (items.length < wanted.size)
    refuse('row_not_found', { table: 'shipment_items', id: [...wanted].join(', ') });
  sendItems(ctx, items, input);
  noteOn(ctx, order, {
    action: 'OUTSOURCED_PART_UPDATED',
    metadata: { status: 'SENT', parts: items.map(item => item.material_number).join(', ') },
  });
  moveIfOpen(ctx, order.id, 'T1', {});
  return situation(ctx, input);
}

export function setOutsourcing(ctx: CommandCtx, input: Input<'setOutsourcing'>) {
  const item = outsourcedItem(ctx, input.shipment_item_id);
  const order = orderRow(ctx, item.order_id);
  moveItem(ctx, item, input.status, input);
  if (input.status === undefined || input.status === item.outsourcing_status) return {};
  noteOn(ctx, order, {
    action: 'OUTSOURCED_PART_UPDATED',
    comment: input.notes,
    metadata: { status: input.status, parts: item.material_number },
  });
  const values = { material_number: item.material_number };
  if (input.status === 'DELAYED')
    tell(ctx, order, { roles: ['PROCUREMENT', 'PLANNER'], type: 'ERROR', code: 'part_delayed', values });
  if (input.status === 'RECEIVED')
    tell(ctx, order, {
      roles: ['PLANNER'],
      user_ids: order.current_assignee_id === null ? [] : [order.current_assignee_id],
      type: 'INFO',
      code: 'part_received',
      values,
    });
  return {};
}

/** Open lines are received, and the build is ready for pre-QC. */
export function bodyArrived(ctx: CommandCtx, { order_id, comment }: Input<'bodyArrived'>): Situation {
  const order = orderRow(ctx, order_id);
  for (const item of itemsOfOrder(ctx, order_id).filter(entry => isOut(entry.outsourcing_status))) {
    if (item.outsourcing_status === 'PENDING') moveItem(ctx, item, 'CANCELLED');
    else moveItem(ctx, item, 'RECEIVED');
  }
  return move(ctx, {
    order_id,
    transition_code: 'T3',
    expected_version: order.row_version,
    waive: false,
    ...(comment === undefined ? {} : { comment }),
  });
}
