import { z } from 'zod';
import { localText } from '../../db/schema/local-text.ts';
import { aggregatedLine, bomHeader, bomTotals, treeRow } from './bom.ts';
import { formSeal, historyRecord } from './history-record.ts';
import { attempt, form, formRow, inspectionResult, planType, signatureBlock } from './inspection.ts';
import { shownAnswer } from './orders.ts';
import { pickList } from './pick-list.ts';
import { configuration, localizedText } from './product-model.ts';
import { task } from './production.ts';

/** Documents that can be printed. Each is one component and one data shape. */
export const DOCUMENT_NAMES = [
  'order_confirmation',
  'bom_tree',
  'bom_aggregated',
  'pick_list',
  'work_instructions',
  'qc_form',
  'test_report',
  'qc_certificate',
  'packing_list',
  'device_history_record',
] as const;
export const documentName = z.enum(DOCUMENT_NAMES);
export type DocumentName = z.infer<typeof documentName>;
export const paper = z.enum(['LETTER', 'A4']);
export type Paper = z.infer<typeof paper>;
/** Languages of texts; the document language SP of an order is `es`. */
export const textLanguage = z.enum(['en', 'fr', 'es']);
export type TextLanguage = z.infer<typeof textLanguage>;

/** What stands around every page. */
export const documentFrame = z.object({
  form_id: z.string(),
  form_version: z.string(),
  organization_name: z.string(),
  plant_name: z.string(),
  order_number: z.string(),
  /** Null when the document covers all builds of the order. */
  build_number: z.string().nullable(),
  /** `2026-11-20 14:32 America/Toronto` */
  printed_at: z.string(),
  printed_by: z.string(),
  /** Of answers that belong to no build: there is no number to show. */
  is_example: z.boolean().optional(),
  /** How the house shows itself; absent until an administrator says so. */
  brand: z
    .object({
      house: z.string(),
      address: z.array(z.string()),
      footer: localText,
      accent: z.string(),
      /** A data address: a printed document loads nothing. */
      logo: z.string().nullable(),
    })
    .optional(),
});
export type DocumentFrame = z.infer<typeof documentFrame>;

const orderFacts = z.object({
  order_number: z.string(),
  customer_name: z.string(),
  project_name: z.string().nullable(),
  sales_person: z.string().nullable(),
  want_on: z.string().nullable(),
  ordered_on: z.string(),
  notes: z.string().nullable(),
});
export type OrderFacts = z.infer<typeof orderFacts>;
const buildFacts = z.object({
  build_number: z.string(),
  model_name: localizedText.nullable(),
  /** Derived short name of the model, such as T2-2B-6030HA. */
  model_label: z.string().nullable(),
  configuration_revision: z.int(),
  configuration,
  answers: z.array(shownAnswer),
});
export type BuildFacts = z.infer<typeof buildFacts>;
const topLine = z.object({
  item_id: z.string(),
  name: z.string(),
  quantity_e6: z.int(),
  uom_code: z.string(),
  notes: z.string(),
});

export const orderConfirmationData = z.object({
  frame: documentFrame,
  order: orderFacts,
  builds: z.array(buildFacts.extend({ bom_version: z.int().nullable(), lines: z.array(topLine) })),
});
export type OrderConfirmationData = z.infer<typeof orderConfirmationData>;

const printedRow = treeRow.pick({
  level: true,
  item_id: true,
  name: true,
  item_type: true,
  group: true,
  quantity_e6: true,
  total_quantity_e6: true,
  uom_code: true,
  notes: true,
  manufacturer_name: true,
  manufacturer_part_number: true,
  has_components: true,
});
export const bomTreeData = z.object({
  frame: documentFrame,
  header: bomHeader,
  approved_at: z.string().nullable(),
  rows: z.array(printedRow),
  /** Words for the BOM groups of the rows. */
  group_labels: z.record(z.string(), localizedText),
  totals: bomTotals,
});
export type BomTreeData = z.infer<typeof bomTreeData>;
export const bomAggregatedData = z.object({
  frame: documentFrame,
  header: bomHeader,
  approved_at: z.string().nullable(),
  lines: z.array(aggregatedLine),
  totals: bomTotals,
});
export type BomAggregatedData = z.infer<typeof bomAggregatedData>;

export const pickListData = pickList.extend({ frame: documentFrame });
export type PickListData = z.infer<typeof pickListData>;

export const workInstructionsData = z.object({
  frame: documentFrame,
  /** Null, as the BOM and the code, when the answers belong to no build. */
  order: orderFacts.nullable(),
  build: buildFacts,
  bom: z
    .object({
      bom_version: z.int(),
      status: z.string(),
      approved_by_name: z.string().nullable(),
      approved_at: z.string().nullable(),
    })
    .nullable(),
  /** What the QR code holds. */
  qr_text: z.string().nullable(),
  tasks: z.array(task),
  total_minutes: z.int(),
  /** Pictures of steps as data addresses, by their file; one that is not at this station is missing. */
  pictures: z.record(z.string(), z.string()),
  /** The draft this pack was made with; such a pack is for looking at, not for working by. */
  draft: z
    .object({ instruction_code: z.string(), instruction_version: z.int(), applies: z.boolean() })
    .nullable(),
});
export type WorkInstructionsData = z.infer<typeof workInstructionsData>;

/** A form of an inspection: filled, or blank for ink. The test report is the same for a test. */
export const qcFormData = z.object({
  frame: documentFrame,
  order: orderFacts,
  build: buildFacts,
  is_blank: z.boolean(),
  plan_type: planType,
  plan_name: localizedText,
  declaration: localizedText,
  setup: localizedText.nullable(),
  overall_result: inspectionResult,
  attempt_no: z.int(),
  revision_no: z.int(),
  job_id: z.string().nullable(),
  notes: z.string().nullable(),
  instruments: form.shape.instruments,
  correction_reason: z.string().nullable(),
  failure: form.shape.failure,
  sections: z.array(
    z.object({
      code: z.string(),
      name: localizedText,
      rows: z.array(formRow.omit({ measurement_id: true, row_version: true })),
    }),
  ),
  signature: signatureBlock.nullable(),
  attempts: z.array(attempt),
  /** What the QR code holds: the way from the paper back to the record. */
  qr_text: z.string(),
});
export type QcFormData = z.infer<typeof qcFormData>;
export const qcCertificateData = z.object({
  frame: documentFrame,
  order: orderFacts,
  build: buildFacts,
  certificate_number: z.string(),
  signature: signatureBlock,
  inspections: z.array(
    z.object({
      plan_type: planType,
      plan_name: localizedText,
      form: z.string(),
      attempt_no: z.int(),
      overall_result: inspectionResult,
      signature: signatureBlock,
    }),
  ),
});
export type QcCertificateData = z.infer<typeof qcCertificateData>;
export const packingListData = z.object({
  frame: documentFrame,
  order: orderFacts,
  build: buildFacts,
  lines: z.array(
    z.object({
      code: z.string(),
      name: localizedText,
      item_label: z.string().nullable(),
      material_number: z.string().nullable(),
      required_e6: z.int(),
      packed_e6: z.int().nullable(),
      is_mounted: z.boolean(),
    }),
  ),
  signature: signatureBlock.nullable(),
});
export type PackingListData = z.infer<typeof packingListData>;

export const deviceHistoryData = z.object({
  frame: documentFrame,
  order: orderFacts,
  build: buildFacts,
  record: historyRecord.omit({ forms: true }),
  seals: z.array(formSeal),
  /** Every signed record in the look of its own form, in the order of signing. */
  forms: z.array(qcFormData),
  /** Marks of the stations on paper; a station is known by its id. */
  stations: z.array(z.object({ mark: z.string(), station_id: z.string() })),
  /** Over the record as data: equal to that of the JSON file of the same build. */
  record_sha256: z.string(),
});
export type DeviceHistoryData = z.infer<typeof deviceHistoryData>;

export const documentData = {
  order_confirmation: orderConfirmationData,
  bom_tree: bomTreeData,
  bom_aggregated: bomAggregatedData,
  pick_list: pickListData,
  work_instructions: workInstructionsData,
  qc_form: qcFormData,
  test_report: qcFormData,
  qc_certificate: qcCertificateData,
  packing_list: packingListData,
  device_history_record: deviceHistoryData,
} satisfies Record<DocumentName, z.ZodType>;
export interface DataOfDocument {
  order_confirmation: OrderConfirmationData;
  bom_tree: BomTreeData;
  bom_aggregated: BomAggregatedData;
  pick_list: PickListData;
  work_instructions: WorkInstructionsData;
  qc_form: QcFormData;
  test_report: QcFormData;
  qc_certificate: QcCertificateData;
  packing_list: PackingListData;
  device_history_record: DeviceHistoryData;
}
