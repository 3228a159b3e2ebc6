import { z } from 'zod';
import { expansionRefusals } from './bom.ts';
import { type DocumentName, documentData, documentName, paper, textLanguage } from './document-data.ts';
import { exampleAnswers } from './instruction-editing.ts';
import { MOST_PICKED } from './pick-list.ts';
import { command, empty, idOf, job, type ModuleContract, query } from './rpc.ts';

/** Which record is printed: an order number, a build, or one version of its BOM (the valid one when left out). */
export const documentParams = z.object({
  order_number: z.string().min(1).max(50).optional(),
  order_id: idOf('orders').optional(),
  bom_id: idOf('bom_headers').optional(),
  /** Builds that are picked together. */
  order_ids: z.array(idOf('orders')).min(1).max(MOST_PICKED).optional(),
  /** One inspection, or the form of one kind left blank. */
  log_id: idOf('inspection_logs').optional(),
  plan_id: idOf('inspection_plans').optional(),
  /** A draft of a work instruction that the pack shows in the place of the version in force. */
  draft_id: idOf('work_instructions').optional(),
  /** Answers of no build, in the place of one: work instructions only. */
  example: exampleAnswers.optional(),
});
export type DocumentParams = z.infer<typeof documentParams>;
const wanted = { document: documentName, params: documentParams };
/** Left out: paper of the plant or the setting, language of the order. */
const look = { paper: paper.optional(), language: textLanguage.optional() };
const dataRefusals = [
  'not_allowed',
  'document_params_missing',
  'row_not_found',
  'order_number_unknown',
  'bom_missing',
  'bom_not_approved',
  'product_model_unknown',
  'family_unknown',
  'condition_invalid',
  'condition_failed',
  'instructions_cycle',
  'instruction_not_draft',
  'configuration_refused',
  ...expansionRefusals,
  'inspection_missing',
  'certificate_not_due',
] as const;
const engineRefusals = ['print_parts_missing', 'pdf_engine_missing', 'pdf_failed', 'pdf_timed_out'] as const;

const documentEntry = z.object({
  document: documentName,
  form_id: z.string(),
  form_version: z.string(),
  params: documentParams,
});
const dataOfPreview = z.discriminatedUnion('document', [
  z.object({ document: z.literal('order_confirmation'), data: documentData.order_confirmation }),
  z.object({ document: z.literal('bom_tree'), data: documentData.bom_tree }),
  z.object({ document: z.literal('bom_aggregated'), data: documentData.bom_aggregated }),
  z.object({ document: z.literal('pick_list'), data: documentData.pick_list }),
  z.object({ document: z.literal('work_instructions'), data: documentData.work_instructions }),
  z.object({ document: z.literal('qc_form'), data: documentData.qc_form }),
  z.object({ document: z.literal('test_report'), data: documentData.test_report }),
  z.object({ document: z.literal('qc_certificate'), data: documentData.qc_certificate }),
  z.object({ document: z.literal('packing_list'), data: documentData.packing_list }),
  z.object({ document: z.literal('device_history_record'), data: documentData.device_history_record }),
]);
export type PreviewContent = z.infer<typeof dataOfPreview>;

/** What can be printed of many builds at once: papers that need no more than the build. */
export const SEVERAL_DOCUMENTS = [
  'order_confirmation',
  'bom_tree',
  'bom_aggregated',
  'pick_list',
  'work_instructions',
  'test_report',
  'qc_certificate',
  'packing_list',
  'device_history_record',
] as const satisfies readonly DocumentName[];
export const severalDocument = z.enum(SEVERAL_DOCUMENTS);
export type SeveralDocument = z.infer<typeof severalDocument>;
export const MOST_BUILDS = 100;
const several = {
  document: severalDocument,
  order_ids: z.array(idOf('orders')).min(1).max(MOST_BUILDS),
  ...look,
};
/** Builds of which there is no such document yet, and why. */
const refusedBuild = z.object({
  order_number: z.string(),
  build_number: z.string(),
  code: z.string(),
  details: z.record(z.string(), z.unknown()),
});
const leftOut = z.array(refusedBuild);

export const printing = {
  /** What can be printed of an order, a build or a BOM, with the current form versions. */
  documents: query({
    allow: 'orders:read',
    input: z.object({ params: documentParams }),
    output: z.object({ documents: z.array(documentEntry) }),
    refusals: ['row_not_found', 'document_params_missing'],
  }),
  /** The data of one document with the paper and language it would be printed in. */
  preview: query({
    allow: 'orders:read',
    input: z.object(wanted),
    output: z.object({
      content: dataOfPreview,
      paper,
      language: textLanguage,
      form_id: z.string(),
      form_version: z.string(),
      file_name: z.string(),
    }),
    refusals: dataRefusals,
  }),
  /** Makes a PDF and answers a ticket to fetch it; a file is recorded as an export, a look as a read. */
  renderPdf: job({
    allow: 'orders:read',
    input: z.object({ ...wanted, ...look, purpose: z.enum(['file', 'preview']).default('file') }),
    output: z.object({ ticket: z.string(), file_name: z.string(), pages: z.int() }),
    refusals: [...dataRefusals, ...engineRefusals],
  }),
  /** One document of several builds in one PDF: a bookmark for each build, whose pages are numbered by themselves. */
  renderSeveral: job({
    allow: 'orders:read',
    input: z.object(several),
    output: z.object({
      ticket: z.string(),
      file_name: z.string(),
      pages: z.int(),
      builds: z.int(),
      left_out: leftOut,
    }),
    refusals: [...dataRefusals, ...engineRefusals],
  }),
  /** The same on a printer of this computer, build after build. */
  printSeveral: job({
    allow: 'orders:read',
    input: z.object({ ...several, printer: z.string().max(200) }),
    output: z.object({
      builds: z.int(),
      left_out: leftOut,
      /** Where the printer refused or the person gave up; what lies before it is on paper. */
      stopped: refusedBuild.nullable(),
    }),
    refusals: [...dataRefusals, 'print_parts_missing', 'printer_missing', 'printer_failed'],
  }),
  /** The device history record of a build as data: canonical JSON with a hash of every piece and of the whole. */
  historyRecord: job({
    allow: 'inspections:read',
    input: z.object({ order_id: idOf('orders') }),
    output: z.object({ ticket: z.string(), file_name: z.string(), record_sha256: z.string() }),
    refusals: dataRefusals,
  }),
  /** The program that checks such a file by itself, as one file for Node. */
  recordVerifier: job({
    allow: 'inspections:read',
    input: empty,
    output: z.object({ ticket: z.string(), file_name: z.string() }),
    refusals: ['print_parts_missing'],
  }),
  /** Sends to a printer of this computer; recorded as a print. */
  print: job({
    allow: 'orders:read',
    input: z.object({
      ...wanted,
      ...look,
      printer: z.string().max(200).nullable().default(null),
      silent: z.boolean().default(false),
    }),
    output: z.object({ file_name: z.string() }),
    refusals: [...dataRefusals, 'print_parts_missing', 'printer_missing', 'printer_failed'],
  }),
  /** Printers of this computer; `available` is false where the browser's own dialog prints. */
  printers: job({
    allow: 'orders:read',
    input: empty,
    output: z.object({
      available: z.boolean(),
      pdf_engine: z.string().nullable(),
      printers: z.array(z.object({ name: z.string(), is_default: z.boolean() })),
    }),
  }),
  /** The browser's print dialog was opened with this document: recorded as a print. */
  recordBrowserPrint: command({
    allow: 'orders:read',
    input: z.object({ ...wanted, ...look }),
    output: z.object({ file_name: z.string() }),
    refusals: dataRefusals,
  }),
} satisfies ModuleContract;
