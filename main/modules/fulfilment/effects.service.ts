import type { Id } from '../../../db/kit/columns.ts';
import type { CommandCtx } from '../../rpc/context.ts';
import { bomTree } from '../bom/bom.service.ts';
import { headersOf } from '../bom/bom-rows.service.ts';
import type { WorkflowState } from '../configuration/workflow.rules.ts';
import { workflowState } from '../configuration/workflow.service.ts';
import { rolesOf } from '../identity/role-holders.service.ts';
import { addParts, itemsOfOrder, recordDispatch, sendItems } from '../logistics/outsourcing.service.ts';
import type { BuildStatus } from '../orders/order-rows.service.ts';
import { setAssignee } from '../orders/status.service.ts';
import { taskProgress } from '../production/progress.service.ts';
import { addRework } from '../production/task-lists.service.ts';
import { followBuild } from '../production/work-orders.service.ts';
import { isUnsettled } from '../quality/ncr.rules.ts';
import { moveNcr } from '../quality/ncrs.service.ts';
import type { BuildFacts } from './build-facts.service.ts';
import { tellNextRole } from './notices.service.ts';
import type { Taking } from './transitions.service.ts';

/** The work of whoever had the build ends with these steps. */
const HANDED_OVER = ['T1', 'T7'];

/** What follows from a step of the workflow, in the same transaction. */
export function afterMove(
  ctx: CommandCtx,
  facts: BuildFacts,
  code: string,
  to: BuildStatus,
  taking: Taking,
): void {
  const moved = { ...facts.order, order_status: to };
  followBuild(ctx, facts.order, to);
  if (code === 'T4') settlePreQc(ctx, facts);
  if (code === 'T9') recordDispatch(ctx, facts.order, taking);
  if (code === 'R1') sendBodyBack(ctx, facts);
  if (code === 'R3') planRework(ctx, facts);
  const state = workflowState(ctx, 'orders', to);
  const assignee = facts.order.current_assignee_id;
  if (assignee !== null && (HANDED_OVER.includes(code) || !mayHold(ctx, assignee, state)))
    setAssignee(ctx, moved, null, { because: 'status' });
  tellNextRole(ctx, facts.order, to, state?.notify_roles ?? []);
}

function mayHold(ctx: CommandCtx, user_id: Id<'users'>, state: WorkflowState | undefined): boolean {
  const roles = rolesOf(ctx, user_id);
  return state?.assignee_roles.some(role => roles.includes(role)) ?? false;
}

/** A build that passed has no rejection left. */
function settlePreQc(ctx: CommandCtx, { issues }: BuildFacts): void {
  for (const issue of issues)
    if (issue.ncr_type === 'PRE_QC_REJECTION' && isUnsettled(issue.status))
      moveNcr(ctx, issue, 'RESOLVED', { resolution_notes: 'Pre-QC passed' });
}

/** The body goes back to its maker: a line that is out until the body returns. */
function sendBodyBack(ctx: CommandCtx, { order }: BuildFacts): void {
  const bom_id = order.bom_id ?? headersOf(ctx, order.id)[0]?.bom_id;
  const body = bom_id && bomTree(ctx, bom_id).rows.find(row => row.level === 0 && row.group === 'SINK_BODY');
  const ids = new Set<string>(
    addParts(ctx, order.id, [
      {
        bom_line_id: body ? body.line_id : null,
        material_id: body ? body.material_id : null,
        material_number: body ? body.item_id : order.build_number,
        material_description: body ? body.name.slice(0, 200) : order.build_number,
        quantity_e6: body ? body.total_quantity_e6 : 1_000_000,
      },
    ]),
  );
  sendItems(
    ctx,
    itemsOfOrder(ctx, order.id).filter(item => ids.has(item.id)),
    {},
  );
}

const REWORK_MINUTES = 30;
/** One task for each rejection that asks for rework, linked to its failed checks; the rework begins. */
function planRework(ctx: CommandCtx, { order, issues }: BuildFacts): void {
  for (const issue of issues) {
    if (issue.ncr_type !== 'FINAL_QC_REJECTION' || !issue.needs_rework || !isUnsettled(issue.status))
      continue;
    if (taskProgress(ctx, order.id).has_list)
      addRework(ctx, order.id, { id: issue.ncr_id, ncr_number: issue.ncr_number }, [
        {
          description: issue.defect_description.slice(0, 2000),
          characteristic_codes: issue.characteristic_codes,
          estimated_minutes: REWORK_MINUTES,
        },
      ]);
    if (issue.status === 'OPEN') moveNcr(ctx, issue, 'IN_REVIEW');
  }
}
