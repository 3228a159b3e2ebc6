import { z } from 'zod';
import { treeRow } from './bom.ts';
import { command, idOf, type ModuleContract, query } from './rpc.ts';

const orderId = idOf('orders');
const serialText = z.string().trim().min(1).max(100);
const place = {
  order_id: orderId,
  material_number: z.string().min(1).max(50),
  /** From 1; null for a part of the whole build. */
  basin_index: z.int().min(1).max(99).nullable(),
  task_id: idOf('operation_tasks').nullable().default(null),
  captured_with: z.enum(['SCAN', 'KEYS']).default('KEYS'),
};

export const capturedSerial = z.object({
  serial_id: idOf('serial_numbers'),
  material_number: z.string(),
  serial_number: z.string(),
  basin_index: z.int().nullable(),
  captured_at_ms: z.int(),
  captured_by_name: z.string(),
});
/** One part that needs a serial number. */
export const serialSlot = z.object({
  material_number: z.string(),
  name: z.string(),
  basin_index: z.int().nullable(),
  /** From 1 among equal parts of the same place. */
  unit_no: z.int(),
  serial: capturedSerial.nullable(),
});
export type SerialSlot = z.infer<typeof serialSlot>;
export const capturedBatch = z.object({
  batch_id: idOf('batch_numbers'),
  material_number: z.string(),
  batch_number: z.string(),
  captured_at_ms: z.int(),
  captured_by_name: z.string(),
});
export const asBuiltRow = treeRow.extend({
  serials: z.array(capturedSerial),
  batches: z.array(capturedBatch),
  needs_serial: z.boolean(),
});
export type AsBuiltRow = z.infer<typeof asBuiltRow>;
const refusalsOfCapture = [
  'row_not_found',
  'build_not_yours',
  'build_not_in_production',
  'bom_missing',
  'part_not_in_build',
] as const;

export const traceability = {
  /** The parts of a build that need a serial number, each with the one captured. */
  serials: query({
    allow: 'work_orders:read',
    input: z.object({ order_id: orderId }),
    output: z.object({
      slots: z.array(serialSlot),
      missing: z.int(),
      /** Captured for parts the build no longer has. */
      surplus: z.array(capturedSerial),
      may_capture: z.boolean(),
    }),
    refusals: ['row_not_found', 'bom_missing'],
  }),
  captureSerial: command({
    allow: 'work_orders:execute',
    input: z.object({
      ...place,
      serial_number: serialText,
      /** The serial number that this one takes the place of. */
      replaces_id: idOf('serial_numbers').nullable().default(null),
    }),
    output: z.object({ serial_id: idOf('serial_numbers'), missing: z.int() }),
    refusals: [...refusalsOfCapture, 'serial_taken', 'serials_complete', 'serial_invalid'],
  }),
  /** Takes a serial number out of the build; the part may go into another one. */
  releaseSerial: command({
    allow: 'work_orders:execute',
    input: z.object({
      serial_id: idOf('serial_numbers'),
      reason: z.string().trim().min(1).max(500),
      is_scrapped: z.boolean().default(false),
    }),
    output: z.object({}),
    refusals: ['row_not_found', 'build_not_yours', 'build_not_in_production'],
  }),
  captureBatch: command({
    allow: 'work_orders:execute',
    input: z.object({ ...place, batch_number: serialText }),
    output: z.object({}),
    refusals: [...refusalsOfCapture, 'batch_known', 'serial_invalid'],
  }),
  removeBatch: command({
    allow: 'work_orders:execute',
    input: z.object({ batch_id: idOf('batch_numbers') }),
    output: z.object({}),
    refusals: ['row_not_found', 'build_not_yours', 'build_not_in_production'],
  }),
  /** The BOM of a build with the serial and batch numbers that went into it. */
  asBuilt: query({
    allow: 'order_boms:read',
    input: z.object({ order_id: orderId }),
    output: z.object({ bom_version: z.int(), rows: z.array(asBuiltRow), surplus: z.array(capturedSerial) }),
    refusals: ['row_not_found', 'bom_missing'],
  }),
  /** For service: the build a serial number or build number belongs to and the parts that fit it. */
  partsThatFit: query({
    allow: 'service_orders:read',
    input: z.object({ text: z.string().trim().min(2).max(100) }),
    output: z.object({
      builds: z.array(
        z.object({
          order_id: orderId,
          build_number: z.string(),
          model_name: z.string(),
          matched: z.string(),
          parts: z.array(
            z.object({
              material_id: idOf('materials'),
              material_number: z.string(),
              material_name: z.string(),
              quantity_e6: z.int(),
              uom_code: z.string(),
              serial_numbers: z.array(z.string()),
            }),
          ),
        }),
      ),
    }),
  }),
} satisfies ModuleContract;
