import net from 'node:net';

/** Where a fault may strike: when a connection is made, or when the client has sent a whole request. */
export interface Moment {
  kind: 'connection' | 'request';
  /** 1, 2, 3 … over all connections of the proxy. */
  n: number;
  connection: number;
  /** The text of the statement, empty for a connection. */
  text: string;
}
export type Fault =
  /** The client finds the door closed. */
  | 'refuse'
  /** The request never arrives. */
  | 'cut_before'
  /** Half of the request arrives. */
  | 'cut_inside_request'
  /** The server has answered, so the transaction has ended; nothing of the answer comes back. */
  | 'cut_before_answer'
  | 'cut_inside_answer'
  /** The answer comes back whole, then the line is cut. */
  | 'cut_after'
  /** Half open: neither side hears of the other again. */
  | 'swallow'
  /** As `swallow`, after the request went through. */
  | 'swallow_answer'
  /** The request waits until `release` is called. */
  | 'hold'
  /** A second connection begins with the same bytes, as a duplicated packet would. */
  | 'duplicate_start'
  /** Bytes come in pieces of 7. */
  | 'throttle';
export type Script = (moment: Moment) => Fault | undefined;

const STARTUP_BYTES = 8;
const PIECE_BYTES = 7;

/**
 * Stands between a station and the server, reads the messages of the PostgreSQL protocol as they pass and strikes
 * where the script says. It counts messages, never time. Only for connections without TLS.
 */
export async function openProxy(target_port: number) {
  let script: Script = () => undefined;
  let connections = 0;
  let requests = 0;
  const open = new Set<Link>();
  const held: (() => void)[] = [];
  const faults: { fault: Fault; moment: Moment }[] = [];
  const strike = (moment: Moment): Fault | undefined => {
    const fault = script(moment);
    if (fault) faults.push({ fault, moment });
    return fault;
  };

  const server = net.createServer({ noDelay: true }, client => {
    const connection = ++connections;
    const fault = strike({ kind: 'connection', n: connection, connection, text: '' });
    if (fault === 'refuse' || fault === 'cut_before') {
      client.destroy();
      return;
    }
    const link = createLink(client, target_port, fault, {
      request: text => strike({ kind: 'request', n: ++requests, connection, text }),
      hold: go => void held.push(go),
      gone: () => void open.delete(link),
    });
    open.add(link);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address !== 'object') throw new Error('no port');
  return {
    port: address.port,
    /** Every fault that struck, in order. */
    faults,
    follow(next: Script): void {
      script = next;
    },
    /** The line is good again; connections that were swallowed stay so until `cutAll`. */
    heal(): void {
      script = () => undefined;
    },
    /** The cable is out: nothing passes and nobody gets in. */
    unplug(): void {
      script = () => 'refuse';
      for (const link of [...open]) link.cut();
    },
    /** Half open from now on: nothing passes, and neither side hears that the other one ended. */
    freeze(): void {
      for (const link of [...open]) link.freeze();
    },
    cutAll(): void {
      for (const link of [...open]) link.cut();
    },
    release(): void {
      for (const go of held.splice(0)) go();
    },
    get connections() {
      return connections;
    },
    get requests() {
      return requests;
    },
    async close(): Promise<void> {
      for (const link of [...open]) link.cut();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
export type FaultProxy = Awaited<ReturnType<typeof openProxy>>;

/** The n-th statement that contains this text meets the fault; later ones pass. */
export function once(text: string, fault: Fault, n = 1): Script {
  let seen = 0;
  return moment =>
    moment.kind === 'request' && moment.text.includes(text) && ++seen === n ? fault : undefined;
}
export const onConnection =
  (fault: Fault, ...numbers: number[]): Script =>
  moment =>
    moment.kind === 'connection' && numbers.includes(moment.n) ? fault : undefined;

interface Link {
  cut(): void;
  freeze(): void;
}
interface Around {
  request(text: string): Fault | undefined;
  hold(go: () => void): void;
  gone(): void;
}

function createLink(client: net.Socket, port: number, first: Fault | undefined, around: Around): Link {
  const upstream = net.connect({ port, host: '127.0.0.1', noDelay: true });
  let throttled = first === 'throttle';
  const up = messagesOf(true);
  const down = messagesOf(false);
  let muted = first === 'swallow';
  let answering: Fault | undefined;
  let request: Buffer[] = [];
  let answer: Buffer[] = [];
  let text = '';
  const cut = (): void => {
    client.destroy();
    upstream.destroy();
    around.gone();
  };
  const freeze = (): void => {
    muted = true;
    client.pause();
    upstream.pause();
  };
  const send = (socket: net.Socket, bytes: Buffer): void => {
    if (socket.destroyed) return;
    if (!throttled) {
      socket.write(bytes);
      return;
    }
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) socket.write(bytes.subarray(at, at + PIECE_BYTES));
  };
  const half = (parts: Buffer[]): Buffer => {
    const whole = Buffer.concat(parts);
    return whole.subarray(0, Math.floor(whole.length / 2));
  };

  function wholeRequest(): void {
    const parts = request;
    request = [];
    const fault = around.request(text);
    text = '';
    answering = undefined;
    switch (fault) {
      case 'refuse':
      case 'cut_before':
        cut();
        return;
      case 'cut_inside_request':
        upstream.write(half(parts), cut);
        return;
      case 'swallow':
        freeze();
        return;
      case 'hold':
        around.hold(() => send(upstream, Buffer.concat(parts)));
        return;
      default:
        throttled ||= fault === 'throttle';
        answering = fault === 'throttle' ? undefined : fault;
        send(upstream, Buffer.concat(parts));
    }
  }
  function wholeAnswer(): void {
    const parts = answer;
    answer = [];
    switch (answering) {
      case 'cut_before_answer':
        cut();
        return;
      case 'cut_inside_answer':
        client.write(half(parts), cut);
        return;
      case 'cut_after':
        client.write(Buffer.concat(parts), cut);
        return;
      case 'swallow_answer':
        freeze();
        return;
      default:
        send(client, Buffer.concat(parts));
    }
  }

  client.on('data', chunk => {
    if (muted) return;
    for (const message of up(chunk)) {
      if (message.type === 'start') {
        if (first === 'duplicate_start') duplicate(port, message.bytes);
        send(upstream, message.bytes);
        continue;
      }
      request.push(message.bytes);
      if (message.type === 'P') text += parsedText(message.bytes);
      if (message.type === 'Q') text += message.bytes.subarray(5, -1).toString('utf8');
      if (message.type === 'Q' || message.type === 'S') wholeRequest();
      else if (message.type === 'p' || message.type === 'X') {
        send(upstream, Buffer.concat(request));
        request = [];
      }
      if (muted) return;
    }
  });
  upstream.on('data', chunk => {
    if (muted) return;
    if (answering === undefined) {
      send(client, chunk);
      for (const _ of down(chunk));
      return;
    }
    for (const message of down(chunk)) {
      answer.push(message.bytes);
      if (message.type === 'Z') wholeAnswer();
      if (muted) return;
    }
  });
  for (const [from, to] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    from.on('error', () => undefined);
    from.on('close', () => {
      // A half-open line: the other side is never told.
      if (muted && from === upstream) return;
      to.destroy();
      around.gone();
    });
  }
  return { cut, freeze };
}

/** A connection that begins and is left alone: the server must give it up by itself. */
function duplicate(port: number, start: Buffer): void {
  const twin = net.connect({ port, host: '127.0.0.1' }, () => twin.write(start));
  twin.on('error', () => undefined);
  twin.on('data', () => twin.destroy());
}

/** The statement of a Parse message: after the name of the prepared statement. */
function parsedText(bytes: Buffer): string {
  const name_end = bytes.indexOf(0, 5);
  return bytes.subarray(name_end + 1, bytes.indexOf(0, name_end + 1)).toString('utf8');
}

/** Cuts a stream of bytes into whole messages. A client begins with one message without a type. */
function messagesOf(isClient: boolean): (chunk: Buffer) => Generator<{ type: string; bytes: Buffer }> {
  let rest = Buffer.alloc(0);
  let started = !isClient;
  return function* take(chunk) {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = started ? 1 : 0;
      if (rest.length < (started ? 5 : STARTUP_BYTES)) return;
      const length = head + rest.readInt32BE(head);
      if (rest.length < length) return;
      const bytes = rest.subarray(0, length);
      rest = rest.subarray(length);
      const type = started ? String.fromCharCode(bytes.readUInt8(0)) : 'start';
      started = true;
      yield { type, bytes };
    }
  };
}
