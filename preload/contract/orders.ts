import { z } from 'zod';
import { FILE_ROLES } from '../../db/schema/infrastructure.ts';
import { BUILD_STATUSES } from '../../db/schema/orders.ts';
import {
  bomDifference,
  bomTotals,
  bomVersion,
  differenceCounts,
  expansionRefusals,
  labelledChange,
  reasonText,
  treeRow,
} from './bom.ts';
import { orderComments } from './order-comments.ts';
import {
  configuration,
  evaluation,
  linesRefused,
  localizedText,
  modelField,
  modelGroup,
  scalar,
} from './product-model.ts';
import { command, empty, idOf, type ModuleContract, page, query } from './rpc.ts';
import { serviceOrders } from './service-orders.ts';
import { sized } from './sized.ts';

export const orderId = idOf('orders');
const draftId = idOf('order_drafts');
const rowVersion = z.int().min(1);
export const buildStatus = z.enum(BUILD_STATUSES);
export const documentLanguage = z.enum(['EN', 'FR', 'SP']);
const dayText = z.iso.date();
const family = z.string().min(1).max(40);

/** What was answered so far; judged by the product model, so anything that is a document may come in. */
export const givenConfiguration = sized(z.record(z.string().max(60), z.unknown()));
const answerRow = z.record(z.string().max(60), scalar);
export const answerValue = sized(z.union([scalar, answerRow, z.array(answerRow).max(1000)]));

/** The header as it is typed: nothing has to be right yet. */
export const draftHeader = z.object({
  order_number: z.string().max(200).default(''),
  customer_name: z.string().max(500).default(''),
  project_name: z.string().max(500).default(''),
  sales_person: z.string().max(500).default(''),
  /** YYYY-MM-DD or empty. */
  want_on: z.string().max(40).default(''),
  document_language: documentLanguage.default('EN'),
  notes: z.string().max(10_000).default(''),
});
export type DraftHeader = z.infer<typeof draftHeader>;
export const draftBuild = z.object({
  build_number: z.string().max(200).default(''),
  configuration: givenConfiguration.default({}),
});
export const draftFile = z.object({ file_upload_id: idOf('file_uploads'), link_role: z.enum(FILE_ROLES) });
/** The whole wizard. Incomplete is fine; too long is not. */
export const draftDocument = sized(
  z.object({
    step: z.int().min(1).max(5).default(1),
    family: z.string().max(40).default(''),
    /** The builds are added to an order that is already there. */
    add_to_existing: z.boolean().default(false),
    header: draftHeader.prefault({}),
    builds: z.array(draftBuild).max(100).default([]),
    files: z.array(draftFile).max(100).default([]),
  }),
);
export type DraftDocument = z.infer<typeof draftDocument>;
const draft = z.object({
  draft_id: draftId,
  draft: draftDocument,
  saved_at_ms: z.int(),
  row_version: rowVersion,
});

/** What of the header the rules of the product model read. */
const evaluationHeader = z.object({
  document_language: documentLanguage.default('EN'),
  want_on: z.string().max(40).default(''),
});

export const preliminaryBom = z.object({
  rows: z.array(treeRow),
  totals: bomTotals,
  /** Why there is no BOM yet although the answers would allow one. */
  refused: linesRefused.nullable(),
});

export const orderFilter = z.object({
  /** Parts of order number, build number, customer, project or sales person; every word must be found. */
  text: z.string().max(200).default(''),
  status: z.array(buildStatus).max(BUILD_STATUSES.length).default([]),
  customer_name: z.string().max(100).optional(),
  sales_person: z.string().max(100).optional(),
  document_language: documentLanguage.optional(),
  want_from: dayText.optional(),
  want_to: dayText.optional(),
  /** Days of the plant's calendar, both included. */
  created_from: dayText.optional(),
  created_to: dayText.optional(),
  /** Entered by me or assigned to me. */
  mine: z.boolean().default(false),
  /** Wanted before today and not shipped. */
  late: z.boolean().default(false),
});
export type OrderFilter = z.infer<typeof orderFilter>;
export const ORDER_SORTS = [
  'order_number',
  'build_number',
  'customer_name',
  'project_name',
  'sales_person',
  'want_on',
  'document_language',
  'order_status',
  'created_at_ms',
  'updated_at_ms',
  'configuration_revision',
] as const;
export const orderSort = z.object({ by: z.enum(ORDER_SORTS), direction: z.enum(['asc', 'desc']) });
export type OrderSort = z.infer<typeof orderSort>;
const newestFirst = { by: 'created_at_ms', direction: 'desc' } as const;
/** What a list can be gathered by; weeks are ISO weeks of the wanted day. */
export const ORDER_GROUPS = ['order_number', 'customer_name', 'order_status', 'want_week'] as const;
export const orderGroup = z.enum(ORDER_GROUPS);
export type OrderGroup = z.infer<typeof orderGroup>;
const listed = {
  filter: orderFilter.prefault({}),
  sort: orderSort.default(newestFirst),
  /** Groups come one after the other, each sorted within itself. */
  group: orderGroup.nullable().default(null),
};

export const orderSummary = z.object({
  order_id: orderId,
  order_number: z.string(),
  build_number: z.string(),
  customer_name: z.string(),
  project_name: z.string().nullable(),
  sales_person: z.string().nullable(),
  want_on: z.string().nullable(),
  is_late: z.boolean(),
  document_language: documentLanguage,
  order_status: buildStatus,
  configuration_revision: z.int(),
  bom_id: idOf('bom_headers').nullable(),
  assignee_name: z.string().nullable(),
  created_by_name: z.string(),
  created_at_ms: z.int(),
  updated_at_ms: z.int(),
  row_version: rowVersion,
});
export type OrderSummary = z.infer<typeof orderSummary>;
const facet = z.object({ value: z.string(), count: z.int() });

export const historyEntry = z.object({
  at_ms: z.int(),
  by_name: z.string(),
  /** ORDER_CREATED, CONFIGURATION_UPDATED, BOM_APPROVED, … */
  action: z.string(),
  from_status: z.string().nullable(),
  to_status: z.string(),
  comment: z.string().nullable(),
  metadata: z.record(z.string(), z.unknown()).nullable(),
});

/** An answer in words, for pages and documents. */
export const shownAnswer = z.object({
  section: z.string(),
  section_label: localizedText,
  path: z.string(),
  /** `Basin 2` for a row of a group, otherwise null. */
  row_label: localizedText.nullable(),
  label: localizedText,
  value: scalar,
  value_label: localizedText,
});
export type ShownAnswer = z.infer<typeof shownAnswer>;

export const orderFile = z.object({
  file_upload_id: idOf('file_uploads'),
  original_name: z.string(),
  link_role: z.enum(FILE_ROLES),
  mime_type: z.string(),
  file_size_bytes: z.int(),
});
const siblingBuild = z.object({ order_id: orderId, build_number: z.string(), order_status: buildStatus });

export const orderPage = z.object({
  order: orderSummary.extend({ notes: z.string().nullable(), plant_name: z.string() }),
  family: z.object({ family: z.string(), version: z.int(), name: localizedText }).nullable(),
  configuration,
  answers: z.array(shownAnswer),
  evaluation: evaluation.nullable(),
  revisions: z.int(),
  bom_versions: z.array(bomVersion),
  files: z.array(orderFile),
  history: z.array(historyEntry),
  builds: z.array(siblingBuild),
  /** What the state of the order allows; permissions come on top. */
  can_edit: z.boolean(),
  can_delete: z.boolean(),
});
export type OrderPage = z.infer<typeof orderPage>;

export const poPage = z.object({
  order_number: z.string(),
  customer_name: z.string(),
  project_name: z.string().nullable(),
  sales_person: z.string().nullable(),
  document_language: documentLanguage,
  want_on: z.string().nullable(),
  least_advanced_status: buildStatus,
  status_counts: z.array(z.object({ status: buildStatus, count: z.int() })),
  builds: z.array(orderSummary),
});
export type PoPage = z.infer<typeof poPage>;

/** Field by field what is wrong with the header or the builds. `code` is worded in the refusal texts. */
export const problem = z.object({
  path: z.string(),
  code: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
  kind: z.enum(['error', 'warning']),
});
export type Problem = z.infer<typeof problem>;

const headerPatch = z.object({
  customer_name: z.string().trim().min(3).max(100).optional(),
  project_name: z.union([z.literal(''), z.string().trim().min(3).max(100)]).optional(),
  sales_person: z.string().trim().min(3).max(100).optional(),
  want_on: dayText.optional(),
  document_language: documentLanguage.optional(),
  notes: z.string().max(10_000).optional(),
});
const notEditable = ['row_not_found', 'row_changed', 'order_not_editable'] as const;

export const orders = {
  families: query({
    allow: 'orders:read',
    input: empty,
    output: z.object({
      families: z.array(
        z.object({
          family: z.string(),
          version: z.int(),
          name: localizedText,
          released: z.boolean(),
          not_released_message: localizedText.nullable(),
        }),
      ),
    }),
  }),
  /** Fields, options and words of one family for the configurator. */
  form: query({
    allow: 'orders:read',
    input: z.object({ family }),
    output: z.object({
      family: z.string(),
      version: z.int(),
      name: localizedText,
      sections: z.array(z.object({ name: z.string(), label: localizedText })),
      fields: z.array(modelField),
      groups: z.array(modelGroup),
      accessory_subcategories: z.array(z.object({ code: z.string(), label: localizedText })),
      bom_groups: z.array(z.object({ code: z.string(), label: localizedText })),
    }),
    refusals: ['product_model_unknown'],
  }),
  /** Judges the answers of one build and builds its preliminary BOM. */
  evaluate: query({
    allow: 'orders:read',
    input: z.object({ family, configuration: givenConfiguration, header: evaluationHeader.prefault({}) }),
    output: z.object({ evaluation, bom: preliminaryBom }),
    refusals: ['product_model_unknown'],
  }),
  /** One answer changed: the new answers, judged, with the lines they make. */
  answer: query({
    allow: 'orders:read',
    input: z.object({
      family,
      configuration: givenConfiguration,
      path: z.string().max(100),
      value: answerValue,
      header: evaluationHeader.prefault({}),
    }),
    output: z.object({ configuration, evaluation, bom: preliminaryBom }),
    refusals: ['product_model_unknown', 'answer_path_unknown', 'answer_value_invalid'],
  }),

  listDrafts: query({
    allow: 'orders:create',
    input: empty,
    output: z.object({
      drafts: z.array(
        z.object({
          draft_id: draftId,
          order_number: z.string(),
          customer_name: z.string(),
          builds: z.int(),
          step: z.int(),
          saved_at_ms: z.int(),
        }),
      ),
    }),
  }),
  getDraft: query({
    allow: 'orders:create',
    input: z.object({ draft_id: draftId }),
    output: draft,
    refusals: ['draft_unknown'],
  }),
  /** Creates without `draft_id`, otherwise overwrites; only one's own drafts. */
  saveDraft: command({
    allow: 'orders:create',
    input: z.object({ draft_id: draftId.optional(), draft: draftDocument }),
    output: z.object({ draft_id: draftId, saved_at_ms: z.int() }),
    refusals: ['draft_unknown', 'too_many_drafts'],
  }),
  discardDraft: command({
    allow: 'orders:create',
    input: z.object({ draft_id: draftId }),
    output: empty,
    refusals: ['draft_unknown'],
  }),
  /** What is wrong with the header and the build numbers as they stand. */
  checkDraft: query({
    allow: 'orders:create',
    input: z.object({ draft: draftDocument }),
    output: z.object({
      problems: z.array(problem),
      builds: z.array(z.object({ build_number: z.string(), evaluation })),
      submittable: z.boolean(),
    }),
    refusals: ['product_model_unknown'],
  }),
  suggestBuildNumbers: query({
    allow: 'orders:create',
    input: z.object({
      order_number: z.string().max(200),
      quantity: z.int().min(1).max(100),
      taken: z.array(z.string().max(200)).max(100).default([]),
    }),
    output: z.object({ build_numbers: z.array(z.string()) }),
  }),
  checkOrderNumber: query({
    allow: 'orders:create',
    input: z.object({ order_number: z.string().max(200) }),
    output: z.object({
      is_used: z.boolean(),
      builds: z.array(siblingBuild),
      customer_name: z.string().nullable(),
    }),
  }),
  /** Earlier sales persons and customers, for typing ahead. */
  headerSuggestions: query({
    allow: 'orders:read',
    input: z.object({
      field: z.enum(['customer_name', 'sales_person', 'project_name']),
      text: z.string().max(100).default(''),
    }),
    output: z.object({ values: z.array(z.string()) }),
  }),
  /** What a copy would bring; nothing is stored. */
  copyConfiguration: query({
    allow: 'orders:create',
    input: z.object({
      family,
      source: givenConfiguration,
      target: givenConfiguration.default({}),
      with_accessories: z.boolean().default(true),
    }),
    output: z.object({
      configuration,
      replaces_answers: z.boolean(),
      preview: z.array(z.object({ path: z.string(), label: localizedText, value_label: localizedText })),
      counts: z.array(z.object({ group: z.string(), label: localizedText, count: z.int() })),
    }),
    refusals: ['product_model_unknown', 'copy_source_incomplete'],
  }),
  /** The draft becomes orders, revisions, history and BOM version 1 of every build, or nothing at all. */
  submit: command({
    allow: 'orders:create',
    input: z.object({ draft_id: draftId }),
    output: z.object({
      order_number: z.string(),
      builds: z.array(
        z.object({ order_id: orderId, build_number: z.string(), bom_id: idOf('bom_headers'), rows: z.int() }),
      ),
      warnings: z.array(problem),
    }),
    refusals: [
      'draft_unknown',
      'product_model_unknown',
      'header_invalid',
      'order_number_used',
      'order_number_unknown',
      'build_numbers_invalid',
      'configuration_refused',
      ...expansionRefusals,
      'file_unknown',
    ],
  }),

  list: query({
    allow: 'orders:read',
    input: page.extend(listed),
    output: z.object({ rows: z.array(orderSummary), total: z.int() }),
  }),
  /** The ids of the whole filtered set, for selections and exports. */
  listIds: query({
    allow: 'orders:read',
    input: z.object(listed),
    output: z.object({ ids: z.array(orderId) }),
  }),
  /** The groups of the list in their order, with how many builds each holds; null holds those without a wanted day. */
  groups: query({
    allow: 'orders:read',
    input: z.object({ ...listed, group: orderGroup }),
    output: z.object({ groups: z.array(z.object({ value: z.string().nullable(), count: z.int() })) }),
  }),
  facets: query({
    allow: 'orders:read',
    input: z.object({ filter: orderFilter.prefault({}) }),
    output: z.object({
      status: z.array(facet),
      customers: z.array(facet),
      sales_persons: z.array(facet),
      languages: z.array(facet),
      total: z.int(),
    }),
  }),
  get: query({
    allow: 'orders:read',
    input: z.object({ order_id: orderId }),
    output: orderPage,
    refusals: ['row_not_found'],
  }),
  getPo: query({
    allow: 'orders:read',
    input: z.object({ order_number: z.string().min(1).max(50) }),
    output: poPage,
    refusals: ['order_number_unknown'],
  }),
  updateHeader: command({
    allow: 'orders:update',
    input: z.object({
      order_id: orderId,
      expected_version: rowVersion,
      patch: headerPatch,
      whole_po: z.boolean().default(false),
      reason: reasonText.optional(),
    }),
    output: z.object({ updated: z.array(orderId) }),
    refusals: [...notEditable, 'product_model_unknown', 'configuration_refused', ...expansionRefusals],
  }),
  /** A new revision of the configuration, a new BOM version, and what changed between them. */
  revise: command({
    allow: 'orders:update',
    input: z.object({
      order_id: orderId,
      expected_version: rowVersion,
      configuration: givenConfiguration,
      reason: reasonText.optional(),
    }),
    output: z.object({
      revision_no: z.int(),
      bom_id: idOf('bom_headers'),
      bom_version: z.int(),
      answers: z.array(labelledChange),
      differences: z.array(bomDifference),
      counts: differenceCounts,
    }),
    refusals: [...notEditable, 'configuration_unchanged', 'configuration_refused', ...expansionRefusals],
  }),
  listRevisions: query({
    allow: 'orders:read',
    input: z.object({ order_id: orderId }),
    output: z.object({
      revisions: z.array(
        z.object({
          revision_no: z.int(),
          revised_at_ms: z.int(),
          revised_by_name: z.string(),
          reason: z.string().nullable(),
          configuration,
        }),
      ),
    }),
    refusals: ['row_not_found'],
  }),
  diffRevisions: query({
    allow: 'orders:read',
    input: z.object({ order_id: orderId, from: z.int().min(1), to: z.int().min(1) }),
    output: z.object({ answers: z.array(labelledChange) }),
    refusals: ['row_not_found', 'revision_unknown'],
  }),
  history: query({
    allow: 'orders:read',
    input: z.object({ order_id: orderId }),
    output: z.object({ history: z.array(historyEntry) }),
    refusals: ['row_not_found'],
  }),
  deleteOrder: command({
    allow: 'orders:delete',
    input: z.object({ order_id: orderId, expected_version: rowVersion, reason: reasonText }),
    output: empty,
    refusals: ['row_not_found', 'row_changed', 'order_not_deletable'],
  }),
  /** Open builds whose valid BOM holds the item, at any level. */
  whereUsed: query({
    allow: 'order_boms:read',
    input: page.extend({ material_id: idOf('materials') }),
    output: z.object({
      uses: z.array(
        z.object({
          order_id: orderId,
          order_number: z.string(),
          build_number: z.string(),
          customer_name: z.string(),
          want_on: z.string().nullable(),
          order_status: buildStatus,
          bom_id: idOf('bom_headers'),
          bom_version: z.int(),
          bom_status: z.enum(['DRAFT', 'APPROVED']),
          total_quantity_e6: z.int(),
          occurrences: z.int(),
        }),
      ),
      has_more: z.boolean(),
    }),
  }),
  ...serviceOrders,
  ...orderComments,
} satisfies ModuleContract;
