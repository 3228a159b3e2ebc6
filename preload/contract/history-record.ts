import { z } from 'zod';
import { FILE_ROLES } from '../../db/schema/infrastructure.ts';
import { finding, inspectionResult, planType } from './inspection.ts';
import { shownAnswer } from './orders.ts';
import { configuration, localizedText } from './product-model.ts';
import { ncrRow } from './quality.ts';

const words = z.string().nullable();
/** An instant as stored and as the plant reads it: `2026-11-20 14:32 America/Toronto`. */
const moment = { at_ms: z.int(), at: z.string() };
const maybeMoment = z.object(moment).nullable();
const done = z.object({ ...moment, by_name: z.string() });

export const recordIdentity = z.object({
  organization_name: z.string(),
  plant_name: z.string(),
  timezone: z.string(),
  order_id: z.string(),
  order_number: z.string(),
  build_number: z.string(),
  customer_name: z.string(),
  project_name: words,
  sales_person: words,
  notes: words,
  ordered_on: z.string(),
  want_on: words,
  document_language: z.enum(['EN', 'FR', 'SP']),
  order_status: z.string(),
  product_family: words,
  product_model_version: z.int().nullable(),
  model_name: localizedText.nullable(),
  model_label: words,
  udis: z.array(z.string()),
  /** First and last day on which something was made or inspected. */
  made_from_on: words,
  made_until_on: words,
  quantity_made: z.int(),
  quantity_released: z.int(),
  released: done.nullable(),
  certificate_number: words,
});
const revision = z.object({ revision_no: z.int(), ...moment, by_name: z.string(), reason: words });
const bomVersion = z.object({
  bom_number: z.string(),
  bom_version: z.int(),
  status: z.string(),
  configuration_revision: z.int(),
  created: done,
  approved: done.nullable(),
});
const number = z.object({
  number: z.string(),
  basin_index: z.int().nullable(),
  ...moment,
  by_name: z.string(),
});
export const recordBomRow = z.object({
  level: z.int(),
  item_id: z.string(),
  name: z.string(),
  manufacturer_name: words,
  manufacturer_part_number: words,
  quantity_e6: z.int(),
  total_quantity_e6: z.int(),
  uom_code: z.string(),
  needs_serial: z.boolean(),
  serials: z.array(number),
  batches: z.array(number),
});
const task = z.object({
  task_code: z.string(),
  title: localizedText.nullable(),
  description: words,
  instruction: words,
  is_rework: z.boolean(),
  ncr_number: words,
  completed: done.extend({ station_id: words }).nullable(),
});
const recordForm = z.object({
  log_id: z.string(),
  plan_type: planType,
  plan_name: localizedText,
  /** Number and version of the controlled form, such as `CLQ.T2.001.V01`. */
  form: z.string(),
  attempt_no: z.int(),
  revision_no: z.int(),
  status: z.enum(['DRAFT', 'SIGNED', 'DISCARDED']),
  overall_result: inspectionResult,
  correction_reason: words,
  /** The whole signature with the content it covers; null for a form that was not signed. */
  signature: z.record(z.string(), z.unknown()).nullable(),
  /** Signed at another station after this signature: kept whole, and no part of the signed record. */
  second_signatures: z.array(z.record(z.string(), z.unknown())),
});
const label = z.object({
  label_type: z.string(),
  label_code: z.string(),
  barcode_value: z.string(),
  template: words,
  print_count: z.int(),
  last_printed: maybeMoment,
  by_name: words,
  fields: z.record(z.string(), z.string()),
});
const recordFile = z.object({
  name: z.string(),
  role: z.enum(FILE_ROLES),
  mime_type: z.string(),
  size_bytes: z.int(),
  sha256: z.string(),
  added: done,
});
const event = z.object({
  ...moment,
  by_name: z.string(),
  station_id: words,
  action: z.string(),
  from_status: words,
  to_status: z.string(),
  comment: words,
});
const shipment = z.object({
  shipment_number: z.string(),
  shipment_type: z.string(),
  shipment_status: z.string(),
  carrier_name: words,
  tracking_number: words,
  origin: words,
  destination: words,
  shipped: maybeMoment,
  delivered: maybeMoment,
  lines: z.array(
    z.object({
      material_number: z.string(),
      description: z.string(),
      quantity_e6: z.int(),
      status: words,
      returned_on: words,
    }),
  ),
});

/** Everything that is known of how one build came to be; what a device history record holds as data. */
export const historyRecord = z.object({
  identity: recordIdentity,
  configuration: z.object({
    revision: z.int(),
    values: configuration,
    answers: z.array(shownAnswer),
    revisions: z.array(revision),
  }),
  bom: z.object({
    version: z.int().nullable(),
    versions: z.array(bomVersion),
    rows: z.array(recordBomRow),
    /** Captured for parts that the build no longer has. */
    surplus: z.array(number.extend({ item_id: z.string() })),
  }),
  work: z.array(task),
  forms: z.array(recordForm),
  issues: z.array(ncrRow.omit({ row_version: true })),
  labels: z.array(label),
  documents: z.array(recordFile),
  shipments: z.array(shipment),
  timeline: z.array(event),
  people: z.array(
    z.object({ user_id: z.string(), username: z.string(), full_name: z.string(), initials: z.string() }),
  ),
  /** What the station found when it compared every signed record with its signature. */
  verification: z.object({ signatures: z.int(), findings: z.array(finding) }),
});
export type HistoryRecord = z.infer<typeof historyRecord>;

/** The seals of the forms as the last page lists them. */
export const formSeal = recordForm.omit({ signature: true, second_signatures: true }).extend({
  signer: words,
  signed_at: words,
  content_sha256: words,
  signature_sha256: words,
  second: z.array(
    z.object({
      signer: z.string(),
      signed_at: z.string(),
      content_sha256: z.string(),
      signature_sha256: z.string(),
    }),
  ),
});
