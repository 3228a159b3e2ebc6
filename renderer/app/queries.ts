import { QueryClient } from '@tanstack/react-query';
import { bridge } from '../rpc/client.ts';
import { connectionNow, onConnection } from '../rpc/connection.ts';

/** Answers stay until something changed; nothing is asked again because time passed or a window got the focus. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 5 * 60_000,
      retry: false,
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
  },
});
/** Rows of these tables are on no screen; each sign-in and each refused call writes some. */
const UNSEEN = new Set(['user_sessions']);
const GATHER_MS = 30;
/** What the replicator's own state decides; a long load reports many times a second. */
const OF_REPLICATION = ['replication.status', 'replication.unsent', 'replication.waiting'];
const GATHER_REPLICATION_MS = 150;

/** After a change everything shown is asked again, once for changes that come close together. */
export function followChanges(): () => void {
  let timer: number | undefined;
  const refresh = () => {
    if (timer !== undefined) return;
    timer = window.setTimeout(() => {
      timer = undefined;
      void queries.invalidateQueries();
    }, GATHER_MS);
  };
  let replicationTimer: number | undefined;
  const refreshReplication = () => {
    if (replicationTimer !== undefined) return;
    replicationTimer = window.setTimeout(() => {
      replicationTimer = undefined;
      for (const path of OF_REPLICATION) void queries.invalidateQueries({ queryKey: ['ask', path] });
    }, GATHER_REPLICATION_MS);
  };
  let wasLost = false;
  const stops = [
    bridge().on(event => {
      if (event.kind === 'changed' && event.tables.some(table => !UNSEEN.has(table))) refresh();
      if (event.kind === 'replication') refreshReplication();
      if (event.kind === 'shell' && event.action === 'data_restarted') refresh();
    }),
    onConnection(() => {
      if (connectionNow() === 'open' && wasLost) refresh();
      wasLost = connectionNow() !== 'open';
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    clearTimeout(timer);
    clearTimeout(replicationTimer);
  };
}
