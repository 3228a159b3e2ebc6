import type { Id } from '../../../db/kit/columns.ts';
import type { BomDifference, BomHeader, TreeRow } from '../../../preload/contract/bom.ts';
import type { AnswerChange, BomLine } from '../../../preload/contract/product-model.ts';
import type { CommandCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { insertBom, type NewBomLine, setBomStatus } from '../catalogue/bom-store.service.ts';
import { type CatalogueIndex, catalogueIndex } from '../catalogue/catalogue.service.ts';
import { unitOf } from '../catalogue/plant.service.ts';
import { modelById } from '../catalogue/product-models.service.ts';
import { recordStep } from '../configuration/history.service.ts';
import { headerOf, headerRow, headersOf, type OrderFacts, orderFacts } from './bom-rows.service.ts';
import { type ComparableBom, compareBoms } from './diff.rules.ts';
import { judge, requireSubmittable } from './judge.service.ts';
import { expandedTree, storedTree } from './tree.service.ts';

export interface NewVersion {
  header: BomHeader;
  rows: number;
  differences: BomDifference[];
  counts: DifferenceCounts;
}
export interface DifferenceCounts {
  added: number;
  removed: number;
  changed: number;
}
const summaryLimit = 5000;

/**
 * Stores the lines of one build as the next version, DRAFT; an earlier draft is superseded, an approved version
 * stays in force. Refuses what the expansion refuses (`bom_item_unknown`, `bom_cycle`, …).
 */
export function storeVersion(
  ctx: CommandCtx,
  order: OrderFacts,
  lines: readonly BomLine[],
  index: CatalogueIndex,
  changes: readonly AnswerChange[],
): NewVersion {
  const tree = expandedTree(ctx, lines, index);
  const each = unitOf(ctx, 'EA');
  return storeTree(
    ctx,
    order,
    tree.map(row => ({ ...row, uom_id: row.uom_id ?? each })),
    changes,
  );
}

/** Like `storeVersion`, for a tree that is there already (a copy, an edit). */
export function storeTree(
  ctx: CommandCtx,
  order: OrderFacts,
  tree: readonly (TreeRow & { uom_id: Id<'units_of_measure'> })[],
  changes: readonly AnswerChange[],
): NewVersion {
  const [latest, ...older] = headersOf(ctx, order.order_id);
  const before = latest ? comparable(storedTree(ctx, latest.bom_id)) : undefined;
  const differences = before ? compareBoms(before, comparable(tree), changes) : [];
  for (const held of latest ? [latest, ...older] : [])
    if (held.status === 'DRAFT') setBomStatus(ctx, held.bom_id, 'SUPERSEDED');
  const bom_version = (latest?.bom_version ?? 0) + 1;
  const made = insertBom(
    ctx,
    {
      plant_id: order.plant_id,
      scope: 'ORDER',
      bom_number: `${order.order_number} ${order.build_number}`,
      bom_name: `BOM ${order.order_number} ${order.build_number}`,
      order_id: order.order_id,
      configuration_revision: order.configuration_revision,
      product_model_id: order.product_model_id,
      bom_version,
      status: 'DRAFT',
      uom_id: unitOf(ctx, 'EA'),
      change_summary: before
        ? differences.slice(0, summaryLimit).map(difference => ({ ...difference }))
        : null,
    },
    newLines(ctx, tree),
  );
  return {
    header: headerOf(headerRow(ctx, made.id)),
    rows: tree.length,
    differences,
    counts: countsOf(differences),
  };
}

function newLines(
  ctx: CommandCtx,
  tree: readonly (TreeRow & { uom_id: Id<'units_of_measure'> })[],
): NewBomLine[] {
  const ids = tree.map(() => ctx.newId('bom_lines'));
  return tree.map((row, at) => ({
    id: ids[at],
    line_number: row.row_no,
    parent_line_id: row.parent_row_no === null ? null : ids[row.parent_row_no - 1],
    level: row.level,
    component_material_id: row.material_id,
    item_number: row.item_id,
    quantity_e6: row.quantity_e6,
    total_quantity_e6: row.total_quantity_e6,
    uom_id: row.uom_id,
    line_group: row.group,
    notes: row.notes === '' ? null : row.notes.slice(0, 500),
    is_custom_part: row.is_custom_part,
    custom_part_spec: row.custom_part_spec,
    is_manual: row.is_manual,
    causes: row.causes,
  }));
}

/** `causes[i]` are those of the i-th top-level row. */
export const comparable = (tree: readonly TreeRow[]): ComparableBom => ({
  rows: tree,
  causes: tree.filter(row => row.level === 0).map(row => row.causes),
});
export const countsOf = (
  differences: readonly { change: 'added' | 'removed' | 'changed' }[],
): DifferenceCounts => {
  const count = (change: string) => differences.filter(difference => difference.change === change).length;
  return { added: count('added'), removed: count('removed'), changed: count('changed') };
};

/** The draft again, from the stored configuration and what catalogue and settings say today. */
export function regenerate(ctx: CommandCtx, { order_id }: { order_id: string }) {
  const order = orderFacts(ctx, order_id);
  const [latest] = headersOf(ctx, order_id);
  if (latest?.status === 'APPROVED') refuse('bom_approved', { bom_version: latest.bom_version });
  const { compiled } = modelById(
    ctx,
    order.product_model_id ?? refuse('product_model_unknown', { family: '' }),
  );
  const index = catalogueIndex(ctx);
  const evaluation = judge(ctx, compiled, order.configuration, order, index);
  requireSubmittable(order.build_number, evaluation);
  const dropped_manual_lines = latest
    ? storedTree(ctx, latest.bom_id).filter(row => row.is_manual).length
    : 0;
  const { header, counts } = storeVersion(ctx, order, evaluation.lines, index, []);
  recordStep(ctx, {
    entity_type: 'orders',
    entity_id: order.order_id,
    action: 'BOM_REGENERATED',
    from_status: order.order_status,
    to_status: order.order_status,
    metadata: { bom_version: header.bom_version, dropped_manual_lines },
  });
  return { header, counts, dropped_manual_lines };
}
