import type { PlanType } from '../../../preload/contract/inspection.ts';

/** Since when a build is what it is, for the forms that judge it. */
export interface Standing {
  in_status_since_ms: number;
  /** When the build last came back to production; null when it never did. */
  returned_at_ms: number | null;
}

/** Since when a signed form counts: what came before was judged on another state of the build. */
export function countsSinceMs(plan_type: PlanType, { in_status_since_ms, returned_at_ms }: Standing): number {
  switch (plan_type) {
    case 'IN_PROCESS':
      return 0;
    case 'TEST':
      return returned_at_ms ?? 0;
    case 'PRE_QC':
    case 'PACKAGING':
    case 'FINAL_QC':
      return in_status_since_ms;
  }
}
