import { z } from 'zod';
import {
  boolean,
  day,
  id,
  instant,
  integer,
  json,
  localJson,
  type NumberSeries,
  oneOf,
  quantity,
  ref,
  text,
} from '../kit/columns.ts';
import { appendOnly, defineTable, localOnly, twoWay } from '../kit/define-table.ts';

export const BUILD_STATUSES = [
  'ORDER_CREATED',
  'PARTS_SENT',
  'READY_FOR_PRE_QC',
  'READY_FOR_PRODUCTION',
  'TESTING_COMPLETE',
  'PACKAGING_COMPLETE',
  'READY_FOR_FINAL_QC',
  'READY_FOR_SHIP',
  'SHIPPED',
] as const;
export const SERVICE_STATUSES = [
  'DRAFT',
  'PENDING',
  'APPROVED',
  'REJECTED',
  'FULFILLED',
  'CANCELLED',
] as const;
const configurationDocument = z.record(z.string(), z.unknown());

export const SERVICE_NUMBERS = { series: 'SO', pattern: 'SO-{year}-####' } as const satisfies NumberSeries;
export const orders = defineTable(
  'orders',
  {
    plant_id: ref('plants'),
    order_kind: oneOf('CUSTOMER_BUILD', 'SERVICE', 'INTERNAL'),
    order_number: text(50).about('the customer’s purchase order').numbered(SERVICE_NUMBERS),
    provisional_number: text(50)
      .optional()
      .about('what a station gave away from the centre; it may stand on paper'),
    build_number: text(50).default('').about('one physical sink; empty for service orders'),
    customer_name: text(100),
    project_name: text(100).optional(),
    sales_person: text(100).optional(),
    want_on: day().optional(),
    document_language: oneOf('EN', 'FR', 'SP').default('EN'),
    notes: text(10_000).optional(),
    order_status: oneOf(...BUILD_STATUSES, ...SERVICE_STATUSES).moves_by('transition', {
      ways: {
        DRAFT: ['PENDING', 'CANCELLED'],
        PENDING: ['APPROVED', 'REJECTED', 'CANCELLED'],
        APPROVED: ['FULFILLED', 'CANCELLED'],
      },
      workflow: { entity_type: 'orders', past_it: 'orders:override' },
    }),
    current_assignee_id: ref('users', 'set null').optional().moves_by('claim'),
    bom_id: ref('bom_headers', 'set null').optional().about('the approved BOM'),
    product_model_id: ref('product_models').optional(),
    configuration: json(configurationDocument),
    configuration_revision: integer(1).default(1),
    requested_by: ref('users').optional().about('of a service order, like all below'),
    requested_at_ms: instant().optional(),
    expected_on: day().optional(),
    internal_notes: text(5000).optional().about('for procurement and administrators only'),
    processed_by: ref('users').optional(),
    processed_at_ms: instant().optional().about('fulfilled'),
  },
  {
    row_is: 'Demand: one build of a customer order, a service order or an internal order.',
    sync: twoWay('whole_document', 'plant'),
    document: { root_id: 'id', columns: ['configuration', 'configuration_revision'] },
    unique: [['order_number', 'build_number']],
    indexes: [
      ['order_status', 'want_on'],
      ['customer_name', 'order_status'],
      ['current_assignee_id', 'order_status'],
      ['want_on'],
      ['created_at_ms'],
      // Everything the order list filters and sorts by: one narrow scan instead of rows with whole configurations.
      [
        'plant_id',
        'order_kind',
        'order_status',
        'want_on',
        'created_at_ms',
        'order_number',
        'build_number',
        'customer_name',
        'project_name',
        'sales_person',
        'document_language',
        'current_assignee_id',
        'created_by',
        'updated_at_ms',
        'configuration_revision',
      ],
    ],
    identified_by: 'order_number',
  },
);

export const order_lines = defineTable(
  'order_lines',
  {
    order_id: ref('orders', 'cascade'),
    line_number: integer(1),
    material_id: ref('materials'),
    quantity_e6: quantity(1),
    approved_quantity_e6: quantity(0).optional().about('what procurement allows; empty: all of it'),
    fulfilled_quantity_e6: quantity(0).default(0),
    notes: text(500).optional(),
  },
  {
    row_is: 'A part asked for by a service order.',
    sync: twoWay('merge_columns', 'plant'),
    plant_by: { through: 'order_id', table: 'orders' },
    unique: [['order_id', 'material_id']],
  },
);

export const order_config_items = defineTable(
  'order_config_items',
  {
    order_id: ref('orders', 'cascade'),
    item_kind: oneOf('BASIN', 'FAUCET', 'SPRAYER', 'ACCESSORY'),
    item_index: integer(1),
    attributes: json(configurationDocument),
    material_id: ref('materials').optional(),
    quantity_e6: quantity(1).default(1_000_000),
  },
  {
    row_is: 'A basin, faucet, sprayer or accessory of a build.',
    sync: twoWay('whole_document', 'plant'),
    document: { root_id: 'order_id' },
    plant_by: { through: 'order_id', table: 'orders' },
    unique: [['order_id', 'item_kind', 'item_index']],
  },
);

export const order_revisions = defineTable(
  'order_revisions',
  {
    order_id: id<'orders'>().about('kept when the order is deleted: history has no reference to lose'),
    revision_no: integer(1),
    configuration: json(configurationDocument),
    header: json(configurationDocument),
    reason: text(2000).optional(),
    revised_at_ms: instant(),
  },
  {
    row_is: 'A configuration of a build as it was; never changed.',
    sync: appendOnly('plant'),
    plant_by: { through: 'order_id', table: 'orders' },
    unique: [['order_id', 'revision_no']],
  },
);

export const COMMENT_PRIORITIES = ['LOW', 'NORMAL', 'HIGH', 'URGENT'] as const;
export const COMMENT_CATEGORIES = [
  'GENERAL',
  'CUSTOMER',
  'PARTS',
  'PRODUCTION',
  'QUALITY',
  'SHIPPING',
] as const;
export const order_comments = defineTable(
  'order_comments',
  {
    order_id: ref('orders', 'cascade'),
    thread_id: id<'order_comments'>().optional().about('the comment it answers; empty: begins a thread'),
    author_id: ref('users'),
    written_at_ms: instant(),
    content: text(2000),
    category: oneOf(...COMMENT_CATEGORIES).default('GENERAL'),
    priority: oneOf(...COMMENT_PRIORITIES).default('NORMAL'),
    is_internal: boolean().default(false).about('for coordinators, quality and administrators only'),
    mentions: json(z.array(z.string())).about('ids of the people who were told'),
    edited_at_ms: instant().optional(),
    deleted_at_ms: instant().optional(),
    resolved_by: ref('users').optional(),
    resolved_at_ms: instant().optional(),
  },
  {
    row_is: 'What a person wrote about a build.',
    sync: twoWay('merge_columns', 'plant'),
    plant_by: { through: 'order_id', table: 'orders' },
    private_rows: { flag: 'is_internal', permission: 'comments:internal' },
    indexes: [['order_id', 'written_at_ms']],
  },
);

export const order_drafts = defineTable(
  'order_drafts',
  {
    user_id: ref('users'),
    draft: localJson(configurationDocument).about('the wizard as it stands: header, builds, files, step'),
    saved_at_ms: instant(),
  },
  {
    row_is: 'An order being entered, saved at every change.',
    sync: localOnly(),
    indexes: [['user_id', 'saved_at_ms']],
  },
);
