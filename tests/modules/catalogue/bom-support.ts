import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Id } from '../../../db/kit/columns.ts';
import { parseQuantity } from '../../../db/kit/quantity.ts';
import { installMasterBoms } from '../../../main/modules/catalogue/demo-boms.service.ts';
import { ask, type TestStation, testStation } from '../../support/station.ts';
import { demoFolder } from './import-support.ts';

export const e6 = parseQuantity;
type Line = { item: string; quantity: string; unit?: string; scrap?: string; phantom?: boolean };

/** Items and bills of a test, named by number. */
export function workshop(
  station: TestStation = testStation({ roles: ['ENGINEER', 'ORG_ADMIN', 'PLANNER', 'VIEWER'] }),
) {
  const session = station.session('ENGINEER');
  const units = new Map(
    ask(station, session, 'catalogue.listUnits', {}).units.map(u => [u.uom_code, u.uom_id]),
  );
  const unit = (code: string) => units.get(code) ?? fail(`no unit ${code}`);
  const idOf = (number: string) => ask(station, session, 'catalogue.findMaterial', { number }).material_id;
  return {
    station,
    session,
    unit,
    idOf,
    item: (number: string, uom = 'EA') =>
      ask(station, session, 'catalogue.createMaterial', {
        material_number: number,
        record_type: 'PART',
        material_name: `Item ${number}`,
        description: null,
        material_kind: 'COMPONENT',
        material_category_id: null,
        base_uom_id: unit(uom),
        procurement_type: 'PURCHASE',
        tracking_mode: 'NONE',
        lead_time_days: 0,
        manufacturer_part_number: null,
        manufacturer_name: null,
        can_order: true,
      }).material_id,
    bomInput: (
      number: string,
      lines: Line[],
      more: { base?: string; unit?: string; from?: string | null; to?: string | null } = {},
    ) => ({
      bom_id: null,
      row_version: null,
      material_id: idOf(number),
      bom_number: `BOM-${number}`,
      bom_name: number,
      bom_type: 'PRODUCTION' as const,
      base_quantity_e6: e6(more.base ?? '1'),
      uom_id: unit(more.unit ?? 'EA'),
      effective_start_on: more.from ?? null,
      effective_end_on: more.to ?? null,
      lines: lines.map(line => ({
        component_material_id: idOf(line.item),
        quantity_e6: e6(line.quantity),
        uom_id: unit(line.unit ?? 'EA'),
        scrap_percent_e4: e6(line.scrap ?? '0') / 100,
        is_phantom: line.phantom ?? false,
      })),
    }),
    save(
      number: string,
      lines: Line[],
      more: { base?: string; unit?: string; from?: string | null; to?: string | null } = {},
    ): Id<'bom_headers'> {
      return ask(station, session, 'catalogue.saveMasterBom', this.bomInput(number, lines, more)).bom_id;
    },
    activate: (bom_id: Id<'bom_headers'>, end_old = false) =>
      ask(station, session, 'catalogue.activateMasterBom', { bom_id, end_old }),
    explode: (
      number: string,
      quantity: string,
      mode: 'SINGLE_LEVEL' | 'MULTI_LEVEL' | 'INDENTED' = 'SINGLE_LEVEL',
      on: string | null = null,
    ) =>
      ask(station, session, 'catalogue.explode', {
        material_id: idOf(number),
        quantity_e6: e6(quantity),
        on,
        mode,
      }),
  };
}
const fail = (message: string): never => {
  throw new Error(message);
};

/** The pump family of the demo plant. */
export function pumpWorkshop() {
  const made = workshop();
  const file: unknown = JSON.parse(readFileSync(join(demoFolder, 'master-boms.json'), 'utf8'));
  made.station.asSystem('test.pump', ctx => installMasterBoms(ctx, file));
  return made;
}
export const totals = (rows: { material_number: string; quantity_e6: number }[]) =>
  Object.fromEntries(rows.map(row => [row.material_number, row.quantity_e6 / 1_000_000]));
