import { z } from 'zod';
import { localText } from '../../db/schema/local-text.ts';
import { TASK_EVENTS, WORK_ORDER_STATUSES } from '../../db/schema/production.ts';
import { itemPlace } from './catalogue.ts';
import { instructionStep, taskGroup } from './production-shapes.ts';
import { command, idOf, query } from './rpc.ts';

const orderId = idOf('orders');
export const taskId = idOf('operation_tasks');
const ofTask = z.object({ task_id: taskId });
const note = z.string().trim().max(2000);

export const taskProgress = z.object({
  /** False while no task list was made: nothing can be done yet, and nothing counts as done. */
  has_list: z.boolean(),
  total: z.int(),
  done: z.int(),
  /** Required tasks that are not done. */
  required_open: z.int(),
  minutes_left: z.int(),
});
export type TaskProgress = z.infer<typeof taskProgress>;

export const workOrderStatus = z.enum(WORK_ORDER_STATUSES);
export type WorkOrderStatus = z.infer<typeof workOrderStatus>;

export const taskState = z.enum(['done', 'running', 'ready', 'blocked']);
export type TaskState = z.infer<typeof taskState>;
export const taskBlock = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('task'), task_code: z.string() }),
  z.object({ kind: z.literal('issue'), ncr_number: z.string() }),
]);
export type TaskBlock = z.infer<typeof taskBlock>;

const confirmation = { is_confirmed: z.boolean(), confirmed_by_name: z.string().nullable() };
export const workTask = z.object({
  task_id: taskId,
  task_code: z.string(),
  sequence: z.int(),
  /** Null for rework: then `description` says what to put right. */
  title: localText.nullable(),
  instruction_text: localText.nullable(),
  description: z.string().nullable(),
  instruction_code: z.string().nullable(),
  instruction_version: z.int().nullable(),
  form_id: z.string().nullable(),
  group_kind: taskGroup.nullable(),
  group_index: z.int().nullable(),
  estimated_minutes: z.int(),
  is_required: z.boolean(),
  is_rework: z.boolean(),
  ncr_number: z.string().nullable(),
  check_codes: z.array(z.string()),
  state: taskState,
  blocked_by: z.array(taskBlock),
  running: z.object({ since_ms: z.int(), by_name: z.string(), is_mine: z.boolean() }).nullable(),
  completed: z.object({ at_ms: z.int(), by_name: z.string(), is_carried: z.boolean() }).nullable(),
  /** On the timers that were stopped; a running one comes on top. */
  worked_seconds: z.int(),
  steps: z.array(instructionStep),
  parts: z.array(
    z.object({
      part_id: idOf('operation_task_parts'),
      material_number: z.string(),
      material_name: z.string(),
      from_material_number: z.string(),
      quantity_e6: z.int(),
      uom_code: z.string(),
      ...itemPlace.shape,
      ...confirmation,
    }),
  ),
  tools: z.array(z.object({ row_id: idOf('operation_task_tools'), names: localText, ...confirmation })),
  events: z.array(
    z.object({
      event_type: z.enum(TASK_EVENTS),
      at_ms: z.int(),
      by_name: z.string(),
      worked_seconds: z.int(),
      note: z.string().nullable(),
    }),
  ),
});
export type WorkTask = z.infer<typeof workTask>;

/** Where the execution of a build stands; without one the build never came to production. */
export const workOrder = z.object({
  work_order_number: z.string(),
  status: workOrderStatus,
  started_at_ms: z.int().nullable(),
  completed_at_ms: z.int().nullable(),
});
export type WorkOrder = z.infer<typeof workOrder>;

export const buildWork = z.object({
  order_id: orderId,
  order_number: z.string(),
  build_number: z.string(),
  customer_name: z.string(),
  want_on: z.string().nullable(),
  order_status: z.string(),
  assignee_id: idOf('users').nullable(),
  assignee_name: z.string().nullable(),
  /** The person asking may work its tasks now. */
  may_work: z.boolean(),
  may_generate: z.boolean(),
  may_hand_over: z.boolean(),
  must_confirm: z.boolean(),
  work_order: workOrder.nullable(),
  list: z
    .object({
      operation_number: z.int(),
      operation_name: z.string(),
      bom_version: z.int(),
      created_at_ms: z.int(),
      /** The BOM or the configuration changed since the list was made. */
      is_outdated: z.boolean(),
    })
    .nullable(),
  progress: taskProgress,
  issues: z.array(z.object({ ncr_number: z.string(), ncr_type: z.string(), defect_description: z.string() })),
  tasks: z.array(workTask),
});
export type BuildWork = z.infer<typeof buildWork>;

export const workBuild = z.object({
  order_id: orderId,
  order_number: z.string(),
  build_number: z.string(),
  customer_name: z.string(),
  want_on: z.string().nullable(),
  order_status: z.string(),
  assignee_name: z.string().nullable(),
  is_mine: z.boolean(),
  can_claim: z.boolean(),
  row_version: z.int(),
  /** Wanted within seven days, or late. */
  is_urgent: z.boolean(),
  has_rework: z.boolean(),
  open_issues: z.int(),
  work_order_number: z.string().nullable(),
  work_order_status: workOrderStatus.nullable(),
  progress: taskProgress,
});
export type WorkBuild = z.infer<typeof workBuild>;

const working = [
  'row_not_found',
  'build_not_in_production',
  'build_not_yours',
  'task_list_replaced',
] as const;

export const assembly = {
  /** Builds on the floor, page by page: rework first, then own ones, then by the day they are wanted. */
  workBuilds: query({
    allow: 'work_orders:read',
    input: z.object({
      work_order_status: workOrderStatus.nullable().default(null),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(100).default(50),
    }),
    output: z.object({
      builds: z.array(workBuild),
      /** Of the chosen status, over all pages. */
      total: z.int(),
      statuses: z.array(z.object({ status: workOrderStatus, builds: z.int() })),
    }),
  }),
  work: query({
    allow: 'work_orders:read',
    input: z.object({ order_id: orderId }),
    output: buildWork,
    refusals: ['row_not_found'],
  }),
  generateTasks: command({
    allow: 'work_orders:read',
    input: z.object({ order_id: orderId }),
    output: z.object({ tasks: z.int(), carried_over: z.int() }),
    refusals: [
      'row_not_found',
      'not_allowed',
      'build_not_in_production',
      'bom_missing',
      'family_unknown',
      'product_model_unknown',
      'condition_invalid',
      'condition_failed',
      'instructions_cycle',
      'no_instructions',
    ],
  }),
  startTask: command({
    allow: 'work_orders:execute',
    input: ofTask,
    output: z.object({}),
    refusals: [...working, 'task_done', 'task_blocked'],
  }),
  pauseTask: command({
    allow: 'work_orders:execute',
    input: ofTask.extend({ note: note.default('') }),
    output: z.object({ worked_seconds: z.int() }),
    refusals: [...working, 'task_not_running'],
  }),
  completeTask: command({
    allow: 'work_orders:execute',
    input: ofTask.extend({ note: note.default('') }),
    output: z.object({ progress: taskProgress, next_task_id: taskId.nullable() }),
    refusals: [...working, 'task_done', 'task_blocked', 'task_not_confirmed'],
  }),
  /** Taken back by whoever did it until the production check is signed; then only by an administrator, with a reason. */
  undoTask: command({
    allow: 'work_orders:execute',
    input: ofTask.extend({ reason: note.default('') }),
    output: z.object({}),
    refusals: [
      ...working,
      'task_not_done',
      'task_of_other',
      'task_signed_off',
      'task_followed',
      'reason_missing',
    ],
  }),
  noteTask: command({
    allow: 'work_orders:execute',
    input: ofTask.extend({ note: note.min(1) }),
    output: z.object({}),
    refusals: working,
  }),
  confirmTask: command({
    allow: 'work_orders:execute',
    input: z.object({
      task_id: taskId,
      /** Rows of parts and tools of the task; empty: all of them. */
      row_ids: z.array(z.uuid()).max(500),
      is_confirmed: z.boolean(),
    }),
    output: z.object({}),
    refusals: [...working, 'task_done'],
  }),
  handOverTo: query({
    allow: 'work_orders:execute',
    input: z.object({ order_id: orderId }),
    output: z.object({
      people: z.array(z.object({ user_id: idOf('users'), full_name: z.string(), initials: z.string() })),
    }),
    refusals: ['row_not_found'],
  }),
  handOver: command({
    allow: 'work_orders:execute',
    input: z.object({ order_id: orderId, to_user_id: idOf('users'), note: note.default('') }),
    output: z.object({ stopped: z.int() }),
    refusals: ['row_not_found', 'build_not_yours', 'build_not_in_production', 'person_not_assembler'],
  }),
};
