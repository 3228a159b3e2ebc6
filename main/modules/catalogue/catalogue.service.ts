import type { ReadCtx, Statements } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { perPiece, type RequirementLine } from './master-bom.rules.ts';
import { plantOf } from './plant.service.ts';
import { unitTable } from './units.service.ts';

/** Structurally the item of the BOM expansion: what stands under one number, with its components in force. */
export interface IndexedItem {
  /** The id of the material. */
  key: string;
  item_id: string;
  name: string;
  kind: 'PART' | 'ASSEMBLY';
  is_active: boolean;
  components: { item_id: string; quantity_e6: number; notes: string }[];
}
export interface CatalogueIndex {
  /** By number: the assembly when it has components, else the part, else the empty assembly. */
  resolve(item_id: string): IndexedItem | undefined;
  byKey(material_id: string): IndexedItem | undefined;
  /** An active item of the plant has this number. */
  knownItem(item_id: string): boolean;
  readonly size: number;
}
interface HeldIndex {
  seen: string;
  stamp: string;
  index: CatalogueIndex;
}

/** One index per connection and plant, built once and rebuilt only when a catalogue row changed. */
const held = new WeakMap<Statements, Map<string, HeldIndex>>();

export function catalogueIndex(ctx: ReadCtx): CatalogueIndex {
  const plant_id = plantOf(ctx);
  const byPlant = held.get(ctx.sql) ?? new Map<string, HeldIndex>();
  held.set(ctx.sql, byPlant);
  const known = byPlant.get(plant_id);
  const day = ctx.today();
  const seen = `${connectionState(ctx)} ${day}`;
  if (known?.seen === seen) return known.index;
  const stamp = `${catalogueStamp(ctx, plant_id)} ${day}`;
  if (known?.stamp === stamp) {
    known.seen = seen;
    return known.index;
  }
  const index = buildIndex(ctx, plant_id, day);
  byPlant.set(plant_id, { seen, stamp, index });
  return index;
}

/** Moves with every commit of another connection and every write of this one; asking costs microseconds. */
export function connectionState(ctx: ReadCtx): string {
  const { data_version } = ctx.sql.get<{ data_version: number }>('pragma data_version') ?? {
    data_version: 0,
  };
  const { writes } = ctx.sql.get<{ writes: number }>('select total_changes() as writes') ?? { writes: 0 };
  return `${data_version} ${writes}`;
}

/** Moves only when a material or a master BOM changed: most commits write neither. */
function catalogueStamp(ctx: ReadCtx, plant_id: string): string {
  const row = ctx.sql.get<Record<string, number | null>>(
    `select (select count(*) from materials) as a, (select sum(row_version) from materials) as b, (select max(updated_at_ms) from materials) as c,
       (select count(*) from bom_headers where plant_id = ?1 and scope = 'MASTER') as d,
       (select sum(row_version) from bom_headers where plant_id = ?1 and scope = 'MASTER') as e`,
    { 1: plant_id },
  );
  return JSON.stringify(row);
}

interface ItemRow {
  id: string;
  item_id: string;
  name: string;
  kind: 'PART' | 'ASSEMBLY';
  is_active: number;
  base_unit: string;
}
function buildIndex(ctx: ReadCtx, plant_id: string, day: string): CatalogueIndex {
  const units = unitTable(ctx);
  const rows = ctx.sql.all<ItemRow>(
    'select id, material_number as item_id, material_name as name, record_type as kind, is_active, base_uom_id as base_unit from materials where plant_id = ?',
    [plant_id],
  );
  const byKey = new Map<string, IndexedItem>(
    rows.map(row => [
      row.id,
      {
        key: row.id,
        item_id: row.item_id,
        name: row.name,
        kind: row.kind,
        is_active: row.is_active === 1,
        components: [],
      },
    ]),
  );
  const baseUnit = new Map(rows.map(row => [row.id, row.base_unit]));
  const inForce = new Map<string, string>();
  const headers = ctx.sql.all<{ id: string; material_id: string }>(
    `select id, material_id from bom_headers where plant_id = ? and scope = 'MASTER' and is_active = 1 and bom_type = 'PRODUCTION'
       and (effective_start_on is null or effective_start_on <= ?) and (effective_end_on is null or effective_end_on >= ?) order by bom_version`,
    [plant_id, day, day],
  );
  for (const { id, material_id } of headers) inForce.set(material_id, id);
  const headersInForce = new Set(inForce.values());
  const lines = ctx.sql.all<
    RequirementLine & {
      bom_header_id: string;
      material_id: string;
      component_id: string;
      item_id: string;
      notes: string | null;
    }
  >(
    `select l.bom_header_id, h.material_id, l.component_material_id as component_id, l.item_number as item_id, l.quantity_e6, l.scrap_percent_e4, l.uom_id, l.notes, h.base_quantity_e6
     from bom_lines l join bom_headers h on h.id = l.bom_header_id
     where h.plant_id = ? and h.scope = 'MASTER' and h.is_active = 1 and l.alternate_of_line_id is null order by l.bom_header_id, l.line_number`,
    [plant_id],
  );
  for (const line of lines) {
    if (!headersInForce.has(line.bom_header_id)) continue;
    const quantity_e6 = perPiece(line, units, baseUnit.get(line.component_id));
    byKey.get(line.material_id)?.components.push({
      item_id: byKey.get(line.component_id)?.item_id ?? line.item_id,
      quantity_e6,
      notes: line.notes ?? '',
    });
  }
  const byNumber = new Map<string, IndexedItem>();
  for (const item of byKey.values()) {
    const other = byNumber.get(item.item_id);
    if (!other || rankOf(item) > rankOf(other)) byNumber.set(item.item_id, item);
  }
  return {
    resolve: item_id => byNumber.get(item_id),
    byKey: material_id => byKey.get(material_id),
    knownItem: item_id => byNumber.get(item_id)?.is_active === true,
    size: byKey.size,
  };
}

const rankOf = (item: IndexedItem): number => {
  if (item.kind === 'PART') return 1;
  return item.components.length > 0 ? 2 : 0;
};

/** The item under a number in the actor's plant. Refuses `item_unknown`. */
export function resolveByNumber(ctx: ReadCtx, number: string): IndexedItem {
  return catalogueIndex(ctx).resolve(number) ?? refuse('item_unknown', { number });
}
