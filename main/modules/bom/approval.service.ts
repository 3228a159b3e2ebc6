import type { Id } from '../../../db/kit/columns.ts';
import type { BomHeader, bom } from '../../../preload/contract/bom.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { replaceLine, setBomStatus, updateBom } from '../catalogue/bom-store.service.ts';
import { unitOf } from '../catalogue/plant.service.ts';
import { recordStep } from '../configuration/history.service.ts';
import { notify } from '../infrastructure/notifications.service.ts';
import { type HeaderRow, headerOf, headerRow, headersOf, orderFacts } from './bom-rows.service.ts';
import { storeTree } from './generation.service.ts';
import { mayReopen } from './reopen.rules.ts';
import { storedTree } from './tree.service.ts';
import { requireWarningsRead } from './warnings.service.ts';

type Input<P extends keyof typeof bom> = ParsedInputOf<(typeof bom)[P]>;

/** Refuses `bom_not_draft`, and `row_changed` when someone changed the BOM since it was looked at. */
export function draftOf(
  ctx: CommandCtx,
  { bom_id, expected_version }: { bom_id: string; expected_version: number },
): HeaderRow {
  const header = headerRow(ctx, bom_id);
  if (header.status !== 'DRAFT') refuse('bom_not_draft', { ...names(header), status: header.status });
  if (header.row_version !== expected_version)
    refuse('row_changed', {
      table: 'bom_headers',
      id: bom_id,
      yours: expected_version,
      current: header.row_version,
    });
  return header;
}
const names = ({ order_number, build_number, bom_version }: HeaderRow) => ({
  order_number,
  build_number,
  bom_version,
});
const step = (header: HeaderRow, action: string, comment?: string) => ({
  entity_type: 'orders',
  entity_id: header.order_id,
  action,
  from_status: header.order_status,
  to_status: header.order_status,
  comment,
  metadata: { bom_version: header.bom_version },
});

function assigneeOf(ctx: CommandCtx, order_id: string): Id<'users'>[] {
  const row = ctx.sql.get<{ user_id: Id<'users'> | null }>(
    'select current_assignee_id as user_id from orders where id = ?',
    [order_id],
  );
  return row?.user_id ? [row.user_id] : [];
}

/** Names are frozen, earlier versions superseded, and the order points here (by the announcement). */
export function approveBom(ctx: CommandCtx, input: Input<'approve'>): BomHeader {
  const header = draftOf(ctx, input);
  requireWarningsRead(ctx, header);
  for (const row of storedTree(ctx, header.bom_id))
    if (row.line_id !== null) replaceLine(ctx, row.line_id, { frozen_name: row.name.slice(0, 200) });
  const versions = headersOf(ctx, header.order_id);
  const replaced = versions.find(other => other.status === 'APPROVED');
  for (const other of versions) {
    if (other.bom_id !== header.bom_id && other.status !== 'SUPERSEDED')
      setBomStatus(ctx, other.bom_id, 'SUPERSEDED');
  }
  setBomStatus(ctx, header.bom_id, 'APPROVED');
  ctx.record({
    action: 'APPROVE',
    category: 'bom',
    entity_type: 'bom_headers',
    entity_id: header.bom_id,
    entity_identifier: header.bom_number,
    metadata: { bom_version: header.bom_version },
  });
  recordStep(ctx, step(header, 'BOM_APPROVED'));
  notify(ctx, {
    roles: ['PLANNER'],
    user_ids: assigneeOf(ctx, header.order_id),
    type: 'INFO',
    message_code: 'bom:notices.approved',
    message_values: names(header),
    entity: { type: 'orders', id: header.order_id },
  });
  ctx.announce({
    kind: 'bom_approved',
    order_id: header.order_id,
    bom_version: header.bom_version,
    replaced_bom_id: replaced?.bom_id ?? null,
  });
  return headerOf(headerRow(ctx, header.bom_id));
}

/** All or none: the first that cannot be approved is named. */
export const bulkApprove = (ctx: CommandCtx, { boms }: Input<'bulkApprove'>) => ({
  approved: boms.map(input => approveBom(ctx, input)),
});

/** Stays a draft; the coordinators and whoever entered the order read why. */
export function sendBack(ctx: CommandCtx, { reason, ...input }: Input<'sendBack'>): BomHeader {
  const header = draftOf(ctx, input);
  ctx.because(reason);
  updateBom(ctx, header.bom_id, {});
  ctx.record({
    action: 'REJECT',
    category: 'bom',
    entity_type: 'bom_headers',
    entity_id: header.bom_id,
    entity_identifier: header.bom_number,
    metadata: { bom_version: header.bom_version },
  });
  recordStep(ctx, step(header, 'BOM_SENT_BACK', reason));
  ctx.announce({ kind: 'bom_sent_back', order_id: header.order_id, bom_version: header.bom_version, reason });
  return headerOf(headerRow(ctx, header.bom_id));
}

/** A draft copied from the approved version. From production on only an administrator may, and says why. */
export function reopenBom(ctx: CommandCtx, { order_id, reason }: Input<'reopen'>): BomHeader {
  const order = orderFacts(ctx, order_id);
  const versions = headersOf(ctx, order_id);
  const draft = versions.find(({ status }) => status === 'DRAFT');
  if (draft) refuse('bom_draft_exists', names(draft));
  const approved =
    versions.find(({ status }) => status === 'APPROVED') ??
    refuse('bom_not_approved', { order_number: order.order_number, build_number: order.build_number });
  const verdict = mayReopen(order.order_status, ctx.actor.may('order_boms:override'), reason);
  if (verdict !== 'allowed') refuse(verdict, { ...names(approved), order_status: order.order_status });
  if (reason !== undefined) ctx.because(reason);
  const each = unitOf(ctx, 'EA');
  const units = new Map(
    ctx.sql
      .all<{ id: typeof each; uom_code: string }>('select id, uom_code from units_of_measure')
      .map(unit => [unit.uom_code, unit.id]),
  );
  const tree = storedTree(ctx, approved.bom_id).map(row => ({
    ...row,
    uom_id: units.get(row.uom_code) ?? each,
  }));
  const { header } = storeTree(
    ctx,
    { ...order, configuration_revision: approved.configuration_revision },
    tree,
    [],
  );
  recordStep(ctx, {
    ...step(approved, 'BOM_REOPENED', reason),
    metadata: { bom_version: header.bom_version, copied_from: approved.bom_version },
  });
  notify(ctx, {
    roles: ['PLANNER'],
    user_ids: assigneeOf(ctx, order_id),
    type: 'INFO',
    message_code: 'bom:notices.reopened',
    message_values: { ...names(approved), bom_version: header.bom_version },
    entity: { type: 'orders', id: order_id },
  });
  return header;
}
