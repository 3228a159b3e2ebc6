import { z } from 'zod';
import { MATERIAL_KINDS } from '../../db/schema/catalogue.ts';
import { benchRow, configuration, evaluation, localizedText, productModel } from './product-model.ts';
import { command, empty, idOf, job, type ModuleContract, page, query } from './rpc.ts';
import { sized } from './sized.ts';

const kind = z.enum(MATERIAL_KINDS);
const recordType = z.enum(['PART', 'ASSEMBLY']);
const quantityE6 = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const positiveE6 = z.int().min(1).max(Number.MAX_SAFE_INTEGER);
const day = z.iso.date();
const materialId = idOf('materials');
const bomId = idOf('bom_headers');
const number = z.string().min(1).max(50);

export const materialSummary = z.object({
  material_id: materialId,
  material_number: z.string(),
  material_name: z.string(),
  record_type: recordType,
  material_kind: kind,
  category_code: z.string().nullable(),
  category_name: z.string().nullable(),
  manufacturer_part_number: z.string().nullable(),
  has_twin: z.boolean(),
  needs_id_check: z.boolean(),
  is_active: z.boolean(),
});
export type MaterialSummary = z.output<typeof materialSummary>;

export const materialComponent = z.object({
  material_id: materialId.nullable(),
  material_number: z.string(),
  material_name: z.string(),
  record_type: recordType,
  level: z.int(),
  /** Numbers from the item down to this component. */
  path: z.array(z.string()),
  quantity_e6: quantityE6,
  total_quantity_e6: quantityE6,
  notes: z.string(),
  has_components: z.boolean(),
});
export const whereUsedRow = z.object({
  material_id: materialId,
  material_number: z.string(),
  material_name: z.string(),
  record_type: recordType,
  level: z.int(),
  path: z.array(z.string()),
  quantity_e6: quantityE6,
  bom_id: bomId,
});
/** Where an item usually lies; null where nobody said so. */
export const itemPlace = z.object({
  warehouse_location: z.string().trim().min(1).max(100).nullable(),
  bin_location: z.string().trim().min(1).max(50).nullable(),
});
export type ItemPlace = z.output<typeof itemPlace>;
const materialFields = {
  material_name: z.string().trim().min(1).max(200),
  description: z.string().max(500).nullable(),
  material_kind: kind,
  material_category_id: idOf('material_categories').nullable(),
  base_uom_id: idOf('units_of_measure'),
  procurement_type: z.enum(['PURCHASE', 'MANUFACTURE', 'BOTH']),
  tracking_mode: z.enum(['NONE', 'LOT', 'SERIAL']),
  lead_time_days: z.int().min(0).max(3650),
  manufacturer_part_number: z.string().max(100).nullable(),
  manufacturer_name: z.string().max(200).nullable(),
  can_order: z.boolean(),
};
/** Figures of planning and the usual place; what is left out stays as it is. */
const planningFields = {
  ...itemPlace.partial().shape,
  mrp_type: z.enum(['MRP', 'REORDER']).optional(),
  safety_stock_e6: quantityE6.optional(),
  reorder_point_e6: quantityE6.optional(),
  lot_size_e6: positiveE6.optional(),
  is_outsourced: z.boolean().optional(),
};
export const materialDetails = materialSummary.extend({
  ...materialFields,
  ...itemPlace.shape,
  row_version: z.int(),
  base_uom_code: z.string(),
  is_kit: z.boolean(),
  is_imported: z.boolean(),
  quantities_verified: z.boolean(),
  photo_file_id: idOf('file_uploads').nullable(),
  drawing_file_id: idOf('file_uploads').nullable(),
  aliases: z.array(z.string()),
  categories: z.array(
    z.object({
      category_id: idOf('material_categories'),
      category_code: z.string(),
      category_name: z.string(),
    }),
  ),
  twin: z.object({ material_id: materialId, record_type: recordType, material_name: z.string() }).nullable(),
  components: z.array(materialComponent),
  where_used: z.array(whereUsedRow),
  open_orders: z.int(),
});
export type MaterialDetails = z.output<typeof materialDetails>;

const references = z.object({ master_boms: z.int(), open_orders: z.int(), approved_boms: z.int() });
export const categoryNode = z.object({
  category_id: idOf('material_categories'),
  category_code: z.string(),
  category_name: z.string(),
  description: z.string().nullable(),
  parent_category_id: idOf('material_categories').nullable(),
  is_active: z.boolean(),
  row_version: z.int(),
  /** Items of this category and those below it, a twin counted once. */
  items: z.int(),
});

export const masterBomLine = z.object({
  component_material_id: materialId,
  quantity_e6: positiveE6,
  uom_id: idOf('units_of_measure'),
  scrap_percent_e4: z.int().min(0).max(1_000_000).default(0),
  operation_number: z.int().min(1).nullable().default(null),
  is_phantom: z.boolean().default(false),
  backflush: z.boolean().default(false),
  notes: z.string().max(500).nullable().default(null),
  /** Line number of the line this one may replace. */
  alternate_of: z.int().nullable().default(null),
});
export const masterBomVersion = z.object({
  bom_id: bomId,
  bom_number: z.string(),
  bom_name: z.string(),
  bom_version: z.int(),
  bom_type: z.enum(['PRODUCTION', 'ENGINEERING', 'PLANNING']),
  state: z.enum(['DRAFT', 'ACTIVE', 'EXPIRED', 'INACTIVE']),
  effective_start_on: day.nullable(),
  effective_end_on: day.nullable(),
  base_quantity_e6: positiveE6,
  uom_id: idOf('units_of_measure'),
  uom_code: z.string(),
  row_version: z.int(),
  lines: z.int(),
});
export const masterBom = masterBomVersion.omit({ lines: true }).extend({
  material_id: materialId,
  material_number: z.string(),
  material_name: z.string(),
  lines: z.array(
    masterBomLine.required().extend({
      line_id: idOf('bom_lines'),
      line_number: z.int(),
      material_number: z.string(),
      material_name: z.string(),
      record_type: recordType,
      uom_code: z.string(),
    }),
  ),
});
export type MasterBom = z.output<typeof masterBom>;

const occurrence = z.object({ parent_number: z.string(), level: z.int(), quantity_e6: quantityE6 });
export const explosionRow = z.object({
  material_id: materialId,
  material_number: z.string(),
  material_name: z.string(),
  level: z.int(),
  path: z.array(z.string()),
  /** In the item's base unit. */
  quantity_e6: quantityE6,
  uom_code: z.string(),
  has_components: z.boolean(),
  occurrences: z.array(occurrence),
});
export const comparedLine = z.object({
  change: z.enum(['ADDED', 'REMOVED', 'CHANGED', 'SAME']),
  material_number: z.string(),
  material_name: z.string(),
  from_quantity_e6: quantityE6.nullable(),
  to_quantity_e6: quantityE6.nullable(),
  from_uom: z.string().nullable(),
  to_uom: z.string().nullable(),
  from_scrap_percent_e4: z.int().nullable(),
  to_scrap_percent_e4: z.int().nullable(),
});

export const importReportRow = z.object({
  rule: z.int(),
  severity: z.enum(['error', 'warning', 'info']),
  row: z.string(),
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});
export const importResult = z.object({
  dry_run: z.boolean(),
  errors: z.int(),
  warnings: z.int(),
  changes: z.record(z.string(), z.int()),
  changes_total: z.int(),
  report: z.array(importReportRow),
});
export type ImportResult = z.output<typeof importResult>;
const fileRefusals = [
  'import_file_missing',
  'import_file_unknown',
  'import_file_twice',
  'import_file_too_large',
  'import_file_not_text',
  'import_file_not_json',
  'import_file_wrong_shape',
];
const bomRefusals = [
  'bom_cycle',
  'dimension_mismatch',
  'bom_unknown',
  'bom_is_active',
  'bom_empty',
  'component_inactive',
  'bom_dates_reversed',
  'material_unknown',
  'row_changed',
  'value_not_valid',
];

export const catalogue = {
  /** Search as you type: numbers, names, maker's numbers, older numbers; a twin is one entry. */
  searchMaterials: query({
    allow: 'materials:read',
    input: z.object({
      text: z.string().max(200),
      active_only: z.boolean().default(true),
      limit: z.int().min(1).max(100).default(20),
    }),
    output: z.object({ items: z.array(materialSummary) }),
  }),
  listMaterials: query({
    allow: 'materials:read',
    input: page.extend({
      text: z.string().max(200).default(''),
      kind: kind.nullable().default(null),
      category_id: idOf('material_categories').nullable().default(null),
      active: z.enum(['active', 'inactive', 'all']).default('active'),
      sort: z.enum(['material_number', 'material_name', 'material_kind']).default('material_number'),
      descending: z.boolean().default(false),
    }),
    output: z.object({ items: z.array(materialSummary), total: z.int() }),
  }),
  findMaterial: query({
    allow: 'materials:read',
    input: z.object({ number }),
    output: z.object({ material_id: materialId }),
    refusals: ['item_unknown'],
  }),
  getMaterial: query({
    allow: 'materials:read',
    input: z.object({ material_id: materialId }),
    output: materialDetails,
    refusals: ['material_unknown'],
  }),
  whereUsed: query({
    allow: 'materials:read',
    input: z.object({ material_id: materialId }),
    output: z.object({
      rows: z.array(whereUsedRow),
      is_cut: z.boolean(),
      open_orders: z.int(),
      builds: z.array(
        z.object({
          order_id: idOf('orders'),
          order_number: z.string(),
          build_number: z.string(),
          order_status: z.string(),
          quantity_e6: quantityE6,
        }),
      ),
    }),
    refusals: ['material_unknown'],
  }),
  categoryTree: query({
    allow: 'materials:read',
    input: empty,
    output: z.object({ categories: z.array(categoryNode) }),
  }),
  listUnits: query({
    allow: 'signed_in',
    input: empty,
    output: z.object({
      units: z.array(
        z.object({
          uom_id: idOf('units_of_measure'),
          uom_code: z.string(),
          uom_name: z.string(),
          dimension: z.string(),
          conversion_factor: z.string(),
          decimals: z.int(),
        }),
      ),
    }),
  }),
  convert: query({
    allow: 'signed_in',
    input: z.object({ quantity_e6: z.int(), from_uom: z.string().max(10), to_uom: z.string().max(10) }),
    /** Exact decimal text beside the stored figure, which is rounded half up to millionths. */
    output: z.object({ quantity: z.string(), quantity_e6: z.int() }),
    refusals: ['dimension_mismatch', 'unit_unknown'],
  }),
  createMaterial: command({
    allow: 'materials:create',
    input: z.object({
      material_number: number.regex(/^[^\s\p{C}](?:[^\p{C}]*[^\s\p{C}])?$/u),
      record_type: recordType,
      ...materialFields,
      ...planningFields,
    }),
    output: z.object({ material_id: materialId }),
    refusals: ['already_exists', 'value_not_valid'],
  }),
  saveMaterial: command({
    allow: 'materials:update',
    input: z.object({ material_id: materialId, row_version: z.int(), ...materialFields, ...planningFields }),
    output: z.object({ row_version: z.int() }),
    refusals: ['row_not_found', 'row_changed', 'unit_in_use', 'value_not_valid'],
  }),
  materialReferences: query({
    allow: 'materials:read',
    input: z.object({ material_id: materialId }),
    output: references,
    refusals: ['material_unknown'],
  }),
  setMaterialActive: command({
    allow: 'materials:update',
    input: z.object({
      material_id: materialId,
      is_active: z.boolean(),
      reason: z.string().trim().max(500).default(''),
    }),
    output: references,
    refusals: ['material_unknown', 'material_in_use'],
  }),
  confirmQuantities: command({
    allow: 'materials:approve',
    input: z.object({ material_id: materialId, confirmed: z.boolean() }),
    output: empty,
    refusals: ['material_unknown', 'no_active_bom'],
  }),
  categoryReferences: query({
    allow: 'materials:read',
    input: z.object({ category_id: idOf('material_categories') }),
    output: z.object({ items: z.int(), categories: z.int() }),
  }),
  saveCategory: command({
    allow: 'materials:update',
    input: z.object({
      category_id: idOf('material_categories').nullable(),
      row_version: z.int().nullable(),
      category_code: z.string().trim().min(1).max(20),
      category_name: z.string().trim().min(1).max(100),
      description: z.string().max(500).nullable(),
      parent_category_id: idOf('material_categories').nullable(),
      is_active: z.boolean(),
    }),
    output: z.object({ category_id: idOf('material_categories') }),
    refusals: ['category_cycle', 'category_in_use', 'already_exists', 'row_changed', 'row_not_found'],
  }),
  importCatalogue: job({
    allow: 'materials:import',
    input: z.object({
      files: z.array(z.object({ name: z.string().max(200), text: z.string() })).max(10),
      dry_run: z.boolean(),
    }),
    output: importResult,
    refusals: [...fileRefusals, 'import_has_errors', 'no_plant'],
  }),
  listImports: query({
    allow: 'materials:read',
    input: empty,
    output: z.object({
      imports: z.array(
        z.object({
          import_id: idOf('catalogue_imports'),
          source_name: z.string(),
          created_at_ms: z.int(),
          created_by_name: z.string(),
          changes: z.record(z.string(), z.int()),
          report: z.array(importReportRow),
        }),
      ),
    }),
  }),

  listMasterBoms: query({
    allow: 'boms:read',
    input: z.object({ material_id: materialId }),
    output: z.object({ boms: z.array(masterBomVersion) }),
    refusals: ['material_unknown'],
  }),
  getMasterBom: query({
    allow: 'boms:read',
    input: z.object({ bom_id: bomId }),
    output: masterBom,
    refusals: ['bom_unknown'],
  }),
  saveMasterBom: command({
    allow: 'boms:update',
    input: z.object({
      /** Empty makes the next version of the item. */
      bom_id: bomId.nullable(),
      row_version: z.int().nullable(),
      material_id: materialId,
      bom_number: z.string().trim().min(1).max(50).toUpperCase(),
      bom_name: z.string().trim().min(1).max(200),
      bom_type: z.enum(['PRODUCTION', 'ENGINEERING', 'PLANNING']),
      base_quantity_e6: positiveE6,
      uom_id: idOf('units_of_measure'),
      effective_start_on: day.nullable(),
      effective_end_on: day.nullable(),
      lines: z.array(masterBomLine).max(5000),
    }),
    output: z.object({ bom_id: bomId }),
    refusals: bomRefusals,
  }),
  newMasterBomVersion: command({
    allow: 'boms:create',
    input: z.object({ bom_id: bomId }),
    output: z.object({ bom_id: bomId, bom_version: z.int() }),
    refusals: ['bom_unknown'],
  }),
  activateMasterBom: command({
    allow: 'boms:update',
    input: z.object({
      bom_id: bomId,
      /** Ends the overlapping version the day before this one starts. */
      end_old: z.boolean().default(false),
    }),
    output: empty,
    refusals: ['overlapping_effectivity', 'bom_cycle', 'bom_unknown', 'bom_empty'],
  }),
  deactivateMasterBom: command({
    allow: 'boms:update',
    input: z.object({ bom_id: bomId }),
    output: empty,
    refusals: ['bom_unknown'],
  }),
  explode: query({
    allow: 'boms:read',
    input: z.object({
      material_id: materialId,
      quantity_e6: positiveE6,
      on: day.nullable().default(null),
      mode: z.enum(['SINGLE_LEVEL', 'MULTI_LEVEL', 'INDENTED']),
    }),
    output: z.object({
      rows: z.array(explosionRow),
      sub_assemblies: z.array(explosionRow),
      bom_id: bomId,
      on: day,
    }),
    refusals: [
      'no_active_bom',
      'bom_cycle',
      'bom_too_deep',
      'bom_too_large',
      'dimension_mismatch',
      'material_unknown',
      'bom_quantity_too_large',
    ],
  }),
  compareMasterBoms: query({
    allow: 'boms:read',
    input: z.object({ from_bom_id: bomId, to_bom_id: bomId }),
    output: z.object({ lines: z.array(comparedLine) }),
    refusals: ['bom_unknown'],
  }),

  listFamilies: query({
    allow: 'signed_in',
    input: empty,
    output: z.object({
      families: z.array(
        z.object({
          product_model_id: idOf('product_models'),
          family: z.string(),
          name: localizedText,
          model_version: z.int(),
          is_released: z.boolean(),
          message: localizedText.nullable(),
        }),
      ),
    }),
  }),
  getProductModel: query({
    allow: 'product_models:read',
    input: z.object({ product_model_id: idOf('product_models') }),
    output: z.object({
      document_sha256: z.string(),
      model: productModel,
      /** What its expressions say, under `expressionKey`; one that cannot be put in words is absent. */
      words: z.record(z.string(), localizedText),
    }),
    refusals: ['product_model_unknown'],
  }),
  runTestBench: query({
    allow: 'product_models:read',
    input: z.object({ product_model_id: idOf('product_models'), configuration: sized(configuration) }),
    output: z.object({ evaluation, rows: z.array(benchRow) }),
    refusals: ['product_model_unknown'],
  }),
} satisfies ModuleContract;
