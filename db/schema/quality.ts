import { z } from 'zod';
import { boolean, day, id, instant, json, oneOf, quantity, ref, text } from '../kit/columns.ts';
import { defineTable, twoWay } from '../kit/define-table.ts';

export const NCR_TYPES = [
  'PRE_QC_REJECTION',
  'FINAL_QC_REJECTION',
  'TEST_FAILURE',
  'SHORTAGE',
  'MATERIAL',
  'PROCESS',
  'OTHER',
] as const;
export const NCR_SEVERITIES = ['MINOR', 'MAJOR', 'CRITICAL'] as const;
export const NCR_STATUSES = ['OPEN', 'IN_REVIEW', 'RESOLVED', 'CLOSED'] as const;
export const NCR_CATEGORIES = [
  'DIMENSIONAL',
  'SURFACE',
  'ASSEMBLY_GAP',
  'COMPONENT_MISSING',
  'COMPONENT_MISALIGNED',
  'ELECTRICAL',
  'PLUMBING',
  'DOCUMENTATION',
  'CLEANLINESS',
  'PART_NOT_AVAILABLE',
  'INSUFFICIENT_QUANTITY',
  'PART_DAMAGED',
  'WRONG_PART',
  'SUPPLIER_DELAY',
  'PART_QUALITY',
  'OTHER',
] as const;

export const ncrs = defineTable(
  'ncrs',
  {
    plant_id: ref('plants'),
    ncr_number: text(50),
    order_id: ref('orders').optional(),
    material_id: id<'materials'>().optional().about('the part at fault or short'),
    inspection_log_id: id<'inspection_logs'>().optional().about('the failed inspection that opened it'),
    characteristic_codes: json(z.array(z.string())).about('failed checks of that inspection'),
    ncr_type: oneOf(...NCR_TYPES),
    category: oneOf(...NCR_CATEGORIES),
    severity: oneOf(...NCR_SEVERITIES),
    needs_rework: boolean(),
    is_return_to_maker: boolean().default(false).about('the maker of the sink body is to put it right'),
    defect_description: text(5000),
    quantity_defective_e6: quantity(0).optional(),
    quantity_needed_e6: quantity(0).optional(),
    quantity_available_e6: quantity(0).optional(),
    expected_on: day().optional().about('when the missing part is expected'),
    status: oneOf(...NCR_STATUSES)
      .default('OPEN')
      .moves_by('transition'),
    reported_by: ref('users'),
    reported_at_ms: instant(),
    assigned_to: ref('users').optional().moves_by('claim'),
    corrective_action: text(5000).optional(),
    root_cause: text(1000).optional(),
    resolution_notes: text(5000).optional(),
    resolved_by: ref('users').optional(),
    resolved_at_ms: instant().optional(),
  },
  {
    row_is: 'A nonconformity: rejection, rework, test failure or shortage, with what was done about it.',
    sync: twoWay('merge_columns', 'plant'),
    unique: [['ncr_number']],
    indexes: [
      ['order_id', 'status'],
      ['status', 'severity'],
    ],
    identified_by: 'ncr_number',
  },
);
