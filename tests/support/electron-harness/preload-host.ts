/** Runs in the page before its own scripts: what Electron gives a sandboxed preload script, over a binding of the browser. */
export function hostPreload(preloadText: string): void {
  const host = globalThis as unknown as {
    electronSend(kind: string, channel: string, message: unknown): Promise<unknown>;
    electronPush(channel: string, message: unknown): void;
  };
  const listeners = new Map<string, Set<(event: unknown, message: unknown) => void>>();
  host.electronPush = (channel, message) => {
    for (const listener of listeners.get(channel) ?? []) listener({}, message);
  };
  if (window !== window.top || location.protocol === 'about:') return;
  const ipcRenderer = {
    invoke: (channel: string, message: unknown) => host.electronSend('invoke', channel, message),
    send: (channel: string, message: unknown) => void host.electronSend('send', channel, message),
    on(channel: string, listener: (event: unknown, message: unknown) => void) {
      const held = listeners.get(channel) ?? new Set();
      listeners.set(channel, held.add(listener));
    },
    off: (channel: string, listener: (event: unknown, message: unknown) => void) =>
      void listeners.get(channel)?.delete(listener),
  };
  const contextBridge = {
    exposeInMainWorld: (name: string, value: unknown) =>
      Object.defineProperty(globalThis, name, { value: Object.freeze(value), writable: false }),
  };
  new Function('require', preloadText)((name: string) => {
    if (name !== 'electron') throw new Error(`a sandboxed preload script cannot load ${name}`);
    return { contextBridge, ipcRenderer };
  });
}
