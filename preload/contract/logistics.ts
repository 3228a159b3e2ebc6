import { z } from 'zod';
import { PRINT_STATES, PRINTER_KINDS, SCAN_CONTEXTS, SCAN_RESOLUTIONS } from '../../db/schema/logistics.ts';
import { documentName, textLanguage } from './document-data.ts';
import { density, labelLayout, labelProblem, labelSubject, labelType, wantedLabels } from './labels.ts';
import { localizedText } from './product-model.ts';
import { command, empty, idOf, job, type ModuleContract, page, query } from './rpc.ts';

export const MOST_SCAN_CHARACTERS = 500;
/** The same code by the same person in the same work within this time is recorded as a repetition. */
export const SCAN_REPEAT_MS = 5_000;

export const SCAN_HIT_KINDS = ['build', 'order', 'material', 'work_center', 'user', 'label'] as const;
export const scanHit = z.object({
  kind: z.enum(SCAN_HIT_KINDS),
  id: z.string(),
  title: z.string(),
  subtitle: z.string(),
  /** Address of its page. */
  to: z.string(),
});
export type ScanHit = z.infer<typeof scanHit>;
/**
 * What a parser found in the text: GS1 application identifiers (`01`, `10`, `21`, `240`, `241`, `400`) or MH10.8.2
 * data identifiers (`P`, `1P`, `S`, `1T`, `K`) with their values.
 */
export const scanElement = z.object({ key: z.string().max(20), value: z.string().max(200) });
export type ScanElement = z.infer<typeof scanElement>;

export { PRINTER_KINDS };
export const printerId = idOf('printers');
export const printJobId = idOf('print_jobs');
export const templateId = idOf('label_templates');

const printerFields = {
  printer_name: z.string().trim().min(1).max(80),
  printer_kind: z.enum(PRINTER_KINDS),
  host: z.string().trim().max(255).default(''),
  port: z.int().min(0).max(65_535).default(9100),
  folder: z.string().trim().max(1000).default(''),
  system_name: z.string().trim().max(200).default(''),
  density_dpi: density,
  media_width_mm: z.number().min(5).max(300),
  media_height_mm: z.number().min(5).max(600),
  media_name: z.string().trim().max(80).default(''),
  darkness: z.int().min(0).max(30).nullable().default(null),
  timeout_ms: z.int().min(500).max(120_000).default(10_000),
  /** Before each label it is asked for paper, ribbon and head. */
  must_ask_state: z.boolean().default(false),
  is_active: z.boolean().default(true),
};
const fields = z.object(printerFields);
export type PrinterFields = z.infer<typeof fields>;
/** READY, or why the next label would wait. */
export const PRINTER_MARKS = [
  'READY',
  'SENDING',
  'BLOCKED',
  'OFFLINE',
  'NEEDS_DECISION',
  'SWITCHED_OFF',
] as const;
/** What a printer can say of itself, the first to repair first: an open head pauses it as well. */
export const PRINTER_TROUBLES = [
  'head_open',
  'paper_out',
  'ribbon_out',
  'memory_lost',
  'too_cold',
  'too_hot',
  'printer_paused',
  'buffer_full',
] as const;
export type PrinterTrouble = (typeof PRINTER_TROUBLES)[number];
export const printerRow = fields.extend({
  printer_id: printerId,
  language: z.enum(['ZPL', 'PAGE']),
  mark: z.enum(PRINTER_MARKS),
  /** A text of the catalogue that says why its jobs wait; empty when they do not. */
  why: z.string(),
  waiting: z.int(),
  row_version: z.int(),
});
export type PrinterRow = z.infer<typeof printerRow>;
/** A printer without what stands in its queue. */
export type PrinterFacts = Omit<PrinterRow, 'mark' | 'why' | 'waiting'>;

export const routeRow = z.object({
  prints: z.string(),
  printer_id: printerId,
  fallback_printer_id: printerId.nullable(),
  template_code: z.string().max(60).nullable(),
  copies: z.int(),
  is_verified: z.boolean(),
});
export type RouteRow = z.infer<typeof routeRow>;
/** Where a label would go now. */
const destination = z.object({
  printer_id: printerId,
  printer_name: z.string(),
  mark: z.enum(PRINTER_MARKS),
  media: z.string(),
  is_fallback: z.boolean(),
  copies: z.int(),
  is_verified: z.boolean(),
});
export type Destination = z.infer<typeof destination>;

export const printState = z.enum(PRINT_STATES);
export type PrintState = z.infer<typeof printState>;
export const printJob = z.object({
  job_id: printJobId,
  prints: z.string(),
  title: z.string(),
  printer_id: printerId,
  printer_name: z.string(),
  state: printState,
  /** A text of the catalogue that says why it waits or failed. */
  state_code: z.string(),
  state_detail: z.string(),
  is_held: z.boolean(),
  copies: z.int(),
  attempts: z.int(),
  queued_at_ms: z.int(),
  ended_at_ms: z.int().nullable(),
  requested_by: z.string(),
  batch_id: z.string().nullable(),
  batch_position: z.int().nullable(),
  batch_size: z.int().nullable(),
  reprint_reason: z.string().nullable(),
  verification: z.enum(['NONE', 'PENDING', 'PASSED', 'FAILED']),
  verified_text: z.string(),
});
export type PrintJob = z.infer<typeof printJob>;

export const templateRow = z.object({
  template_id: templateId,
  template_code: z.string(),
  template_version: z.int(),
  label_type: labelType,
  template_name: localizedText,
  status: z.enum(['DRAFT', 'APPROVED', 'SUPERSEDED']),
  width_mm: z.number(),
  height_mm: z.number(),
  approved_by_name: z.string().nullable(),
  approved_at_ms: z.int().nullable(),
  updated_at_ms: z.int(),
  row_version: z.int(),
});
export type TemplateRow = z.infer<typeof templateRow>;

/** Places of a sheet of labels, in millimetres. */
export const sheetStock = z.object({
  paper: z.enum(['LETTER', 'A4']),
  columns: z.int().min(1).max(20),
  rows: z.int().min(1).max(50),
  left_mm: z.number().min(0).max(200),
  top_mm: z.number().min(0).max(200),
  pitch_x_mm: z.number().min(1).max(300),
  pitch_y_mm: z.number().min(1).max(400),
  /** Places of the first sheet that are used already. */
  skip: z.int().min(0).max(999).default(0),
});
export type SheetStock = z.infer<typeof sheetStock>;
/** Stock with a number everybody knows; anything else is entered. */
export const KNOWN_SHEETS: Record<string, SheetStock> = {
  'Avery 5163': {
    paper: 'LETTER',
    columns: 2,
    rows: 5,
    left_mm: 3.97,
    top_mm: 12.7,
    pitch_x_mm: 106.36,
    pitch_y_mm: 50.8,
    skip: 0,
  },
  'Avery 5160': {
    paper: 'LETTER',
    columns: 3,
    rows: 10,
    left_mm: 4.76,
    top_mm: 12.7,
    pitch_x_mm: 69.85,
    pitch_y_mm: 25.4,
    skip: 0,
  },
  'A4 2 x 5': {
    paper: 'A4',
    columns: 2,
    rows: 5,
    left_mm: 3.4,
    top_mm: 21.5,
    pitch_x_mm: 101.6,
    pitch_y_mm: 50.8,
    skip: 0,
  },
};

const labelRefusals = [
  'row_not_found',
  'not_allowed',
  'label_subject_missing',
  'label_field_required',
  'label_serials_invalid',
  'label_none',
  'label_too_many',
  'label_template_missing',
] as const;

const printRefusals = [
  ...labelRefusals,
  'label_overflow',
  'label_stock_too_small',
  'label_duplicate',
  'label_printed_before',
  'printer_not_routed',
  'printer_switched_off',
] as const;
const wantedRun = wantedLabels.extend({
  printer_id: printerId.optional(),
  copies: z.int().min(1).max(99).optional(),
  is_verified: z.boolean().optional(),
  /** The person saw that the same is already waiting and wants it again. */
  confirm_duplicate: z.boolean().default(false),
  /** Needed for labels that were printed before; they are marked as copies. */
  reprint_reason: z.string().trim().max(500).optional(),
});
const queuedRun = z.object({
  job_ids: z.array(printJobId),
  batch_id: z.string().nullable(),
  printer_name: z.string(),
  is_fallback: z.boolean(),
  is_verified: z.boolean(),
});

const copyRefusals = [
  'row_not_found',
  'print_job_not_label',
  'label_template_missing',
  'label_overflow',
] as const;

export const logistics = {
  /**
   * What a scanned text stands for, first rule that finds something: the value of an active label, our own codes,
   * numbers of orders and builds, material numbers, work centre codes, user names. Only what the person may see.
   */
  resolveScan: query({
    allow: 'signed_in',
    input: z.object({
      text: z.string().max(MOST_SCAN_CHARACTERS),
      elements: z.array(scanElement).max(40).default([]),
    }),
    output: z.object({
      hits: z.array(scanHit).max(3),
      /** Why nothing was found: the check character says it was misread or mistyped, or nothing has this code. */
      problem: z.enum(['wrong_check', 'not_found']).nullable(),
    }),
  }),
  recordScan: command({
    allow: 'signed_in',
    input: z.object({
      text: z.string().min(1).max(MOST_SCAN_CHARACTERS),
      barcode_type: z.string().max(40).optional(),
      resolution: z.enum(SCAN_RESOLUTIONS),
      entity_type: z.string().max(50).optional(),
      entity_id: z.string().max(100).optional(),
      context: z.enum(SCAN_CONTEXTS).optional(),
      location: z.string().max(200).optional(),
      error_message: z.string().max(500).optional(),
      elements: z.array(scanElement).max(40).default([]),
    }),
    output: z.object({ scan_id: idOf('qr_code_scans'), resolution: z.enum(SCAN_RESOLUTIONS) }),
  }),

  /** What labels a record has and where each would be printed. */
  labelsFor: query({
    allow: 'labels:read',
    input: z.object({ subject: labelSubject }),
    output: z.object({
      offers: z.array(
        z.object({
          label_type: labelType,
          count: z.int(),
          destination: destination.nullable(),
          /** Typed in before it is printed. */
          fields: z.array(z.string()),
        }),
      ),
    }),
    refusals: ['row_not_found'],
  }),
  /** One label of the run as it would leave, in the dots of the printer, and what is wrong with it or with the longest one. */
  previewLabels: query({
    allow: 'labels:read',
    input: wantedLabels.extend({ dpi: density.optional(), at: z.int().min(1).default(1) }),
    output: z.object({
      count: z.int(),
      titles: z.array(z.string()),
      svg: z.string(),
      width_mm: z.number(),
      height_mm: z.number(),
      problems: z.array(labelProblem.extend({ label: z.int() })),
      destination: destination.nullable(),
    }),
    refusals: labelRefusals,
  }),
  /** Puts labels into the queue, at most `MOST_AT_ONCE`; nothing is queued when one of them would not print as meant. */
  printLabels: command({
    allow: 'labels:create',
    input: wantedRun,
    output: queuedRun,
    refusals: printRefusals,
  }),
  /** The same for a run of any length: it is laid out beside the calls, then queued as a whole. */
  printRun: job({
    allow: 'labels:create',
    input: wantedRun,
    output: queuedRun,
    refusals: printRefusals,
  }),
  /** Labels on sheets of an office printer, as a PDF. */
  renderSheets: job({
    allow: 'labels:create',
    input: wantedLabels.extend({ stock: sheetStock }),
    output: z.object({ ticket: z.string(), file_name: z.string(), pages: z.int() }),
    refusals: [
      ...labelRefusals,
      'label_overflow',
      'sheet_too_small',
      'print_parts_missing',
      'pdf_engine_missing',
      'pdf_failed',
      'pdf_timed_out',
    ],
  }),

  listQueue: query({
    allow: 'labels:read',
    input: page.extend({ scope: z.enum(['open', 'ended']).default('open') }),
    output: z.object({ rows: z.array(printJob), total: z.int(), needs_decision: z.int() }),
  }),
  /** Sends again what failed or may not have come out; only a person decides that. */
  retryJob: command({
    allow: 'labels:create',
    input: z.object({ job_id: printJobId }),
    output: printJob,
    refusals: ['row_not_found', 'print_job_not_waiting', 'batch_queueing', 'batch_cancelling'],
  }),
  /** The person saw that it came out. */
  confirmJob: command({
    allow: 'labels:create',
    input: z.object({ job_id: printJobId }),
    output: printJob,
    refusals: ['row_not_found', 'print_job_not_waiting', 'batch_queueing', 'batch_cancelling'],
  }),
  cancelJob: command({
    allow: 'labels:create',
    input: z.object({ job_id: printJobId }),
    output: z.object({}),
    refusals: ['row_not_found', 'print_job_not_waiting', 'batch_queueing', 'batch_cancelling'],
  }),
  /** Everything of a run that waits, held back at once and taken out a few labels at a time. */
  cancelBatch: job({
    allow: 'labels:create',
    input: z.object({ batch_id: z.string().max(36) }),
    output: z.object({ cancelled: z.int() }),
    refusals: ['batch_not_waiting', 'batch_queueing', 'batch_cancelling'],
  }),
  /** The same label again, marked as a copy. */
  reprintJob: command({
    allow: 'labels:create',
    input: z.object({ job_id: printJobId, reason: z.string().trim().min(3).max(500) }),
    output: printJob,
    refusals: copyRefusals,
  }),
  /** After a jam: everything from this label on is sent again, what came out before stays. Laid out beside the calls. */
  resumeBatch: job({
    allow: 'labels:create',
    input: z.object({
      batch_id: z.string().max(36),
      from_position: z.int().min(1),
      reason: z.string().trim().min(3).max(500),
    }),
    output: z.object({ queued: z.int() }),
    refusals: ['batch_still_sending', 'batch_queueing', 'batch_cancelling', 'batch_changed', ...copyRefusals],
  }),
  /** What the scanner read from the fresh label. A wrong one keeps the job, and its batch, from going on. */
  verifyJob: command({
    allow: 'labels:create',
    input: z.object({ job_id: printJobId, text: z.string().max(MOST_SCAN_CHARACTERS) }),
    output: printJob,
    refusals: [
      'row_not_found',
      'label_unreadable',
      'label_wrong',
      'label_read_twice',
      'print_job_not_verified',
    ],
  }),

  listPrinters: query({
    allow: 'labels:read',
    input: empty,
    output: z.object({
      printers: z.array(printerRow),
      routes: z.array(routeRow),
    }),
  }),
  savePrinter: command({
    allow: 'printers:update',
    input: fields.extend({
      printer_id: printerId.optional(),
      row_version: z.int().optional(),
    }),
    output: printerRow,
    refusals: [
      'row_not_found',
      'row_changed',
      'printer_name_taken',
      'printer_address_missing',
      'folder_missing',
    ],
  }),
  removePrinter: command({
    allow: 'printers:delete',
    input: z.object({ printer_id: printerId }),
    output: empty,
    refusals: ['row_not_found', 'printer_in_use'],
  }),
  /** Asks a network printer how it stands, without printing. */
  printerState: job({
    allow: 'labels:read',
    input: z.object({ printer_id: printerId }),
    output: z.object({
      kind: z.enum(['told', 'silent', 'not_reached']),
      troubles: z.array(z.enum(PRINTER_TROUBLES)),
      /** Labels in its memory that have not come out. */
      waiting: z.int(),
    }),
    refusals: ['row_not_found', 'printer_not_asked'],
  }),
  printTestPage: command({
    allow: 'printers:update',
    input: z.object({ printer_id: printerId }),
    output: printJob,
    refusals: ['row_not_found', 'printer_switched_off'],
  }),
  saveRoute: command({
    allow: 'printers:update',
    input: routeRow.extend({ prints: z.union([labelType, documentName]) }),
    output: routeRow,
    refusals: ['row_not_found', 'route_fallback_same', 'label_template_missing'],
  }),
  removeRoute: command({
    allow: 'printers:update',
    input: z.object({ prints: z.string().max(60) }),
    output: empty,
  }),

  listTemplates: query({
    allow: 'labels:read',
    input: empty,
    output: z.object({ rows: z.array(templateRow) }),
  }),
  getTemplate: query({
    allow: 'labels:read',
    input: z.object({ template_id: templateId }),
    output: templateRow.extend({ layout: labelLayout }),
    refusals: ['row_not_found'],
  }),
  /** A layout as it is being edited, with example values, in the dots of a print head. */
  previewTemplate: query({
    allow: 'labels:read',
    input: z.object({ label_type: labelType, layout: labelLayout, language: textLanguage, dpi: density }),
    output: z.object({ svg: z.string(), problems: z.array(labelProblem) }),
  }),
  /** Writes the draft of the template; an approved version gets a new draft. */
  saveTemplate: command({
    allow: 'label_templates:update',
    input: z.object({
      template_id: templateId,
      layout: labelLayout,
      template_name: localizedText,
      row_version: z.int(),
    }),
    output: templateRow,
    refusals: [
      'row_not_found',
      'row_changed',
      'template_keys_doubled',
      'template_superseded',
      'template_draft_exists',
    ],
  }),
  /** A new template that begins as a copy of another one. */
  copyTemplate: command({
    allow: 'label_templates:create',
    input: z.object({
      template_id: templateId,
      template_code: z
        .string()
        .trim()
        .min(1)
        .max(40)
        .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, 'letters, digits, - _ only'),
    }),
    output: templateRow,
    refusals: ['row_not_found', 'template_code_taken'],
  }),
  approveTemplate: command({
    allow: 'label_templates:approve',
    input: z.object({ template_id: templateId, row_version: z.int() }),
    output: templateRow,
    refusals: [
      'row_not_found',
      'row_changed',
      'template_not_draft',
      'template_problems',
      'template_without_copy_mark',
    ],
  }),
  /** A draft on paper, with example values; goes to this printer and is not registered as a label. */
  printTestLabel: command({
    allow: 'label_templates:update',
    input: z.object({ template_id: templateId, printer_id: printerId, language: textLanguage }),
    output: printJob,
    refusals: ['row_not_found', 'label_overflow', 'printer_switched_off'],
  }),
  /** A label that was printed, with what stood on it. */
  getLabel: query({
    allow: 'labels:read',
    input: z.object({ label_id: idOf('barcode_labels') }),
    output: z.object({
      label_id: idOf('barcode_labels'),
      label_code: z.string(),
      label_type: labelType,
      barcode_value: z.string(),
      print_count: z.int(),
      last_printed_at_ms: z.int().nullable(),
      printed_by_name: z.string().nullable(),
      is_active: z.boolean(),
      fields: z.array(z.object({ field: z.string(), value: z.string() })),
      svg: z.string(),
    }),
    refusals: ['row_not_found'],
  }),
} satisfies ModuleContract;
