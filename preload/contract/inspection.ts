import { z } from 'zod';
import { FILE_ROLES } from '../../db/schema/infrastructure.ts';
import { localText } from '../../db/schema/local-text.ts';
import {
  answerFile,
  checkGuide,
  DATA_TYPES,
  INSPECTION_RESULTS,
  PLAN_STATUSES,
  PLAN_TYPES,
  REPEATED_PER,
  TEST_TYPES,
  usedInstrument,
} from '../../db/schema/quality.ts';
import { planDocument } from './inspection-plan.ts';
import { ncrCategory } from './ncr-categories.ts';
import { command, empty, idOf, type ModuleContract, page, query } from './rpc.ts';

export const planType = z.enum(PLAN_TYPES);
export type PlanType = z.infer<typeof planType>;
export const inspectionResult = z.enum(INSPECTION_RESULTS);
export type InspectionResult = z.infer<typeof inspectionResult>;
const logId = idOf('inspection_logs');
const orderId = idOf('orders');
const planId = idOf('inspection_plans');

/** How far an answer is: `note`, `file` and `text` say what is still missing beside the answer. */
export const answerState = z.enum(['open', 'note', 'file', 'text', 'ok', 'fails', 'not_applicable']);
export type AnswerState = z.infer<typeof answerState>;

export const shownOption = z.object({ code: z.string(), label: localText, asks_text: z.boolean() });
export const formRow = z.object({
  measurement_id: idOf('inspection_measurements'),
  row_version: z.int(),
  code: z.string(),
  name: localText,
  expectation: localText.nullable(),
  data_type: z.enum(DATA_TYPES),
  test_type: z.enum(TEST_TYPES).nullable(),
  is_required: z.boolean(),
  can_be_na: z.boolean(),
  is_informative: z.boolean(),
  record_as: z.enum(['JOB_ID', 'SIGNER_INITIALS', 'FIRST_PASS']).nullable(),
  repeated_per: z.enum(REPEATED_PER).nullable(),
  /** Basin, faucet, … from 1; 0 when the check is not repeated. */
  repeat_index: z.int(),
  item_label: z.string().nullable(),
  is_applicable: z.boolean(),
  /** Why it does not apply, in words where there are any. */
  rule: z.string().nullable(),
  rule_words: localText.nullable(),
  expected_value: z.string().nullable(),
  options: z.array(shownOption),
  unit: z.string().nullable(),
  target_value_e6: z.int().nullable(),
  lower_limit_e6: z.int().nullable(),
  upper_limit_e6: z.int().nullable(),
  decimals: z.int(),
  notes_prompt: localText.nullable(),
  instrument_type: z.string().nullable(),
  needs_file_role: z.string().nullable(),
  shows_file_roles: z.array(z.enum(FILE_ROLES)),
  shows_plan_type: planType.nullable(),
  material_number: z.string().nullable(),
  guide: checkGuide.nullable(),
  estimated_minutes: z.int(),
  measured_text: z.string().nullable(),
  measured_value_e6: z.int().nullable(),
  is_na: z.boolean(),
  other_text: z.string().nullable(),
  note: z.string().nullable(),
  files: z.array(answerFile),
  measured_by_initials: z.string().nullable(),
  measured_at_ms: z.int().nullable(),
  /** The assembly task that gave the answer: by being done, or because the part was identified there. */
  from_task_code: z.string().nullable(),
  state: answerState,
});
export type FormRow = z.infer<typeof formRow>;
export const formProgress = z.object({
  answered: z.int(),
  applicable: z.int(),
  failing: z.int(),
  /** What the form can be signed as now. */
  result: inspectionResult,
});
export type FormProgress = z.infer<typeof formProgress>;
export const signatureBlock = z.object({
  signature_id: idOf('electronic_signatures'),
  signer_name: z.string(),
  signer_initials: z.string(),
  signed_at_ms: z.int(),
  /** As the signer saw it: `2026-11-20 14:32 America/Toronto`. */
  signed_at: z.string(),
  meaning: z.string(),
  declaration: z.string(),
  signed_text: z.string(),
  content_sha256: z.string(),
});
export type SignatureBlock = z.infer<typeof signatureBlock>;
export const attempt = z.object({
  log_id: logId,
  attempt_no: z.int(),
  revision_no: z.int(),
  plan_version: z.int(),
  status: z.enum(['DRAFT', 'SIGNED', 'DISCARDED']),
  overall_result: inspectionResult,
  signed_at_ms: z.int().nullable(),
  inspector_name: z.string().nullable(),
  correction_reason: z.string().nullable(),
});
export type Attempt = z.infer<typeof attempt>;
const failure = z.object({
  category: ncrCategory,
  description: z.string().trim().min(1).max(5000),
  needs_rework: z.boolean(),
});
/** A document that checks show: of the build, or of the catalogue item of a check. */
export const checkDocument = z.object({
  file_upload_id: idOf('file_uploads'),
  original_name: z.string(),
  mime_type: z.string(),
  link_role: z.enum(FILE_ROLES),
  /** Null: of the build. */
  material_number: z.string().nullable(),
});
export type CheckDocument = z.infer<typeof checkDocument>;
export const form = z.object({
  log_id: logId,
  order_id: orderId,
  order_number: z.string(),
  build_number: z.string(),
  customer_name: z.string(),
  project_name: z.string().nullable(),
  plan_id: planId,
  plan_type: planType,
  plan_code: z.string(),
  plan_version: z.int(),
  plan_status: z.enum(PLAN_STATUSES),
  form_id: z.string(),
  plan_name: localText,
  declaration: localText,
  setup: localText.nullable(),
  status: z.enum(['DRAFT', 'SIGNED', 'DISCARDED']),
  overall_result: inspectionResult,
  attempt_no: z.int(),
  revision_no: z.int(),
  job_id: z.string().nullable(),
  notes: z.string().nullable(),
  instruments: z.array(usedInstrument),
  correction_of_id: logId.nullable(),
  correction_reason: z.string().nullable(),
  failure: failure.nullable(),
  sections: z.array(z.object({ code: z.string(), name: localText, rows: z.array(formRow) })),
  progress: formProgress,
  signature: signatureBlock.nullable(),
  attempts: z.array(attempt),
  /** Results of other forms that checks refer to. */
  shown_results: z.record(
    z.string(),
    z.object({ overall_result: inspectionResult, log_id: logId }).nullable(),
  ),
  documents: z.array(checkDocument),
  order_files: z.record(z.string(), z.int()),
  may_fill: z.boolean(),
  may_correct: z.boolean(),
});
export type Form = z.infer<typeof form>;

/** A signed form no longer counts: the build came back since, by this way of the workflow. */
export const repeat = z.object({
  because: z.enum(['R3', 'R4', 'R7', 'RETURNED']),
  since_ms: z.int(),
  /** In the words of whoever sent it back. */
  reason: z.string().nullable(),
});
export type Repeat = z.infer<typeof repeat>;

const buildForm = z.object({
  plan_type: planType,
  plan_id: planId.nullable(),
  plan_name: localText.nullable(),
  form_id: z.string().nullable(),
  plan_version: z.int().nullable(),
  draft: z
    .object({ log_id: logId, attempt_no: z.int(), answered: z.int(), applicable: z.int(), failing: z.int() })
    .nullable(),
  latest: attempt.nullable(),
  attempts: z.array(attempt),
  /** Signatures at another station that came after the one that stands; they are no part of the record. */
  second_signatures: z.array(z.object({ log_id: logId, signer: z.string(), signed_at: z.string() })),
  /** Why what was signed is to be filled again. */
  repeat: repeat.nullable(),
  is_due: z.boolean(),
  may_open: z.boolean(),
  /** Code of what stands in the way. */
  why_not: z.string().nullable(),
});
export type BuildForm = z.infer<typeof buildForm>;

export const queueRow = z.object({
  order_id: orderId,
  order_number: z.string(),
  build_number: z.string(),
  customer_name: z.string(),
  want_on: z.string().nullable(),
  is_late: z.boolean(),
  order_status: z.string(),
  assignee_name: z.string().nullable(),
  plan_type: planType,
  log_id: logId.nullable(),
  attempt_no: z.int(),
  answered: z.int(),
  applicable: z.int(),
  failing: z.int(),
  last_result: inspectionResult.nullable(),
  repeat: repeat.nullable(),
});
export type QueueRow = z.infer<typeof queueRow>;
export const resultRow = z.object({
  log_id: logId,
  order_id: orderId,
  order_number: z.string(),
  build_number: z.string(),
  customer_name: z.string(),
  plan_type: planType,
  plan_code: z.string(),
  plan_version: z.int(),
  attempt_no: z.int(),
  revision_no: z.int(),
  overall_result: inspectionResult,
  job_id: z.string().nullable(),
  inspector_name: z.string(),
  signed_at_ms: z.int(),
  failure_category: ncrCategory.nullable(),
  is_correction: z.boolean(),
});
export type ResultRow = z.infer<typeof resultRow>;

/** A place where a signed record is no longer what was signed. */
export const finding = z.object({
  log_id: logId.nullable(),
  signature_id: z.string(),
  order_number: z.string(),
  build_number: z.string(),
  plan_type: planType.nullable(),
  kind: z.enum([
    'content_changed',
    'answer_removed',
    'answer_added',
    'record_missing',
    'signature_changed',
    'trail_differs',
  ]),
  /** `I07 basin 2, measured_text`, or a field of the record. */
  where: z.string(),
  signed: z.string(),
  found: z.string(),
});
export type Finding = z.infer<typeof finding>;

export const instrument = z.object({
  instrument_id: idOf('instruments'),
  row_version: z.int(),
  instrument_code: z.string(),
  instrument_name: z.string(),
  instrument_type: z.string(),
  serial_number: z.string().nullable(),
  certificate_number: z.string().nullable(),
  last_calibrated_on: z.string().nullable(),
  calibration_due_on: z.string(),
  is_active: z.boolean(),
  is_overdue: z.boolean(),
});
export type Instrument = z.infer<typeof instrument>;
const instrumentInput = z.object({
  instrument_code: z.string().trim().min(1).max(50),
  instrument_name: z.string().trim().min(1).max(200),
  instrument_type: z.string().trim().min(1).max(50),
  serial_number: z.string().trim().max(100).nullable(),
  certificate_number: z.string().trim().max(100).nullable(),
  last_calibrated_on: z.iso.date().nullable(),
  calibration_due_on: z.iso.date(),
  is_active: z.boolean(),
});

export const planSummary = z.object({
  plan_id: planId,
  row_version: z.int(),
  plan_code: z.string(),
  plan_version: z.int(),
  plan_type: planType,
  product_family: z.string(),
  form_id: z.string(),
  plan_name: localText,
  status: z.enum(PLAN_STATUSES),
  checks: z.int(),
  /** Inspections made with it. */
  uses: z.int(),
  published_at_ms: z.int().nullable(),
  published_by_name: z.string().nullable(),
});
export type PlanSummary = z.infer<typeof planSummary>;
const previewRow = z.object({
  code: z.string(),
  name: localText,
  section: localText,
  repeat_index: z.int(),
  item_label: z.string().nullable(),
  is_applicable: z.boolean(),
  rule: z.string().nullable(),
  rule_words: localText.nullable(),
  expected_value: z.string().nullable(),
});

const answer = z.object({
  measured_text: z.string().trim().max(500).nullable(),
  measured_value_e6: z.int().nullable(),
  is_na: z.boolean(),
  other_text: z.string().trim().max(500).nullable(),
  note: z.string().trim().max(2000).nullable(),
});
export type Answer = z.infer<typeof answer>;
const answered = z.object({ row: formRow, progress: formProgress });
/** First signature of a session: user name and password. Later ones: password or PIN alone. */
export const credentials = z.object({
  username: z.string().trim().max(255).optional(),
  password: z.string().max(500).optional(),
  pin: z.string().max(20).optional(),
});
const planRefusals = [
  'row_not_found',
  'plan_not_draft',
  'plan_invalid',
  'row_changed',
  'already_exists',
] as const;
const fillRefusals = ['row_not_found', 'not_allowed', 'inspection_signed', 'inspection_not_yours'] as const;
export const signRefusals = [
  'signature_needs_user',
  'signature_other_user',
  'password_wrong',
  'pin_wrong',
  'account_locked',
] as const;

export const inspections = {
  /** The forms of a build: what is due, what is being filled, what was signed. */
  forBuild: query({
    allow: 'orders:read',
    input: z.object({ order_id: orderId }),
    output: z.object({ forms: z.array(buildForm) }),
    refusals: ['row_not_found'],
  }),
  /** Work that waits: own work first, then by want date. */
  queue: query({
    allow: 'orders:read',
    input: empty,
    output: z.object({ rows: z.array(queueRow) }),
  }),
  /** Signed inspections, newest first. */
  results: query({
    allow: 'orders:read',
    input: page.extend({
      plan_type: planType.nullable().default(null),
      overall_result: inspectionResult.nullable().default(null),
      text: z.string().max(100).default(''),
    }),
    output: z.object({ rows: z.array(resultRow), total: z.int() }),
  }),
  getForm: query({
    allow: 'orders:read',
    input: z.object({ log_id: logId }),
    output: form,
    refusals: ['row_not_found', 'not_allowed'],
  }),
  /** The draft of a build, made when there is none: its rows follow from the configuration. */
  openForm: command({
    allow: 'orders:read',
    input: z.object({ order_id: orderId, plan_type: planType }),
    output: z.object({ log_id: logId, is_new: z.boolean() }),
    refusals: [
      ...fillRefusals,
      'plan_missing',
      'inspection_not_due',
      'production_check_missing',
      'product_model_unknown',
      'family_unknown',
      'condition_invalid',
      'condition_failed',
    ],
  }),
  /** One answer, kept at once. What is left out of a check (a note, say) is sent as null. */
  saveAnswer: command({
    allow: 'orders:read',
    input: z.object({ measurement_id: idOf('inspection_measurements'), answer }),
    output: answered,
    refusals: [
      ...fillRefusals,
      'answer_not_applicable',
      'answer_not_possible',
      'na_not_possible',
      'serial_used',
      'serial_invalid',
      'serial_taken',
      'packed_too_many',
    ],
  }),
  attachFile: command({
    allow: 'files:create',
    input: z.object({
      measurement_id: idOf('inspection_measurements'),
      file_upload_id: idOf('file_uploads'),
    }),
    output: answered,
    refusals: [...fillRefusals, 'file_unknown'],
  }),
  detachFile: command({
    allow: 'files:create',
    input: z.object({
      measurement_id: idOf('inspection_measurements'),
      file_upload_id: idOf('file_uploads'),
    }),
    output: answered,
    refusals: [...fillRefusals, 'file_unknown'],
  }),
  setHeader: command({
    allow: 'orders:read',
    input: z.object({
      log_id: logId,
      notes: z.string().trim().max(5000).nullable(),
      instrument_ids: z.array(idOf('instruments')).max(20),
    }),
    output: z.object({ notes: z.string().nullable(), instruments: z.array(usedInstrument) }),
    refusals: [...fillRefusals, 'instrument_overdue'],
  }),
  /** A draft is put aside: its answers stay readable, a new draft may be opened. */
  discardForm: command({
    allow: 'orders:read',
    input: z.object({ log_id: logId, reason: z.string().trim().min(1).max(2000) }),
    output: empty,
    refusals: fillRefusals,
  }),
  /** What the signing dialog shows before it asks for the password. */
  prepareSigning: query({
    allow: 'orders:read',
    input: z.object({ log_id: logId }),
    output: z.object({
      declaration: z.string(),
      signer_name: z.string(),
      signer_initials: z.string(),
      username: z.string(),
      signed_at: z.string(),
      /** User name and password are asked; later signatures of the session need the password or the PIN alone. */
      is_first_of_session: z.boolean(),
    }),
    refusals: fillRefusals,
  }),
  /** Signs and seals. A wrong password changes nothing of the form. */
  signForm: command({
    allow: 'orders:read',
    input: z.object({
      log_id: logId,
      credentials,
      is_declared: z.literal(true),
      /** Required when a check does not conform. */
      failure: failure.nullable(),
      /** What the signer saw; refused when the form says something else meanwhile. */
      result: inspectionResult,
    }),
    output: z.object({ log_id: logId, overall_result: inspectionResult, signature: signatureBlock }),
    refusals: [
      ...fillRefusals,
      ...signRefusals,
      'inspection_incomplete',
      'inspection_changed',
      'inspection_not_due',
      'failure_missing',
      'ncr_description_short',
      'ncr_category_invalid',
      'instrument_missing',
      'instrument_overdue',
      'configuration_changed',
      'condition_invalid',
      'condition_failed',
    ],
  }),
  /** A new revision of a signed record with its answers, open for correction. The signed one stays. */
  correctForm: command({
    allow: 'orders:read',
    input: z.object({ log_id: logId, reason: z.string().trim().min(3).max(2000) }),
    output: z.object({ log_id: logId }),
    refusals: [...fillRefusals, 'inspection_not_signed', 'inspection_not_latest', 'correction_open'],
  }),
  /** Recomputes signed records of a build, or of all, and names every place that differs. */
  verify: query({
    allow: 'orders:read',
    input: z.object({ order_id: orderId.nullable().default(null) }),
    output: z.object({ signatures: z.int(), findings: z.array(finding) }),
  }),

  plans: query({
    allow: 'orders:read',
    input: empty,
    output: z.object({ plans: z.array(planSummary), may_edit: z.boolean() }),
  }),
  getPlan: query({
    allow: 'orders:read',
    input: z.object({ plan_id: planId }),
    output: z.object({ plan: planSummary, document: planDocument, may_edit: z.boolean() }),
    refusals: ['row_not_found', 'not_allowed'],
  }),
  /** The rows that a form would have for a build. */
  previewPlan: query({
    allow: 'orders:read',
    input: z.object({ plan_id: planId, order_id: orderId }),
    output: z.object({ rows: z.array(previewRow) }),
    refusals: [
      'row_not_found',
      'not_allowed',
      'product_model_unknown',
      'family_unknown',
      'condition_invalid',
      'condition_failed',
    ],
  }),
  /** A draft of the next version, or of a form of its own when `plan_code` is given. */
  clonePlan: command({
    allow: 'inspection_plans:create',
    input: z.object({ plan_id: planId, plan_code: z.string().trim().min(1).max(100).nullable() }),
    output: z.object({ plan_id: planId }),
    refusals: ['row_not_found', 'plan_draft_exists', 'already_exists'],
  }),
  savePlan: command({
    allow: 'inspection_plans:update',
    input: z.object({ plan_id: planId, row_version: z.int(), document: planDocument }),
    output: z.object({ plan: planSummary, document: planDocument }),
    refusals: planRefusals,
  }),
  /** Makes a draft the valid form; the one that was valid is retired. */
  publishPlan: command({
    allow: 'inspection_plans:update',
    input: z.object({ plan_id: planId }),
    output: planSummary,
    refusals: [...planRefusals, 'condition_invalid'],
  }),
  removePlan: command({
    allow: 'inspection_plans:delete',
    input: z.object({ plan_id: planId }),
    output: empty,
    refusals: ['row_not_found', 'plan_not_draft', 'plan_used'],
  }),

  instruments: query({
    allow: 'orders:read',
    input: empty,
    output: z.object({ instruments: z.array(instrument), may_edit: z.boolean() }),
  }),
  saveInstrument: command({
    allow: 'instruments:update',
    input: z.object({
      instrument_id: idOf('instruments').nullable(),
      row_version: z.int().nullable(),
      instrument: instrumentInput,
    }),
    output: instrument,
    refusals: ['row_not_found', 'row_changed', 'already_exists', 'instrument_dates_crossed'],
  }),
} satisfies ModuleContract;
