import { eq } from 'drizzle-orm';
import type { Id } from '../../../db/kit/columns.ts';
import type { RowOf } from '../../../db/kit/define-table.ts';
import { approvalRequest, approvals } from '../../../db/schema/configuration.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { ApprovalRow, configuration } from '../../../preload/contract/configuration.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import { seedId } from '../../platform/seed-id.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { roleName, rolesOf } from '../identity/role-holders.service.ts';
import { confirmSigner, signRecord } from '../identity/signature.service.ts';
import { notify } from '../infrastructure/notifications.service.ts';
import { approvalDeclaration } from './approval-words.rules.ts';
import { recordStep } from './history.service.ts';
import type { WorkflowTransition } from './workflow.rules.ts';

type Input<P extends keyof typeof configuration> = ParsedInputOf<(typeof configuration)[P]>;
type Approval = RowOf<typeof approvals>;
const HOUR_MS = 3_600_000;

export interface Asking {
  entity_type: string;
  entity_id: string;
  /** Names the record to a person. */
  label: string;
  /** Where the record stands, and stays until somebody agreed. */
  status: string;
  way: WorkflowTransition & { approval: NonNullable<WorkflowTransition['approval']> };
  comment: string | undefined;
  /** What the step needs besides, kept until it is taken. */
  step: Record<string, unknown>;
}

/** Asks whoever the way names. Refuses `approval_pending` while the record waits for another answer. */
export function requestApproval(ctx: CommandCtx, asking: Asking): void {
  const { entity_type, entity_id, label, way } = asking;
  refusePending(ctx, entity_type, entity_id);
  const { approver_role, approver_user_id, due_hours } = way.approval;
  const row = ctx.insert(approvals, {
    entity_type,
    entity_id,
    entity_label: label,
    transition_id: transitionId(ctx, entity_type, way.code),
    approval_type: 'transition',
    approver_role: approver_user_id === undefined ? (approver_role ?? 'ORG_ADMIN') : null,
    approver_user_id: approver_user_id === undefined ? null : userId(approver_user_id),
    request_comment: asking.comment,
    requested_by: ctx.actor.user_id,
    requested_at_ms: ctx.now_ms,
    due_at_ms: ctx.now_ms + due_hours * HOUR_MS,
    step: asking.step,
  });
  recordStep(ctx, {
    entity_type,
    entity_id,
    event_type: 'transition_pending_approval',
    action: 'APPROVAL_REQUESTED',
    from_status: asking.status,
    to_status: asking.status,
    transition_code: way.code,
    comment: asking.comment,
    metadata: { approval_id: row.id, to_status: way.to },
  });
  tellApprover(ctx, row, 'approval_requested');
}
const userId = (id: string): Id<'users'> => approvals.row.shape.requested_by.parse(id);
const TRANSITION = `select w.id from workflow_transitions w join workflows f on f.id = w.workflow_id
  where f.entity_type = ? and f.is_active = 1 and w.transition_code = ? order by f.workflow_version desc limit 1`;
const transitionId = (ctx: ReadCtx, entity_type: string, code: string) =>
  ctx.sql.get<{ id: Id<'workflow_transitions'> }>(TRANSITION, [entity_type, code])?.id ?? null;

function tellApprover(ctx: CommandCtx, row: Approval, code: string, once?: string): void {
  notify(ctx, {
    roles: row.approver_role === null ? [] : [row.approver_role],
    user_ids: row.approver_user_id === null ? [] : [row.approver_user_id],
    type: 'INFO',
    priority: code === 'approval_escalated' ? 'HIGH' : 'NORMAL',
    message_code: `configuration:notices.${code}`,
    message_values: { label: row.entity_label, by: ctx.actor.full_name },
    entity: { type: 'approvals', id: row.id },
    ...(once !== undefined && { once }),
  });
}

const COLUMNS = `a.id as approval_id, a.entity_type, a.entity_id, a.entity_label, a.approver_role, a.approver_user_id,
    p.full_name as approver_name, a.status, a.request_comment, a.requested_by, q.full_name as requested_by_name, a.requested_at_ms,
    a.due_at_ms, r.full_name as responded_by_name, a.responded_at_ms, a.approval_comment, a.row_version,
    w.transition_code, w.transition_name, w.approval as request`;
const JOINS = `from approvals a join users q on q.id = a.requested_by left join users p on p.id = a.approver_user_id
  left join users r on r.id = a.responded_by left join workflow_transitions w on w.id = a.transition_id`;
interface Stored
  extends Omit<
    ApprovalRow,
    'approver_name' | 'is_mine' | 'is_own' | 'is_overdue' | 'needs_signature' | 'step_name'
  > {
  approver_name: string | null;
  approver_user_id: string | null;
  requested_by: string;
  transition_name: string | null;
  request: string | null;
}
function shown(ctx: ReadCtx, roles: readonly string[], row: Stored): ApprovalRow {
  const { approver_user_id, requested_by, transition_name, request, ...rest } = row;
  const is_open = row.status === 'PENDING';
  return {
    ...rest,
    approver_name: approverWords(ctx, row),
    step_name: transition_name === null ? null : JSON.parse(transition_name),
    needs_signature: request !== null && approvalRequest.parse(JSON.parse(request)).needs_signature,
    is_own: requested_by === ctx.actor.user_id,
    is_mine: is_open && mayAnswer(ctx, roles, row),
    is_overdue: is_open && ctx.now_ms > row.due_at_ms,
  };
}
/** The named person, or whoever holds the role here and now; never whoever asked. */
const mayAnswer = (
  ctx: ReadCtx,
  roles: readonly string[],
  row: Pick<Stored, 'approver_user_id' | 'approver_role' | 'requested_by'>,
): boolean =>
  row.requested_by !== ctx.actor.user_id &&
  (row.approver_user_id === ctx.actor.user_id ||
    (row.approver_role !== null && roles.includes(row.approver_role)));

/** Who is asked, in the reader's words. */
const approverWords = (
  ctx: ReadCtx,
  { approver_name, approver_role }: Pick<Stored, 'approver_name' | 'approver_role'>,
): string => approver_name ?? (approver_role === null ? '' : roleName(ctx, approver_role));

const MOST_SHOWN = 200;
const LIST = `select ${COLUMNS} ${JOINS} where a.organization_id = @organization_id
  and (@only_open = 0 or a.status = 'PENDING')
  and (@sees_all = 1 or a.requested_by = @me or a.approver_user_id = @me or a.approver_role in (select value from json_each(@roles)))
  order by a.status <> 'PENDING', a.due_at_ms, a.id limit ${MOST_SHOWN}`;
/** What waits for this person, and what he asked of others; administrators see all. */
export function listApprovals(ctx: ReadCtx, { only_open }: Input<'approvals'>) {
  const roles = rolesOf(ctx, ctx.actor.user_id);
  const rows = ctx.sql.all<Stored>(LIST, {
    organization_id: ctx.organization_id,
    only_open: only_open ? 1 : 0,
    sees_all: ctx.actor.may('settings:update') ? 1 : 0,
    me: ctx.actor.user_id,
    roles: JSON.stringify(roles),
  });
  const found = rows.map(row => shown(ctx, roles, row));
  return { approvals: found, waiting: found.filter(row => row.is_mine).length };
}

/** The answer a record waits for, or null. */
export function pendingApproval(ctx: ReadCtx, entity_type: string, entity_id: string): ApprovalRow | null {
  const row = ctx.sql.get<Stored>(
    `select ${COLUMNS} ${JOINS} where a.entity_type = ? and a.entity_id = ? and a.status = 'PENDING' order by a.requested_at_ms limit 1`,
    [entity_type, entity_id],
  );
  return row ? shown(ctx, rolesOf(ctx, ctx.actor.user_id), row) : null;
}
/** Refuses `approval_pending` and says who may answer. */
export function refusePending(ctx: ReadCtx, entity_type: string, entity_id: string): void {
  const pending = pendingApproval(ctx, entity_type, entity_id);
  if (pending) refuse('approval_pending', { label: pending.entity_label, approver: pending.approver_name });
}

function openApproval(ctx: ReadCtx, approval_id: Id<'approvals'>): Approval {
  const row = ctx.db.select().from(t.approvals).where(eq(t.approvals.id, approval_id)).get();
  if (!row) return refuse('row_not_found', { table: 'approvals', id: approval_id });
  if (row.status !== 'PENDING') refuse('approval_answered', { label: row.entity_label });
  return row;
}

const fullName = (ctx: ReadCtx, id: string): string | null =>
  ctx.sql.get<{ full_name: string }>('select full_name from users where id = ?', [id])?.full_name ?? null;
const approverOf = (ctx: ReadCtx, { approver_user_id, approver_role }: Approval): string =>
  approverWords(ctx, { approver_name: fullName(ctx, approver_user_id ?? ''), approver_role });

/**
 * Approved, the step is taken in the same transaction; whatever stands against it now refuses the approval too.
 * Refuses `approval_not_yours`, `approval_own`, `approval_comment_missing`, and what signing refuses.
 */
export function answerApproval(ctx: CommandCtx, input: Input<'answerApproval'>) {
  const row = openApproval(ctx, input.approval_id);
  const names = { label: row.entity_label, approver: approverOf(ctx, row) };
  if (row.requested_by === ctx.actor.user_id) refuse('approval_own', names);
  if (!mayAnswer(ctx, rolesOf(ctx, ctx.actor.user_id), row)) refuse('approval_not_yours', names);
  if (input.decision === 'REJECTED' && input.comment === undefined) refuse('approval_comment_missing', names);
  const way = ctx.sql.get<{ transition_code: string; approval: string | null }>(
    'select transition_code, approval from workflow_transitions where id = ?',
    [row.transition_id ?? ''],
  );
  const request = way?.approval ? approvalRequest.parse(JSON.parse(way.approval)) : undefined;
  const signature_id = request?.needs_signature ? signed(ctx, row, input) : null;
  if (input.comment !== undefined) ctx.because(input.comment);
  ctx.update(
    approvals,
    row.id,
    {
      status: input.decision,
      responded_by: ctx.actor.user_id,
      responded_at_ms: ctx.now_ms,
      approval_comment: input.comment,
      signature_id,
    },
    input.expected_version,
  );
  ctx.record({
    action: input.decision === 'APPROVED' ? 'APPROVE' : 'REJECT',
    category: 'approvals',
    entity_type: row.entity_type,
    entity_id: row.entity_id,
    entity_identifier: row.entity_label,
    metadata: { approval_id: row.id, transition_code: way?.transition_code },
  });
  notify(ctx, {
    user_ids: [row.requested_by],
    type: 'INFO',
    message_code: `configuration:notices.approval_${input.decision.toLowerCase()}`,
    message_values: { label: row.entity_label, by: ctx.actor.full_name, reason: input.comment ?? '' },
    entity: { type: row.entity_type, id: row.entity_id },
  });
  ctx.announce({
    kind: 'approval_answered',
    entity_type: row.entity_type,
    entity_id: row.entity_id,
    transition_code: way?.transition_code ?? '',
    is_approved: input.decision === 'APPROVED',
    requested_by: row.requested_by,
    request_comment: row.request_comment,
    answer_comment: input.comment ?? null,
    step: row.step ?? {},
  });
  return {};
}

function signed(ctx: CommandCtx, row: Approval, input: Input<'answerApproval'>): Id<'electronic_signatures'> {
  const method = confirmSigner(ctx, input.credentials ?? {});
  const plant = ctx.sql.get<{ timezone: string }>('select timezone from plants where id = ?', [
    ctx.actor.plant_id,
  ]);
  const { locale } = ctx.actor;
  return signRecord(ctx, {
    entity_type: 'approvals',
    entity_id: row.id,
    entity_identifier: row.entity_label,
    meaning: `APPROVAL_${input.decision}`,
    declaration: approvalDeclaration(input.decision, row.entity_label, locale),
    timezone: plant?.timezone ?? 'UTC',
    method,
    content: {
      entity_type: row.entity_type,
      entity_id: row.entity_id,
      entity_label: row.entity_label,
      transition_id: row.transition_id,
      decision: input.decision,
      comment: input.comment ?? null,
      requested_by: row.requested_by,
      requested_at_ms: row.requested_at_ms,
    },
  }).id;
}

/** Whoever asked takes it back. Refuses `approval_of_another`. */
export function cancelApproval(ctx: CommandCtx, { approval_id, expected_version }: Input<'cancelApproval'>) {
  const row = openApproval(ctx, approval_id);
  if (row.requested_by !== ctx.actor.user_id)
    refuse('approval_of_another', {
      label: row.entity_label,
      name: fullName(ctx, row.requested_by) ?? '',
    });
  ctx.update(approvals, row.id, { status: 'CANCELLED' }, expected_version);
  return {};
}
/** The record moved on another way: nobody needs to answer any more. */
export function dropPending(ctx: CommandCtx, entity_type: string, entity_id: string): void {
  const rows = ctx.sql.all<{ id: Id<'approvals'> }>(
    "select id from approvals where entity_type = ? and entity_id = ? and status = 'PENDING'",
    [entity_type, entity_id],
  );
  for (const { id } of rows) ctx.update(approvals, id, { status: 'CANCELLED' });
}

const WAITING = `select a.id, w.approval from approvals a join workflow_transitions w on w.id = a.transition_id
  where a.status = 'PENDING' and a.organization_id = ? and w.approval is not null`;
/** What waits too long is asked of the role its way names; two stations that both notice make one request. */
export function escalateApprovals(ctx: CommandCtx): void {
  for (const found of ctx.sql.all<{ id: Id<'approvals'>; approval: string }>(WAITING, [
    ctx.organization_id,
  ])) {
    const { escalate_after_hours, escalate_to_role } = approvalRequest.parse(JSON.parse(found.approval));
    if (escalate_after_hours === undefined || escalate_to_role === undefined) continue;
    const row = openApproval(ctx, found.id);
    const since_ms = row.requested_at_ms + escalate_after_hours * HOUR_MS;
    if (row.approver_role === escalate_to_role || ctx.now_ms <= since_ms) continue;
    ctx.update(approvals, row.id, { status: 'ESCALATED' });
    const raised = ctx.insert(approvals, {
      id: seedId('approvals', `escalated ${row.id}`),
      entity_type: row.entity_type,
      entity_id: row.entity_id,
      entity_label: row.entity_label,
      transition_id: row.transition_id,
      approval_type: row.approval_type,
      approver_role: escalate_to_role,
      priority: 'HIGH',
      request_comment: row.request_comment,
      requested_by: row.requested_by,
      requested_at_ms: since_ms,
      due_at_ms: since_ms + escalate_after_hours * HOUR_MS,
      step: row.step,
    });
    tellApprover(ctx, raised, 'approval_escalated', `escalated ${row.id}`);
  }
}
