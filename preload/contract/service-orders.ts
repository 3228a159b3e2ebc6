import { z } from 'zod';
import { SERVICE_STATUSES } from '../../db/schema/orders.ts';
import { command, idOf, query } from './rpc.ts';

const orderId = idOf('orders');
const materialId = idOf('materials');
const quantity_e6 = z.int().min(1).max(1_000_000_000_000);
export const serviceStatus = z.enum(SERVICE_STATUSES);
export type ServiceStatus = z.infer<typeof serviceStatus>;
/** How many requests one decision may cover. */
export const MOST_DECIDED = 20;
const several = z.array(orderId).min(1).max(MOST_DECIDED);

export const serviceItem = z.object({
  material_id: materialId,
  material_number: z.string(),
  material_name: z.string(),
  record_type: z.enum(['PART', 'ASSEMBLY']),
  category_id: idOf('material_categories').nullable(),
  uom_code: z.string(),
  manufacturer_name: z.string().nullable(),
  manufacturer_part_number: z.string().nullable(),
  photo_file_id: idOf('file_uploads').nullable(),
  components: z.int(),
});
export type ServiceItem = z.infer<typeof serviceItem>;

export const serviceLine = z.object({
  line_id: idOf('order_lines'),
  line_number: z.int(),
  material_id: materialId,
  material_number: z.string(),
  material_name: z.string(),
  record_type: z.enum(['PART', 'ASSEMBLY']),
  uom_code: z.string(),
  quantity_e6: z.int(),
  approved_quantity_e6: z.int().nullable(),
  fulfilled_quantity_e6: z.int(),
  notes: z.string().nullable(),
  is_active: z.boolean(),
});
export type ServiceLine = z.infer<typeof serviceLine>;

export const serviceOrderRow = z.object({
  order_id: orderId,
  order_number: z.string(),
  order_status: serviceStatus,
  requester_name: z.string(),
  is_own: z.boolean(),
  requested_at_ms: z.int().nullable(),
  expected_on: z.string().nullable(),
  processed_at_ms: z.int().nullable(),
  lines: z.int(),
  items: z.string(),
  row_version: z.int(),
});
export type ServiceOrderRow = z.infer<typeof serviceOrderRow>;
export const serviceOrderPage = serviceOrderRow.omit({ lines: true, items: true }).extend({
  notes: z.string(),
  /** Null for whoever may not read it. */
  internal_notes: z.string().nullable(),
  processed_by_name: z.string().nullable(),
  lines: z.array(serviceLine),
  history: z.array(
    z.object({
      at_ms: z.int(),
      by_name: z.string(),
      action: z.string(),
      from_status: z.string().nullable(),
      to_status: z.string(),
      comment: z.string().nullable(),
    }),
  ),
  may_decide: z.boolean(),
  may_cancel: z.boolean(),
  may_order_again: z.boolean(),
});
export type ServiceOrderPage = z.infer<typeof serviceOrderPage>;
export const serviceCart = z.object({
  order_id: orderId.nullable(),
  notes: z.string(),
  lines: z.array(serviceLine),
});
export type ServiceCart = z.infer<typeof serviceCart>;

const notPending = ['row_not_found', 'service_order_not_pending'] as const;
export const serviceOrders = {
  /** What service may order: the category of service parts with all below it, and kits. */
  serviceCatalogue: query({
    allow: 'service_orders:read',
    input: z.object({
      text: z.string().trim().max(100).default(''),
      category_id: idOf('material_categories').nullable().default(null),
    }),
    output: z.object({
      categories: z.array(
        z.object({
          category_id: idOf('material_categories'),
          category_code: z.string(),
          category_name: z.string(),
          items: z.int(),
        }),
      ),
      items: z.array(serviceItem),
      is_cut: z.boolean(),
    }),
  }),
  serviceItem: query({
    allow: 'service_orders:read',
    input: z.object({ material_id: materialId }),
    output: z.object({
      item: serviceItem.extend({ description: z.string().nullable(), can_order: z.boolean() }),
      components: z.array(serviceItem.extend({ quantity_e6: z.int(), can_order: z.boolean() })),
      used_in: z.array(z.object({ material_number: z.string(), material_name: z.string() })),
    }),
    refusals: ['row_not_found'],
  }),
  serviceCart: query({ allow: 'service_orders:create', input: z.object({}), output: serviceCart }),
  /** Adding what is there already sums. */
  addToCart: command({
    allow: 'service_orders:create',
    input: z.object({
      lines: z
        .array(z.object({ material_id: materialId, quantity_e6 }))
        .min(1)
        .max(200),
    }),
    output: serviceCart,
    refusals: ['service_item_unknown', 'value_not_valid'],
  }),
  /** A quantity of 0 takes the line out. */
  setCartLine: command({
    allow: 'service_orders:create',
    input: z.object({
      line_id: idOf('order_lines'),
      quantity_e6: z.int().min(0).max(1_000_000_000_000),
      notes: z.string().trim().max(500).nullable(),
    }),
    output: serviceCart,
    refusals: ['row_not_found'],
  }),
  setCartNotes: command({
    allow: 'service_orders:create',
    input: z.object({ notes: z.string().max(2000) }),
    output: serviceCart,
  }),
  submitCart: command({
    allow: 'service_orders:create',
    input: z.object({}),
    output: z.object({ order_id: orderId, order_number: z.string() }),
    refusals: ['cart_empty', 'service_item_inactive'],
  }),
  listServiceOrders: query({
    allow: 'service_orders:read',
    input: z.object({
      status: serviceStatus.nullable().default(null),
      text: z.string().trim().max(100).default(''),
    }),
    output: z.object({
      rows: z.array(serviceOrderRow),
      counts: z.record(serviceStatus, z.int()),
      may_decide: z.boolean(),
    }),
  }),
  getServiceOrder: query({
    allow: 'service_orders:read',
    input: z.object({ order_id: orderId }),
    output: serviceOrderPage,
    refusals: ['row_not_found'],
  }),
  approveServiceOrders: command({
    allow: 'service_orders:approve',
    input: z.object({
      order_ids: several,
      expected_on: z.iso.date().nullable().default(null),
      /** Less than asked for, line by line. */
      quantities: z
        .array(
          z.object({
            line_id: idOf('order_lines'),
            approved_quantity_e6: z.int().min(0).max(1_000_000_000_000),
          }),
        )
        .max(1000)
        .default([]),
    }),
    output: z.object({ approved: z.int() }),
    refusals: [...notPending, 'service_item_inactive', 'approved_exceeds_asked', 'nothing_approved'],
  }),
  rejectServiceOrders: command({
    allow: 'service_orders:approve',
    input: z.object({ order_ids: several, reason: z.string().trim().max(2000) }),
    output: z.object({ rejected: z.int() }),
    refusals: [...notPending, 'reject_reason_missing'],
  }),
  fulfilServiceOrder: command({
    allow: 'service_orders:approve',
    input: z.object({ order_id: orderId }),
    output: z.object({}),
    refusals: ['row_not_found', 'service_order_not_approved'],
  }),
  setInternalNotes: command({
    allow: 'service_orders:approve',
    input: z.object({ order_id: orderId, internal_notes: z.string().max(5000) }),
    output: z.object({}),
    refusals: ['row_not_found'],
  }),
  cancelServiceOrder: command({
    allow: 'service_orders:create',
    input: z.object({ order_id: orderId }),
    output: z.object({}),
    refusals: notPending,
  }),
  /** Puts the items of an earlier order into the cart; those no longer sold are named. */
  orderAgain: command({
    allow: 'service_orders:create',
    input: z.object({ order_id: orderId }),
    output: z.object({ added: z.int(), left_out: z.array(z.string()) }),
    refusals: ['row_not_found', 'service_item_unknown'],
  }),
  serviceFigures: query({
    allow: 'service_orders:read',
    input: z.object({}),
    output: z.object({
      counts: z.record(serviceStatus, z.int()),
      total: z.int(),
      mean_approval_hours: z.number().nullable(),
      most_requested: z.array(
        z.object({
          material_id: materialId,
          material_number: z.string(),
          material_name: z.string(),
          orders: z.int(),
          quantity_e6: z.int(),
          uom_code: z.string(),
        }),
      ),
    }),
  }),
};
