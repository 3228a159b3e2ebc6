import type { Id } from '../../../db/kit/columns.ts';
import type { BomHeader, bom, TreeRow } from '../../../preload/contract/bom.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import {
  insertLine,
  removeLine as removeStoredLine,
  replaceLine,
  updateBom,
} from '../catalogue/bom-store.service.ts';
import { catalogueIndex } from '../catalogue/catalogue.service.ts';
import { unitOf } from '../catalogue/plant.service.ts';
import { recordStep } from '../configuration/history.service.ts';
import { draftOf } from './approval.service.ts';
import { type HeaderRow, headerOf, headerRow, orderFacts } from './bom-rows.service.ts';
import { storeTree } from './generation.service.ts';
import { branchTotals } from './line-edits.rules.ts';
import { expandedTree, storedTree } from './tree.service.ts';

type Input<P extends keyof typeof bom> = ParsedInputOf<(typeof bom)[P]>;

/** Changes quantity or notes of one row; the totals below it follow. */
export function editLine(
  ctx: CommandCtx,
  { line_id, quantity_e6, notes, ...input }: Input<'editLine'>,
): BomHeader {
  const { header, tree, at } = editable(ctx, input, line_id);
  const row = tree[at] ?? refuse('bom_line_unknown', { line_id });
  const changed = tree.map((r, i) =>
    i === at ? { ...r, quantity_e6: quantity_e6 ?? r.quantity_e6, notes: notes ?? r.notes } : r,
  );
  for (const { index, total_quantity_e6 } of branchTotals(changed, at)) {
    const id = tree[index]?.line_id;
    if (!id || index === at) continue;
    if (tree[index]?.total_quantity_e6 !== total_quantity_e6) replaceLine(ctx, id, { total_quantity_e6 });
  }
  const own = branchTotals(changed, at)[0];
  replaceLine(ctx, idOfRow(row), {
    quantity_e6: changed[at]?.quantity_e6,
    notes: changed[at]?.notes || null,
    total_quantity_e6: own?.total_quantity_e6,
    is_manual: true,
  });
  return edited(ctx, header, 'BOM_LINE_CHANGED', row.item_id);
}

/** A top-level line with everything the catalogue holds under it, at the end of the tree. */
export function addLine(
  ctx: CommandCtx,
  { item_id, quantity_e6, notes, ...input }: Input<'addLine'>,
): BomHeader {
  const { header, tree } = editable(ctx, input, undefined);
  const index = catalogueIndex(ctx);
  if (!index.knownItem(item_id)) refuse('bom_item_unknown', { item_id, parent_id: null });
  const plain = {
    seq: 0,
    item_id,
    quantity: 1,
    group: 'MANUAL_ADDITION',
    notes,
    is_custom_part: false,
    custom_part_spec: null,
    suppress_components: [],
    basin_indices: [],
    causes: [],
  };
  const branch = expandedTree(ctx, [plain], index).map(row =>
    row.level === 0 ? { ...row, quantity_e6, is_manual: true } : row,
  );
  const totals = new Map(
    branchTotals(branch, 0).map(({ index: at, total_quantity_e6 }) => [at, total_quantity_e6]),
  );
  const start = lastLineNumber(ctx, header.bom_id);
  const each = unitOf(ctx, 'EA');
  const ids = branch.map(() => ctx.newId('bom_lines'));
  for (const [at, row] of branch.entries()) {
    insertLine(ctx, header.bom_id, {
      id: ids[at],
      line_number: start + row.row_no,
      parent_line_id: row.parent_row_no === null ? null : ids[row.parent_row_no - 1],
      level: row.level,
      component_material_id: row.material_id,
      item_number: row.item_id,
      quantity_e6: row.quantity_e6,
      total_quantity_e6: totals.get(at) ?? quantity_e6,
      uom_id: row.uom_id ?? each,
      line_group: row.group,
      notes: row.notes === '' ? null : row.notes,
      is_manual: row.is_manual,
    });
  }
  if (tree.length + branch.length > mostRows) refuse('bom_too_large', { limit: mostRows });
  return edited(ctx, header, 'BOM_LINE_ADDED', item_id);
}
const mostRows = 5_000_000;

/** With everything under it. */
export function removeLine(ctx: CommandCtx, { line_id, ...input }: Input<'removeLine'>): BomHeader {
  const { header, tree, at } = editable(ctx, input, line_id);
  const row = tree[at] ?? refuse('bom_line_unknown', { line_id });
  removeStoredLine(ctx, idOfRow(row));
  return edited(ctx, header, 'BOM_LINE_REMOVED', row.item_id);
}

/** The draft to edit; what was already exported is left as it went out, and a copy of it is edited instead. */
function editable(
  ctx: CommandCtx,
  input: { bom_id: string; expected_version: number },
  line_id: string | undefined,
) {
  const header = draftOf(ctx, input);
  const tree = storedTree(ctx, header.bom_id);
  const at = line_id === undefined ? -1 : tree.findIndex(row => row.line_id === line_id);
  if (line_id !== undefined && at < 0) refuse('bom_line_unknown', { line_id });
  if (header.exported_at_ms === null) return { header, tree, at };
  const copy = copyOfDraft(ctx, header, tree);
  return { header: copy, tree: storedTree(ctx, copy.bom_id), at };
}
function copyOfDraft(ctx: CommandCtx, header: HeaderRow, tree: readonly TreeRow[]): HeaderRow {
  const order = orderFacts(ctx, header.order_id);
  const each = unitOf(ctx, 'EA');
  const units = new Map(
    ctx.sql
      .all<{ id: Id<'units_of_measure'>; uom_code: string }>('select id, uom_code from units_of_measure')
      .map(unit => [unit.uom_code, unit.id]),
  );
  const rows = tree.map(row => ({ ...row, uom_id: units.get(row.uom_code) ?? each }));
  const made = storeTree(ctx, { ...order, configuration_revision: header.configuration_revision }, rows, []);
  return headerRow(ctx, made.header.bom_id);
}

function edited(ctx: CommandCtx, header: HeaderRow, action: string, item_id: string): BomHeader {
  updateBom(ctx, header.bom_id, {});
  const { order_id, order_status, bom_version } = header;
  recordStep(ctx, {
    entity_type: 'orders',
    entity_id: order_id,
    action,
    from_status: order_status,
    to_status: order_status,
    metadata: { bom_version, item_id },
  });
  return headerOf(headerRow(ctx, header.bom_id));
}
const lastLineNumber = (ctx: CommandCtx, bom_id: string): number =>
  ctx.sql.get<{ last: number | null }>(
    'select max(line_number) as last from bom_lines where bom_header_id = ?',
    [bom_id],
  )?.last ?? 0;
const idOfRow = (row: TreeRow): Id<'bom_lines'> => row.line_id ?? refuse('bom_line_unknown', { line_id: '' });
