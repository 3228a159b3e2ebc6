import { z } from 'zod';
import { BARCODE_TYPES, LABEL_TYPES, type labelElement, labelLayout } from '../../db/schema/logistics.ts';
import { COMMANDS } from './codes.ts';
import { textLanguage } from './document-data.ts';
import { idOf } from './rpc.ts';

export type Symbology = (typeof BARCODE_TYPES)[number];
export const SYMBOLOGIES = BARCODE_TYPES;
export const labelType = z.enum(LABEL_TYPES);
export type LabelType = z.infer<typeof labelType>;
export type LabelLayout = z.infer<typeof labelLayout>;
export type LabelElement = z.infer<typeof labelElement>;
export { LABEL_TYPES, labelLayout };

/** Dots per millimetre of the usual print heads. */
export const DENSITIES = [203, 300] as const;
export type Density = (typeof DENSITIES)[number];
export const density = z.union([z.literal(203), z.literal(300)]);
export const dotsPerMm = (dpi: Density): number => (dpi === 203 ? 8 : 12);

/** The mark a repeated print carries; every approved layout has a place for it. */
export const COPY_MARK = 'copy_mark';
const BUILD_FIELDS = [
  'organization_name',
  'plant_name',
  'order_number',
  'build_number',
  'order_build',
  'customer_name',
  'project_name',
  'model_label',
  'model_name',
  'want_on',
  'revision',
];
const PART_FIELDS = ['material_number', 'material_name', 'uom', 'manufacturer_part_number'];
/** Typed in where the label is printed. */
export const TYPED_FIELDS: Partial<Record<LabelType, readonly string[]>> = {
  BOX: ['box_count'],
  SHIPPING: ['ship_to', 'carrier', 'tracking_number'],
  LOT: ['lot_number', 'material_number', 'material_name', 'quantity', 'expires_on'],
  SERIAL: ['serial_number', 'material_number', 'material_name'],
  UDI: ['gtin', 'material_name', 'lot_number', 'serial_number', 'made_on', 'expires_on'],
};
const typed = (type: LabelType): readonly string[] => TYPED_FIELDS[type] ?? [];
const COMMON_FIELDS = ['code', 'printed_on', COPY_MARK];
/** The fields a layout of the type can show. */
export const LABEL_FIELDS: Record<LabelType, readonly string[]> = {
  BUILD_FRONT: [...BUILD_FIELDS, ...COMMON_FIELDS],
  BUILD_BACK: [...BUILD_FIELDS, 'sink_size', 'basins', 'legs', ...COMMON_FIELDS],
  CABLE_TAG: [...BUILD_FIELDS, 'tag', ...COMMON_FIELDS],
  KIT_BAG: [...BUILD_FIELDS, ...COMMON_FIELDS],
  PART: [...PART_FIELDS, ...COMMON_FIELDS],
  BASIN: [...BUILD_FIELDS, 'basin_number', 'basin_count', 'basin_type', 'basin_size', ...COMMON_FIELDS],
  BOX: [...BUILD_FIELDS, 'box_number', ...typed('BOX'), ...COMMON_FIELDS],
  SHIPPING: [...BUILD_FIELDS, ...typed('SHIPPING'), ...COMMON_FIELDS],
  WORK_CENTER: ['organization_name', 'plant_name', 'work_center_code', 'work_center_name', ...COMMON_FIELDS],
  OPERATOR_BADGE: [
    'organization_name',
    'plant_name',
    'full_name',
    'initials',
    'department',
    ...COMMON_FIELDS,
  ],
  COMMAND_SHEET: [
    'plant_name',
    ...COMMANDS.map(command => `command_${command.toLowerCase()}`),
    ...COMMON_FIELDS,
  ],
  LOT: [...typed('LOT'), ...COMMON_FIELDS],
  SERIAL: [...typed('SERIAL'), ...COMMON_FIELDS],
  UDI: ['organization_name', 'udi', ...typed('UDI'), ...COMMON_FIELDS],
};

export const LABEL_PROBLEMS = [
  'text_too_long',
  'outside_label',
  'barcode_too_large',
  'barcode_invalid',
  'bars_too_narrow',
  'field_empty',
  'field_unknown',
  'character_missing',
] as const;
/** What keeps a label from being printed; `key` names the element. */
export const labelProblem = z.object({
  key: z.string(),
  code: z.enum(LABEL_PROBLEMS),
  detail: z.string(),
});
export type LabelProblem = z.infer<typeof labelProblem>;

export const labelSubject = z.object({
  order_id: idOf('orders').optional(),
  /** Every build of this order. */
  order_number: z.string().min(1).max(50).optional(),
  material_id: idOf('materials').optional(),
  work_center_id: idOf('work_centers').optional(),
  user_id: idOf('users').optional(),
});
export type LabelSubject = z.infer<typeof labelSubject>;
export const MOST_LABELS = 5_000;
/** Labels that one command lays out while it holds the others; a longer run is a job. */
export const MOST_AT_ONCE = 20;
export const wantedLabels = z.object({
  label_type: labelType,
  subject: labelSubject.default({}),
  /** What a person typed for this run. */
  fields: z.record(z.string().max(40), z.string().max(200)).default({}),
  /** A run of numbers: the last digits of the first one count up. */
  serials: z
    .object({ first: z.string().trim().min(1).max(60), count: z.int().min(1).max(MOST_LABELS) })
    .optional(),
  language: textLanguage.optional(),
});
export type WantedLabels = z.infer<typeof wantedLabels>;
/** Labels of one physical thing: a second one is a copy, is marked as such and needs a reason. */
export const UNIQUE_LABELS: readonly LabelType[] = [
  'BUILD_FRONT',
  'BUILD_BACK',
  'CABLE_TAG',
  'KIT_BAG',
  'BASIN',
  'BOX',
  'SHIPPING',
  'OPERATOR_BADGE',
  'SERIAL',
  'UDI',
];
/** What each kind of record has labels of. */
export const LABELS_OF: Record<keyof LabelSubject, readonly LabelType[]> = {
  order_id: ['BUILD_FRONT', 'BUILD_BACK', 'CABLE_TAG', 'KIT_BAG', 'BASIN', 'BOX', 'SHIPPING'],
  order_number: ['BUILD_FRONT', 'BUILD_BACK', 'CABLE_TAG', 'KIT_BAG', 'BASIN', 'BOX', 'SHIPPING'],
  material_id: ['PART'],
  work_center_id: ['WORK_CENTER'],
  user_id: ['OPERATOR_BADGE'],
};
