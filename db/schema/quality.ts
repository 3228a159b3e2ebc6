import { z } from 'zod';
import {
  boolean,
  day,
  id,
  instant,
  integer,
  json,
  type NumberSeries,
  oneOf,
  quantity,
  ref,
  text,
  type Ways,
} from '../kit/columns.ts';
import { activeFlag, defineTable, sealed, twoWay } from '../kit/define-table.ts';
import { FILE_ROLES } from './infrastructure.ts';
import { localText } from './local-text.ts';

export const PLAN_TYPES = ['PRE_QC', 'IN_PROCESS', 'TEST', 'PACKAGING', 'FINAL_QC'] as const;
export const PLAN_STATUSES = ['DRAFT', 'ACTIVE', 'RETIRED'] as const;
export const DATA_TYPES = ['BOOLEAN', 'TEXT', 'NUMERIC', 'CHOICE', 'COUNT'] as const;
export const TEST_TYPES = ['FUNCTIONAL', 'SAFETY', 'PERFORMANCE', 'VISUAL'] as const;
export const REPEATED_PER = ['basins', 'faucets', 'sprayers', 'accessories'] as const;
export const INSPECTION_RESULTS = ['PASS', 'FAIL', 'INCOMPLETE'] as const;
const ANY_NUMBER_E6 = -1_000_000_000_000;

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

/** An answer to choose. `applies_when` is a CEL condition; a row may have its own choices. */
export const choiceOption = z.object({
  code: z.string().min(1).max(50),
  label: localText,
  applies_when: z.string().max(1000).optional(),
  /** The answer says in words what it means. */
  asks_text: z.boolean().optional(),
});
/** A procedure shown beside the check. */
export const checkGuide = z.object({
  title: localText,
  material: localText,
  steps: z.array(localText).max(100),
  note: localText.optional(),
});

export const inspection_plans = defineTable(
  'inspection_plans',
  {
    plan_code: text(100),
    plan_version: integer(1),
    plan_type: oneOf(...PLAN_TYPES),
    product_family: text(50),
    form_id: text(40).about('number and version of the controlled form, printed on every page'),
    plan_name: json(localText),
    description: json(localText),
    declaration: json(localText).about('what a signature under this form says'),
    setup: json(localText).optional().about('what is to be prepared before the first check'),
    status: oneOf(...PLAN_STATUSES).moves_by('transition', {
      ways: { DRAFT: ['ACTIVE'], ACTIVE: ['RETIRED'] },
    }),
    based_on_id: id<'inspection_plans'>().optional().about('the version or form it was copied from'),
    published_at_ms: instant().optional(),
    published_by: ref('users').optional(),
  },
  {
    row_is: 'A version of a form: QC, test or packaging. Results keep the version they were made with.',
    sync: twoWay('whole_document'),
    document: { root_id: 'id' },
    unique: [['plan_code', 'plan_version']],
    indexes: [['plan_type', 'product_family', 'status']],
    identified_by: 'plan_code',
  },
);

export const inspection_points = defineTable(
  'inspection_points',
  {
    plan_id: ref('inspection_plans', 'cascade'),
    point_code: text(100),
    point_name: json(localText),
    sequence: integer(1),
  },
  {
    row_is: 'A section of a form.',
    sync: twoWay('whole_document'),
    document: { root_id: 'plan_id' },
    unique: [['plan_id', 'point_code']],
  },
);

export const inspection_characteristics = defineTable(
  'inspection_characteristics',
  {
    plan_id: ref('inspection_plans', 'cascade'),
    point_id: ref('inspection_points', 'cascade'),
    characteristic_code: text(100),
    characteristic_name: json(localText),
    expectation: json(localText).optional().about('what is to be seen, for a test'),
    sequence: integer(1),
    data_type: oneOf(...DATA_TYPES),
    test_type: oneOf(...TEST_TYPES).optional(),
    is_required: boolean().default(true),
    can_be_na: boolean().default(false),
    is_informative: boolean().default(false).about('an answer for the record that decides nothing'),
    is_unique: boolean().default(false).about('a serial number: the same answer exists once only'),
    is_repeated_per: oneOf(...REPEATED_PER).optional(),
    applies_when: text(1000).about('CEL condition over the configuration'),
    expected: text(1000)
      .optional()
      .about('CEL: the answer the configuration calls for; of a count, how many'),
    default_value: text(1000).optional().about('CEL: answer filled in when the form is opened'),
    record_as: oneOf('JOB_ID', 'SIGNER_INITIALS', 'FIRST_PASS')
      .optional()
      .about('a fact of the record itself: kept with it, filled in by the signature or by the attempt'),
    options: json(z.array(choiceOption)),
    unit: text(20).optional().about('of a number; a yes or no with a unit asks for the number, too'),
    target_value_e6: quantity(ANY_NUMBER_E6).optional(),
    lower_limit_e6: quantity(ANY_NUMBER_E6).optional(),
    upper_limit_e6: quantity(ANY_NUMBER_E6).optional(),
    tolerance_e6: quantity()
      .optional()
      .about('a number may differ this much from the expected one; without, any number does'),
    decimals: integer(0, 6).default(0),
    notes_prompt: json(localText).optional(),
    instrument_type: text(50).optional().about('kind of calibrated instrument that the check needs'),
    needs_file_role: text(50).optional().about('a document of this role is attached to the build'),
    shows_file_roles: json(z.array(z.enum(FILE_ROLES)))
      .default([])
      .about('documents of the build that are shown beside the check, by their role'),
    shows_plan_type: oneOf(...PLAN_TYPES)
      .optional()
      .about('result of this form is shown beside the check'),
    material_number: text(100)
      .optional()
      .about(
        'the catalogue item that is counted, or identified by its serial number; a * at the end stands for its variants',
      ),
    guide: json(checkGuide).optional(),
    estimated_minutes: integer(0).default(0),
  },
  {
    row_is: 'A check of a form.',
    sync: twoWay('whole_document'),
    document: { root_id: 'plan_id' },
    unique: [['plan_id', 'characteristic_code']],
    indexes: [['point_id', 'sequence']],
    identified_by: 'characteristic_code',
  },
);

export const instruments = defineTable(
  'instruments',
  {
    instrument_code: text(50),
    instrument_name: text(200),
    instrument_type: text(50),
    serial_number: text(100).optional(),
    certificate_number: text(100).optional(),
    last_calibrated_on: day().optional(),
    calibration_due_on: day().about('last day on which it may be used'),
    is_active: activeFlag(),
  },
  {
    row_is: 'A measuring instrument with its calibration.',
    sync: twoWay('merge_columns'),
    unique: [['instrument_code']],
    identified_by: 'instrument_code',
  },
);

/** The instrument as it was when it was chosen. */
export const usedInstrument = z.object({
  instrument_id: z.string(),
  instrument_code: z.string(),
  instrument_name: z.string(),
  instrument_type: z.string(),
  serial_number: z.string().nullable(),
  calibration_due_on: z.string(),
});

export const inspection_logs = defineTable(
  'inspection_logs',
  {
    plant_id: ref('plants'),
    order_id: ref('orders'),
    plan_id: ref('inspection_plans'),
    plan_type: oneOf(...PLAN_TYPES),
    attempt_no: integer(1),
    revision_no: integer(1).about('1, and one more for each correction of a signed record'),
    configuration_revision: integer(1).about('the configuration that decided which checks apply'),
    status: oneOf('DRAFT', 'SIGNED', 'DISCARDED').moves_by('transition', {
      ways: { DRAFT: ['SIGNED', 'DISCARDED'] },
    }),
    overall_result: oneOf(...INSPECTION_RESULTS),
    job_id: text(50).optional(),
    instruments: json(z.array(usedInstrument)),
    notes: text(5000).optional(),
    correction_of_id: id<'inspection_logs'>().optional().about('the signed record that this one corrects'),
    correction_reason: text(2000).optional(),
    failure_category: oneOf(...NCR_CATEGORIES).optional(),
    failure_description: text(5000).optional(),
    needs_rework: boolean().optional(),
    inspector_id: ref('users').optional(),
    signed_at_ms: instant().optional(),
    content_sha256: text(64).optional().about('hash over the signed content'),
  },
  {
    row_is: 'One inspection of a build: a form being filled, or a signed record.',
    sync: sealed('plant'),
    unique: [['order_id', 'plan_type', 'attempt_no', 'revision_no']],
    indexes: [['status', 'plan_type'], ['signed_at_ms']],
    identified_by: 'job_id',
  },
);

/** A picture or document that belongs to an answer; its bytes are named by their hash. */
export const answerFile = z.object({
  file_upload_id: z.uuid().brand<'id of file_uploads'>(),
  original_name: z.string(),
  sha256: z.string(),
});

export const inspection_measurements = defineTable(
  'inspection_measurements',
  {
    log_id: ref('inspection_logs', 'cascade'),
    characteristic_id: ref('inspection_characteristics'),
    repeat_index: integer(0).default(0).about('basin, faucet, … from 1; 0 when the check is not repeated'),
    item_label: text(300).optional().about('what is meant where the check runs over lines of the order'),
    is_applicable: boolean().about('false: not applicable by the rule of the check'),
    expected_value: text(500).optional().about('what the configuration calls for'),
    measured_text: text(500).optional().about('YES, NO, MOUNTED, code of a choice, or the text itself'),
    measured_value_e6: quantity(ANY_NUMBER_E6).optional(),
    is_na: boolean().default(false),
    other_text: text(500).optional(),
    note: text(2000).optional(),
    files: json(z.array(answerFile)),
    is_conforming: boolean().optional(),
    measured_by: ref('users').optional(),
    measured_at_ms: instant().optional(),
    task_id: id<'operation_tasks'>()
      .optional()
      .about('the done task that gave the answer, set by the signature; empty: answered by hand'),
    serial_id: id<'serial_numbers'>()
      .optional()
      .about('the part whose serial number is the answer, set by the signature'),
    answer_sha256: text(64)
      .default('')
      .about(
        'hash of the answer; signing binds it to the record, so a signature over an older answer conflicts',
      ),
    signed_at_ms: instant().optional(),
  },
  {
    row_is: 'The answer to one check of an inspection.',
    sync: sealed('plant'),
    plant_by: { through: 'log_id', table: 'inspection_logs' },
    unique: [['log_id', 'characteristic_id', 'repeat_index']],
    indexes: [['characteristic_id', 'measured_text']],
  },
);

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

export const NCR_WAYS = {
  OPEN: ['IN_REVIEW', 'RESOLVED'],
  IN_REVIEW: ['OPEN', 'RESOLVED'],
  RESOLVED: ['IN_REVIEW', 'CLOSED'],
  CLOSED: [],
} as const satisfies Ways;
export const NCR_NUMBERS = { series: 'NCR', pattern: 'NCR-{year}-###' } as const satisfies NumberSeries;
export const ncrs = defineTable(
  'ncrs',
  {
    plant_id: ref('plants'),
    ncr_number: text(50).numbered(NCR_NUMBERS),
    provisional_number: text(50)
      .optional()
      .about('what a station gave away from the centre; it may stand on paper'),
    order_id: ref('orders').optional(),
    material_id: id<'materials'>().optional().about('the part at fault or short'),
    inspection_log_id: id<'inspection_logs'>().optional().about('the failed inspection that opened it'),
    task_id: id<'operation_tasks'>().optional().about('the assembly task at which it was found'),
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
      .moves_by('transition', { ways: NCR_WAYS }),
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
