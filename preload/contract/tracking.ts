import { z } from 'zod';
import { MOVEMENT_FLAGS, MOVEMENT_TYPES, WORK_CENTER_TYPES } from '../../db/schema/tracking.ts';
import { olderTracking } from './older-tracking.ts';
import { command, empty, idOf, type ModuleContract, page, query } from './rpc.ts';

export const workCenterId = idOf('work_centers');
export const movementId = idOf('order_movements');
export const movementType = z.enum(MOVEMENT_TYPES);
export type MovementType = z.infer<typeof movementType>;
export const MOST_ORDER_CHARACTERS = 50;
export const MOST_REMARK_CHARACTERS = 500;
export const MOST_QUANTITY = 1_000_000_000;
/** How long a booking can be taken back by the one who made it. */
export const UNDO_MS = 30_000;
/** A scan of the same order within this time is asked about instead of booked. */
export const REPEAT_MS = 2_000;

const workCenter = z.object({
  work_center_id: workCenterId,
  work_center_code: z.string(),
  work_center_name: z.string(),
  is_active: z.boolean(),
});
export const workCenterChoice = workCenter.extend({ can_book: z.boolean() });
export type WorkCenterChoice = z.infer<typeof workCenterChoice>;
export const workCenterRow = workCenter.extend({
  work_center_type: z.enum(WORK_CENTER_TYPES),
  flow_position: z.int(),
  departments: z.array(z.object({ department_id: idOf('departments'), dept_name: z.string() })),
  movements: z.int(),
  people: z.int(),
  row_version: z.int(),
});
export type WorkCenterRow = z.infer<typeof workCenterRow>;

const day = z.iso.date();
export const movementFilter = z.object({
  text: z.string().max(200).default(''),
  /** Exactly this order number. */
  order_number: z.string().max(MOST_ORDER_CHARACTERS).optional(),
  work_center_id: workCenterId.optional(),
  /** First and last local day. */
  from: day.optional(),
  to: day.optional(),
  movement_type: movementType.optional(),
  user_id: idOf('users').optional(),
  department_id: idOf('departments').optional(),
  include_archive: z.boolean().default(false),
});
export type MovementFilter = z.infer<typeof movementFilter>;
export const movementSort = z.object({
  by: z.enum(['occurred_at_ms', 'order_number', 'quantity', 'work_center_code']),
  direction: z.enum(['asc', 'desc']),
});
export type MovementSort = z.infer<typeof movementSort>;
const newestFirst: MovementSort = { by: 'occurred_at_ms', direction: 'desc' };
export const movement = z.object({
  movement_id: movementId,
  order_number: z.string(),
  order_id: idOf('orders').nullable(),
  work_center_id: workCenterId,
  work_center_code: z.string(),
  work_center_name: z.string(),
  movement_type: movementType,
  quantity: z.int(),
  remark: z.string().nullable(),
  user_name: z.string(),
  department_name: z.string().nullable(),
  occurred_at_ms: z.int(),
  corrects_id: movementId.nullable(),
  correction_reason: z.string().nullable(),
  /** How much of it was taken back by later rows. */
  corrected_quantity: z.int(),
  flag: z.enum(MOVEMENT_FLAGS).nullable(),
});
export type Movement = z.infer<typeof movement>;

export const BALANCE_STATES = ['available', 'balanced', 'shortage'] as const;
export const balanceState = z.enum(BALANCE_STATES);
export type BalanceState = z.infer<typeof balanceState>;
export const balanceFilter = movementFilter
  .pick({ text: true, work_center_id: true, from: true, to: true, include_archive: true })
  .extend({ state: balanceState.optional() });
export type BalanceFilter = z.infer<typeof balanceFilter>;
export const balanceRow = workCenter.extend({
  order_number: z.string(),
  opening: z.int(),
  in_quantity: z.int(),
  out_quantity: z.int(),
  closing: z.int(),
  state: balanceState,
  remarks: z.string().nullable(),
  last_user_name: z.string().nullable(),
  last_department_name: z.string().nullable(),
  last_at_ms: z.int(),
});
export type BalanceRow = z.infer<typeof balanceRow>;

/** One line of an entry grid as it was typed; what is wrong with it is refused by row number. */
export const bookingRow = z.object({
  work_center_id: workCenterId.nullable(),
  order_number: z.string().max(1000),
  quantity: z.number().nullable(),
  remark: z.string().max(10_000).default(''),
});
export type BookingRow = z.infer<typeof bookingRow>;
const booked = z.object({
  movement_id: movementId,
  order_number: z.string(),
  work_center_code: z.string(),
  movement_type: movementType,
  quantity: z.int(),
  balance: z.int(),
  flag: z.enum(MOVEMENT_FLAGS).nullable(),
  occurred_at_ms: z.int(),
});
export type Booked = z.infer<typeof booked>;

const period = z.object({ from: day, to: day, work_center_id: workCenterId.optional() });
const inAndOut = z.object({
  in_rows: z.int(),
  in_quantity: z.int(),
  out_rows: z.int(),
  out_quantity: z.int(),
});
export type InAndOut = z.infer<typeof inAndOut>;
const centerSummary = workCenter.extend(inAndOut.shape);
const AGES = ['up_to_7', 'up_to_30', 'over_30'] as const;
const ages = z.object({ up_to_7: z.int(), up_to_30: z.int(), over_30: z.int() });
export type AgeBucket = (typeof AGES)[number];

const rowRefusals = ['movement_rows_invalid', 'no_movement_rows', 'work_center_not_yours'] as const;
const outRefusals = [
  'in_missing',
  'negative_balance',
  'negative_balance_unconfirmed',
  'legacy_out_exceeded',
] as const;

const inactivePerson = z.object({
  user_id: idOf('users'),
  username: z.string(),
  full_name: z.string(),
  last_login_at_ms: z.int().nullable(),
  last_movement_at_ms: z.int().nullable(),
});
export type InactivePerson = z.infer<typeof inactivePerson>;

const archivedGroup = workCenter.extend({
  order_number: z.string(),
  /** The last movement when it was closed. */
  until_at_ms: z.int(),
  movements: z.int(),
  in_quantity: z.int(),
  out_quantity: z.int(),
  balance: z.int(),
  is_closed: z.boolean(),
});
export type ArchivedGroup = z.infer<typeof archivedGroup>;

export const tracking = {
  ...olderTracking,
  /** The work centres of the plant that the person may see, and at which of them they may book. */
  workCenters: query({
    allow: 'order_movements:read',
    input: empty,
    output: z.object({
      centers: z.array(workCenterChoice),
      /** Why none can be booked at. */
      missing: z.enum(['no_access', 'none_exist']).nullable(),
      negative_balance: z.enum(['WARN', 'BLOCK', 'ALLOW']),
    }),
  }),
  listWorkCenters: query({
    allow: 'work_centers:read',
    input: empty,
    output: z.object({ rows: z.array(workCenterRow) }),
  }),
  saveWorkCenter: command({
    allow: 'work_centers:update',
    input: z.object({
      work_center_id: workCenterId.optional(),
      work_center_code: z
        .string()
        .trim()
        .min(1)
        .max(20)
        .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, 'letters, digits, - _ . only'),
      work_center_name: z.string().trim().min(1).max(100),
      work_center_type: z.enum(WORK_CENTER_TYPES),
      flow_position: z.int().min(1).max(9999),
      is_active: z.boolean(),
      department_ids: z.array(idOf('departments')).max(200),
      row_version: z.int().min(1).optional(),
    }),
    output: workCenterRow,
    refusals: [
      'work_center_code_taken',
      'work_center_name_taken',
      'department_of_other_plant',
      'row_not_found',
      'row_changed',
    ],
  }),
  deleteWorkCenter: command({
    allow: 'work_centers:delete',
    input: z.object({ work_center_id: workCenterId }),
    output: empty,
    refusals: ['row_not_found', 'work_center_in_use'],
  }),
  /** The five usual work centres; does nothing where there is already one. */
  createDefaultWorkCenters: command({
    allow: 'work_centers:create',
    input: empty,
    output: z.object({ created: z.int() }),
  }),

  /** What lies at a work centre of one order, and what the number stands for. */
  available: query({
    allow: 'order_movements:read',
    input: z.object({ order_number: z.string().max(1000), work_center_id: workCenterId }),
    output: z.object({
      order_number: z.string(),
      available: z.int(),
      in_quantity: z.int(),
      out_quantity: z.int(),
      has_recent_in: z.boolean(),
      match: z
        .object({
          order_id: idOf('orders').nullable(),
          customer_name: z.string(),
          builds: z.int(),
        })
        .nullable(),
    }),
    refusals: ['work_center_not_yours'],
  }),
  /** Those of the numbers that were booked before or are numbers of an order, in the order asked. */
  knownOrders: query({
    allow: 'order_movements:read',
    input: z.object({ order_numbers: z.array(z.string().max(1000)).max(10) }),
    output: z.object({ known: z.array(z.string()) }),
  }),
  /** All rows or none. */
  book: command({
    allow: 'order_movements:create',
    input: z.object({
      movement_type: movementType,
      rows: z.array(bookingRow).max(500),
      source: z.enum(['SCREEN', 'SCAN']).default('SCREEN'),
      /** The person saw the rows that leave a negative balance and wants them. */
      confirm_negative: z.boolean().default(false),
      /** An administrator books an OUT without IN; the remark of the row says why. */
      override_missing_in: z.boolean().default(false),
    }),
    output: z.object({ rows: z.array(booked) }),
    refusals: [...rowRefusals, ...outRefusals, 'override_needs_remark'],
  }),
  /** The author takes a fresh booking back by a compensating row. */
  undo: command({
    allow: 'order_movements:create',
    input: z.object({ movement_id: movementId }),
    output: booked,
    refusals: [
      'row_not_found',
      'undo_not_yours',
      'undo_too_late',
      'movement_corrected',
      'movement_is_correction',
    ],
  }),
  /** A compensating row of the opposite type for all or a part of a movement. */
  correct: command({
    allow: 'order_movements:update',
    input: z.object({
      movement_id: movementId,
      quantity: z.int().min(1).max(MOST_QUANTITY),
      reason: z.string().trim().min(1).max(MOST_REMARK_CHARACTERS),
    }),
    output: booked,
    refusals: ['row_not_found', 'correction_too_large', 'movement_is_correction'],
  }),

  movements: query({
    allow: 'order_movements:read',
    input: page.extend({
      filter: movementFilter.prefault({}),
      sort: movementSort.default(newestFirst),
    }),
    output: z.object({ rows: z.array(movement), total: z.int() }),
  }),
  balances: query({
    allow: 'order_movements:read',
    input: page.extend({ filter: balanceFilter.prefault({}) }),
    output: z.object({
      rows: z.array(balanceRow),
      total: z.int(),
      counts: z.object({ available: z.int(), balanced: z.int(), shortage: z.int() }),
    }),
  }),
  /** Where the pieces of one order went, centre by centre in the usual flow, and who booked them. */
  orderFlow: query({
    allow: 'order_movements:read',
    input: z.object({ order_number: z.string().max(1000) }),
    output: z.object({
      order_number: z.string(),
      centers: z.array(
        centerSummary.extend({
          balance: z.int(),
          /** What left the centre before and has not arrived here. */
          on_the_way: z.int().nullable(),
        }),
      ),
      people: z.array(inAndOut.extend({ user_name: z.string(), work_center_code: z.string() })),
    }),
  }),
  dailySummary: query({
    allow: 'order_movements:read',
    input: z.object({ day: day.optional(), work_center_id: workCenterId.optional() }),
    output: z.object({ day, centers: z.array(centerSummary), total: inAndOut }),
  }),
  /** Day by day: what was booked, and what lay at the work centres in the evening. */
  trend: query({
    allow: 'order_movements:read',
    input: period,
    output: z.object({ days: z.array(inAndOut.extend({ day, closing: z.int() })) }),
    refusals: ['period_invalid'],
  }),
  byCenter: query({
    allow: 'order_movements:read',
    input: period,
    output: z.object({ rows: z.array(centerSummary) }),
    refusals: ['period_invalid'],
  }),
  byUser: query({
    allow: 'order_movements:read',
    input: period,
    output: z.object({
      rows: z.array(inAndOut.extend({ user_name: z.string(), department_name: z.string().nullable() })),
    }),
    refusals: ['period_invalid'],
  }),
  /** Open pieces per work centre and how long they have been lying there. */
  wip: query({
    allow: 'order_movements:read',
    input: empty,
    output: z.object({
      rows: z.array(
        workCenter.extend({
          orders: z.int(),
          pieces: z.int(),
          shortages: z.int(),
          missing_pieces: z.int(),
          /** Pieces by days since the last IN. */
          ages,
        }),
      ),
      cards: z.object({ in_rows: z.int(), out_rows: z.int(), people: z.int(), work_centers: z.int() }),
    }),
  }),
  /** People who have neither booked nor signed in for ninety days, administrators left out. */
  inactivePeople: query({
    allow: 'users:update',
    input: empty,
    output: z.object({ before_on: day, people: z.array(inactivePerson) }),
  }),
  deactivateInactive: command({
    allow: 'users:update',
    input: z.object({ user_ids: z.array(idOf('users')).min(1).max(500) }),
    output: z.object({ deactivated: z.int() }),
    refusals: ['person_not_inactive', 'row_not_found', 'last_administrator'],
  }),
  /** Orders at work centres that can be closed: balance zero, nothing moved for the set time. */
  archiveCandidates: query({
    allow: 'order_movements:delete',
    input: empty,
    output: z.object({ before_on: day, groups: z.int(), movements: z.int() }),
  }),
  /** Closed groups with what was booked on them; a late movement opens a group again. */
  archivedGroups: query({
    allow: 'order_movements:read',
    input: page.extend({ text: z.string().max(200).default('') }),
    output: z.object({ rows: z.array(archivedGroup), total: z.int() }),
  }),
  archive: command({
    allow: 'order_movements:delete',
    input: empty,
    output: z.object({ groups: z.int(), movements: z.int() }),
  }),
} satisfies ModuleContract;
