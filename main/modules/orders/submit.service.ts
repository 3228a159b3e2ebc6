import type { InsertOf } from '../../../db/kit/define-table.ts';
import {
  order_config_items,
  order_drafts,
  order_revisions,
  orders as ordersTable,
} from '../../../db/schema/orders.ts';
import type { DraftDocument, orders, Problem } from '../../../preload/contract/orders.ts';
import type { Configuration, ConfigurationRow } from '../../../preload/contract/product-model.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { orderFacts } from '../bom/bom-rows.service.ts';
import { storeVersion } from '../bom/generation.service.ts';
import { requireSubmittable } from '../bom/judge.service.ts';
import { type CatalogueIndex, catalogueIndex } from '../catalogue/catalogue.service.ts';
import { plantOf } from '../catalogue/plant.service.ts';
import { activeModel } from '../catalogue/product-models.service.ts';
import { recordStep } from '../configuration/history.service.ts';
import { linkFile } from '../infrastructure/files.service.ts';
import { notify } from '../infrastructure/notifications.service.ts';
import { documentProblems, judgeBuilds } from './checks.service.ts';
import { getDraft } from './drafts.service.ts';
import { type CleanHeader, cleanHeader } from './header.rules.ts';
import type { OrderId } from './order-rows.service.ts';

type Input<P extends keyof typeof orders> = ParsedInputOf<(typeof orders)[P]>;

/** The draft becomes an order; it is gone afterwards, and untouched when anything is refused. */
export function submit(ctx: CommandCtx, { draft_id }: Input<'submit'>) {
  const { draft } = getDraft(ctx, { draft_id });
  const submitted = submitDocument(ctx, draft);
  ctx.remove(order_drafts, draft_id);
  return submitted;
}

/** One transaction: every build with its revision, history, BOM version 1 and documents, or nothing at all. */
export function submitDocument(ctx: CommandCtx, draft: DraftDocument) {
  const problems = documentProblems(ctx, draft);
  refuseProblems(problems, draft);
  const header = cleanHeader(draft.header);
  const index = catalogueIndex(ctx);
  const builds = judgeBuilds(ctx, draft, index);
  for (const { build_number, evaluation } of builds) requireSubmittable(build_number, evaluation);
  const { product_model_id } = activeModel(ctx, draft.family);
  const made = builds.map(({ build_number, evaluation }) => {
    const order_id = insertBuild(ctx, header, build_number, product_model_id, evaluation.normalized, index);
    for (const file of draft.files) linkFile(ctx, { ...file, entity_type: 'orders', entity_id: order_id });
    const { header: bom, rows } = storeVersion(ctx, orderFacts(ctx, order_id), evaluation.lines, index, []);
    return { order_id, build_number, bom_id: bom.bom_id, rows };
  });
  const { order_number, customer_name } = header;
  notify(ctx, {
    roles: ['PROCUREMENT'],
    type: 'ORDER_STATUS_CHANGE',
    message_code: 'orders:notices.submitted',
    message_values: { order_number, customer_name, builds: made.length },
    entity: { type: 'orders', id: made[0]?.order_id ?? '' },
  });
  ctx.announce({ kind: 'order_submitted', order_ids: made.map(build => build.order_id), order_number });
  return { order_number, builds: made, warnings: problems };
}

/** The one problem that has a refusal of its own is named by it; the others come as a list. */
function refuseProblems(problems: readonly Problem[], draft: DraftDocument): void {
  const errors = problems.filter(({ kind }) => kind === 'error');
  const [first] = errors;
  if (!first) return;
  const details = { ...first.details, problem: first.code, path: first.path, problems: errors.slice(0, 50) };
  if (first.code === 'order_number_used' || first.code === 'order_number_unknown')
    refuse(first.code, details);
  if (first.path.startsWith('builds')) refuse('build_numbers_invalid', details);
  refuse('header_invalid', { ...details, order_number: draft.header.order_number.slice(0, 50) });
}

function insertBuild(
  ctx: CommandCtx,
  header: CleanHeader,
  build_number: string,
  product_model_id: InsertOf<typeof ordersTable>['product_model_id'],
  configuration: Configuration,
  index: CatalogueIndex,
): OrderId {
  const order = ctx.insert(ordersTable, {
    ...header,
    plant_id: plantOf(ctx),
    order_kind: 'CUSTOMER_BUILD',
    build_number,
    order_status: 'ORDER_CREATED',
    product_model_id,
    configuration,
  });
  insertConfigItems(ctx, order.id, configuration, index);
  insertRevision(ctx, order.id, 1, configuration, header, undefined);
  recordStep(ctx, {
    entity_type: 'orders',
    entity_id: order.id,
    event_type: 'start',
    action: 'ORDER_CREATED',
    from_status: null,
    to_status: 'ORDER_CREATED',
  });
  return order.id;
}

const itemKinds = {
  basins: 'BASIN',
  faucets: 'FAUCET',
  sprayers: 'SPRAYER',
  accessories: 'ACCESSORY',
} as const;
const oneE6 = 1_000_000;
/** Basins, faucets, sprayers and accessories as rows of their own, so that they can be counted and referred to. */
export function insertConfigItems(
  ctx: CommandCtx,
  order_id: OrderId,
  configuration: Configuration,
  index: CatalogueIndex,
): void {
  for (const [group, item_kind] of Object.entries(itemKinds)) {
    const rows = configuration[group];
    for (const [at, attributes] of (Array.isArray(rows) ? rows : []).entries()) {
      ctx.insert(order_config_items, {
        order_id,
        item_kind,
        item_index: at + 1,
        attributes,
        material_id: materialOf(attributes, index),
        quantity_e6: quantityOf(attributes),
      });
    }
  }
}
const quantityOf = ({ quantity }: ConfigurationRow) =>
  typeof quantity === 'number' ? quantity * oneE6 : oneE6;
function materialOf(
  { item_id }: ConfigurationRow,
  index: CatalogueIndex,
): InsertOf<typeof order_config_items>['material_id'] {
  const key = typeof item_id === 'string' ? index.resolve(item_id)?.key : undefined;
  return key === undefined ? null : order_config_items.row.shape.material_id.parse(key);
}

export function insertRevision(
  ctx: CommandCtx,
  order_id: OrderId,
  revision_no: number,
  configuration: Configuration,
  header: CleanHeader,
  reason: string | undefined,
): void {
  ctx.insert(order_revisions, {
    order_id,
    revision_no,
    configuration,
    header: { ...header },
    reason,
    revised_at_ms: ctx.now_ms,
  });
}
