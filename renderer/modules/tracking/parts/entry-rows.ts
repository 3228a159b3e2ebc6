import { z } from 'zod';
import type { BookingRow, MovementType } from '../../../../preload/contract/tracking.ts';
import { workCenterId } from '../../../../preload/contract/tracking.ts';

/** A row as it stands in the grid; the quantity is text until it is saved. */
export const entryRow = z.object({
  key: z.int(),
  work_center_id: z.string(),
  order_number: z.string(),
  quantity: z.string(),
  remark: z.string(),
});
export type EntryRow = z.infer<typeof entryRow>;

const held = (type: MovementType) => `millwright.entry.${type}`;
/** What was typed and not saved survives a reload and another sign-in at this computer. */
export function keptRows(type: MovementType): EntryRow[] {
  try {
    return z.array(entryRow).parse(JSON.parse(localStorage.getItem(held(type)) ?? '[]'));
  } catch {
    return [];
  }
}
export function keepRows(type: MovementType, rows: readonly EntryRow[]): void {
  const filled = rows.filter(row => !isEmpty(row));
  if (filled.length === 0) localStorage.removeItem(held(type));
  else localStorage.setItem(held(type), JSON.stringify(filled));
}

export const isEmpty = (row: EntryRow): boolean =>
  row.order_number.trim() === '' && row.quantity.trim() === '' && row.remark.trim() === '';

/** A whole number as typed, blanks between thousands allowed; NaN is refused with its row by the service. */
export function quantityOf(text: string): number | null {
  const plain = text.replace(/[\s\u00a0\u202f]/g, '');
  if (plain === '') return null;
  return /^\d{1,15}$/.test(plain) ? Number(plain) : -1;
}
/** A number, but no quantity: 0, -3, 2,5. It must not pass for the number of an order. */
export const isWrongQuantity = (text: string): boolean =>
  /^[-+]?\d{1,15}([.,]\d*)?$/.test(text.trim()) && (quantityOf(text) ?? 0) < 1;
export const bookingOf = (row: EntryRow): BookingRow => {
  const center = workCenterId.safeParse(row.work_center_id);
  return {
    work_center_id: center.success ? center.data : null,
    order_number: row.order_number,
    quantity: quantityOf(row.quantity),
    remark: row.remark,
  };
};
