import { useSyncExternalStore } from 'react';

/** `refused`: this browser holds no right to connect; a fresh address from the program is needed. */
export type Connection = 'connecting' | 'open' | 'lost' | 'refused';

let current: Connection = 'connecting';
const listeners = new Set<() => void>();

export function setConnection(next: Connection): void {
  if (next === current) return;
  current = next;
  for (const listener of listeners) listener();
}
export const connectionNow = (): Connection => current;
export function onConnection(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
export const useConnection = (): Connection => useSyncExternalStore(onConnection, connectionNow);
