import type { Id } from '../../../../db/kit/columns.ts';
import type { Stored } from '../../../platform/sheet.ts';
import type { ReadCtx } from '../../../rpc/context.ts';
import { plantOf } from '../../catalogue/plant.service.ts';

export interface HeldHeader {
  bom_id: Id<'bom_headers'>;
  material_id: Id<'materials'>;
  material_number: string;
  bom_number: string;
  bom_version: number;
  bom_name: string;
  base_quantity_e6: number;
  uom_id: string;
  effective_start_on: string | null;
  effective_end_on: string | null;
}
export type HeldLine = Record<string, Stored> & { item_number: string; quantity_e6: number };

const HEADERS = `select h.id as bom_id, h.material_id, m.material_number, h.bom_number, h.bom_version, h.bom_name, h.base_quantity_e6,
    h.uom_id, h.effective_start_on, h.effective_end_on
  from bom_headers h join materials m on m.id = h.material_id
  where h.plant_id = ? and h.scope = 'MASTER' and h.is_active = 1 and h.bom_type = 'PRODUCTION' order by h.bom_version`;
/** The master BOMs in force by the number of their assembly, the newest last. */
export const headersInForce = (ctx: ReadCtx): Map<string, HeldHeader[]> =>
  Map.groupBy(ctx.sql.all<HeldHeader>(HEADERS, [plantOf(ctx)]), header => header.material_number);

const LINES = `select l.bom_header_id, l.item_number, l.quantity_e6, u.uom_code, l.scrap_percent_e4, l.operation_number, l.is_phantom,
    l.backflush, l.notes
  from bom_lines l join bom_headers h on h.id = l.bom_header_id join units_of_measure u on u.id = l.uom_id
  where h.plant_id = ? and h.scope = 'MASTER' and h.is_active = 1 order by l.bom_header_id, l.line_number`;
export function linesInForce(ctx: ReadCtx): Map<string, HeldLine[]> {
  const byHeader = new Map<string, HeldLine[]>();
  for (const { bom_header_id, ...line } of ctx.sql.iterate<HeldLine & { bom_header_id: string }>(LINES, [
    plantOf(ctx),
  ])) {
    const held: HeldLine = { ...line, is_phantom: line.is_phantom === 1, backflush: line.backflush === 1 };
    const list = byHeader.get(bom_header_id) ?? [];
    list.push(held);
    byHeader.set(bom_header_id, list);
  }
  return byHeader;
}
