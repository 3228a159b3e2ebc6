import type {
  BalanceFilter,
  BalanceRow,
  Movement,
  MovementFilter,
  MovementSort,
} from '../../../preload/contract/tracking.ts';
import { type Column, defineSheet, type Sheet } from '../../platform/sheet.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { everyBalance, listBalances } from './balances.service.ts';
import { countMovements, everyMovement, zoneOf } from './movement-list.service.ts';

const NEWEST: MovementSort = { by: 'occurred_at_ms', direction: 'desc' };
const WIDEST = 50;
const or = (text: string | null): string => text ?? '-';

/** As wide as the longest text and two more, 50 at most. */
function fitted<Row>(
  columns: readonly Omit<Column<Row>, 'width'>[],
  rows: Iterable<Row>,
  headings: (key: string) => string,
): Column<Row>[] {
  const longest = columns.map(column => headings(column.key).length);
  for (const row of rows)
    for (const [at, column] of columns.entries()) {
      const value = column.value(row);
      const length = typeof value === 'string' ? value.length : 12;
      longest[at] = Math.max(longest[at] ?? 0, length);
    }
  return columns.map((column, at) => ({
    ...column,
    // Date and time with the name of its zone need 23 characters.
    width: column.kind === 'instant' ? 25 : Math.min((longest[at] ?? 0) + 2, WIDEST),
  }));
}

const MOVEMENT_COLUMNS: Omit<Column<Movement>, 'width'>[] = [
  { key: 'order_number', kind: 'text', value: m => m.order_number },
  { key: 'work_center', kind: 'text', value: m => `${m.work_center_code} - ${m.work_center_name}` },
  { key: 'quantity', kind: 'integer', value: m => m.quantity },
  { key: 'movement_type', kind: 'text', value: m => m.movement_type },
  { key: 'remark', kind: 'text', value: m => or(m.remark) },
  { key: 'user_name', kind: 'text', value: m => m.user_name },
  { key: 'department_name', kind: 'text', value: m => or(m.department_name) },
];
/** Local time to the second; the heading names the zone. */
const movementColumns = (zone: string): Omit<Column<Movement>, 'width'>[] => [
  ...MOVEMENT_COLUMNS,
  {
    key: 'occurred_at_ms',
    kind: 'instant',
    format: 'yyyy-mm-dd hh:mm:ss',
    heading_note: zone,
    value: m => m.occurred_at_ms,
  },
];
const HEADING_FILL = '366092';
/** Every movement of the filter, newest first. */
export function movementsSheet(
  ctx: ReadCtx,
  id: 'tracking_all_movements' | 'tracking_movements',
  filter: MovementFilter,
  headings: (key: string) => string,
): Sheet {
  return defineSheet<Movement>({
    id,
    heading_fill: HEADING_FILL,
    columns: fitted(movementColumns(zoneOf(ctx)), everyMovement(ctx, filter, NEWEST), headings),
    row_count: countMovements(ctx, filter),
    rows: () => everyMovement(ctx, filter, NEWEST),
  });
}

const BALANCE_COLUMNS: Omit<Column<BalanceRow>, 'width'>[] = [
  { key: 'order_number', kind: 'text', value: b => b.order_number },
  { key: 'work_center', kind: 'text', value: b => `${b.work_center_code} - ${b.work_center_name}` },
  { key: 'remarks', kind: 'text', value: b => or(b.remarks) },
  { key: 'in_quantity', kind: 'integer', value: b => b.in_quantity },
  { key: 'out_quantity', kind: 'integer', value: b => b.out_quantity },
  { key: 'balance', kind: 'integer', format: '#,##0;[Red]-#,##0', value: b => b.closing },
];
/** Opening stands between the remarks and IN when days are chosen, so that opening + IN - OUT is the balance. */
const withOpening = BALANCE_COLUMNS.toSpliced(3, 0, {
  key: 'opening',
  kind: 'integer',
  value: b => b.opening,
});
/** Balances are of everybody's movements; filters by person or kind do not touch them. */
export function balancesSheet(ctx: ReadCtx, filter: BalanceFilter, headings: (key: string) => string): Sheet {
  const columns = filter.from === undefined && filter.to === undefined ? BALANCE_COLUMNS : withOpening;
  return defineSheet<BalanceRow>({
    id: 'tracking_balances',
    heading_fill: HEADING_FILL,
    columns: fitted(columns, everyBalance(ctx, filter), headings),
    row_count: listBalances(ctx, { filter, offset: 0, limit: 1 }).total,
    rows: () => everyBalance(ctx, filter),
  });
}
