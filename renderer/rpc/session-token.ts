/** The session of this window; windows of the same browser lend it to a newly opened one. */
const KEY = 'millwright.session';
const LEND_WAIT_MS = 150;
const channel =
  typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('millwright.session');

export const sessionToken = (): string | null => sessionStorage.getItem(KEY);
export function setSessionToken(token: string | null): void {
  if (token === null) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, token);
}

channel?.addEventListener('message', event => {
  const token = sessionToken();
  if (event.data?.ask === 'session' && token) channel.postMessage({ lend: token });
});

/** A window opened by Ctrl-click starts without a session: another window of this program may lend its own. */
export function borrowSessionToken(): Promise<string | null> {
  const own = sessionToken();
  if (own || !channel) return Promise.resolve(own);
  return new Promise(resolve => {
    const done = (token: string | null) => {
      channel.removeEventListener('message', listen);
      clearTimeout(timer);
      if (token) setSessionToken(token);
      resolve(token);
    };
    const listen = (event: MessageEvent) => {
      if (typeof event.data?.lend === 'string') done(event.data.lend);
    };
    const timer = setTimeout(() => done(null), LEND_WAIT_MS);
    channel.addEventListener('message', listen);
    channel.postMessage({ ask: 'session' });
  });
}
