import { z } from 'zod';
import {
  boolean,
  day,
  id,
  instant,
  integer,
  json,
  oneOf,
  percent,
  quantity,
  ref,
  text,
} from '../kit/columns.ts';
import { activeFlag, defineTable, pullOnly, twoWay } from '../kit/define-table.ts';

export const units_of_measure = defineTable(
  'units_of_measure',
  {
    uom_code: text(10),
    uom_name: text(100),
    dimension: oneOf('LENGTH', 'MASS', 'VOLUME', 'TIME', 'QUANTITY'),
    is_base_unit: boolean().default(false),
    conversion_factor: text(30).about('base units per 1 of this unit, decimal text, 9 decimals'),
    decimals: integer(0, 6).default(0).about('decimals shown'),
  },
  {
    row_is: 'A unit of measure with its factor to the base unit of its dimension.',
    sync: pullOnly('shared'),
    unique: [['uom_code']],
    identified_by: 'uom_code',
  },
);

export const material_categories = defineTable(
  'material_categories',
  {
    category_code: text(20),
    category_name: text(100),
    description: text(500).optional(),
    parent_category_id: ref('material_categories').optional(),
    is_imported: boolean()
      .default(false)
      .about('brought by an import: a later file without it deactivates it'),
    is_active: activeFlag(),
  },
  {
    row_is: 'A node of the category tree of materials.',
    sync: twoWay('merge_columns'),
    unique: [['category_code']],
    identified_by: 'category_code',
  },
);

export const MATERIAL_KINDS = [
  'RAW_MATERIAL',
  'COMPONENT',
  'ASSEMBLY',
  'KIT',
  'SERVICE_PART',
  'FINISHED_GOOD',
  'CONSUMABLE',
] as const;
export const materials = defineTable(
  'materials',
  {
    plant_id: ref('plants'),
    material_number: text(50).about('always text, compared case-sensitively; any printable character'),
    record_type: oneOf('PART', 'ASSEMBLY').about('twins: one number may exist as part and as assembly'),
    material_name: text(200),
    description: text(500).optional(),
    material_kind: oneOf(...MATERIAL_KINDS).default('COMPONENT'),
    material_category_id: ref('material_categories').optional(),
    base_uom_id: ref('units_of_measure'),
    procurement_type: oneOf('PURCHASE', 'MANUFACTURE', 'BOTH').default('PURCHASE'),
    mrp_type: oneOf('MRP', 'REORDER').default('MRP'),
    safety_stock_e6: quantity().default(0),
    reorder_point_e6: quantity().default(0),
    lot_size_e6: quantity(1).default(1_000_000),
    lead_time_days: integer(0, 3650).default(0),
    tracking_mode: oneOf('NONE', 'LOT', 'SERIAL').default('NONE'),
    manufacturer_part_number: text(100).optional(),
    manufacturer_name: text(200).optional(),
    warehouse_location: text(100).optional().about('the usual place: hall, rack or shelf'),
    bin_location: text(50).optional().about('the bin within that place'),
    can_order: boolean().default(true),
    is_kit: boolean().default(false),
    is_outsourced: boolean().default(false),
    needs_id_check: boolean().default(false).about('the number looks damaged by a spreadsheet'),
    quantities_verified: boolean().default(false).about('component quantities confirmed by an administrator'),
    photo_file_id: ref('file_uploads', 'set null').optional(),
    drawing_file_id: ref('file_uploads', 'set null').optional(),
    is_imported: boolean()
      .default(false)
      .about('brought by an import: a later file without it deactivates it'),
    is_active: activeFlag(),
  },
  {
    row_is: 'A catalogue item: part, assembly, kit, service part or raw material.',
    sync: twoWay('merge_columns', 'plant'),
    unique: [['plant_id', 'material_number', 'record_type']],
    indexes: [['material_number'], ['material_kind', 'is_active'], ['bin_location']],
    identified_by: 'material_number',
  },
);

export const material_category_links = defineTable(
  'material_category_links',
  {
    material_category_id: ref('material_categories', 'cascade'),
    material_id: ref('materials', 'cascade'),
    position: integer(1),
  },
  {
    row_is: 'An assembly listed in a category; some are listed in two.',
    sync: twoWay('merge_columns', 'plant'),
    plant_by: { through: 'material_id', table: 'materials' },
    unique: [['material_category_id', 'material_id']],
  },
);

export const material_aliases = defineTable(
  'material_aliases',
  {
    material_id: ref('materials', 'cascade'),
    alias_number: text(50),
    alias_kind: oneOf('LEGACY_700').default('LEGACY_700'),
  },
  {
    row_is: 'An older number of a material, accepted in search.',
    sync: twoWay('merge_columns', 'plant'),
    plant_by: { through: 'material_id', table: 'materials' },
    unique: [['alias_number', 'material_id']],
  },
);

/** Which rule and which answers of the configuration made a line. */
export const lineCause = z.object({
  rule: z.string(),
  answers: z.array(z.object({ path: z.string(), value: z.unknown() })),
});

export const bom_headers = defineTable(
  'bom_headers',
  {
    plant_id: ref('plants'),
    scope: oneOf('MASTER', 'ORDER', 'PROJECT'),
    bom_number: text(120),
    bom_name: text(200),
    material_id: ref('materials').optional().about('what is produced; required for MASTER'),
    order_id: ref('orders').optional().about('the build; required for ORDER'),
    configuration_revision: integer(1).optional(),
    product_model_id: ref('product_models').optional(),
    bom_version: integer(1),
    bom_type: oneOf('PRODUCTION', 'ENGINEERING', 'PLANNING').default('PRODUCTION'),
    status: oneOf('DRAFT', 'APPROVED', 'SUPERSEDED').moves_by('transition', {
      ways: { DRAFT: ['APPROVED', 'SUPERSEDED'], APPROVED: ['SUPERSEDED'], SUPERSEDED: ['APPROVED'] },
    }),
    base_quantity_e6: quantity(1).default(1_000_000),
    uom_id: ref('units_of_measure'),
    effective_start_on: day().optional(),
    effective_end_on: day().optional(),
    is_active: activeFlag(),
    exported_at_ms: instant().optional().about('exported or printed: a later edit makes a new version'),
    change_summary: json(z.array(z.record(z.string(), z.unknown())))
      .optional()
      .about('difference to the version before'),
    approved_by: ref('users').optional(),
    approved_at_ms: instant().optional(),
  },
  {
    row_is: 'A bill of materials: of an item (MASTER), a build (ORDER) or a project.',
    sync: twoWay('whole_document', 'plant'),
    document: { root_id: 'id' },
    unique: [['plant_id', 'scope', 'material_id', 'order_id', 'bom_version']],
    indexes: [
      ['material_id', 'is_active'],
      ['order_id', 'bom_version'],
    ],
    checks: {
      subject:
        "(scope = 'MASTER' AND material_id IS NOT NULL) OR (scope = 'ORDER' AND order_id IS NOT NULL) OR scope = 'PROJECT'",
    },
    identified_by: 'bom_number',
  },
);

export const bom_lines = defineTable(
  'bom_lines',
  {
    bom_header_id: ref('bom_headers', 'cascade'),
    line_number: integer(1),
    parent_line_id: ref('bom_lines', 'cascade').optional(),
    level: integer(0, 10_000).default(0),
    component_material_id: ref('materials').optional().about('empty only for a custom part'),
    item_number: text(50).about('the number as it was when the line was made'),
    frozen_name: text(200).optional().about('name at approval; a draft shows the catalogue name'),
    quantity_e6: quantity(1).about('per parent, or per base quantity of a master BOM'),
    total_quantity_e6: quantity(1).about('along the whole path'),
    uom_id: ref('units_of_measure'),
    scrap_percent_e4: percent().default(0).about('mark-up on the quantity'),
    operation_number: integer(1).optional(),
    is_phantom: boolean().default(false),
    backflush: boolean().default(false),
    line_group: text(40).optional().about('MANUAL, SINK_BODY, LEGS, …'),
    notes: text(500).optional(),
    is_custom_part: boolean().default(false),
    custom_part_spec: json(z.record(z.string(), z.unknown())).optional(),
    is_manual: boolean().default(false).about('added or changed by a person, not by a rule'),
    causes: json(z.array(lineCause)).default([]),
    alternate_of_line_id: id<'bom_lines'>().optional().about('this line may replace that one'),
  },
  {
    row_is: 'One component of a bill of materials.',
    sync: twoWay('whole_document', 'plant'),
    document: { root_id: 'bom_header_id' },
    plant_by: { through: 'bom_header_id', table: 'bom_headers' },
    unique: [['bom_header_id', 'line_number']],
    indexes: [['component_material_id', 'bom_header_id']],
    identified_by: 'item_number',
  },
);

export const product_models = defineTable(
  'product_models',
  {
    family: text(40),
    model_version: integer(1),
    is_released: boolean(),
    is_active: activeFlag(),
    document: json(z.record(z.string(), z.unknown())).about('fields, options, constraints and BOM rules'),
    document_sha256: text(64),
  },
  {
    row_is: 'A version of a product model: the rule tables of one family.',
    sync: pullOnly(),
    audited: true,
    unique: [['family', 'model_version']],
    identified_by: 'family',
  },
);

export const catalogue_imports = defineTable(
  'catalogue_imports',
  {
    source_name: text(255),
    source_sha256: text(64),
    is_dry_run: boolean().default(false),
    counts: json(z.record(z.string(), z.number())),
    report: json(z.array(z.record(z.string(), z.unknown()))),
  },
  { row_is: 'An import of catalogue files with its report.', sync: twoWay('merge_columns') },
);
