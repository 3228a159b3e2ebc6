import type { Id } from '../../../db/kit/columns.ts';
import type { fulfilment } from '../../../preload/contract/fulfilment.ts';
import type { NcrRow } from '../../../preload/contract/quality.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import type { Notice } from '../infrastructure/notifications.service.ts';
import { type OrderRow, orderRow } from '../orders/order-rows.service.ts';
import { noteOn } from '../orders/status.service.ts';
import { noteTrouble } from '../production/work.service.ts';
import { isUnsettled } from '../quality/ncr.rules.ts';
import { moveNcr, type Ncr, ncrById, openNcr, proposeReturnOf } from '../quality/ncrs.service.ts';
import { tell } from './notices.service.ts';

type Input<P extends keyof typeof fulfilment> = ParsedInputOf<(typeof fulfilment)[P]>;
type Opened = Pick<Ncr, 'ncr_number'> & { ncr_id: Ncr['id'] };

/** A build that is still in the house. */
function liveOrder(ctx: CommandCtx, order_id: string): OrderRow {
  const order = orderRow(ctx, order_id);
  if (order.order_status === 'SHIPPED') refuse('order_shipped', { build_number: order.build_number });
  return order;
}

/** The build is held: forward steps are closed until the shortage is settled. */
export function reportShortage(ctx: CommandCtx, { description, ...input }: Input<'reportShortage'>): Opened {
  const order = liveOrder(ctx, input.order_id);
  const ncr = openNcr(ctx, { ...input, ncr_type: 'SHORTAGE', defect_description: description });
  stopTask(ctx, order, ncr);
  noteOn(ctx, order, {
    action: 'PARTS_SHORTAGE_REPORTED',
    comment: description,
    metadata: { ncr_number: ncr.ncr_number },
  });
  tell(ctx, order, {
    roles: ['PROCUREMENT', 'PLANNER'],
    type: 'ERROR',
    priority: 'URGENT',
    code: 'shortage',
    values: { ncr_number: ncr.ncr_number, description },
  });
  return { ncr_id: ncr.id, ncr_number: ncr.ncr_number };
}

export function openIssue(ctx: CommandCtx, { description, ...input }: Input<'openIssue'>): Opened {
  const order = liveOrder(ctx, input.order_id);
  const ncr = openNcr(ctx, { ...input, defect_description: description });
  stopTask(ctx, order, ncr);
  tellOfIssue(ctx, order, ncr);
  return { ncr_id: ncr.id, ncr_number: ncr.ncr_number };
}

/** Trouble found at a task stays with the task, too. */
function stopTask(ctx: CommandCtx, order: OrderRow, { task_id, ncr_number, defect_description }: Ncr): void {
  if (task_id) noteTrouble(ctx, order.id, task_id, `${ncr_number}: ${defect_description.slice(0, 1900)}`);
}

const OPENED_ACTION: Record<Ncr['ncr_type'], string> = {
  PRE_QC_REJECTION: 'PRE_QC_FAILED',
  FINAL_QC_REJECTION: 'FINAL_QC_FAILED',
  TEST_FAILURE: 'TEST_FAILED',
  SHORTAGE: 'PARTS_SHORTAGE_REPORTED',
  MATERIAL: 'ISSUE_OPENED',
  PROCESS: 'ISSUE_OPENED',
  OTHER: 'ISSUE_OPENED',
};
/** History and messages of an issue that was opened, by whichever way. */
export function tellOfIssue(ctx: CommandCtx, order: OrderRow, ncr: Ncr): void {
  noteOn(ctx, order, {
    action: OPENED_ACTION[ncr.ncr_type],
    comment: ncr.defect_description.slice(0, 2000),
    metadata: { ncr_number: ncr.ncr_number, category: ncr.category, severity: ncr.severity },
  });
  tell(ctx, order, {
    ...toldOf(ctx, order, ncr),
    type: 'ERROR',
    priority: ncr.ncr_type === 'FINAL_QC_REJECTION' ? 'URGENT' : 'HIGH',
    code: `issue.${ncr.ncr_type}`,
    values: { ncr_number: ncr.ncr_number, description: ncr.defect_description.slice(0, 200) },
  });
}
type Told = Pick<Notice, 'roles' | 'user_ids'>;
function toldOf(ctx: CommandCtx, order: OrderRow, ncr: Ncr): Told {
  switch (ncr.ncr_type) {
    case 'TEST_FAILURE':
      return { roles: ['PLANNER', 'QC_INSPECTOR'] };
    case 'PRE_QC_REJECTION':
      return {
        roles: [
          'PLANNER',
          ...(ncr.is_return_to_maker ? ['PROCUREMENT'] : []),
          ...(ncr.needs_rework ? ['OPERATOR'] : []),
        ],
      };
    case 'FINAL_QC_REJECTION':
      return { roles: ['PLANNER'], user_ids: ncr.needs_rework ? assemblersOf(ctx, order.id) : [] };
    default:
      return {
        roles: ['PLANNER', ...(ncr.needs_rework ? ['OPERATOR'] : [])],
        user_ids: order.current_assignee_id === null ? [] : [order.current_assignee_id],
      };
  }
}
const ASSEMBLERS = `select distinct t.completed_by as user_id from operation_tasks t
  join work_order_operations o on o.id = t.operation_id join work_orders w on w.id = o.work_order_id
  where w.order_id = ? and t.is_completed = 1 and t.completed_by is not null`;
/** Whoever completed a task of the build. */
const assemblersOf = (ctx: CommandCtx, order_id: string): Id<'users'>[] =>
  ctx.sql.all<{ user_id: Id<'users'> }>(ASSEMBLERS, [order_id]).map(row => row.user_id);

/** Quality proposes, procurement or a coordinator sends it (R1). Refuses `return_needs_pre_qc`. */
export function proposeReturn(ctx: CommandCtx, { ncr_id, expected_version }: Input<'proposeReturn'>) {
  const ncr = ncrById(ctx, ncr_id);
  if (ncr.ncr_type !== 'PRE_QC_REJECTION' || ncr.order_id === null || !isUnsettled(ncr.status))
    refuse('return_needs_pre_qc', { ncr_number: ncr.ncr_number });
  proposeReturnOf(ctx, ncr_id, expected_version);
  const order = orderRow(ctx, ncr.order_id ?? '');
  tell(ctx, order, {
    roles: ['PROCUREMENT', 'PLANNER'],
    type: 'ERROR',
    priority: 'HIGH',
    code: 'return_proposed',
    values: { ncr_number: ncr.ncr_number },
  });
  return {};
}

export function startRework(ctx: CommandCtx, { ncr_id, expected_version }: Input<'startRework'>) {
  moveNcr(ctx, ncrById(ctx, ncr_id), 'IN_REVIEW', { expected_version });
  return {};
}

/** Refuses `shortage_is_procurements`: a shortage is settled by whoever gets the part. */
export function resolveIssue(ctx: CommandCtx, input: Input<'resolveIssue'>) {
  const ncr = ncrById(ctx, input.ncr_id);
  if (ncr.ncr_type === 'SHORTAGE') refuse('shortage_is_procurements', { ncr_number: ncr.ncr_number });
  settle(ctx, ncr, input, 'REWORK_COMPLETED');
  return {};
}

/** Refuses `issue_is_no_shortage`. */
export function resolveShortage(ctx: CommandCtx, input: Input<'resolveShortage'>) {
  const ncr = ncrById(ctx, input.ncr_id);
  if (ncr.ncr_type !== 'SHORTAGE') refuse('issue_is_no_shortage', { ncr_number: ncr.ncr_number });
  settle(ctx, ncr, input, 'PARTS_SHORTAGE_RESOLVED');
  return {};
}

function settle(
  ctx: CommandCtx,
  ncr: NcrRow,
  { resolution_notes, expected_version }: Input<'resolveIssue'>,
  action: string,
): void {
  moveNcr(ctx, ncr, 'RESOLVED', { resolution_notes, expected_version });
  if (ncr.order_id === null) return;
  const order = orderRow(ctx, ncr.order_id);
  noteOn(ctx, order, { action, comment: resolution_notes, metadata: { ncr_number: ncr.ncr_number } });
  const is_shortage = ncr.ncr_type === 'SHORTAGE';
  tell(ctx, order, {
    roles: is_shortage ? [] : ['QC_INSPECTOR', 'PLANNER'],
    user_ids: is_shortage && order.current_assignee_id !== null ? [order.current_assignee_id] : [],
    type: is_shortage ? 'INFO' : 'QC_REQUIRED',
    code: is_shortage ? 'shortage_resolved' : 'rework_finished',
    values: { ncr_number: ncr.ncr_number },
  });
}
