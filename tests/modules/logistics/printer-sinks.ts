import { type AddressInfo, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Sink {
  port: number;
  /** What each connection sent, in the order of their first bytes. */
  received: string[];
  stop(): Promise<void>;
}
type Behaviour = (socket: Socket, kept: (text: string) => void) => void;
async function sink(behave: Behaviour, port = 0): Promise<Sink> {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, socket => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    let place = -1;
    behave(socket, text => {
      if (place < 0) place = received.push('') - 1;
      received[place] = (received[place] ?? '') + text;
    });
  });
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise(resolve => server.close(resolve));
  };
  onTestFinished(stop);
  return { port: (server.address() as AddressInfo).port, received, stop };
}

/** Takes everything at once and closes, as a printer does. */
export const fastSink = (port?: number): Promise<Sink> =>
  sink((socket, kept) => {
    socket.on('data', data => kept(data.toString()));
    socket.on('end', () => socket.end());
  }, port);
/** Takes a few bytes at a time and answers late, but within its time. */
export const slowSink = (pause_ms: number): Promise<Sink> =>
  sink((socket, kept) => {
    socket.on('data', data => {
      kept(data.toString());
      socket.pause();
      setTimeout(() => socket.resume(), 5);
    });
    socket.on('end', () => setTimeout(() => socket.end(), pause_ms));
  });
/** Breaks the line after the first bytes. */
export const dyingSink = (): Promise<Sink> =>
  sink((socket, kept) => {
    socket.once('data', data => {
      kept(data.toString().slice(0, 100));
      socket.resetAndDestroy();
    });
  });
/** Takes the connection and everything sent, and never says a word. */
export const silentSink = (): Promise<Sink> =>
  sink((socket, kept) => void socket.on('data', data => kept(data.toString())));
/** Busy with another computer: takes the connection and hangs up, the first times it is asked. */
export const busySink = (times: number): Promise<Sink> => {
  let asked = 0;
  return sink((socket, kept) => {
    asked += 1;
    if (asked <= times) return void socket.destroy();
    socket.on('data', data => kept(data.toString()));
    socket.on('end', () => socket.end());
  });
};
/** Takes everything of the connection with this number and never says a word; prints all others. */
export const stallingSink = (stalled: number): Promise<Sink> => {
  let asked = 0;
  return sink((socket, kept) => {
    asked += 1;
    const isStalled = asked === stalled;
    socket.on('data', data => kept(data.toString()));
    socket.on('end', () => !isStalled && socket.end());
  });
};
/** Talks on for ever. */
export const endlessSink = (): Promise<Sink> =>
  sink(socket => {
    const line = 'x'.repeat(1000);
    const talk = () => {
      while (socket.write(line));
    };
    socket.on('drain', talk);
    talk();
  });

/** Figures of the answer to `~HS` that differ from those of a printer in order; `waiting` is its count of labels. */
export interface Told {
  paper_out?: 0 | 1;
  paused?: 0 | 1;
  head_open?: 0 | 1;
  ribbon_out?: 0 | 1;
  waiting?: number;
}
const string = (figures: readonly (string | number)[]): string => `\u0002${figures.join(',')}\u0003\r\n`;
const answerOf = ({ paper_out = 0, paused = 0, head_open = 0, ribbon_out = 0, waiting = 0 }: Told): string =>
  [
    string(['030', paper_out, paused, '0406', '000', 0, 0, 0, '000', 0, 0, 0]),
    string(['000', 0, head_open, ribbon_out, 1, 2, 4, 0, String(waiting).padStart(8, '0'), 1, '000']),
    string(['1234', 0]),
  ].join('');
/** A printer that tells its state, in pieces as a slow line does; `received` holds what was meant to be printed. */
export async function tellingSink(told: () => Told): Promise<Sink & { asked(): number }> {
  let asked = 0;
  const held = await sink((socket, kept) => {
    socket.on('data', data => {
      const text = data.toString();
      if (!text.startsWith('~HS')) return kept(text);
      asked += 1;
      const answer = answerOf(told());
      socket.write(answer.slice(0, 30), () => setImmediate(() => socket.write(answer.slice(30))));
    });
    socket.on('end', () => socket.end());
  });
  return {
    ...held,
    asked: () => asked,
    get received() {
      return held.received.filter(text => text !== '');
    },
  };
}
