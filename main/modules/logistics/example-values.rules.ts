import { COMMANDS, codeOf } from '../../../preload/contract/codes.ts';
import { COPY_MARK, LABEL_FIELDS, type LabelType } from '../../../preload/contract/labels.ts';

const VALUES: Record<string, string> = {
  organization_name: 'Larkspur Clinical Equipment',
  plant_name: 'Oakville',
  order_number: 'PO-260101',
  build_number: 'BUILD-001',
  order_build: 'PO-260101 / BUILD-001',
  customer_name: 'Hôpital St. Mary, stérilisation',
  project_name: 'Phase 2',
  model_label: 'T2-2B-6030HA',
  model_name: 'CleanStation MDRD',
  want_on: '2026-12-04',
  revision: '3',
  printed_on: '2026-11-21',
  // A code without pairs of digits is the widest.
  code: 'B7HK2M9QX4AC',
  sink_size: '60 × 30',
  basins: '1 E-Sink 24X20X8, 2 E-Drain 24X20X8',
  legs: 'DL27',
  tag: 'D1',
  material_number: 'T2-OA-WATERGUN-TURRET-61-KIT',
  material_name: 'Water gun kit with hose and bracket',
  uom: 'EA',
  manufacturer_part_number: 'B-2342',
  basin_number: '2',
  basin_count: '3',
  basin_type: 'E-Sink',
  basin_size: '24X20X8',
  box_number: '1',
  box_count: '3',
  ship_to: '12 rue de l’Église, Québec QC G1R 4P5',
  carrier: 'Purolator',
  tracking_number: '329 014 221 115',
  work_center_code: 'WC003',
  work_center_name: 'Welding and grinding',
  full_name: 'Rei Hashimoto',
  initials: 'RH',
  department: 'Assembly',
  lot_number: 'A213B1',
  quantity: '250',
  made_on: '2026-11-20',
  expires_on: '2028-01-31',
  serial_number: 'SN-000123',
  gtin: '51022222233336',
  udi: '(01)51022222233336(11)261120(17)280131(10)A213B1(21)1234',
  [COPY_MARK]: 'COPY 1',
  ...Object.fromEntries(COMMANDS.map(command => [`command_${command.toLowerCase()}`, codeOf(command)])),
};

/** What the designer and its test label show. */
export const exampleValues = (label_type: LabelType): Record<string, string> =>
  Object.fromEntries(LABEL_FIELDS[label_type].map(name => [name, VALUES[name] ?? '']));
