import { id, instant, integer, oneOf, ref, text } from '../kit/columns.ts';
import { activeFlag, additive, appendOnly, defineTable, twoWay } from '../kit/define-table.ts';

export const WORK_CENTER_TYPES = ['MACHINE', 'ASSEMBLY', 'PACKAGING', 'QUALITY_CHECK'] as const;
export const work_centers = defineTable(
  'work_centers',
  {
    plant_id: ref('plants', 'cascade'),
    work_center_code: text(20).about('upper case'),
    work_center_name: text(100),
    work_center_type: oneOf(...WORK_CENTER_TYPES).default('ASSEMBLY'),
    flow_position: integer(1, 9999).about('place in the usual flow: OUT of one centre is IN of the next'),
    is_active: activeFlag(),
  },
  {
    row_is: 'A place where work is done and where orders are booked in and out.',
    sync: twoWay('merge_columns', 'plant'),
    unique: [['plant_id', 'work_center_code']],
    identified_by: 'work_center_code',
  },
);

export const work_center_departments = defineTable(
  'work_center_departments',
  { work_center_id: ref('work_centers', 'cascade'), department_id: ref('departments', 'cascade') },
  {
    row_is: 'A department whose people may book at a work centre.',
    sync: twoWay('central_wins', 'plant'),
    plant_by: { through: 'work_center_id', table: 'work_centers' },
    unique: [['work_center_id', 'department_id']],
  },
);

export const MOVEMENT_TYPES = ['IN', 'OUT'] as const;
export const MOVEMENT_FLAGS = ['NEGATIVE_BALANCE', 'UNKNOWN_ORDER', 'NEEDS_REVIEW'] as const;
export const order_movements = defineTable(
  'order_movements',
  {
    plant_id: ref('plants'),
    order_number: text(50).about('as it was typed or scanned, trimmed'),
    order_key: text(50).about('the number in upper case: what is compared'),
    work_center_id: ref('work_centers'),
    movement_type: oneOf(...MOVEMENT_TYPES),
    quantity: integer(1, 1_000_000_000),
    remark: text(500).optional(),
    user_id: ref('users'),
    occurred_at_ms: instant().about('when it was booked, by the clock of the station'),
    order_id: id<'orders'>().optional().about('no reference: a movement outlives its order'),
    source: oneOf('SCREEN', 'SCAN', 'IMPORT', 'SYSTEM').default('SCREEN'),
    station_id: text(36),
    corrects_id: id<'order_movements'>().optional().about('no reference: the corrected row may arrive later'),
    correction_reason: text(500).optional(),
    flag: oneOf(...MOVEMENT_FLAGS).optional(),
  },
  {
    row_is:
      'A quantity of an order that arrived at a work centre or left it; never changed, only compensated.',
    // No window: a balance at a station needs every row that the archive has not closed.
    sync: additive('plant'),
    indexes: [
      ['plant_id', 'occurred_at_ms', 'work_center_id', 'movement_type', 'quantity'],
      ['order_key', 'work_center_id', 'occurred_at_ms', 'movement_type', 'quantity'],
      ['work_center_id', 'occurred_at_ms'],
      ['user_id', 'occurred_at_ms'],
      ['plant_id', 'quantity', 'occurred_at_ms', 'work_center_id', 'movement_type'],
      ['corrects_id'],
    ],
    follows_number: { number: 'order_number', key: 'order_key', order_id: 'order_id' },
    identified_by: 'order_number',
  },
);

export const movement_archives = defineTable(
  'movement_archives',
  {
    plant_id: ref('plants'),
    order_number: text(50),
    order_key: text(50),
    work_center_id: ref('work_centers'),
    until_at_ms: instant().about('last movement of the group when it was closed'),
    movements: integer(1),
    in_quantity: integer(0, Number.MAX_SAFE_INTEGER),
    out_quantity: integer(0, Number.MAX_SAFE_INTEGER),
  },
  {
    row_is:
      'An order at a work centre whose balance was zero and whose movements were closed; a late row reopens it.',
    sync: appendOnly('plant'),
    indexes: [['order_key', 'work_center_id']],
    identified_by: 'order_number',
  },
);
