import type { Id } from '../../../db/kit/columns.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import type { RecordType } from './import.rules.ts';
import { plantOf } from './plant.service.ts';

export interface HeldCategory {
  id: Id<'material_categories'>;
  code: string;
  name: string;
  description: string | null;
  parent_code: string | null;
  is_imported: number;
  is_active: number;
}
export interface HeldMaterial {
  id: Id<'materials'>;
  record_type: RecordType;
  number: string;
  name: string;
  description: string | null;
  kind: string;
  procurement_type: string;
  category_code: string | null;
  manufacturer_part_number: string | null;
  manufacturer_name: string | null;
  can_order: number;
  is_kit: number;
  needs_id_check: number;
  is_imported: number;
  is_active: number;
}
export interface HeldComponent {
  id: Id<'bom_lines'>;
  component_id: Id<'materials'>;
  quantity_e6: number;
  notes: string | null;
}
export interface HeldBom {
  id: Id<'bom_headers'>;
  base_quantity_e6: number;
  components: HeldComponent[];
}
export interface Held {
  categories: Map<string, HeldCategory>;
  materials: Map<string, HeldMaterial>;
  links: Map<string, { id: Id<'material_category_links'>; position: number }>;
  /** The newest master BOM in force, by assembly. */
  boms: Map<Id<'materials'>, HeldBom>;
  aliases: Map<string, { id: Id<'material_aliases'>; is_active: number }>;
}
export const materialKey = (row: { record_type: RecordType; number: string }): string =>
  `${row.record_type} ${row.number}`;

/** What the plant's catalogue holds now, keyed as the import compares it. */
export function readHeld(ctx: ReadCtx): Held {
  const plant_id = plantOf(ctx);
  const categories = ctx.sql.all<HeldCategory>(
    `select c.id, c.category_code as code, c.category_name as name, c.description, p.category_code as parent_code, c.is_imported, c.is_active
     from material_categories c left join material_categories p on p.id = c.parent_category_id where c.organization_id = ?`,
    [ctx.organization_id],
  );
  const materials = ctx.sql.all<HeldMaterial>(
    `select m.id, m.record_type, m.material_number as number, m.material_name as name, m.description, m.material_kind as kind, m.procurement_type,
       c.category_code, m.manufacturer_part_number, m.manufacturer_name, m.can_order, m.is_kit, m.needs_id_check, m.is_imported, m.is_active
     from materials m left join material_categories c on c.id = m.material_category_id where m.plant_id = ?`,
    [plant_id],
  );
  const links = ctx.sql.all<{
    id: Id<'material_category_links'>;
    position: number;
    material_category_id: string;
    material_id: string;
  }>(
    `select l.id, l.position, l.material_category_id, l.material_id from material_category_links l
     join materials m on m.id = l.material_id where m.plant_id = ?`,
    [plant_id],
  );
  const aliases = ctx.sql.all<{ id: Id<'material_aliases'>; alias_number: string; material_id: string }>(
    'select a.id, a.alias_number, a.material_id from material_aliases a join materials m on m.id = a.material_id where m.plant_id = ?',
    [plant_id],
  );
  return {
    categories: new Map(categories.map(row => [row.code, row])),
    materials: new Map(materials.map(row => [materialKey(row), row])),
    links: new Map(links.map(row => [`${row.material_category_id} ${row.material_id}`, row])),
    boms: readHeldBoms(ctx, plant_id),
    aliases: new Map(
      aliases.map(row => [`${row.alias_number} ${row.material_id}`, { id: row.id, is_active: 1 }]),
    ),
  };
}

function readHeldBoms(ctx: ReadCtx, plant_id: string): Held['boms'] {
  const headers = ctx.sql.all<{
    id: Id<'bom_headers'>;
    material_id: Id<'materials'>;
    base_quantity_e6: number;
  }>(
    `select id, material_id, base_quantity_e6 from bom_headers
     where plant_id = ? and scope = 'MASTER' and is_active = 1 and bom_type = 'PRODUCTION' order by bom_version`,
    [plant_id],
  );
  const boms: Held['boms'] = new Map(
    headers.map(({ material_id, ...bom }) => [material_id, { ...bom, components: [] }]),
  );
  const byHeader = new Map([...boms.values()].map(bom => [bom.id, bom]));
  const lines = ctx.sql.all<HeldComponent & { bom_header_id: Id<'bom_headers'> }>(
    `select l.id, l.bom_header_id, l.component_material_id as component_id, l.quantity_e6, l.notes
     from bom_lines l join bom_headers h on h.id = l.bom_header_id
     where h.plant_id = ? and h.scope = 'MASTER' and h.is_active = 1 order by l.bom_header_id, l.line_number`,
    [plant_id],
  );
  for (const { bom_header_id, ...line } of lines) byHeader.get(bom_header_id)?.components.push(line);
  return boms;
}
