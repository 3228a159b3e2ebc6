import { z } from 'zod';
import { bomWarnings } from './bom-warnings.ts';
import { answerChange, customPartSpec, localizedText, ruleCause, scalar } from './product-model.ts';
import { command, idOf, type ModuleContract, query } from './rpc.ts';

export const bomStatus = z.enum(['DRAFT', 'APPROVED', 'SUPERSEDED']);
export type BomStatus = z.infer<typeof bomStatus>;
const bomId = idOf('bom_headers');
const lineId = idOf('bom_lines');
const orderId = idOf('orders');
const rowVersion = z.int().min(1);
/** Written by hand, so at least a few characters. */
export const reasonText = z.string().trim().min(3).max(2000);
/** At most 9 billion pieces, as the exact arithmetic carries. */
const lineQuantity = z.int().min(1).max(9_000_000_000_000_000);

/** One row of a BOM tree, in tree order. Stored rows carry ids, a preliminary tree has none. */
export const treeRow = z.object({
  line_id: lineId.nullable(),
  row_no: z.int(),
  parent_row_no: z.int().nullable(),
  level: z.int(),
  /** Which top-level line the row belongs to, from 0. */
  line_index: z.int(),
  material_id: idOf('materials').nullable(),
  item_id: z.string(),
  name: z.string(),
  item_type: z.enum(['PART', 'ASSEMBLY', 'KIT', 'CUSTOM']),
  group: z.string().nullable(),
  category: z.string().nullable(),
  manufacturer_name: z.string().nullable(),
  manufacturer_part_number: z.string().nullable(),
  /** Per piece of the parent. */
  quantity_e6: z.int(),
  /** Per build. */
  total_quantity_e6: z.int(),
  uom_code: z.string(),
  notes: z.string(),
  is_custom_part: z.boolean(),
  custom_part_spec: customPartSpec.nullable(),
  is_manual: z.boolean(),
  has_components: z.boolean(),
  /** Of top-level rows; a component is there because its top-level row is. */
  causes: z.array(ruleCause),
});
export type TreeRow = z.infer<typeof treeRow>;

export const bomTotals = z.object({
  rows: z.int(),
  top_level_lines: z.int(),
  distinct_parts: z.int(),
  distinct_assemblies: z.int(),
  max_level: z.int(),
  distinct_leaves: z.int(),
  total_leaf_quantity_e6: z.int(),
});
export type BomTotals = z.infer<typeof bomTotals>;

export const bomHeader = z.object({
  bom_id: bomId,
  bom_number: z.string(),
  bom_version: z.int(),
  status: bomStatus,
  row_version: rowVersion,
  order_id: orderId,
  order_number: z.string(),
  build_number: z.string(),
  customer_name: z.string(),
  order_status: z.string(),
  configuration_revision: z.int(),
  created_at_ms: z.int(),
  created_by_name: z.string(),
  approved_at_ms: z.int().nullable(),
  approved_by_name: z.string().nullable(),
  exported_at_ms: z.int().nullable(),
});
export type BomHeader = z.infer<typeof bomHeader>;

export const bomTree = z.object({ header: bomHeader, rows: z.array(treeRow), totals: bomTotals });
export type BomTree = z.infer<typeof bomTree>;

/** One item summed over the leaves of the tree. */
export const aggregatedLine = z.object({
  material_id: idOf('materials').nullable(),
  item_id: z.string(),
  name: z.string(),
  item_type: treeRow.shape.item_type,
  category: z.string().nullable(),
  manufacturer_name: z.string().nullable(),
  manufacturer_part_number: z.string().nullable(),
  uom_code: z.string(),
  total_quantity_e6: z.int(),
  /** How many places of the tree hold it. */
  occurrences: z.int(),
  is_custom_part: z.boolean(),
});
export type AggregatedLine = z.infer<typeof aggregatedLine>;

/** An answer with the words a person knows it by. */
export const labelledAnswer = z.object({
  path: z.string(),
  label: localizedText,
  value: scalar,
  value_label: localizedText,
});
export const labelledChange = z.object({
  path: z.string(),
  label: localizedText,
  from: scalar,
  to: scalar,
  from_label: localizedText,
  to_label: localizedText,
});
export type LabelledChange = z.infer<typeof labelledChange>;

const rowFigures = z.object({ quantity_e6: z.int(), total_quantity_e6: z.int(), notes: z.string() });
export const bomDifference = z.object({
  change: z.enum(['added', 'removed', 'changed']),
  /** Item ids from the top-level line down to the row. */
  path: z.array(z.string()),
  level: z.int(),
  item_id: z.string(),
  name: z.string(),
  before: rowFigures.nullable(),
  after: rowFigures.nullable(),
  differs: z.array(z.enum(['quantity', 'notes'])),
  /** The changed answers the rules behind the line had read. Empty: an edit, a setting or the catalogue. */
  causes: z.array(z.object({ rule: z.string(), changes: z.array(answerChange) })),
});
export type BomDifference = z.infer<typeof bomDifference>;
export const differenceCounts = z.object({ added: z.int(), removed: z.int(), changed: z.int() });

export const bomVersion = bomHeader.extend({
  rows: z.int(),
  manual_lines: z.int(),
  /** Difference to the version before; null for the first one. */
  changes: differenceCounts.nullable(),
});
export type BomVersion = z.infer<typeof bomVersion>;

/** What expanding lines over the catalogue may meet. */
export const expansionRefusals = [
  'bom_item_unknown',
  'bom_cycle',
  'bom_too_deep',
  'bom_too_large',
  'bom_quantity_invalid',
  'bom_quantity_too_large',
] as const;
const editRefusals = ['row_not_found', 'row_changed', 'bom_not_draft', 'bom_line_unknown'] as const;

export const bom = {
  ...bomWarnings,
  /** Every version of the BOM of one build, newest first. */
  versions: query({
    allow: 'order_boms:read',
    input: z.object({ order_id: orderId }),
    output: z.object({ versions: z.array(bomVersion) }),
    refusals: ['row_not_found'],
  }),
  get: query({
    allow: 'order_boms:read',
    input: z.object({ bom_id: bomId }),
    output: bomTree,
    refusals: ['row_not_found'],
  }),
  /** The first level alone, numbered as in the whole tree: all that a closed tree shows. */
  top: query({
    allow: 'order_boms:read',
    input: z.object({ bom_id: bomId }),
    output: z.object({ header: bomHeader, rows: z.array(treeRow), row_count: z.int() }),
    refusals: ['row_not_found'],
  }),
  aggregated: query({
    allow: 'order_boms:read',
    input: z.object({ bom_id: bomId }),
    output: z.object({ header: bomHeader, lines: z.array(aggregatedLine), totals: bomTotals }),
    refusals: ['row_not_found'],
  }),
  /** Why is this line here: the rules with the answers they read, and the way down from the top-level line. */
  explainLine: query({
    allow: 'order_boms:read',
    input: z.object({ bom_id: bomId, line_id: lineId }),
    output: z.object({
      path: z.array(
        z.object({ line_id: lineId, item_id: z.string(), name: z.string(), quantity_e6: z.int() }),
      ),
      group: z.string().nullable(),
      is_manual: z.boolean(),
      configuration_revision: z.int(),
      model: z.object({ family: z.string(), version: z.int() }).nullable(),
      rules: z.array(
        z.object({
          rule: z.string(),
          label: localizedText,
          condition: z.string().nullable(),
          answers: z.array(labelledAnswer),
        }),
      ),
    }),
    refusals: ['row_not_found', 'bom_line_unknown'],
  }),
  /** Any two BOMs: versions of one build, or two builds. */
  compare: query({
    allow: 'order_boms:read',
    input: z.object({ a: bomId, b: bomId }),
    output: z.object({
      a: bomHeader,
      b: bomHeader,
      answers: z.array(labelledChange),
      differences: z.array(bomDifference),
      counts: differenceCounts,
    }),
    refusals: ['row_not_found'],
  }),
  approve: command({
    allow: 'order_boms:approve',
    input: z.object({ bom_id: bomId, expected_version: rowVersion }),
    output: bomHeader,
    refusals: ['row_not_found', 'row_changed', 'bom_not_draft', 'warnings_unread'],
  }),
  /** All or none. */
  bulkApprove: command({
    allow: 'order_boms:approve',
    input: z.object({
      boms: z
        .array(z.object({ bom_id: bomId, expected_version: rowVersion }))
        .min(1)
        .max(50),
    }),
    output: z.object({ approved: z.array(bomHeader) }),
    refusals: ['row_not_found', 'row_changed', 'bom_not_draft', 'warnings_unread'],
  }),
  sendBack: command({
    allow: 'order_boms:approve',
    input: z.object({ bom_id: bomId, expected_version: rowVersion, reason: reasonText }),
    output: bomHeader,
    refusals: ['row_not_found', 'row_changed', 'bom_not_draft'],
  }),
  /** A new DRAFT copied from the approved version, which stays approved until the new one is. */
  reopen: command({
    allow: 'order_boms:approve',
    input: z.object({ order_id: orderId, reason: reasonText.optional() }),
    output: bomHeader,
    refusals: [
      'row_not_found',
      'bom_not_approved',
      'bom_draft_exists',
      'bom_reopen_too_late',
      'reason_required',
    ],
  }),
  /** Line edits answer the header of the draft that was changed: a new version once the draft was exported. */
  editLine: command({
    allow: 'order_boms:update',
    input: z.object({
      bom_id: bomId,
      line_id: lineId,
      expected_version: rowVersion,
      quantity_e6: lineQuantity.optional(),
      notes: z.string().max(500).optional(),
    }),
    output: bomHeader,
    refusals: [...editRefusals, 'bom_quantity_too_large'],
  }),
  addLine: command({
    allow: 'order_boms:update',
    input: z.object({
      bom_id: bomId,
      expected_version: rowVersion,
      item_id: z.string().trim().min(1).max(50),
      quantity_e6: lineQuantity,
      notes: z.string().max(500).default(''),
    }),
    output: bomHeader,
    refusals: ['row_not_found', 'row_changed', 'bom_not_draft', ...expansionRefusals],
  }),
  removeLine: command({
    allow: 'order_boms:update',
    input: z.object({ bom_id: bomId, line_id: lineId, expected_version: rowVersion }),
    output: bomHeader,
    refusals: editRefusals,
  }),
  /** The draft again from the stored configuration, today's catalogue and settings: a new version. */
  regenerate: command({
    allow: 'order_boms:create',
    input: z.object({ order_id: orderId }),
    output: z.object({ header: bomHeader, counts: differenceCounts, dropped_manual_lines: z.int() }),
    refusals: [
      'row_not_found',
      'bom_approved',
      'product_model_unknown',
      'configuration_refused',
      ...expansionRefusals,
    ],
  }),
} satisfies ModuleContract;
