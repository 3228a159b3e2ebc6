import { z } from 'zod';
import type { Id } from '../../../db/kit/columns.ts';
import { parseQuantity } from '../../../db/kit/quantity.ts';
import { MATERIAL_KINDS, materials } from '../../../db/schema/catalogue.ts';
import type { CommandCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { activateMasterBom, saveMasterBom } from './master-bom-write.service.ts';
import { plantOf, unitOf } from './plant.service.ts';

const decimal = z.string().regex(/^\d+(\.\d+)?$/);
export const masterBomFile = z.object({
  materials: z.array(
    z.object({
      material_number: z.string(),
      name: z.string(),
      kind: z.enum(MATERIAL_KINDS),
      uom: z.string(),
    }),
  ),
  boms: z.array(
    z.object({
      material_number: z.string(),
      bom_number: z.string(),
      bom_name: z.string(),
      base_quantity: decimal,
      uom: z.string(),
      effective_start: z.iso.date().nullable(),
      effective_end: z.iso.date().nullable(),
      lines: z.array(
        z.object({
          component: z.string(),
          quantity: decimal,
          uom: z.string(),
          scrap_percent: decimal,
          is_phantom: z.boolean(),
        }),
      ),
    }),
  ),
});

/** Items with master BOMs of the shipped plant, through the same services as the editor. Run once. */
export function installMasterBoms(ctx: CommandCtx, raw: unknown): void {
  const file = masterBomFile.parse(raw);
  const plant_id = plantOf(ctx);
  const produced = new Set(file.boms.map(({ material_number }) => material_number));
  const ids = new Map<string, Id<'materials'>>();
  for (const { material_number, name, kind, uom } of file.materials) {
    const row = ctx.insert(materials, {
      plant_id,
      material_number,
      material_name: name,
      material_kind: kind,
      record_type: produced.has(material_number) ? 'ASSEMBLY' : 'PART',
      procurement_type: produced.has(material_number) ? 'MANUFACTURE' : 'PURCHASE',
      base_uom_id: unitOf(ctx, uom),
    });
    ids.set(material_number, row.id);
  }
  const idOf = (number: string) => ids.get(number) ?? refuse('item_unknown', { number });
  for (const bom of file.boms) {
    const { bom_id } = saveMasterBom(ctx, {
      bom_id: null,
      row_version: null,
      material_id: idOf(bom.material_number),
      bom_number: bom.bom_number,
      bom_name: bom.bom_name,
      bom_type: 'PRODUCTION',
      base_quantity_e6: parseQuantity(bom.base_quantity),
      uom_id: unitOf(ctx, bom.uom),
      effective_start_on: bom.effective_start,
      effective_end_on: bom.effective_end,
      lines: bom.lines.map(line => ({
        component_material_id: idOf(line.component),
        quantity_e6: parseQuantity(line.quantity),
        uom_id: unitOf(ctx, line.uom),
        scrap_percent_e4: parseQuantity(line.scrap_percent) / 100,
        operation_number: null,
        is_phantom: line.is_phantom,
        backflush: false,
        notes: null,
        alternate_of: null,
      })),
    });
    activateMasterBom(ctx, { bom_id, end_old: false });
  }
}
