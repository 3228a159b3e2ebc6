import { Socket } from 'node:net';
import { type DeliveryOutcome, PRINTED } from './outcome.ts';

export interface TcpTarget {
  host: string;
  port: number;
  timeout_ms: number;
}
/**
 * Sends to a raw port (9100) and waits until the printer has taken everything and closed the connection. Before the
 * first byte a failure means "not reached"; after it nobody knows, and nothing is sent twice.
 */
export function sendTcp(content: string, { host, port, timeout_ms }: TcpTarget): Promise<DeliveryOutcome> {
  return new Promise(resolve => {
    const socket = new Socket();
    let has_left = false;
    let has_finished = false;
    const end = (outcome: DeliveryOutcome) => {
      clearTimeout(clock);
      socket.destroy();
      resolve(outcome);
    };
    const broke = (detail: string): DeliveryOutcome =>
      has_left
        ? { kind: 'unknown', code: 'line_broke', detail }
        : { kind: 'not_reached', code: 'printer_offline', detail };
    const clock = setTimeout(
      () =>
        end(
          has_left
            ? { kind: 'unknown', code: 'no_answer', detail: `${timeout_ms / 1000} s` }
            : {
                kind: 'not_reached',
                code: 'printer_offline',
                detail: `${host}:${port}, ${timeout_ms / 1000} s`,
              },
        ),
      timeout_ms,
    );
    socket.once('error', error => end(broke(error.message)));
    // All bytes were taken before the printer closed: that is the answer of a raw port.
    socket.once('close', hadError => {
      if (!hadError) end(has_finished ? PRINTED : broke(`${host}:${port}`));
    });
    socket.once('finish', () => {
      has_finished = true;
    });
    socket.setNoDelay(true);
    socket.connect({ host, port }, () => {
      has_left = true;
      socket.end(content, 'utf8');
    });
    socket.resume();
  });
}
