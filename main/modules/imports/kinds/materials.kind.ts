import type { Id } from '../../../../db/kit/columns.ts';
import { MATERIAL_KINDS } from '../../../../db/schema/catalogue.ts';
import { catalogue } from '../../../../preload/contract/catalogue.ts';
import type { ParsedInputOf } from '../../../../preload/contract/rpc.ts';
import type { Stored } from '../../../platform/sheet.ts';
import type { ReadCtx } from '../../../rpc/context.ts';
import { createMaterial, saveMaterial, setMaterialActive } from '../../catalogue/materials.service.ts';
import { plantOf } from '../../catalogue/plant.service.ts';
import {
  contractProblems,
  differences,
  emptied,
  type ImportField,
  type ImportKind,
  type Judged,
  missing,
  orHeld,
  type ParsedRow,
  problem,
  type RowProblem,
  textOf,
} from '../import-kind.ts';

const text = (key: string, example: string, more: Partial<ImportField> = {}): ImportField => ({
  key,
  kind: 'text',
  example,
  ...more,
});
const fields: ImportField[] = [
  text('material_number', '711.100', { is_key: true, is_required: true }),
  text('record_type', 'PART', { choices: ['PART', 'ASSEMBLY'], words: 'item_type', is_required: true }),
  text('material_name', 'Leg bracket', { is_required: true }),
  text('description', ''),
  text('material_kind', 'COMPONENT', { choices: MATERIAL_KINDS, words: 'material_kind' }),
  text('category_code', '719.001', { is_number_text: true }),
  text('uom_code', 'EA', { is_required: true }),
  text('procurement_type', 'PURCHASE', {
    choices: ['PURCHASE', 'MANUFACTURE', 'BOTH'],
    words: 'procurement_type',
  }),
  text('mrp_type', 'MRP', { choices: ['MRP', 'REORDER'], words: 'mrp_type' }),
  { key: 'safety_stock_e6', kind: 'quantity', example: '10' },
  { key: 'reorder_point_e6', kind: 'quantity', example: '20' },
  { key: 'lot_size_e6', kind: 'quantity', example: '1' },
  { key: 'lead_time_days', kind: 'integer', example: '14' },
  text('tracking_mode', 'NONE', { choices: ['NONE', 'LOT', 'SERIAL'], words: 'tracking_mode' }),
  text('manufacturer_name', 'Linak'),
  text('manufacturer_part_number', 'CBD6SH00040A', { is_number_text: true }),
  text('warehouse_location', 'Hall B, rack 3'),
  text('bin_location', 'B3-07', { is_number_text: true }),
  { key: 'is_outsourced', kind: 'boolean', example: 'FALSE' },
  { key: 'can_order', kind: 'boolean', example: 'TRUE' },
  { key: 'is_active', kind: 'boolean', example: 'TRUE' },
];
const NEW: Record<string, Stored> = {
  description: null,
  material_kind: 'COMPONENT',
  procurement_type: 'PURCHASE',
  mrp_type: 'MRP',
  safety_stock_e6: 0,
  reorder_point_e6: 0,
  lot_size_e6: 1_000_000,
  lead_time_days: 0,
  tracking_mode: 'NONE',
  manufacturer_name: null,
  manufacturer_part_number: null,
  warehouse_location: null,
  bin_location: null,
  is_outsourced: false,
  can_order: true,
  is_active: true,
};

interface Op {
  create: ParsedInputOf<typeof catalogue.createMaterial> | null;
  save: ParsedInputOf<typeof catalogue.saveMaterial> | null;
  /** The item that is there already. */
  material_id: Id<'materials'> | null;
  /** Set when it is taken out of use or back. */
  is_active: boolean | null;
}
type Held = Record<string, Stored> & { id: Id<'materials'>; row_version: number };

const FLAGS = ['is_outsourced', 'can_order', 'is_active'] as const;
const HELD = `select m.*, c.category_code, u.uom_code from materials m
  left join material_categories c on c.id = m.material_category_id
  join units_of_measure u on u.id = m.base_uom_id where m.plant_id = ?`;
const keyOf = (record_type: Stored | undefined, number: Stored | undefined): string =>
  `${record_type} ${number}`;

function heldMaterials(ctx: ReadCtx) {
  const byKey = new Map<string, Held>();
  const byNumber = new Map<string, Held[]>();
  for (const row of ctx.sql.iterate<Held>(HELD, [plantOf(ctx)])) {
    for (const flag of FLAGS) row[flag] = row[flag] === 1;
    byKey.set(keyOf(row.record_type, row.material_number), row);
    const number = String(row.material_number);
    byNumber.set(number, [...(byNumber.get(number) ?? []), row]);
  }
  return { byKey, byNumber };
}
const idsBy = (ctx: ReadCtx, sql: string): Map<string, string> =>
  new Map(ctx.sql.all<{ code: string; id: string }>(sql).map(({ code, id }) => [code, id]));

function planner(ctx: ReadCtx) {
  const held = heldMaterials(ctx);
  const categories = idsBy(ctx, 'select category_code as code, id from material_categories');
  const units = idsBy(ctx, 'select uom_code as code, id from units_of_measure');
  const seen = new Map<string, number>();

  function judge({ row, values: given }: ParsedRow): Judged<Op> {
    const number = textOf(given.material_number);
    const none: Judged<Op> = { row, problems: [], change: 'UNCHANGED', label: number, fields: [], op: null };
    const refused = (...problems: RowProblem[]): Judged<Op> => ({ ...none, problems });
    const twins = held.byNumber.get(number) ?? [];
    const record_type = given.record_type ?? (twins.length === 1 ? twins[0]?.record_type : null);
    if (!record_type)
      return refused(problem('record_type', twins.length > 1 ? 'record_ambiguous' : 'required'));
    const key = keyOf(record_type, number);
    const twice = seen.get(key);
    if (twice !== undefined) return refused(problem('material_number', 'row_twice', { row: twice }));
    seen.set(key, row);
    const before = held.byKey.get(key) ?? null;
    const values: ParsedRow['values'] = { ...given, record_type };
    const changed = differences(fields, before, values);
    if (before !== null && changed.length === 0) return none;
    const lacking = before === null ? missing(fields, values) : emptied(fields, changed);
    if (lacking.length > 0) return refused(...lacking);
    const { op, problems } = opOf(values, before, changed);
    if (op === null) return refused(...problems);
    const label = `${number} ${textOf(orHeld(values.material_name, before?.material_name))}`;
    return { ...none, change: before === null ? 'ADDED' : 'CHANGED', label, fields: changed, op };
  }

  function opOf(
    values: ParsedRow['values'],
    before: Held | null,
    changed: readonly { field: string }[],
  ): { op: Op | null; problems: RowProblem[] } {
    const value = (field: string): Stored =>
      orHeld(values[field], before?.[field] ?? NEW[field]) ?? NEW[field] ?? null;
    const category = value('category_code');
    const unit = String(value('uom_code') ?? '');
    const material_category_id = category === null ? null : categories.get(String(category));
    const base_uom_id = units.get(unit);
    if (material_category_id === undefined)
      return { op: null, problems: [problem('category_code', 'not_found', { value: String(category) })] };
    if (base_uom_id === undefined)
      return { op: null, problems: [problem('uom_code', 'not_found', { value: unit })] };
    const input = {
      ...Object.fromEntries(fields.map(({ key }) => [key, value(key)])),
      material_category_id,
      base_uom_id,
    };
    const is_active = value('is_active') === true;
    if (before === null) {
      const parsed = catalogue.createMaterial.input.safeParse(input);
      const op = parsed.success
        ? { create: parsed.data, save: null, material_id: null, is_active: is_active ? null : false }
        : null;
      return { op, problems: contractProblems(parsed, fieldOf) };
    }
    const { id: material_id, row_version } = before;
    const parsed = catalogue.saveMaterial.input.safeParse({ ...input, material_id, row_version });
    const needsSave = changed.some(({ field }) => field !== 'is_active');
    const op = parsed.success
      ? {
          create: null,
          save: needsSave ? parsed.data : null,
          material_id,
          is_active: is_active === before.is_active ? null : is_active,
        }
      : null;
    return { op, problems: contractProblems(parsed, fieldOf) };
  }
  return { judge };
}
const fieldOf = (path: string): string => {
  if (path === 'material_category_id') return 'category_code';
  return path === 'base_uom_id' ? 'uom_code' : path;
};

export const materialsKind: ImportKind<Op> = {
  kind: 'materials',
  sheet: 'materials',
  create: 'materials:create',
  update: 'materials:update',
  fields,
  planner,
  apply(ctx, { create, save, material_id: held, is_active }) {
    const material_id = create ? createMaterial(ctx, create).material_id : held;
    if (save) saveMaterial(ctx, save);
    if (is_active !== null && material_id) setMaterialActive(ctx, { material_id, is_active, reason: '' });
    return undefined;
  },
};
