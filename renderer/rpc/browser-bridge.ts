import type { Call, PushEvent, Reply } from '../../preload/contract/rpc.ts';
import { setConnection } from './connection.ts';
import type { Bridge } from './transport.ts';

const CALL_WAIT_MS = 10_000;
const RETRY_MS = [200, 500, 1000, 2000, 3000];
/** A subprotocol must not be empty; after the first connection the cookie speaks for this browser. */
const NO_TOKEN = 'none';

type Message = { id: number | null; reply: Reply } | PushEvent;
interface Waiting {
  message: Call;
  resolve: (reply: Reply) => void;
  is_sent: boolean;
  timer: number;
}
const lost: Reply = { ok: false, error: { code: 'connection_lost', message: 'connection_lost' } };

/** Takes the one-time token out of the address, so that neither history nor a copied link carries it. */
export function takeToken(): string {
  const found = /^#(?:t|token)=([\w-]+)/.exec(location.hash);
  if (!found) return NO_TOKEN;
  history.replaceState(null, '', `${location.pathname}${location.search}#/`);
  return found[1] ?? NO_TOKEN;
}

/** The loopback WebSocket, reconnecting; a call waits up to 10 s for the connection, then answers `connection_lost`. */
export function browserBridge(token: string): Bridge {
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<(event: PushEvent) => void>();
  let socket: WebSocket | undefined;
  let attempts = 0;
  let opened_once = false;
  let used_token = token;

  function settle(id: number, reply: Reply): void {
    const call = waiting.get(id);
    if (!call) return;
    waiting.delete(id);
    clearTimeout(call.timer);
    call.resolve(reply);
  }
  function send(call: Waiting): void {
    if (socket?.readyState !== WebSocket.OPEN) return;
    call.is_sent = true;
    clearTimeout(call.timer);
    socket.send(JSON.stringify(call.message));
  }
  function receive(text: string): void {
    const message: Message = JSON.parse(text);
    if ('kind' in message) for (const listener of listeners) listener(message);
    else if (message.id !== null) settle(message.id, message.reply);
  }
  function connect(): void {
    const address = location.origin.replace(/^http/, 'ws');
    socket = new WebSocket(`${address}/rpc`, ['millwright', used_token]);
    socket.onopen = () => {
      opened_once = true;
      used_token = NO_TOKEN;
      attempts = 0;
      setConnection('open');
      for (const call of waiting.values()) if (!call.is_sent) send(call);
    };
    socket.onmessage = event => receive(String(event.data));
    socket.onclose = () => {
      setConnection(opened_once ? 'lost' : 'refused');
      // A call that was under way may or may not have happened: it is reported, never repeated silently.
      for (const [id, call] of waiting) if (call.is_sent) settle(id, lost);
      setTimeout(connect, RETRY_MS[Math.min(attempts++, RETRY_MS.length - 1)]);
    };
  }
  connect();

  return {
    shell: 'browser',
    call: message =>
      new Promise(resolve => {
        const timer = window.setTimeout(() => settle(message.id, lost), CALL_WAIT_MS);
        const call: Waiting = { message, resolve, is_sent: false, timer };
        waiting.set(message.id, call);
        send(call);
      }),
    cancelJob: (session, job_id) => {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ session, cancel_job: job_id }));
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    transferUrl: ticket => `/transfer/${ticket}`,
  };
}
