import type { Call, PushEvent, Reply } from '../../preload/contract/rpc.ts';
import type { Bridge, Connection } from './transport.ts';

const RETRY_MS = [250, 500, 1000, 2000, 5000];
/** A WebSocket protocol may not be empty; after the first use of the address a cookie speaks for us. */
const NO_TOKEN = 'none';

/** The loopback WebSocket of browser mode; reconnects by itself, calls wait meanwhile. */
export function browserBridge(): Bridge {
  const fragment = new URLSearchParams(location.hash.replace(/^#/, ''));
  let token = fragment.get('token') ?? NO_TOKEN;
  if (token !== NO_TOKEN) history.replaceState(null, '', location.pathname);
  const waiting = new Map<number, { message: string; settle: (reply: Reply) => void }>();
  const listeners = new Set<(event: PushEvent) => void>();
  const watchers = new Set<(state: Connection) => void>();
  let socket: WebSocket | null = null;
  let failures = 0;

  function connect(): void {
    socket = new WebSocket(`ws://${location.host}/rpc`, ['millwright', token]);
    socket.onopen = () => {
      failures = 0;
      token = NO_TOKEN;
      for (const watch of watchers) watch('open');
      for (const { message } of waiting.values()) socket?.send(message);
    };
    socket.onmessage = ({ data }) => receive(JSON.parse(String(data)));
    socket.onclose = () => {
      for (const watch of watchers) watch('closed');
      setTimeout(connect, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
      failures += 1;
    };
  }
  function receive(message: { id?: number; reply?: Reply } | PushEvent): void {
    if ('kind' in message) {
      for (const listener of listeners) listener(message);
      return;
    }
    if (message.id === undefined || !message.reply) return;
    waiting.get(message.id)?.settle(message.reply);
    waiting.delete(message.id);
  }
  connect();
  return {
    shell: 'browser',
    call: (call: Call) =>
      new Promise(settle => {
        const message = JSON.stringify(call);
        waiting.set(call.id, { message, settle });
        if (socket?.readyState === WebSocket.OPEN) socket.send(message);
      }),
    cancelJob: job_id => socket?.send(JSON.stringify({ cancel_job: job_id })),
    on: listener => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    watch: watcher => {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    transferUrl: ticket => `/transfer/${ticket}`,
  };
}
