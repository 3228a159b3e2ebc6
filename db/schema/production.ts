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
} from '../kit/columns.ts';
import { activeFlag, appendOnly, defineTable, twoWay } from '../kit/define-table.ts';
import { localText } from './local-text.ts';

export const tools = defineTable(
  'tools',
  {
    tool_name: text(100).about('English name, unique'),
    tool_names: json(localText),
    description: text(500).optional(),
    category: text(50).optional(),
    asset_number: text(50).optional(),
    calibration_due_on: day().optional().about('empty for tools that are not calibrated'),
    is_active: activeFlag(),
  },
  {
    row_is: 'A tool named by work instructions.',
    sync: twoWay('merge_columns'),
    unique: [['tool_name']],
    identified_by: 'tool_name',
  },
);

export const work_instructions = defineTable(
  'work_instructions',
  {
    instruction_code: text(20),
    instruction_version: integer(1),
    form_id: text(40),
    title: json(localText),
    description: json(localText),
    material_id: id<'materials'>().optional().about('no reference: the material belongs to one plant'),
    status: oneOf('DRAFT', 'APPROVED', 'SUPERSEDED').default('APPROVED'),
    applies_when: text(1000).about('CEL expression over the configuration'),
    for_each: oneOf('basins', 'faucets', 'sprayers', 'accessories').optional(),
    for_each_when: text(1000).optional(),
    estimated_minutes: integer(0),
    after_codes: json(z.array(z.string())),
    bom_groups: json(z.array(z.string())),
    material_numbers: json(z.array(z.string())),
    check_codes: json(z.array(z.string()))
      .default([])
      .about('checks of the production check answered by completing the task'),
    position: integer(1),
    change_note: text(500).optional().about('what this version changes'),
    approved_by: ref('users').optional(),
    approved_at_ms: instant().optional(),
  },
  {
    row_is: 'A version of the instruction for one assembly task.',
    sync: twoWay('whole_document'),
    document: { root_id: 'id' },
    unique: [['instruction_code', 'instruction_version']],
    identified_by: 'instruction_code',
  },
);

/** A mark over a picture; places are thousandths of its width and height. */
const place = z.int().min(0).max(1000);
export const ANNOTATION_SHAPES = ['arrow', 'box', 'circle', 'number', 'text'] as const;
export const annotation = z.object({
  shape: z.enum(ANNOTATION_SHAPES),
  x1: place,
  y1: place,
  x2: place,
  y2: place,
  label: z.string().max(80),
});

export const work_instruction_steps = defineTable(
  'work_instruction_steps',
  {
    instruction_id: ref('work_instructions', 'cascade'),
    step_number: integer(1),
    description: json(localText),
    safety_notes: json(localText).optional(),
    media_file_id: ref('file_uploads', 'set null').optional(),
    annotations: json(z.array(annotation)).default([]).about('drawn over the picture'),
    estimated_minutes: integer(0),
  },
  {
    row_is: 'A step of a work instruction.',
    sync: twoWay('whole_document'),
    document: { root_id: 'instruction_id' },
    unique: [['instruction_id', 'step_number']],
  },
);

export const work_instruction_tools = defineTable(
  'work_instruction_tools',
  { instruction_id: ref('work_instructions', 'cascade'), tool_id: ref('tools') },
  {
    row_is: 'A tool needed by a work instruction.',
    sync: twoWay('whole_document'),
    document: { root_id: 'instruction_id' },
    unique: [['instruction_id', 'tool_id']],
  },
);

export const work_instruction_reads = defineTable(
  'work_instruction_reads',
  {
    instruction_id: ref('work_instructions', 'cascade'),
    user_id: ref('users'),
    read_at_ms: instant(),
  },
  {
    row_is: 'A person confirmed to have read and understood a version of a work instruction.',
    sync: appendOnly(),
    unique: [['instruction_id', 'user_id']],
  },
);

export const WORK_ORDER_STATUSES = [
  'PLANNED',
  'RELEASED',
  'IN_PROGRESS',
  'PAUSED',
  'COMPLETED',
  'CANCELLED',
] as const;
export const WORK_ORDER_NUMBERS = { series: 'WO', pattern: 'WO-{year}-####' } as const satisfies NumberSeries;
export const work_orders = defineTable(
  'work_orders',
  {
    plant_id: ref('plants'),
    work_order_number: text(50).numbered(WORK_ORDER_NUMBERS),
    provisional_number: text(50)
      .optional()
      .about('what a station gave away from the centre; it may stand on paper'),
    order_id: ref('orders').optional().about('the build it makes'),
    order_type: oneOf('PRODUCTION', 'REWORK', 'ASSEMBLY').default('ASSEMBLY'),
    order_status: oneOf(...WORK_ORDER_STATUSES)
      .default('PLANNED')
      .moves_by('transition'),
    planned_quantity_e6: quantity(1).default(1_000_000),
    started_at_ms: instant().optional().moves_by('last_arrival').about('first task begun'),
    completed_at_ms: instant().optional().moves_by('last_arrival'),
  },
  {
    row_is: 'The execution of a build in the plant.',
    sync: twoWay('merge_columns', 'plant'),
    unique: [['plant_id', 'work_order_number']],
    indexes: [['order_id'], ['order_status']],
    identified_by: 'work_order_number',
  },
);

export const work_order_operations = defineTable(
  'work_order_operations',
  {
    work_order_id: ref('work_orders', 'cascade'),
    operation_number: integer(1).about('10, 20, 30, …: every new task list takes the next ten'),
    operation_name: text(100).about('family and basins, such as MDRD_B2_EDR1_ESK1'),
    bom_id: ref('bom_headers').about('the parts its tasks were given'),
    configuration_revision: integer(1),
    is_active: activeFlag().about('one per work order: a later list takes over what was done'),
  },
  {
    row_is: 'The task list of a build, made from its configuration.',
    sync: twoWay('merge_columns', 'plant'),
    plant_by: { through: 'work_order_id', table: 'work_orders' },
    unique: [['work_order_id', 'operation_number']],
    identified_by: 'operation_name',
  },
);

export const operation_tasks = defineTable(
  'operation_tasks',
  {
    plant_id: ref('plants'),
    operation_id: ref('work_order_operations', 'cascade'),
    task_code: text(40).about('B1.2: the instruction and the number of the basin, faucet, …'),
    sequence: integer(1),
    instruction_id: ref('work_instructions').optional().about('the version it was made with; empty: rework'),
    group_kind: oneOf('basins', 'faucets', 'sprayers', 'accessories').optional(),
    group_index: integer(1).optional(),
    description: text(2000).optional().about('what to put right; of a rework task'),
    after_codes: json(z.array(z.string())),
    estimated_minutes: integer(0),
    is_required: boolean().default(true),
    is_rework: boolean().default(false),
    ncr_id: ref('ncrs').optional().about('the nonconformity it puts right'),
    characteristic_codes: json(z.array(z.string()))
      .default([])
      .about('failed checks a rework task answers to'),
    carried_from_id: id<'operation_tasks'>()
      .optional()
      .about('the same task of the list before: what was done there counts here'),
    started_at_ms: instant().optional().moves_by('last_arrival').about('the timer runs since'),
    started_by: ref('users').optional().moves_by('last_arrival'),
    is_completed: boolean().default(false).moves_by('last_arrival'),
    completed_at_ms: instant().optional().moves_by('last_arrival'),
    completed_by: ref('users').optional().moves_by('last_arrival'),
    undone_at_ms: instant().optional().moves_by('last_arrival').about('taken back: nothing is carried over'),
  },
  {
    row_is: 'A task of a build: done or not, by whom, with a running timer while somebody works on it.',
    sync: twoWay('merge_columns', 'plant'),
    unique: [['operation_id', 'task_code']],
    indexes: [['ncr_id'], ['started_by']],
    identified_by: 'task_code',
  },
);

export const operation_task_parts = defineTable(
  'operation_task_parts',
  {
    task_id: ref('operation_tasks', 'cascade'),
    material_number: text(50),
    material_name: text(200),
    from_material_number: text(50).default('').about('the line of the build it comes with'),
    quantity_e6: quantity(1),
    uom_code: text(10),
    is_confirmed: boolean().default(false).moves_by('last_arrival'),
    confirmed_at_ms: instant().optional().moves_by('last_arrival'),
    confirmed_by: ref('users').optional().moves_by('last_arrival'),
  },
  {
    row_is: 'A part a task needs, ticked when it lies ready.',
    sync: twoWay('merge_columns', 'plant'),
    plant_by: { through: 'task_id', table: 'operation_tasks' },
    unique: [['task_id', 'material_number', 'from_material_number']],
    identified_by: 'material_number',
  },
);

export const operation_task_tools = defineTable(
  'operation_task_tools',
  {
    task_id: ref('operation_tasks', 'cascade'),
    tool_id: ref('tools'),
    is_confirmed: boolean().default(false).moves_by('last_arrival'),
    confirmed_at_ms: instant().optional().moves_by('last_arrival'),
    confirmed_by: ref('users').optional().moves_by('last_arrival'),
  },
  {
    row_is: 'A tool a task needs, ticked when it lies ready.',
    sync: twoWay('merge_columns', 'plant'),
    plant_by: { through: 'task_id', table: 'operation_tasks' },
    unique: [['task_id', 'tool_id']],
  },
);

export const TASK_EVENTS = ['STARTED', 'PAUSED', 'COMPLETED', 'UNDONE', 'HANDED_OVER', 'NOTE'] as const;
export const operation_task_events = defineTable(
  'operation_task_events',
  {
    task_id: ref('operation_tasks', 'cascade'),
    event_type: oneOf(...TASK_EVENTS),
    user_id: ref('users'),
    occurred_at_ms: instant(),
    worked_seconds: integer(0).default(0).about('time on the timer that this event stopped'),
    note: text(2000).optional(),
    station_id: text(36),
  },
  {
    row_is: 'What happened to a task: begun, paused, done, taken back, handed over, noted; never changed.',
    sync: appendOnly('plant'),
    plant_by: { through: 'task_id', table: 'operation_tasks' },
    indexes: [['task_id', 'occurred_at_ms']],
  },
);
