import { useReducer, useRef } from 'react';
import type { CommandCode } from '../../../../preload/contract/codes.ts';
import type { Booked, MovementType, WorkCenterChoice } from '../../../../preload/contract/tracking.ts';
import { REPEAT_MS } from '../../../../preload/contract/tracking.ts';
import { failureFrom, type RpcFailure } from '../../../rpc/client.ts';
import { useCommand } from '../../../rpc/hooks.ts';
import type { Outcome } from '../../../scan/scan.ts';
import { beepBad, beepGood } from '../../../scan/sounds.ts';
import { useTexts, wordFailure } from '../../../ui/texts.ts';
import { isWrongQuantity, quantityOf } from './entry-rows.ts';
import { readScan } from './scan-codes.ts';

const MOST_LISTED = 8;

export type Verdict =
  | { kind: 'good'; booked: Booked; is_undo: boolean }
  | { kind: 'bad'; failure: RpcFailure }
  | { kind: 'unknown_command'; command: string }
  | { kind: 'no_quantity'; text: string }
  /** Asks before it books: beyond the balance, or the same scan twice. */
  | {
      kind: 'ask';
      why: 'negative' | 'repeat';
      failure: RpcFailure | null;
      order_number: string;
      quantity: number;
    };
interface State {
  type: MovementType;
  /** The order whose quantity is being entered. */
  order_number: string | null;
  verdict: Verdict | null;
  list: Booked[];
}
type Event =
  | { kind: 'type'; type: MovementType }
  | { kind: 'order'; order_number: string | null }
  | { kind: 'verdict'; verdict: Verdict | null };

function next(state: State, event: Event): State {
  if (event.kind === 'type') return { ...state, type: event.type, verdict: null };
  if (event.kind === 'order') return { ...state, order_number: event.order_number, verdict: null };
  const { verdict } = event;
  if (verdict?.kind !== 'good') return { ...state, verdict };
  return {
    ...state,
    verdict,
    order_number: null,
    list: [verdict.booked, ...state.list].slice(0, MOST_LISTED),
  };
}

/** One work centre, one scan after the other: order, quantity, verdict. */
export function useStation(center: WorkCenterChoice | undefined, pieces_per_scan: number | null) {
  const [state, send] = useReducer(next, { type: 'IN', order_number: null, verdict: null, list: [] });
  const booking = useCommand('tracking.book');
  const undoing = useCommand('tracking.undo');
  const t = useTexts('tracking');
  /** Known at once to the scan that follows the command. */
  const type = useRef<MovementType>('IN');
  const setType = (chosen: MovementType) => {
    type.current = chosen;
    send({ kind: 'type', type: chosen });
  };
  const last = useRef<{ scan: string; at_ms: number } | null>(null);

  const judge = (verdict: Verdict) => {
    if (verdict.kind === 'good') beepGood();
    else beepBad();
    send({ kind: 'verdict', verdict });
  };
  const tryToBook = async (order_number: string, quantity: number, confirm_negative: boolean) => {
    if (!center) return null;
    const rows = [{ work_center_id: center.work_center_id, order_number, quantity, remark: '' }];
    try {
      const input = { movement_type: type.current, rows, source: 'SCAN' as const, confirm_negative };
      const [booked] = (await booking.run(input)).rows;
      last.current = {
        scan: `${type.current} ${order_number.toUpperCase()} ${quantity}`,
        at_ms: performance.now(),
      };
      if (booked) judge({ kind: 'good', booked, is_undo: false });
      return null;
    } catch (error) {
      return failureFrom(error);
    }
  };
  const book = async (order_number: string, quantity: number, confirm_negative = false) => {
    const failure = await tryToBook(order_number, quantity, confirm_negative);
    if (failure?.code === 'negative_balance_unconfirmed')
      judge({ kind: 'ask', why: 'negative', failure, order_number, quantity });
    else if (failure) judge({ kind: 'bad', failure });
  };
  const undo = async (booked: Booked | undefined = state.list[0]) => {
    if (!booked) return;
    try {
      judge({ kind: 'good', booked: await undoing.run({ movement_id: booked.movement_id }), is_undo: true });
      last.current = null;
    } catch (error) {
      judge({ kind: 'bad', failure: failureFrom(error) });
    }
  };
  /** An order is chosen; where every scan counts for so many pieces it is booked at once. */
  const takeOrder = async (order_number: string, confirm_negative = false): Promise<Outcome> => {
    if (pieces_per_scan === null) {
      send({ kind: 'order', order_number });
      return { kind: 'shown' };
    }
    const failure = await tryToBook(order_number, pieces_per_scan, confirm_negative);
    if (!failure) return { kind: 'shown' };
    const reason = wordFailure(t, failure);
    if (failure.code !== 'negative_balance_unconfirmed')
      return { kind: 'bad', reason, next_step: t('station.not_booked', { order_number }) };
    const choose = () => takeOrder(order_number, true);
    const choices = [{ title: t('entry.book_anyway'), subtitle: '', choose }];
    return { kind: 'choose', question: reason, choices };
  };
  const scanned = (text: string) => {
    const scan = readScan(text);
    if (scan.kind === 'empty') return;
    if (scan.kind === 'command') return void command(scan.command);
    // Typed by hand the quantity is asked for, whatever a scan counts.
    send({ kind: 'order', order_number: scan.order_number });
  };
  const command = async (code: CommandCode) => {
    switch (code) {
      case 'IN':
      case 'OUT':
        return setType(code);
      case 'UNDO':
        return undo();
      case 'NEXT':
        return send({ kind: 'order', order_number: null });
      default:
        return judge({ kind: 'unknown_command', command: code });
    }
  };
  /** Enter in the one field: a scan, or the quantity of the order scanned before. */
  const entered = (text: string) => {
    const { order_number, verdict } = state;
    // Any other scan drops the question: only an empty Enter is a yes.
    if (verdict?.kind === 'ask' && text.trim() === '')
      return void book(verdict.order_number, verdict.quantity, true);
    if (verdict && verdict.kind !== 'good' && text.trim() === '')
      return send({ kind: 'verdict', verdict: null });
    if (order_number === null) return scanned(text);
    if (isWrongQuantity(text)) return judge({ kind: 'no_quantity', text: text.trim() });
    const quantity = quantityOf(text);
    // Anything but a number is the next scan.
    if (quantity === null || quantity < 1) return scanned(text);
    const isRepeat =
      last.current?.scan === `${state.type} ${order_number.toUpperCase()} ${quantity}` &&
      performance.now() - last.current.at_ms < REPEAT_MS;
    if (isRepeat) return judge({ kind: 'ask', why: 'repeat', failure: null, order_number, quantity });
    void book(order_number, quantity);
  };
  return {
    ...state,
    pending: booking.pending || undoing.pending,
    entered,
    takeOrder,
    command,
    undo,
    setType,
    /** Esc: the question or the order is dropped. */
    drop: () =>
      send(state.verdict ? { kind: 'verdict', verdict: null } : { kind: 'order', order_number: null }),
  };
}
