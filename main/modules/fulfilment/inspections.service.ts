import type { PLAN_TYPES } from '../../../db/schema/quality.ts';
import type { CommandCtx, DomainEventOf } from '../../rpc/context.ts';
import { orderRow } from '../orders/order-rows.service.ts';
import { noteOn } from '../orders/status.service.ts';
import { isUnsettled, type NcrType } from '../quality/ncr.rules.ts';
import { ncrsOfOrder, openNcr } from '../quality/ncrs.service.ts';
import { tellOfIssue } from './issues.service.ts';

type PlanType = (typeof PLAN_TYPES)[number];
const ISSUE_OF: Record<PlanType, NcrType> = {
  PRE_QC: 'PRE_QC_REJECTION',
  FINAL_QC: 'FINAL_QC_REJECTION',
  TEST: 'TEST_FAILURE',
  IN_PROCESS: 'PROCESS',
  PACKAGING: 'OTHER',
};

/**
 * A signed form enters the history of its build; a failed one opens an issue of its kind. A correction opens none
 * while the issue of the record it corrects is unsettled.
 */
export function followInspection(ctx: CommandCtx, event: DomainEventOf<'inspection_submitted'>): void {
  const order = orderRow(ctx, event.order_id);
  if (event.overall_result === 'PASS')
    noteOn(ctx, order, { action: `${event.plan_type}_PASSED`, metadata: { attempt_no: event.attempt_no } });
  const { failure } = event;
  if (failure === null) return;
  const ncr_type = ISSUE_OF[event.plan_type];
  const isKnown = ncrsOfOrder(ctx, order.id).some(
    issue => issue.ncr_type === ncr_type && isUnsettled(issue.status),
  );
  if (isKnown && event.revision_no > 1) return;
  const ncr = openNcr(ctx, {
    order_id: order.id,
    ncr_type,
    category: failure.category,
    needs_rework: failure.needs_rework,
    defect_description: failure.description,
    inspection_log_id: event.log_id,
    characteristic_codes: failure.characteristic_codes,
  });
  tellOfIssue(ctx, order, ncr);
}
