import type { BalanceState, BookingRow, MovementType } from '../../../preload/contract/tracking.ts';
import {
  MOST_ORDER_CHARACTERS,
  MOST_QUANTITY,
  MOST_REMARK_CHARACTERS,
} from '../../../preload/contract/tracking.ts';

/** What is stored and shown: without the blanks around it, one form of accented letters. */
export const orderNumberOf = (typed: string): string => typed.normalize('NFC').trim();
/** What is compared. */
export const orderKeyOf = (typed: string): string => orderNumberOf(typed).toUpperCase();

export const opposite = (type: MovementType): MovementType => (type === 'IN' ? 'OUT' : 'IN');
export const signed = (type: MovementType, quantity: number): number =>
  type === 'IN' ? quantity : -quantity;

export function stateOf(balance: number): BalanceState {
  if (balance === 0) return 'balanced';
  return balance > 0 ? 'available' : 'shortage';
}

/** Nothing was typed: the row is ignored. The preselected work centre does not count. */
export const isBlank = (row: BookingRow): boolean =>
  row.order_number.trim() === '' && row.quantity === null && row.remark.trim() === '';

export interface RowProblem {
  /** As the person counts: from 1. */
  row: number;
  field: 'work_center_id' | 'order_number' | 'quantity' | 'remark';
  code: 'missing' | 'too_long' | 'not_whole_positive' | 'not_storable';
}
const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** What is wrong with one row of the grid, in the order of its fields. */
export function problemsOf(row: BookingRow, number: number): RowProblem[] {
  const found: RowProblem[] = [];
  const add = (field: RowProblem['field'], code: RowProblem['code']) =>
    found.push({ row: number, field, code });
  const order = orderNumberOf(row.order_number);
  if (row.work_center_id === null) add('work_center_id', 'missing');
  if (order === '') add('order_number', 'missing');
  else if (order.length > MOST_ORDER_CHARACTERS || orderKeyOf(order).length > MOST_ORDER_CHARACTERS)
    add('order_number', 'too_long');
  else if (!isStorable(order)) add('order_number', 'not_storable');
  if (row.quantity === null) add('quantity', 'missing');
  else if (!Number.isInteger(row.quantity) || row.quantity < 1 || row.quantity > MOST_QUANTITY)
    add('quantity', 'not_whole_positive');
  if (row.remark.trim().length > MOST_REMARK_CHARACTERS) add('remark', 'too_long');
  else if (!isStorable(row.remark)) add('remark', 'not_storable');
  return found;
}

/** The check of older installations: entries are counted, not quantities, over all work centres. */
export function legacyVerdict(in_rows: number, out_rows: number): 'save' | 'no_in' | 'too_many_out' {
  if (in_rows === 0) return 'no_in';
  return out_rows > 0 && out_rows >= 2 * in_rows ? 'too_many_out' : 'save';
}

/** The five work centres of a new plant; names follow the pattern code, name. */
export const DEFAULT_WORK_CENTERS = [
  { work_center_code: 'WC001', work_center_name: 'Assembly', work_center_type: 'ASSEMBLY' },
  { work_center_code: 'WC002', work_center_name: 'Machining', work_center_type: 'MACHINE' },
  { work_center_code: 'WC003', work_center_name: 'Welding', work_center_type: 'MACHINE' },
  { work_center_code: 'WC004', work_center_name: 'Painting', work_center_type: 'MACHINE' },
  { work_center_code: 'WC005', work_center_name: 'Quality Control', work_center_type: 'QUALITY_CHECK' },
] as const;
