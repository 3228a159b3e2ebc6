import type { WORK_ORDER_STATUSES } from '../../../db/schema/production.ts';
import type { buildStatus } from '../../../preload/contract/orders.ts';

type WorkOrderStatus = (typeof WORK_ORDER_STATUSES)[number];
type Phase = 'before' | 'in_production' | 'after';
const PHASE_OF: Record<(typeof buildStatus.options)[number], Phase> = {
  ORDER_CREATED: 'before',
  PARTS_SENT: 'before',
  READY_FOR_PRE_QC: 'before',
  READY_FOR_PRODUCTION: 'in_production',
  TESTING_COMPLETE: 'after',
  PACKAGING_COMPLETE: 'after',
  READY_FOR_FINAL_QC: 'after',
  READY_FOR_SHIP: 'after',
  SHIPPED: 'after',
};

/**
 * What a step of a build makes of its work order: planned before production, released in it, completed with the test.
 * Work that had begun is paused when the build goes back before production, and goes on when it returns.
 */
export function statusWithBuild(
  work_order: { order_status: WorkOrderStatus; started_at_ms: number | null },
  build_status: keyof typeof PHASE_OF,
): WorkOrderStatus {
  if (work_order.order_status === 'CANCELLED') return 'CANCELLED';
  const hasBegun = work_order.started_at_ms !== null;
  const phase = PHASE_OF[build_status];
  if (phase === 'after') return 'COMPLETED';
  if (phase === 'before') return hasBegun ? 'PAUSED' : 'PLANNED';
  return hasBegun ? 'IN_PROGRESS' : 'RELEASED';
}
