import { PRINTER_TROUBLES, type PrinterTrouble } from '../../../preload/contract/logistics.ts';

export interface ToldState {
  /** What keeps the next label from coming out, the first to repair first. */
  troubles: PrinterTrouble[];
  /** Labels the printer holds and has not printed yet. */
  waiting: number;
}
const STX = String.fromCharCode(2);
const ETX = String.fromCharCode(3);

/** The answer to `~HS`: three strings of comma-separated figures between STX and ETX. Null while it is not whole. */
export function toldState(answer: string): ToldState | null {
  const [first, second, third] = answer
    .split(ETX)
    .slice(0, -1)
    .map(part => part.slice(part.indexOf(STX) + 1).split(','));
  if (!first || !second || third === undefined || first.length < 12 || second.length < 9) return null;
  const isSet: Record<PrinterTrouble, boolean> = {
    head_open: second[2] === '1',
    paper_out: first[1] === '1',
    ribbon_out: second[3] === '1',
    memory_lost: first[9] === '1',
    too_cold: first[10] === '1',
    too_hot: first[11] === '1',
    printer_paused: first[2] === '1',
    buffer_full: first[5] === '1',
  };
  return {
    troubles: PRINTER_TROUBLES.filter(trouble => isSet[trouble]),
    waiting: Number(second[8]) || 0,
  };
}
