import type { InsertOf, RowOf } from '../../../db/kit/define-table.ts';
import { NCR_NUMBERS, ncrs } from '../../../db/schema/quality.ts';
import type { NcrRow, quality } from '../../../preload/contract/quality.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { plantOf } from '../catalogue/plant.service.ts';
import { nextNumber } from '../infrastructure/numbers.service.ts';
import { categoriesOf, mayBecome, type NcrSeverity, type NcrStatus } from './ncr.rules.ts';

type Input<P extends keyof typeof quality> = ParsedInputOf<(typeof quality)[P]>;
export type Ncr = RowOf<typeof ncrs>;
export const SHORTEST_DESCRIPTION = 10;

type Given = Omit<
  InsertOf<typeof ncrs>,
  | 'id'
  | 'plant_id'
  | 'ncr_number'
  | 'status'
  | 'reported_by'
  | 'reported_at_ms'
  | 'severity'
  | 'needs_rework'
  | 'characteristic_codes'
> & {
  severity?: NcrSeverity | undefined;
  needs_rework?: boolean | undefined;
  characteristic_codes?: string[];
};

/**
 * Opens a nonconformity with its number. Severity and rework follow the category unless given.
 * Refuses `ncr_category_invalid` and `ncr_description_short`.
 */
export function openNcr(ctx: CommandCtx, given: Given): Ncr {
  const usual =
    categoriesOf(given.ncr_type)[given.category] ??
    refuse('ncr_category_invalid', { category: given.category, ncr_type: given.ncr_type });
  const defect_description = given.defect_description.trim();
  if (defect_description.length < SHORTEST_DESCRIPTION)
    refuse('ncr_description_short', { least: SHORTEST_DESCRIPTION });
  return ctx.insert(ncrs, {
    ...given,
    defect_description,
    plant_id: plantOf(ctx),
    ncr_number: nextNumber(ctx, NCR_NUMBERS),
    severity: given.severity ?? usual.severity,
    needs_rework: given.needs_rework ?? usual.needs_rework,
    characteristic_codes: given.characteristic_codes ?? [],
    reported_by: ctx.actor.user_id,
    reported_at_ms: ctx.now_ms,
  });
}

type StoredNcr = Omit<NcrRow, 'needs_rework' | 'is_return_to_maker' | 'characteristic_codes'> & {
  characteristic_codes: string;
  needs_rework: 0 | 1;
  is_return_to_maker: 0 | 1;
};
const COLUMNS = `n.id as ncr_id, n.ncr_number, n.order_id, o.order_number, o.build_number, n.ncr_type, n.category, n.severity, n.status,
    n.needs_rework, n.is_return_to_maker, n.defect_description, n.corrective_action, n.inspection_log_id, n.characteristic_codes,
    k.task_code, m.material_number, m.material_name,
    n.quantity_needed_e6, n.quantity_available_e6, n.expected_on, r.full_name as reported_by_name, n.reported_at_ms,
    n.resolution_notes, s.full_name as resolved_by_name, n.resolved_at_ms, n.row_version`;
const JOINS = `from ncrs n left join orders o on o.id = n.order_id left join materials m on m.id = n.material_id
  left join operation_tasks k on k.id = n.task_id
  left join users r on r.id = n.reported_by left join users s on s.id = n.resolved_by`;
const WORST_FIRST = `order by n.status in ('RESOLVED', 'CLOSED'),
  case n.severity when 'CRITICAL' then 0 when 'MAJOR' then 1 else 2 end, n.reported_at_ms desc, n.id`;
const rowOf = (row: StoredNcr): NcrRow => ({
  ...row,
  characteristic_codes: JSON.parse(row.characteristic_codes),
  needs_rework: row.needs_rework === 1,
  is_return_to_maker: row.is_return_to_maker === 1,
});

/** Refuses `row_not_found`. */
export function ncrById(ctx: ReadCtx, ncr_id: string): NcrRow {
  const row = ctx.sql.get<StoredNcr>(`select ${COLUMNS} ${JOINS} where n.id = ?`, [ncr_id]);
  return row ? rowOf(row) : refuse('row_not_found', { table: 'ncrs', id: ncr_id });
}
/** The nonconformities of one build, unsettled and severe ones first. */
export const ncrsOfOrder = (ctx: ReadCtx, order_id: string): NcrRow[] =>
  ctx.sql
    .all<StoredNcr>(`select ${COLUMNS} ${JOINS} where n.order_id = ? ${WORST_FIRST}`, [order_id])
    .map(rowOf);

const WANTED = `where (@plant_id is null or n.plant_id = @plant_id) and (@order_id is null or n.order_id = @order_id)
  and (@types = '[]' or n.ncr_type in (select value from json_each(@types)))
  and (@only_unsettled = 0 or n.status in ('OPEN', 'IN_REVIEW'))`;
export function listNcrs(ctx: ReadCtx, input: Input<'listNcrs'>) {
  const params = {
    plant_id: ctx.actor.is_person ? ctx.actor.plant_id : null,
    order_id: input.order_id ?? null,
    types: JSON.stringify(input.types),
    only_unsettled: input.only_unsettled ? 1 : 0,
  };
  const { total = 0 } =
    ctx.sql.get<{ total: number }>(`select count(*) as total from ncrs n ${WANTED}`, params) ?? {};
  const rows = ctx.sql.all<StoredNcr>(
    `select ${COLUMNS} ${JOINS} ${WANTED} ${WORST_FIRST} limit @limit offset @offset`,
    { ...params, limit: input.limit, offset: input.offset },
  );
  return { rows: rows.map(rowOf), total };
}

/** Moves a nonconformity on. Refuses `ncr_state_invalid`, and `row_changed` when it was changed meanwhile. */
export function moveNcr(
  ctx: CommandCtx,
  ncr: Pick<NcrRow, 'ncr_id' | 'ncr_number' | 'status'>,
  to: NcrStatus,
  facts: { resolution_notes?: string; expected_version?: number } = {},
): void {
  if (!mayBecome(ncr.status, to))
    refuse('ncr_state_invalid', { ncr_number: ncr.ncr_number, status: ncr.status, to });
  const settled = to === 'RESOLVED';
  ctx.update(
    ncrs,
    ncr.ncr_id,
    {
      status: to,
      ...(settled
        ? {
            resolution_notes: facts.resolution_notes,
            resolved_by: ctx.actor.user_id,
            resolved_at_ms: ctx.now_ms,
          }
        : {}),
      ...(to === 'IN_REVIEW' ? { assigned_to: ctx.actor.user_id } : {}),
    },
    facts.expected_version,
  );
}

/** The maker of the body is to put it right. */
export const proposeReturnOf = (ctx: CommandCtx, ncr_id: NcrRow['ncr_id'], expected_version: number): void =>
  void ctx.update(ncrs, ncr_id, { is_return_to_maker: true }, expected_version);
