import { z } from 'zod';
import { localText } from '../../db/schema/local-text.ts';
import { OUTSOURCING_STATUSES } from '../../db/schema/logistics.ts';
import { expansionRefusals, reasonText } from './bom.ts';
import { approvalRow } from './configuration.ts';
import { ncrCategory } from './ncr-categories.ts';
import { buildStatus, orderId } from './orders.ts';
import { configuration } from './product-model.ts';
import { ncrRow, ncrSeverity } from './quality.ts';
import { command, empty, idOf, type ModuleContract, page, query } from './rpc.ts';
import { sized } from './sized.ts';

const rowVersion = z.int().min(1);
const dayText = z.iso.date();
const note = z.string().trim().min(1).max(2000);
/** The assembly task at which trouble was found: its timer stops and the words stay with it. */
const taskId = idOf('operation_tasks');
const description = z.string().trim().max(5000);

/** Why a way is closed at the moment. `code` is worded under `fulfilment:missing`. */
export const missing = z.object({
  guard: z.string(),
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  /** May be passed over with a reason. */
  is_waivable: z.boolean(),
});
export type Missing = z.infer<typeof missing>;
export const transitionOffer = z.object({
  transition_code: z.string(),
  name: localText,
  to_status: buildStatus,
  needs_comment: z.boolean(),
  /** This person may take the way; what is missing may still stand against it. */
  is_mine: z.boolean(),
  /** Roles that may, for the words "waits for". */
  roles: z.array(z.string()),
  /** Who must approve before the step is taken; null when nobody. */
  approver: z.object({ role: z.string().nullable(), name: z.string().nullable() }).nullable(),
  missing: z.array(missing),
});
export type TransitionOffer = z.infer<typeof transitionOffer>;
export const person = z.object({ user_id: idOf('users'), full_name: z.string(), initials: z.string() });
/** Shown beside the status: what open issues make of a build. */
export const BUILD_FLAGS = ['none', 'on_hold', 'rejected', 'rework'] as const;
export const buildFlag = z.enum(BUILD_FLAGS);

export const situation = z.object({
  order_id: orderId,
  order_status: buildStatus,
  row_version: rowVersion,
  in_status_since_ms: z.int(),
  flag: buildFlag,
  assignee: person.nullable(),
  is_mine: z.boolean(),
  can_claim: z.boolean(),
  can_assign: z.boolean(),
  can_override: z.boolean(),
  transitions: z.array(transitionOffer),
  issues: z.array(ncrRow),
  /** The answer the build waits for. */
  approval: approvalRow.nullable(),
});
export type Situation = z.infer<typeof situation>;

export const outsourcingStatus = z.enum(OUTSOURCING_STATUSES);
export const outsourcedLine = z.object({
  shipment_item_id: idOf('shipment_items'),
  shipment_number: z.string(),
  supplier: z.string(),
  order_id: orderId,
  order_number: z.string(),
  build_number: z.string(),
  material_number: z.string(),
  material_description: z.string(),
  quantity_e6: z.int(),
  outsourcing_status: outsourcingStatus,
  expected_on: z.string().nullable(),
  returned_on: z.string().nullable(),
  days_overdue: z.int().min(0),
  tracking_number: z.string().nullable(),
  notes: z.string().nullable(),
  row_version: rowVersion,
});
export type OutsourcedLine = z.infer<typeof outsourcedLine>;

export const QUEUES = ['coordination', 'procurement', 'quality', 'assembly'] as const;
export const queueRow = z.object({
  order_id: orderId,
  order_number: z.string(),
  build_number: z.string(),
  customer_name: z.string(),
  want_on: z.string().nullable(),
  order_status: buildStatus,
  in_status_since_ms: z.int(),
  assignee: person.nullable(),
  is_mine: z.boolean(),
  open_issues: z.int(),
  flag: buildFlag,
  bom_rows: z.int(),
  bom_status: z.enum(['DRAFT', 'APPROVED', 'SUPERSEDED']).nullable(),
  is_late: z.boolean(),
  row_version: rowVersion,
});
export type QueueRow = z.infer<typeof queueRow>;
/** A number of a dashboard and the records behind it. */
export const figure = z.object({
  key: z.string(),
  value: z.number(),
  records: z
    .object({ list: z.enum(['orders', 'parts_out']), status: z.array(buildStatus), is_late: z.boolean() })
    .nullable(),
});
export type Figure = z.infer<typeof figure>;

const moving = [
  'row_not_found',
  'approval_pending',
  'row_changed',
  'workflow_missing',
  'transition_not_allowed',
  'transition_blocked',
  'comment_missing',
] as const;
const assigning = ['row_not_found', 'row_changed', 'workflow_missing', 'assignee_not_allowed'] as const;
const issueState = ['row_not_found', 'row_changed', 'ncr_state_invalid'] as const;

/** Something done on the old state of a build that a change makes wrong. */
export const impact = z.object({
  kind: z.enum(['part_sent', 'serial', 'batch', 'label', 'check', 'task']),
  id: z.string(),
  /** The serial number, the label, the form, the task; of a part that is out, where it stands. */
  what: z.string(),
  item_id: z.string().nullable(),
  why: z.enum(['removed', 'fewer', 'more', 'added', 'configuration', 'items']),
});
export type Impact = z.infer<typeof impact>;
const impacts = z.object({ replaces_version: z.int().nullable(), impacts: z.array(impact) });

export const fulfilment = {
  /** Where a build stands: what may be done now, by whom, and what is missing for the rest. */
  situation: query({
    allow: 'orders:read',
    input: z.object({ order_id: orderId }),
    output: situation,
    refusals: ['row_not_found', 'workflow_missing'],
  }),
  /** Takes one way of the workflow. `waive` passes over what may be passed over; it needs a comment. */
  move: command({
    allow: 'orders:transition',
    input: z.object({
      order_id: orderId,
      transition_code: z.string().max(50),
      expected_version: rowVersion,
      comment: note.optional(),
      waive: z.boolean().default(false),
      carrier_name: z.string().trim().max(100).optional(),
      tracking_number: z.string().trim().max(100).optional(),
    }),
    output: situation,
    refusals: [...moving],
  }),
  /** From any status to any other, with a reason; recorded as an override. */
  override: command({
    allow: 'orders:override',
    input: z.object({
      order_id: orderId,
      to_status: buildStatus,
      expected_version: rowVersion,
      reason: reasonText,
    }),
    output: situation,
    refusals: ['row_not_found', 'row_changed', 'workflow_missing', 'status_unchanged'],
  }),

  /** Who may have the build in its status. */
  candidates: query({
    allow: 'orders:read',
    input: z.object({ order_id: orderId }),
    output: z.object({ people: z.array(person) }),
    refusals: ['row_not_found', 'workflow_missing'],
  }),
  /** Gives builds to a person, or to nobody; all or none. */
  assign: command({
    allow: 'orders:assign',
    input: z.object({
      orders: z
        .array(z.object({ order_id: orderId, expected_version: rowVersion }))
        .min(1)
        .max(200),
      user_id: idOf('users').nullable(),
    }),
    output: z.object({ assigned: z.int() }),
    refusals: [...assigning],
  }),
  /** Takes a build nobody has; on the floor it gets its task list. */
  claim: command({
    allow: 'orders:claim',
    input: z.object({ order_id: orderId, expected_version: rowVersion }),
    output: situation,
    refusals: [
      ...assigning,
      'build_taken',
      'bom_missing',
      'family_unknown',
      'product_model_unknown',
      'condition_invalid',
      'condition_failed',
      'instructions_cycle',
    ],
  }),
  /** Gives an own build back. */
  release: command({
    allow: 'orders:claim',
    input: z.object({ order_id: orderId, expected_version: rowVersion }),
    output: situation,
    refusals: ['row_not_found', 'row_changed', 'workflow_missing', 'build_not_yours'],
  }),

  /** A part is short: the build is held until it is settled. */
  reportShortage: command({
    allow: 'shortages:create',
    input: z.object({
      order_id: orderId,
      category: ncrCategory,
      severity: ncrSeverity.optional(),
      description,
      task_id: taskId.optional(),
      material_id: idOf('materials').optional(),
      quantity_needed_e6: z.int().min(0).optional(),
      quantity_available_e6: z.int().min(0).optional(),
      expected_on: dayText.optional(),
    }),
    output: z.object({ ncr_id: idOf('ncrs'), ncr_number: z.string() }),
    refusals: [
      'row_not_found',
      'workflow_missing',
      'ncr_category_invalid',
      'ncr_description_short',
      'order_shipped',
      'task_list_replaced',
    ],
  }),
  /** Any other trouble with a build: a rejection, a failed test, something else. */
  openIssue: command({
    allow: 'ncrs:create',
    input: z.object({
      order_id: orderId,
      ncr_type: z.enum(['PRE_QC_REJECTION', 'FINAL_QC_REJECTION', 'TEST_FAILURE', 'PROCESS', 'OTHER']),
      task_id: taskId.optional(),
      category: ncrCategory,
      severity: ncrSeverity.optional(),
      needs_rework: z.boolean().optional(),
      is_return_to_maker: z.boolean().default(false),
      description,
      corrective_action: z.string().trim().max(5000).optional(),
      inspection_log_id: idOf('inspection_logs').optional(),
      characteristic_codes: z.array(z.string().max(100)).max(200).default([]),
    }),
    output: z.object({ ncr_id: idOf('ncrs'), ncr_number: z.string() }),
    refusals: [
      'row_not_found',
      'workflow_missing',
      'ncr_category_invalid',
      'ncr_description_short',
      'order_shipped',
      'task_list_replaced',
    ],
  }),
  /** The maker of the body is to put a rejected one right. */
  proposeReturn: command({
    allow: 'ncrs:update',
    input: z.object({ ncr_id: idOf('ncrs'), expected_version: rowVersion }),
    output: empty,
    refusals: ['row_not_found', 'row_changed', 'return_needs_pre_qc'],
  }),
  startRework: command({
    allow: 'ncrs:resolve',
    input: z.object({ ncr_id: idOf('ncrs'), expected_version: rowVersion }),
    output: empty,
    refusals: [...issueState],
  }),
  resolveIssue: command({
    allow: 'ncrs:resolve',
    input: z.object({ ncr_id: idOf('ncrs'), expected_version: rowVersion, resolution_notes: note }),
    output: empty,
    refusals: [...issueState, 'shortage_is_procurements'],
  }),
  resolveShortage: command({
    allow: 'shortages:resolve',
    input: z.object({ ncr_id: idOf('ncrs'), expected_version: rowVersion, resolution_notes: note }),
    output: empty,
    refusals: [...issueState, 'issue_is_no_shortage'],
  }),

  /** Lines made or finished outside: of one build, or everything still out. */
  outsourced: query({
    allow: 'outsourcing:read',
    input: page.extend({ order_id: orderId.optional(), only_open: z.boolean().default(false) }),
    output: z.object({ rows: z.array(outsourcedLine), total: z.int(), overdue: z.int() }),
  }),
  /** Marks lines of the BOM in force to be sent out. */
  markOutsourced: command({
    allow: 'outsourcing:create',
    input: z.object({ order_id: orderId, bom_line_ids: z.array(idOf('bom_lines')).min(1).max(200) }),
    output: z.object({ marked: z.int() }),
    refusals: ['row_not_found', 'bom_line_unknown', 'line_already_outsourced'],
  }),
  /** Sends the chosen lines; with the BOM approved the order moves on to PARTS_SENT. */
  sendParts: command({
    allow: 'outsourcing:update',
    input: z.object({
      order_id: orderId,
      shipment_item_ids: z.array(idOf('shipment_items')).min(1).max(200),
      supplier: z.string().trim().min(2).max(200).optional(),
      expected_on: dayText.optional(),
      tracking_number: z.string().trim().max(100).optional(),
    }),
    output: situation,
    refusals: [...moving, 'outsourcing_state_invalid'],
  }),
  setOutsourcing: command({
    allow: 'outsourcing:update',
    input: z.object({
      shipment_item_id: idOf('shipment_items'),
      expected_version: rowVersion,
      status: outsourcingStatus.optional(),
      expected_on: dayText.optional(),
      notes: z.string().trim().max(2000).optional(),
    }),
    output: empty,
    refusals: ['row_not_found', 'row_changed', 'outsourcing_state_invalid'],
  }),
  /** The sink body is here: open lines are received, and the build goes to pre-QC. */
  bodyArrived: command({
    allow: 'outsourcing:update',
    input: z.object({ order_id: orderId, comment: note.optional() }),
    output: situation,
    refusals: [...moving],
  }),

  /** What approving this draft makes wrong of the work done; told before it is confirmed. */
  bomImpact: query({
    allow: 'order_boms:read',
    input: z.object({ bom_id: idOf('bom_headers') }),
    output: impacts,
    refusals: ['row_not_found'],
  }),
  /** The same for answers that are not saved yet. */
  revisionImpact: query({
    allow: 'orders:read',
    input: z.object({ order_id: orderId, configuration: sized(configuration) }),
    output: impacts,
    refusals: ['row_not_found', 'product_model_unknown', ...expansionRefusals],
  }),

  /** The builds that wait for one kind of work; own ones first, then the most urgent. */
  queue: query({
    allow: 'orders:read',
    input: page.extend({
      queue: z.enum(QUEUES),
      status: z.array(buildStatus).max(buildStatus.options.length).default([]),
      only_mine: z.boolean().default(false),
    }),
    output: z.object({ rows: z.array(queueRow), total: z.int() }),
  }),
  /** The figures a role begins its day with, each with the address of its records. */
  dashboard: query({
    allow: 'orders:read',
    input: z.object({ queue: z.enum(QUEUES) }),
    output: z.object({
      figures: z.array(figure),
      stages: z.array(
        z.object({ status: buildStatus, builds: z.int(), late: z.int(), is_bottleneck: z.boolean() }),
      ),
      late: z.array(queueRow),
      issues: z.array(ncrRow),
    }),
  }),
} satisfies ModuleContract;
