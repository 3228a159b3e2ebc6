import type { Id } from '../../../db/kit/columns.ts';
import type { InsertOf, PatchOf, RowOf } from '../../../db/kit/define-table.ts';
import { bom_headers, bom_lines } from '../../../db/schema/catalogue.ts';
import { decodeRow } from '../../../db/sqlite/codec.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';

export type BomHeader = RowOf<typeof bom_headers>;
export type BomLineRow = RowOf<typeof bom_lines>;
export type NewBomLine = Omit<InsertOf<typeof bom_lines>, 'bom_header_id'>;

/** Stores a bill with its lines; a line may name its parent when the parent comes before it. */
export function insertBom(
  ctx: CommandCtx,
  header: InsertOf<typeof bom_headers>,
  lines: readonly NewBomLine[],
): BomHeader {
  const stored = ctx.insert(bom_headers, header);
  for (const line of lines) ctx.insert(bom_lines, { ...line, bom_header_id: stored.id });
  return stored;
}

export function insertLine(ctx: CommandCtx, bom_header_id: Id<'bom_headers'>, line: NewBomLine): BomLineRow {
  return ctx.insert(bom_lines, { ...line, bom_header_id });
}

/** Refuses `row_not_found`, or `row_changed` when someone changed the line since `expected_version`. */
export function replaceLine(
  ctx: CommandCtx,
  line_id: Id<'bom_lines'>,
  patch: PatchOf<typeof bom_lines>,
  expected_version?: number,
): BomLineRow {
  return ctx.update(bom_lines, line_id, patch, expected_version);
}

/** The line with everything below it. */
export function removeLine(ctx: CommandCtx, line_id: Id<'bom_lines'>): void {
  for (const { id } of ctx.sql.all<{ id: string }>('select id from bom_lines where parent_line_id = ?', [
    line_id,
  ]))
    removeLine(ctx, lineId(id));
  ctx.remove(bom_lines, line_id);
}

export function removeLines(ctx: CommandCtx, bom_header_id: Id<'bom_headers'>): void {
  // Deepest first: a removed parent would cascade to its children before they are removed.
  const rows = ctx.sql.all<{ id: string }>(
    'select id from bom_lines where bom_header_id = ? order by level desc',
    [bom_header_id],
  );
  for (const { id } of rows) ctx.remove(bom_lines, id);
}

/** The bill with its lines. */
export function removeBom(ctx: CommandCtx, bom_header_id: Id<'bom_headers'>): void {
  removeLines(ctx, bom_header_id);
  ctx.remove(bom_headers, bom_header_id);
}

export function updateBom(
  ctx: CommandCtx,
  bom_header_id: Id<'bom_headers'>,
  patch: PatchOf<typeof bom_headers>,
  expected_version?: number,
): BomHeader {
  return ctx.update(bom_headers, bom_header_id, patch, expected_version);
}

export function setBomStatus(
  ctx: CommandCtx,
  bom_header_id: Id<'bom_headers'>,
  status: BomHeader['status'],
): BomHeader {
  const approval =
    status === 'APPROVED' ? { approved_by: ctx.actor.user_id, approved_at_ms: ctx.now_ms } : {};
  return ctx.update(bom_headers, bom_header_id, { status, ...approval });
}

/** Refuses `bom_unknown`. */
export function bomById(ctx: ReadCtx, bom_header_id: string): BomHeader {
  const row = ctx.sql.get<Record<string, unknown>>(
    'select * from bom_headers where id = ? and organization_id = ?',
    [bom_header_id, ctx.organization_id],
  );
  return row
    ? bom_headers.row.parse(decodeRow(bom_headers, row))
    : refuse('bom_unknown', { bom_id: bom_header_id });
}

/** Every version of the BOM of a build, newest first. */
export function bomsOfOrder(ctx: ReadCtx, order_id: string): BomHeader[] {
  const rows = ctx.sql.all<Record<string, unknown>>(
    "select * from bom_headers where order_id = ? and scope = 'ORDER' order by bom_version desc",
    [order_id],
  );
  return rows.map(row => bom_headers.row.parse(decodeRow(bom_headers, row)));
}

export function lineById(ctx: ReadCtx, line_id: string): BomLineRow {
  const row = ctx.sql.get<Record<string, unknown>>(
    'select * from bom_lines where id = ? and organization_id = ?',
    [line_id, ctx.organization_id],
  );
  return row ? bom_lines.row.parse(decodeRow(bom_lines, row)) : refuse('bom_line_unknown', { line_id });
}

/** In tree order. */
export function linesOf(ctx: ReadCtx, bom_header_id: string): BomLineRow[] {
  const rows = ctx.sql.all<Record<string, unknown>>(
    'select * from bom_lines where bom_header_id = ? order by line_number',
    [bom_header_id],
  );
  return rows.map(row => bom_lines.row.parse(decodeRow(bom_lines, row)));
}

const lineId = (id: string): Id<'bom_lines'> => bom_lines.row.shape.id.parse(id);
