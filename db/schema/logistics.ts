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
import { activeFlag, appendOnly, defineTable, localOnly, twoWay } from '../kit/define-table.ts';
import { localText } from './local-text.ts';

export const BARCODE_TYPES = [
  'CODE128',
  'CODE39',
  'EAN13',
  'UPC_A',
  'QR_CODE',
  'DATA_MATRIX',
  'GS1_128',
  'GS1_DATA_MATRIX',
  'HIBC_CODE128',
  'HIBC_DATA_MATRIX',
  'ITF14',
] as const;
export const LABEL_TYPES = [
  'BUILD_FRONT',
  'BUILD_BACK',
  'CABLE_TAG',
  'KIT_BAG',
  'PART',
  'BASIN',
  'BOX',
  'SHIPPING',
  'WORK_CENTER',
  'OPERATOR_BADGE',
  'COMMAND_SHEET',
  'LOT',
  'SERIAL',
  'UDI',
] as const;

const millimetres = z.number().min(0).max(1000);
const place = {
  /** Names the element within its label. */
  key: z.string().min(1).max(40),
  x_mm: millimetres,
  y_mm: millimetres,
  width_mm: millimetres,
  height_mm: millimetres,
};
const lettering = {
  /** Height of a line of text. */
  font_mm: z.number().min(1).max(100),
  /** A long text may shrink to this height; without it the height is fixed. */
  min_font_mm: z.number().min(1).max(100).optional(),
  align: z.enum(['left', 'center', 'right']),
  max_lines: z.int().min(1).max(20),
};
export const labelElement = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), ...place, ...lettering, text: localText }),
  z.object({
    kind: z.literal('field'),
    ...place,
    ...lettering,
    field: z.string().min(1).max(40),
    /** Printed before the value; the element is left out where the value is empty. */
    caption: localText.optional(),
  }),
  z.object({ kind: z.literal('line'), ...place }),
  z.object({ kind: z.literal('box'), ...place, thickness_mm: z.number().min(0.1).max(10) }),
  z.object({
    kind: z.literal('image'),
    ...place,
    columns: z.int().min(1).max(2400),
    rows: z.int().min(1).max(2400),
    /** Rows of packed bits, 1 is black, base64. */
    bits: z.string().max(1_000_000),
  }),
  z.object({
    kind: z.literal('barcode'),
    ...place,
    symbology: z.enum(BARCODE_TYPES),
    /** What is encoded; `{name}` stands for a field. */
    content: z.string().min(1).max(1000),
    /** Width of a narrow bar or of a square. */
    module_mm: z.number().min(0.1).max(5),
    has_text: z.boolean(),
  }),
]);
/** A label as data: millimetres from the top left corner. */
export const labelLayout = z.object({
  width_mm: z.number().min(5).max(300),
  height_mm: z.number().min(5).max(600),
  elements: z.array(labelElement).max(200),
});

export const label_templates = defineTable(
  'label_templates',
  {
    template_code: text(40).about('upper case; the same in every version'),
    template_version: integer(1),
    label_type: oneOf(...LABEL_TYPES),
    template_name: json(localText),
    layout: json(labelLayout),
    status: oneOf('DRAFT', 'APPROVED', 'SUPERSEDED').default('DRAFT'),
    approved_by: ref('users').optional(),
    approved_at_ms: instant().optional(),
  },
  {
    row_is: 'A version of the layout of a label.',
    sync: twoWay('whole_document'),
    document: { root_id: 'id' },
    unique: [['template_code', 'template_version']],
    indexes: [['label_type', 'status']],
    identified_by: 'template_code',
  },
);

export const barcode_labels = defineTable(
  'barcode_labels',
  {
    plant_id: ref('plants'),
    label_code: text(100).about('what the label is of, such as BUILD_FRONT and the number of the build'),
    barcode_value: text(100).about('what a scan of the label reads'),
    barcode_type: oneOf(...BARCODE_TYPES),
    label_type: oneOf(...LABEL_TYPES),
    entity_type: text(50),
    entity_id: text(100),
    template_id: id<'label_templates'>()
      .optional()
      .about('no reference: the layout it was last printed with'),
    label_format: oneOf('PDF', 'PNG', 'ZPL').default('ZPL'),
    label_size: text(20).about('width and height in millimetres, such as 101.6x50.8'),
    label_data: json(z.record(z.string(), z.string())).about('the fields as they were printed'),
    print_count: integer(0).default(0).moves_by('last_arrival'),
    last_printed_at_ms: instant().optional().moves_by('last_arrival'),
    printed_by_user_id: id<'users'>().optional().moves_by('last_arrival'),
    is_active: activeFlag(),
    expires_at_ms: instant().optional(),
  },
  {
    row_is: 'A label that was printed of a record, and the code on it.',
    sync: twoWay('merge_columns', 'plant'),
    unique: [['plant_id', 'label_code']],
    indexes: [['barcode_value'], ['entity_type', 'entity_id']],
    identified_by: 'label_code',
  },
);

export const SCAN_RESOLUTIONS = ['SUCCESS', 'PARTIAL', 'ERROR', 'DUPLICATE', 'NOT_FOUND'] as const;
export const SCAN_CONTEXTS = [
  'receiving',
  'shipping',
  'inventory_count',
  'production',
  'inspection',
  'tracking',
] as const;
export const qr_code_scans = defineTable(
  'qr_code_scans',
  {
    plant_id: ref('plants'),
    scan_code: text(500).about('as it was read'),
    barcode_type: text(40).optional().about('symbology the scanner named'),
    scanned_at_ms: instant(),
    scan_location: text(200).optional(),
    station_id: text(36),
    scan_resolution: oneOf(...SCAN_RESOLUTIONS),
    entity_type: text(50).optional(),
    entity_id: text(100).optional(),
    operation_context: oneOf(...SCAN_CONTEXTS).optional(),
    scan_data: json(z.record(z.string(), z.unknown())).optional(),
    error_message: text(500).optional(),
    scanned_by_user_id: id<'users'>().about('no reference: the trail outlives its people'),
  },
  {
    row_is: 'One scan: what was read, by whom, and what it stood for.',
    sync: appendOnly('plant', 7),
    audited: false,
    partitions: { every: 'week', keep_years: 1 },
    indexes: [
      ['plant_id', 'scanned_at_ms'],
      ['scanned_by_user_id', 'scanned_at_ms'],
      ['entity_type', 'entity_id', 'scanned_at_ms'],
    ],
  },
);

export const PRINTER_KINDS = ['TCP', 'FOLDER', 'SYSTEM'] as const;
export const printers = defineTable(
  'printers',
  {
    printer_name: text(80),
    printer_kind: oneOf(...PRINTER_KINDS).about('raw TCP port, folder of a spooler, printer of the system'),
    language: oneOf('ZPL', 'PAGE').about('what it understands: label commands or drawn pages'),
    host: text(255).default(''),
    port: integer(0, 65_535).default(0),
    folder: text(1000).default(''),
    system_name: text(200).default(''),
    density_dpi: integer(200, 600).default(203),
    media_width_um: integer(1).default(101_600),
    media_height_um: integer(1).default(50_800),
    media_name: text(80).default(''),
    darkness: integer(0, 30).optional().about('left to the printer when empty'),
    timeout_ms: integer(500, 120_000).default(10_000),
    must_ask_state: boolean().default(false).about('asked for paper, ribbon and head before each label'),
    is_active: activeFlag(),
  },
  {
    row_is: 'A printer this station sends to.',
    sync: localOnly(),
    audited: true,
    unique: [['printer_name']],
    identified_by: 'printer_name',
  },
);

export const print_routes = defineTable(
  'print_routes',
  {
    prints: text(60).about('label type or document that goes this way'),
    printer_id: ref('printers', 'cascade'),
    fallback_printer_id: ref('printers', 'set null').optional(),
    template_code: text(40).optional().about('for labels: another template than the usual one'),
    copies: integer(1, 99).default(1),
    is_verified: boolean().default(false).about('every fresh label is scanned before the next one'),
  },
  {
    row_is: 'Where this station prints a label type or a document.',
    sync: localOnly(),
    audited: true,
    unique: [['prints']],
    identified_by: 'prints',
  },
);

export const PRINT_STATES = ['QUEUED', 'SENDING', 'PRINTED', 'UNKNOWN', 'FAILED', 'CANCELLED'] as const;
export const print_jobs = defineTable(
  'print_jobs',
  {
    printer_id: ref('printers'),
    prints: text(60).about('label type, document or TEST_PAGE'),
    title: text(200),
    barcode_label_id: id<'barcode_labels'>().optional(),
    /** Hash of what is printed of what: the same again within a short time is asked about. */
    content_key: text(64),
    barcode_value: text(100).default('').about('what a verifying scan must read'),
    content: text(2_000_000).about('what is sent, as the printer understands it'),
    copies: integer(1, 999).default(1),
    state: oneOf(...PRINT_STATES),
    state_code: text(60).default('').about('why, as a text of the catalogue'),
    state_detail: text(500).default(''),
    attempts: integer(0).default(0),
    queued_at_ms: instant(),
    queue_position: integer(1, Number.MAX_SAFE_INTEGER),
    ended_at_ms: instant().optional(),
    batch_id: text(36).optional(),
    batch_position: integer(1).optional(),
    reprint_of: id<'print_jobs'>().optional(),
    reprint_reason: text(500).optional(),
    verification: oneOf('NONE', 'PENDING', 'PASSED', 'FAILED').default('NONE'),
    verified_text: text(500).default('').about('what the last scan read'),
  },
  {
    row_is: 'Something waiting for a printer of this station, on its way or ended.',
    sync: localOnly(),
    audited: false,
    indexes: [
      ['state', 'queue_position'],
      ['printer_id', 'state', 'queue_position'],
      ['batch_id', 'batch_position'],
      ['batch_id', 'state', 'verification', 'batch_position'],
      ['content_key', 'queued_at_ms'],
    ],
    identified_by: 'title',
  },
);

export const SHIPMENT_STATUSES = [
  'DRAFT',
  'PLANNED',
  'PACKED',
  'IN_TRANSIT',
  'DELIVERED',
  'DELAYED',
  'CANCELLED',
] as const;
export const SHIPMENT_NUMBERS = {
  series: 'SHIP',
  pattern: 'SHIP-{year}-###',
} as const satisfies NumberSeries;
export const shipments = defineTable(
  'shipments',
  {
    plant_id: ref('plants'),
    shipment_number: text(50).numbered(SHIPMENT_NUMBERS),
    provisional_number: text(50)
      .optional()
      .about('what a station gave away from the centre; it may stand on paper'),
    shipment_type: oneOf('INBOUND', 'OUTBOUND', 'TRANSFER', 'RETURN'),
    shipment_status: oneOf(...SHIPMENT_STATUSES)
      .default('DRAFT')
      .moves_by('transition'),
    order_id: ref('orders').optional(),
    carrier_name: text(100).optional(),
    tracking_number: text(100).optional(),
    origin_location: text(200).optional().about('INBOUND: the supplier who makes or finishes the parts'),
    destination_location: text(200).optional(),
    planned_delivery_on: day().optional(),
    shipped_at_ms: instant().optional(),
    delivered_at_ms: instant().optional(),
    notes: text(2000).optional(),
  },
  {
    row_is: 'Goods on their way: parts out to a maker and back, or a build to its customer.',
    sync: twoWay('merge_columns', 'plant'),
    unique: [['plant_id', 'shipment_number']],
    indexes: [['order_id', 'shipment_type'], ['shipment_status', 'planned_delivery_on'], ['shipped_at_ms']],
    identified_by: 'shipment_number',
  },
);

/** Of a line that is made or finished outside: the five steps of outsourcing and the way out of them. */
export const OUTSOURCING_STATUSES = [
  'PENDING',
  'SENT',
  'IN_PROGRESS',
  'DELAYED',
  'RECEIVED',
  'CANCELLED',
] as const;
export const OUTSOURCING_WAYS = {
  PENDING: ['SENT', 'DELAYED', 'CANCELLED'],
  SENT: ['IN_PROGRESS', 'RECEIVED', 'DELAYED', 'CANCELLED'],
  IN_PROGRESS: ['RECEIVED', 'DELAYED', 'CANCELLED'],
  DELAYED: ['SENT', 'IN_PROGRESS', 'RECEIVED', 'CANCELLED'],
  RECEIVED: [],
  CANCELLED: [],
} as const satisfies Ways;
export const shipment_items = defineTable(
  'shipment_items',
  {
    plant_id: ref('plants'),
    shipment_id: ref('shipments', 'cascade'),
    line_number: integer(1),
    material_id: id<'materials'>().optional(),
    material_number: text(100).about('as it stood when the line was written'),
    material_description: text(200),
    bom_line_id: id<'bom_lines'>().optional().about('no reference: a line of a superseded BOM may go'),
    quantity_e6: quantity(1),
    packed_quantity_e6: quantity(0).default(0),
    outsourcing_status: oneOf(...OUTSOURCING_STATUSES)
      .optional()
      .moves_by('transition', { ways: OUTSOURCING_WAYS }),
    expected_on: day().optional(),
    returned_on: day().optional(),
    serial_number: text(100).optional(),
    notes: text(2000).optional(),
  },
  {
    row_is: 'A line of a shipment.',
    sync: twoWay('merge_columns', 'plant'),
    unique: [['shipment_id', 'line_number']],
    indexes: [['outsourcing_status', 'expected_on'], ['returned_on'], ['bom_line_id']],
    identified_by: 'material_number',
  },
);
