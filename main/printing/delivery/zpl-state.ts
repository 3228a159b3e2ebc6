import { Socket } from 'node:net';
import type { TcpTarget } from './tcp.ts';
import { type ToldState, toldState } from './zpl-state.rules.ts';

export type PrinterAnswer =
  | ({ kind: 'told' } & ToldState)
  | { kind: 'silent'; detail: string }
  | { kind: 'not_reached'; detail: string };

/** The answer takes about 90; whoever says more is no such printer. */
const MOST_CHARACTERS = 10_000;

/** Asks a ZPL printer for paper, ribbon and head (`~HS`). Nothing is printed by it. */
export function askState({ host, port, timeout_ms }: TcpTarget): Promise<PrinterAnswer> {
  return new Promise(resolve => {
    const socket = new Socket();
    let answer = '';
    let isConnected = false;
    const end = (outcome: PrinterAnswer) => {
      clearTimeout(clock);
      socket.destroy();
      resolve(outcome);
    };
    const without = (detail: string) => end({ kind: isConnected ? 'silent' : 'not_reached', detail });
    const clock = setTimeout(() => without(`${host}:${port}, ${timeout_ms / 1000} s`), timeout_ms);
    socket.once('error', error => without(error.message));
    socket.once('close', () => without(`${host}:${port}`));
    socket.setEncoding('latin1');
    socket.on('data', text => {
      answer += text;
      if (answer.length > MOST_CHARACTERS) return without('~HS');
      const told = toldState(answer);
      if (told) end({ kind: 'told', ...told });
    });
    socket.connect({ host, port }, () => {
      isConnected = true;
      socket.write('~HS\r\n');
    });
  });
}
