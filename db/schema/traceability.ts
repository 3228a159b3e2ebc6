import { id, instant, integer, oneOf, quantity, ref, text } from '../kit/columns.ts';
import { defineTable, twoWay } from '../kit/define-table.ts';

export const SERIAL_STATUSES = ['IN_STOCK', 'INSTALLED', 'SHIPPED', 'RETURNED', 'SCRAPPED'] as const;
export const serial_numbers = defineTable(
  'serial_numbers',
  {
    plant_id: ref('plants'),
    material_number: text(50),
    serial_number: text(100).about('as on the part, trimmed, upper case'),
    status: oneOf(...SERIAL_STATUSES).default('INSTALLED'),
    order_id: ref('orders').optional().moves_by('claim').about('the build it is in; empty: taken out again'),
    bom_line_id: id<'bom_lines'>().optional().about('no reference: a draft BOM may be made again'),
    basin_index: integer(1).optional(),
    task_id: id<'operation_tasks'>().optional(),
    captured_by: ref('users'),
    captured_at_ms: instant(),
    captured_where: oneOf('TASK', 'TEST', 'BUILD').default('BUILD'),
    captured_with: oneOf('SCAN', 'KEYS').default('KEYS'),
    station_id: text(36),
    notes: text(500).optional(),
  },
  {
    row_is: 'One part with its serial number and the build it went into.',
    sync: twoWay('merge_columns', 'plant'),
    unique: [['material_number', 'serial_number']],
    indexes: [['serial_number'], ['order_id']],
    identified_by: 'serial_number',
  },
);

export const batch_numbers = defineTable(
  'batch_numbers',
  {
    plant_id: ref('plants'),
    order_id: ref('orders'),
    material_number: text(50),
    batch_number: text(100).about('as on the bag, trimmed, upper case'),
    bom_line_id: id<'bom_lines'>().optional().about('no reference: a draft BOM may be made again'),
    basin_index: integer(0).default(0).about('0: the whole build'),
    quantity_e6: quantity(1).optional().about('when only some of it came from this batch'),
    task_id: id<'operation_tasks'>().optional(),
    captured_by: ref('users'),
    captured_at_ms: instant(),
    captured_with: oneOf('SCAN', 'KEYS').default('KEYS'),
    station_id: text(36),
  },
  {
    row_is: 'The batch a part of a build came from.',
    sync: twoWay('merge_columns', 'plant'),
    indexes: [['order_id'], ['material_number', 'batch_number']],
    identified_by: 'batch_number',
  },
);
