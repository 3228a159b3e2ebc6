import { Socket } from 'node:net';
import { type DeliveryOutcome, PRINTED } from './outcome.ts';

export interface TcpTarget {
  host: string;
  port: number;
  timeout_ms: number;
}
/** A busy printer takes a connection and hangs up at once: it is given twice the time it took to answer, at least and at most this. */
const LEAST_WAIT_MS = 5;
const MOST_WAIT_MS = 100;

/**
 * Sends to a raw port (9100) and waits until the printer has taken everything and closed the connection. Before the
 * first byte a failure means "not reached"; after it nobody knows, and nothing is sent twice. A printer that closes
 * before the station does has not taken everything, though its computer may have.
 */
export function sendTcp(content: string, { host, port, timeout_ms }: TcpTarget): Promise<DeliveryOutcome> {
  return new Promise(resolve => {
    const socket = new Socket();
    let has_left = false;
    let is_whole = false;
    let patience: NodeJS.Timeout | undefined;
    const from_ms = performance.now();
    const end = (outcome: DeliveryOutcome) => {
      clearTimeout(clock);
      clearTimeout(patience);
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
    socket.once('end', () => !is_whole && end(broke(`${host}:${port}`)));
    // All bytes were taken before the printer closed: that is the answer of a raw port.
    socket.once('close', hadError => {
      if (!hadError) end(is_whole ? PRINTED : broke(`${host}:${port}`));
    });
    const send = () => {
      has_left = true;
      socket.write(content, 'utf8', error => !error && setImmediate(finish));
    };
    const finish = () => {
      is_whole = !socket.readableEnded && !socket.destroyed;
      socket.end();
    };
    socket.setNoDelay(true);
    socket.connect({ host, port }, () => {
      const answered_ms = performance.now() - from_ms;
      patience = setTimeout(send, Math.min(MOST_WAIT_MS, Math.max(LEAST_WAIT_MS, 2 * answered_ms)));
    });
    socket.resume();
  });
}
