import type { OrderPage, orders, PoPage } from '../../../preload/contract/orders.ts';
import { buildStatus } from '../../../preload/contract/orders.ts';
import { configuration as configurationSchema } from '../../../preload/contract/product-model.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { shownAnswers } from '../bom/answer-labels.rules.ts';
import { bomVersions } from '../bom/bom.service.ts';
import { judge } from '../bom/judge.service.ts';
import { catalogueIndex } from '../catalogue/catalogue.service.ts';
import { modelById } from '../catalogue/product-models.service.ts';
import { stepsOf } from '../configuration/history.service.ts';
import { filesOf } from '../infrastructure/files.service.ts';
import {
  type BuildStatus,
  buildsOf,
  orderRow,
  type StoredSummary,
  SUMMARY_COLUMNS,
  SUMMARY_JOINS,
  summaryOf,
} from './order-rows.service.ts';
import { isDeletable, isEditable } from './order-state.rules.ts';

type Input<P extends keyof typeof orders> = ParsedInputOf<(typeof orders)[P]>;
const ONE_SUMMARY = `select ${SUMMARY_COLUMNS} from orders o ${SUMMARY_JOINS} where o.id = ?`;

/** Everything about one build; for its page, the order confirmation and the command line alike. */
export function orderPage(ctx: ReadCtx, order_id: string): OrderPage {
  const row = orderRow(ctx, order_id);
  const today = ctx.today();
  const summary =
    ctx.sql.get<StoredSummary>(ONE_SUMMARY, [order_id]) ??
    refuse('row_not_found', { table: 'orders', id: order_id });
  const plant = ctx.sql.get<{ plant_name: string }>('select plant_name from plants where id = ?', [
    row.plant_id,
  ]);
  const configuration = configurationSchema.parse(row.configuration);
  const compiled = row.product_model_id === null ? null : modelById(ctx, row.product_model_id).compiled;
  const bom_versions = bomVersions(ctx, order_id);
  const state = { order_status: row.order_status, bom_statuses: bom_versions.map(version => version.status) };
  const { revisions = 0 } =
    ctx.sql.get<{ revisions: number }>(
      'select count(*) as revisions from order_revisions where order_id = ?',
      [order_id],
    ) ?? {};
  return {
    order: { ...summaryOf(summary, today), notes: row.notes, plant_name: plant?.plant_name ?? '' },
    family: compiled
      ? { family: compiled.model.family, version: compiled.model.version, name: compiled.model.name }
      : null,
    configuration,
    answers: compiled ? shownAnswers(compiled, configuration) : [],
    evaluation: compiled ? judge(ctx, compiled, configuration, row, catalogueIndex(ctx)) : null,
    revisions,
    bom_versions,
    files: filesOf(ctx, { entity_type: 'orders', entity_id: order_id }).map(
      ({ file_upload_id, original_name, link_role, mime_type, file_size_bytes }) => ({
        file_upload_id,
        original_name,
        link_role,
        mime_type,
        file_size_bytes,
      }),
    ),
    history: stepsOf(ctx, 'orders', order_id),
    builds: buildsOf(ctx, row.order_number).map(build => ({
      order_id: build.order_id,
      build_number: build.build_number,
      order_status: build.order_status,
    })),
    can_edit: isEditable(state),
    can_delete: isDeletable(state),
  };
}

/** The order over its builds: the least advanced one tells how far it is. Refuses `order_number_unknown`. */
export function poPage(ctx: ReadCtx, order_number: string): PoPage {
  const builds = buildsOf(ctx, order_number);
  const first = builds[0] ?? refuse('order_number_unknown', { order_number });
  const rank = (status: BuildStatus) => buildStatus.options.indexOf(status);
  const statuses = buildStatus.options
    .map(status => ({ status, count: builds.filter(build => build.order_status === status).length }))
    .filter(({ count }) => count > 0);
  const least = builds.reduce(
    (behind, build) => (rank(build.order_status) < rank(behind.order_status) ? build : behind),
    first,
  );
  const wanted = builds.flatMap(({ want_on }) => (want_on === null ? [] : [want_on])).sort();
  const { customer_name, project_name, sales_person, document_language } = first;
  return {
    order_number,
    customer_name,
    project_name,
    sales_person,
    document_language,
    want_on: wanted[0] ?? null,
    least_advanced_status: least.order_status,
    status_counts: statuses,
    builds,
  };
}

export function orderHistory(ctx: ReadCtx, { order_id }: Input<'history'>) {
  orderRow(ctx, order_id);
  return { history: stepsOf(ctx, 'orders', order_id) };
}

const OPEN_USES = `with used as (
    select bom_header_id, sum(total_quantity_e6) as total_quantity_e6, count(*) as occurrences from bom_lines where component_material_id = @material_id group by bom_header_id
  )
  select o.id as order_id, o.order_number, o.build_number, o.customer_name, o.want_on, o.order_status, h.id as bom_id, h.bom_version, h.status as bom_status,
    used.total_quantity_e6, used.occurrences
  from used join bom_headers h on h.id = used.bom_header_id join orders o on o.id = h.order_id
  where h.scope = 'ORDER' and o.order_status <> 'SHIPPED' and (@plant_id is null or o.plant_id = @plant_id)
    and (h.status = 'APPROVED' or (h.status = 'DRAFT' and o.bom_id is null))
  order by o.want_on, o.order_number, o.build_number limit @limit offset @offset`;
export interface OpenUse {
  order_id: PoPage['builds'][number]['order_id'];
  order_number: string;
  build_number: string;
  customer_name: string;
  want_on: string | null;
  order_status: PoPage['least_advanced_status'];
  bom_id: NonNullable<PoPage['builds'][number]['bom_id']>;
  bom_version: number;
  bom_status: 'DRAFT' | 'APPROVED';
  total_quantity_e6: number;
  occurrences: number;
}
/** Open builds whose valid BOM holds the item at any level: the approved version, or the draft while there is none. */
export function whereUsed(ctx: ReadCtx, { material_id, limit, offset }: Input<'whereUsed'>) {
  const plant_id = ctx.actor.is_person ? ctx.actor.plant_id : null;
  const uses = ctx.sql.all<OpenUse>(OPEN_USES, { material_id, plant_id, limit: limit + 1, offset });
  return { uses: uses.slice(0, limit), has_more: uses.length > limit };
}
