import { useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import type { MovementType } from '../../../../preload/contract/tracking.ts';
import { failureFrom, type RpcFailure } from '../../../rpc/client.ts';
import { useCommand } from '../../../rpc/hooks.ts';
import type { Outcome } from '../../../scan/scan.ts';
import { focusField } from './EntryLine.tsx';
import { bookingOf, type EntryRow, isEmpty, keepRows, keptRows } from './entry-rows.ts';

const problems = z.array(z.object({ row: z.int(), field: z.string(), code: z.string() }));
const shortages = z.array(
  z.object({
    row: z.int(),
    order_number: z.string(),
    work_center: z.string(),
    available: z.number(),
    after: z.number(),
  }),
);
export type EntryShortage = z.infer<typeof shortages>[number];
const first = z.object({ row: z.int() });

interface Answer {
  confirm_negative?: boolean;
  override_missing_in?: boolean;
}
/** The grid of one entry screen: rows, what was refused in which of them, and saving them all at once. */
export function useEntry(movement_type: MovementType, first_center: string | undefined) {
  const lastKey = useRef(0);
  const blank = (work_center_id: string): EntryRow => {
    lastKey.current += 1;
    return { key: lastKey.current, work_center_id, order_number: '', quantity: '', remark: '' };
  };
  const [rows, setRows] = useState<EntryRow[]>(() => {
    const kept = keptRows(movement_type).map(row => ({ ...row, key: blank('').key }));
    return kept.length > 0 ? kept : [blank('')];
  });
  const [failure, setFailure] = useState<RpcFailure | null>(null);
  const [saved, setSaved] = useState(0);
  const booking = useCommand('tracking.book');
  useEffect(() => keepRows(movement_type, rows), [movement_type, rows]);
  // The first work centre is chosen as soon as it is known.
  useEffect(() => {
    if (first_center)
      setRows(now =>
        now.map(row => (row.work_center_id === '' ? { ...row, work_center_id: first_center } : row)),
      );
  }, [first_center]);

  const change = (key: number, patch: Partial<EntryRow>) => {
    setSaved(0);
    setRows(now => now.map(row => (row.key === key ? { ...row, ...patch } : row)));
  };
  const addAfter = (key?: number) => {
    const at = key === undefined ? rows.length - 1 : rows.findIndex(row => row.key === key);
    const next = rows[at + 1];
    if (key !== undefined && next) return focusField(next.key, 'order_number');
    const added = blank(rows[at]?.work_center_id ?? first_center ?? '');
    setRows([...rows, added]);
    requestAnimationFrame(() => focusField(added.key, 'order_number'));
  };
  /** A scanned order takes the first row without one, or a new row. */
  const putOrder = (order_number: string): Outcome => {
    const free = rows.find(row => row.order_number.trim() === '');
    const row = free ?? blank(rows.at(-1)?.work_center_id ?? first_center ?? '');
    setSaved(0);
    setRows(now => {
      const filled = { ...row, order_number };
      return now.some(r => r.key === row.key)
        ? now.map(r => (r.key === row.key ? filled : r))
        : [...now, filled];
    });
    requestAnimationFrame(() => focusField(row.key, 'quantity'));
    return { kind: 'shown' };
  };
  const remove = (key: number) => {
    const left = rows.filter(row => row.key !== key);
    setRows(left.length > 0 ? left : [blank(first_center ?? '')]);
    setFailure(null);
  };
  const clear = () => {
    const fresh = blank(rows[0]?.work_center_id ?? first_center ?? '');
    setRows([fresh]);
    setFailure(null);
    requestAnimationFrame(() => focusField(fresh.key, 'order_number'));
  };
  const save = async (answer: Answer = {}) => {
    try {
      const done = await booking.run({ movement_type, rows: rows.map(bookingOf), ...answer });
      clear();
      setSaved(done.rows.length);
    } catch (error) {
      const refused = failureFrom(error);
      setFailure(refused);
      const at = first.safeParse(refused.details);
      const row = at.success ? rows[at.data.row - 1] : undefined;
      if (row) focusField(row.key, 'order_number');
    }
  };
  const wrongIn = (number: number): Map<string, string> => {
    const found = problems.safeParse(failure?.details?.problems);
    const own = found.success ? found.data.filter(problem => problem.row === number) : [];
    return new Map(own.map(({ field, code }) => [field, code]));
  };
  const short = shortages.safeParse(failure?.details?.rows);
  return {
    rows,
    filled: rows.filter(row => !isEmpty(row)).length,
    saved,
    failure,
    /** Waiting for "book anyway". */
    unconfirmed: failure?.code === 'negative_balance_unconfirmed' && short.success ? short.data : null,
    pending: booking.pending,
    change,
    addAfter,
    putOrder,
    remove,
    clear,
    save,
    wrongIn,
    dismiss: () => setFailure(null),
  };
}
