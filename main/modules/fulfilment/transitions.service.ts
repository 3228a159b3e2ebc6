import { z } from 'zod';
import type { Id } from '../../../db/kit/columns.ts';
import type {
  fulfilment,
  Missing,
  Situation,
  TransitionOffer,
} from '../../../preload/contract/fulfilment.ts';
import { buildStatus } from '../../../preload/contract/orders.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, DomainEventOf, ReadCtx } from '../../rpc/context.ts';
import { refuse, refuseAndKeep } from '../../rpc/refusal.ts';
import {
  dropPending,
  pendingApproval,
  refusePending,
  requestApproval,
} from '../configuration/approvals.service.ts';
import {
  type Acting,
  fieldsHold,
  mayTake,
  type Workflow,
  type WorkflowTransition,
} from '../configuration/workflow.rules.ts';
import { actingOn, requireWorkflow } from '../configuration/workflow.service.ts';
import { noteOn, setOrderStatus } from '../orders/status.service.ts';
import { taskProgress } from '../production/progress.service.ts';
import { serialsMissing } from '../traceability/serials.service.ts';
import { type BuildFacts, buildFacts } from './build-facts.service.ts';
import { afterMove } from './effects.service.ts';
import { flagOf, type GuardFacts, missingFor } from './guards.rules.ts';
import { statusOf } from './status.rules.ts';

type Input<P extends keyof typeof fulfilment> = ParsedInputOf<(typeof fulfilment)[P]>;

const PERSON = 'select id as user_id, full_name, initials from users where id = ?';

/** Where a build stands for the acting person. Refuses `row_not_found` and `workflow_missing`. */
export function situation(ctx: ReadCtx, { order_id }: { order_id: string }): Situation {
  const facts = buildFacts(ctx, order_id);
  const { order } = facts;
  const workflow = requireWorkflow(ctx, 'orders');
  const acting = actingOn(ctx, order.current_assignee_id);
  const state = workflow.states.find(entry => entry.code === order.order_status);
  const has_role = state?.assignee_roles.some(role => acting.roles.includes(role)) ?? false;
  const order_status = buildStatus.parse(order.order_status);
  return {
    order_id: order.id,
    order_status,
    row_version: order.row_version,
    in_status_since_ms: facts.in_status_since_ms,
    flag: flagOf(facts.issues),
    assignee:
      order.current_assignee_id === null
        ? null
        : (ctx.sql.get<NonNullable<Situation['assignee']>>(PERSON, [order.current_assignee_id]) ?? null),
    is_mine: acting.is_assignee,
    can_claim: order.current_assignee_id === null && has_role && ctx.actor.may('orders:claim'),
    can_assign: order_status !== 'SHIPPED' && ctx.actor.may('orders:assign'),
    can_override: ctx.actor.may('orders:override'),
    transitions: offersFrom(ctx, workflow, facts, acting),
    issues: facts.issues,
    approval: pendingApproval(ctx, 'orders', order.id),
  };
}

function offersFrom(ctx: ReadCtx, workflow: Workflow, facts: BuildFacts, acting: Acting): TransitionOffer[] {
  const guardFacts = withWork(ctx, facts);
  return workflow.transitions
    .filter(way => way.from === facts.order.order_status && fieldsHold(way, facts.order))
    .map(way => ({
      transition_code: way.code,
      name: way.name,
      to_status: statusOf(way.to),
      needs_comment: way.needs_comment,
      is_mine: ctx.actor.may('orders:transition') && mayTake(way, acting),
      roles: way.conditions.required_roles,
      approver: way.approval === null ? null : approverOf(ctx, way.approval),
      missing: missingFor(way.guards, guardFacts),
    }));
}
function approverOf(
  ctx: ReadCtx,
  { approver_role, approver_user_id }: NonNullable<WorkflowTransition['approval']>,
) {
  const person = ctx.sql.get<{ full_name: string }>(PERSON, [approver_user_id ?? '']);
  return { role: approver_role ?? null, name: person?.full_name ?? null };
}
const withWork = (ctx: ReadCtx, facts: BuildFacts): GuardFacts => ({
  ...facts,
  tasks: taskProgress(ctx, facts.order.id),
  serials_missing: serialsMissing(ctx, facts.order.id).map(serial => serial.material_number),
});

/**
 * Takes one way of the workflow. Refuses `transition_not_allowed` with the ways that are open,
 * `transition_blocked` with all that is missing, `comment_missing` and `row_changed`.
 */
export function move(ctx: CommandCtx, input: Input<'move'>): Situation {
  const facts = buildFacts(ctx, input.order_id);
  const { order } = facts;
  if (order.row_version !== input.expected_version)
    refuse('row_changed', {
      table: 'orders',
      id: order.id,
      yours: input.expected_version,
      current: order.row_version,
    });
  const workflow = requireWorkflow(ctx, 'orders');
  const acting = actingOn(ctx, order.current_assignee_id);
  const way = wayOf(ctx, workflow, facts, acting, input.transition_code);
  const missing = missingFor(way.guards, withWork(ctx, facts));
  const held = input.waive ? missing.filter(entry => !entry.is_waivable) : missing;
  refuseBlocked(order, way, held);
  const is_waived = missing.length > 0;
  if ((way.needs_comment || is_waived) && input.comment === undefined)
    refuse('comment_missing', { transition: way.code });
  takeOrAsk(ctx, facts, way, {
    comment: input.comment,
    metadata: is_waived ? { waived: missing.map(entry => entry.code) } : {},
    carrier_name: input.carrier_name,
    tracking_number: input.tracking_number,
  });
  return situation(ctx, input);
}

/** A way that needs somebody's approval is asked for; the build stays where it is until then. */
function takeOrAsk(ctx: CommandCtx, facts: BuildFacts, way: WorkflowTransition, taking: Taking): void {
  const { order } = facts;
  if (way.approval === null) {
    refusePending(ctx, 'orders', order.id);
    takeWay(ctx, facts, way, taking);
    return;
  }
  const { comment, ...step } = taking;
  requestApproval(ctx, {
    entity_type: 'orders',
    entity_id: order.id,
    label: `${order.order_number} ${order.build_number}`,
    status: order.order_status,
    way: { ...way, approval: way.approval },
    comment,
    step: heldTaking.parse(step),
  });
}
const heldTaking = z.object({
  metadata: z.record(z.string(), z.unknown()).optional(),
  carrier_name: z.string().optional(),
  tracking_number: z.string().optional(),
});

/**
 * Approved: the way is taken as it was asked for, if it still starts here and nothing stands against it. Refuses
 * `approval_outdated` and `transition_blocked`.
 */
export function followAnswer(ctx: CommandCtx, event: DomainEventOf<'approval_answered'>): void {
  if (event.entity_type !== 'orders') return;
  const facts = buildFacts(ctx, event.entity_id);
  const { order } = facts;
  const label = `${order.order_number} ${order.build_number}`;
  if (!event.is_approved) {
    noteOn(ctx, order, { action: 'APPROVAL_REJECTED', comment: event.answer_comment ?? undefined });
    return;
  }
  const way =
    requireWorkflow(ctx, 'orders').transitions.find(
      entry => entry.code === event.transition_code && entry.from === order.order_status,
    ) ?? refuse('approval_outdated', { label });
  const taking = heldTaking.parse(event.step);
  const waived = z.array(z.string()).catch([]).parse(taking.metadata?.waived);
  const missing = missingFor(way.guards, withWork(ctx, facts)).filter(entry => !waived.includes(entry.code));
  refuseBlocked(order, way, missing);
  takeWay(ctx, facts, way, {
    ...taking,
    comment: event.request_comment ?? undefined,
    metadata: { ...taking.metadata, requested_by: event.requested_by },
  });
}

function refuseBlocked(order: BuildFacts['order'], way: WorkflowTransition, held: readonly Missing[]): void {
  if (held.length > 0)
    refuse('transition_blocked', {
      order_number: order.order_number,
      build_number: order.build_number,
      to: way.to,
      missing: held,
      first: held[0]?.code,
      ...held[0]?.values,
    });
}

/** The way named, when it starts here and this person may take it; otherwise the attempt is recorded and refused. */
function wayOf(
  ctx: CommandCtx,
  workflow: Workflow,
  { order }: BuildFacts,
  acting: Acting,
  transition_code: string,
): WorkflowTransition {
  const here = workflow.transitions.filter(way => way.from === order.order_status && mayTake(way, acting));
  const way = here.find(entry => entry.code === transition_code && fieldsHold(entry, order));
  if (way) return way;
  ctx.record({
    action: 'REJECT',
    category: 'access',
    entity_type: 'orders',
    entity_id: order.id,
    entity_identifier: `${order.order_number} ${order.build_number}`,
    metadata: { transition_code, order_status: order.order_status },
  });
  return refuseAndKeep('transition_not_allowed', {
    order_number: order.order_number,
    build_number: order.build_number,
    order_status: order.order_status,
    transition: transition_code,
    allowed: here.map(entry => entry.to),
  });
}

export interface Taking {
  comment?: string | undefined;
  metadata?: Record<string, unknown>;
  carrier_name?: string | undefined;
  tracking_number?: string | undefined;
}
/** Writes the status, its history and everything that follows from it, in the caller's transaction. */
function takeWay(ctx: CommandCtx, facts: BuildFacts, way: WorkflowTransition, taking: Taking): void {
  const to = statusOf(way.to);
  if (taking.comment !== undefined) ctx.because(taking.comment);
  setOrderStatus(ctx, facts.order, to, {
    action: to === 'SHIPPED' ? 'SHIPPED' : 'STATUS_UPDATED',
    transition_code: way.code,
    comment: taking.comment,
    metadata: taking.metadata ?? {},
  });
  afterMove(ctx, facts, way.code, to, taking);
}

/** An administrator's way past the workflow. Refuses `status_unchanged`. */
export function override(ctx: CommandCtx, input: Input<'override'>): Situation {
  const facts = buildFacts(ctx, input.order_id);
  const { order } = facts;
  if (order.order_status === input.to_status)
    refuse('status_unchanged', { order_status: order.order_status });
  requireWorkflow(ctx, 'orders');
  ctx.because(input.reason);
  dropPending(ctx, 'orders', order.id);
  setOrderStatus(
    ctx,
    order,
    input.to_status,
    { action: 'ADMIN_OVERRIDE', transition_code: 'AX', comment: input.reason, metadata: {} },
    input.expected_version,
  );
  afterMove(ctx, facts, 'AX', input.to_status, {});
  return situation(ctx, input);
}

/** Moves a build along a way as part of other work; the way must be open to the person, otherwise nothing moves. */
export function moveIfOpen(ctx: CommandCtx, order_id: Id<'orders'>, code: string, taking: Taking): boolean {
  const facts = buildFacts(ctx, order_id);
  const workflow = requireWorkflow(ctx, 'orders');
  const acting = actingOn(ctx, facts.order.current_assignee_id);
  const way = workflow.transitions.find(
    entry => entry.code === code && entry.from === facts.order.order_status,
  );
  if (!way || !mayTake(way, acting)) return false;
  if (missingFor(way.guards, withWork(ctx, facts)).length > 0) return false;
  if (pendingApproval(ctx, 'orders', facts.order.id)) return false;
  takeOrAsk(ctx, facts, way, taking);
  return way.approval === null;
}
