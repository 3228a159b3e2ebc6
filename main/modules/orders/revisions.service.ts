import type { Id } from '../../../db/kit/columns.ts';
import { order_config_items, orders as ordersTable } from '../../../db/schema/orders.ts';
import type { orders } from '../../../preload/contract/orders.ts';
import {
  type Configuration,
  configuration as configurationSchema,
  type Evaluation,
} from '../../../preload/contract/product-model.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, DomainEventOf, ReadCtx, Subscriptions } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { labelChange } from '../bom/answer-labels.rules.ts';
import { bomVersions } from '../bom/bom.service.ts';
import { headersOf, orderFacts } from '../bom/bom-rows.service.ts';
import { storeVersion } from '../bom/generation.service.ts';
import { judge, requireSubmittable } from '../bom/judge.service.ts';
import { removeBom } from '../catalogue/bom-store.service.ts';
import { type CatalogueIndex, catalogueIndex } from '../catalogue/catalogue.service.ts';
import { type CompiledModel, diffConfigurations } from '../catalogue/product-model.rules.ts';
import { modelById } from '../catalogue/product-models.service.ts';
import { recordStep } from '../configuration/history.service.ts';
import { unlinkAll } from '../infrastructure/files.service.ts';
import { notify } from '../infrastructure/notifications.service.ts';
import type { CleanHeader } from './header.rules.ts';
import { buildsOf, type OrderRow, orderRow } from './order-rows.service.ts';
import { isDeletable, isEditable } from './order-state.rules.ts';
import { insertConfigItems, insertRevision } from './submit.service.ts';

type Input<P extends keyof typeof orders> = ParsedInputOf<(typeof orders)[P]>;

const stateOf = (ctx: ReadCtx, row: OrderRow) => ({
  order_status: row.order_status,
  bom_statuses: bomVersions(ctx, row.id).map(({ status }) => status),
});
const names = ({ order_number, build_number }: OrderRow) => ({ order_number, build_number });

function editableOrder(ctx: CommandCtx, order_id: string): OrderRow {
  const row = orderRow(ctx, order_id);
  if (!isEditable(stateOf(ctx, row)))
    refuse('order_not_editable', { ...names(row), order_status: row.order_status });
  return row;
}
const compiledOf = (ctx: ReadCtx, row: OrderRow): CompiledModel =>
  modelById(ctx, row.product_model_id ?? refuse('product_model_unknown', { family: '' })).compiled;

/** The next revision of a configuration with the next version of the BOM. Refuses `configuration_unchanged` too. */
export function revise(
  ctx: CommandCtx,
  { order_id, expected_version, configuration, reason }: Input<'revise'>,
) {
  const row = editableOrder(ctx, order_id);
  const compiled = compiledOf(ctx, row);
  const index = catalogueIndex(ctx);
  const evaluation = judge(ctx, compiled, configuration, row, index);
  const normalized = requireSubmittable(row.build_number, evaluation);
  if (diffConfigurations(configurationSchema.parse(row.configuration), normalized).length === 0)
    refuse('configuration_unchanged', names(row));
  if (reason !== undefined) ctx.because(reason);
  return storeRevision(ctx, {
    row,
    compiled,
    index,
    evaluation,
    header: headerOfRow(row),
    expected_version,
    reason,
  });
}

interface NewRevision {
  row: OrderRow;
  compiled: CompiledModel;
  index: CatalogueIndex;
  evaluation: Evaluation;
  header: CleanHeader;
  expected_version: number | undefined;
  reason: string | undefined;
}
function storeRevision(
  ctx: CommandCtx,
  { row, compiled, index, evaluation, header, expected_version, reason }: NewRevision,
) {
  const before = configurationSchema.parse(row.configuration);
  const after: Configuration = evaluation.normalized;
  const changes = diffConfigurations(before, after);
  const revision_no = row.configuration_revision + 1;
  const { order_number: _number, ...fields } = header;
  ctx.update(
    ordersTable,
    row.id,
    { ...fields, configuration: after, configuration_revision: revision_no },
    expected_version,
  );
  for (const { id } of ctx.sql.all<{ id: string }>('select id from order_config_items where order_id = ?', [
    row.id,
  ]))
    ctx.remove(order_config_items, id);
  insertConfigItems(ctx, row.id, after, index);
  insertRevision(ctx, row.id, revision_no, after, header, reason);
  const made = storeVersion(ctx, orderFacts(ctx, row.id), evaluation.lines, index, changes);
  recordStep(ctx, {
    entity_type: 'orders',
    entity_id: row.id,
    action: 'CONFIGURATION_UPDATED',
    from_status: row.order_status,
    to_status: row.order_status,
    comment: reason,
    metadata: { revision_no, bom_version: made.header.bom_version, answers: changes.length },
  });
  return {
    revision_no,
    bom_id: made.header.bom_id,
    bom_version: made.header.bom_version,
    answers: changes.map(change => labelChange(compiled, change)),
    differences: made.differences,
    counts: made.counts,
  };
}

const headerOfRow = (row: OrderRow): CleanHeader => ({
  order_number: row.order_number,
  customer_name: row.customer_name,
  project_name: row.project_name,
  sales_person: row.sales_person ?? '',
  want_on: row.want_on ?? '',
  document_language: row.document_language,
  notes: row.notes,
});

/** One build or, on wish, every build of the order. Another language changes the manuals: a revision of its own. */
export function updateHeader(
  ctx: CommandCtx,
  { order_id, expected_version, patch, whole_po, reason }: Input<'updateHeader'>,
) {
  const chosen = editableOrder(ctx, order_id);
  if (reason !== undefined) ctx.because(reason);
  const others = whole_po
    ? buildsOf(ctx, chosen.order_number)
        .filter(build => build.order_id !== chosen.id)
        .map(build => editableOrder(ctx, build.order_id))
    : [];
  const fields = {
    ...patch,
    ...(patch.project_name === undefined ? {} : { project_name: patch.project_name || null }),
    ...(patch.notes === undefined ? {} : { notes: patch.notes || null }),
  };
  for (const row of [chosen, ...others]) {
    const version = row.id === chosen.id ? expected_version : undefined;
    if (patch.document_language !== undefined && patch.document_language !== row.document_language) {
      const header = { ...headerOfRow(row), ...fields };
      const compiled = compiledOf(ctx, row);
      const index = catalogueIndex(ctx);
      const evaluation = judge(ctx, compiled, row.configuration, header, index);
      requireSubmittable(row.build_number, evaluation);
      storeRevision(ctx, { row, compiled, index, evaluation, header, expected_version: version, reason });
      continue;
    }
    ctx.update(ordersTable, row.id, fields, version);
    recordStep(ctx, {
      entity_type: 'orders',
      entity_id: row.id,
      action: 'HEADER_UPDATED',
      from_status: row.order_status,
      to_status: row.order_status,
      comment: reason,
      metadata: { fields: Object.keys(patch) },
    });
  }
  return { updated: [chosen, ...others].map(row => row.id) };
}

interface RevisionRow {
  revision_no: number;
  revised_at_ms: number;
  revised_by_name: string;
  reason: string | null;
  configuration: string;
}
const REVISIONS = `select r.revision_no, r.revised_at_ms, coalesce(u.full_name, 'Millwright') as revised_by_name, r.reason, r.configuration
  from order_revisions r left join users u on u.id = r.created_by where r.order_id = ? order by r.revision_no desc`;
export function listRevisions(ctx: ReadCtx, { order_id }: Input<'listRevisions'>) {
  orderRow(ctx, order_id);
  return {
    revisions: ctx.sql
      .all<RevisionRow>(REVISIONS, [order_id])
      .map(row => ({ ...row, configuration: configurationSchema.parse(JSON.parse(row.configuration)) })),
  };
}
export function diffRevisions(ctx: ReadCtx, { order_id, from, to }: Input<'diffRevisions'>) {
  const compiled = compiledOf(ctx, orderRow(ctx, order_id));
  const { revisions } = listRevisions(ctx, { order_id });
  const at = (revision_no: number) =>
    revisions.find(revision => revision.revision_no === revision_no)?.configuration ??
    refuse('revision_unknown', { revision_no });
  return { answers: diffConfigurations(at(from), at(to)).map(change => labelChange(compiled, change)) };
}

/** Takes the build with its BOMs away; revisions, history and audit trail stay. */
export function deleteOrder(ctx: CommandCtx, { order_id, expected_version, reason }: Input<'deleteOrder'>) {
  const row = orderRow(ctx, order_id);
  if (!isDeletable(stateOf(ctx, row)))
    refuse('order_not_deletable', { ...names(row), order_status: row.order_status });
  if (row.row_version !== expected_version)
    refuse('row_changed', {
      table: 'orders',
      id: order_id,
      yours: expected_version,
      current: row.row_version,
    });
  ctx.because(reason);
  unlinkAll(ctx, 'orders', order_id);
  for (const { bom_id } of headersOf(ctx, order_id)) removeBom(ctx, bom_id);
  recordStep(ctx, {
    entity_type: 'orders',
    entity_id: order_id,
    action: 'ORDER_DELETED',
    from_status: row.order_status,
    to_status: row.order_status,
    comment: reason,
    metadata: names(row),
  });
  ctx.remove(ordersTable, order_id);
  return {};
}

const CREATOR = 'select created_by from orders where id = ?';
const APPROVED = "select id from bom_headers where order_id = ? and bom_version = ? and status = 'APPROVED'";
/** What the BOM module announces: the order points at its approved BOM, and whoever entered it reads why one came back. */
export const ordersSubscriptions: Subscriptions = {
  bom_approved: (ctx: CommandCtx, { order_id, bom_version }: DomainEventOf<'bom_approved'>) => {
    const found =
      ctx.sql.get<{ id: Id<'bom_headers'> }>(APPROVED, [order_id, bom_version]) ??
      refuse('row_not_found', { table: 'bom_headers', id: order_id });
    ctx.update(ordersTable, order_id, { bom_id: found.id });
  },
  bom_sent_back: (ctx: CommandCtx, { order_id, bom_version, reason }: DomainEventOf<'bom_sent_back'>) => {
    const row = orderRow(ctx, order_id);
    const creator = ctx.sql.get<{ created_by: Id<'users'> }>(CREATOR, [order_id]);
    notify(ctx, {
      roles: ['PLANNER'],
      user_ids: creator ? [creator.created_by] : [],
      type: 'INFO',
      message_code: 'orders:notices.bom_sent_back',
      message_values: { ...names(row), bom_version, reason },
      entity: { type: 'orders', id: order_id },
      priority: 'HIGH',
    });
  },
};
