import { keepPreviousData, QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../preload/contract/rpc.ts';
import { ask, bridge, failureOf, type In, type Out, type PathOf, type RpcFailure } from './client.ts';

export const queries = new QueryClient({
  defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, networkMode: 'always' } },
});
/** Whatever changed, by whom or at which window: what is on screen is asked again, the rest when it is next shown. */
bridge.on(event => {
  if (event.kind === 'changed') void queries.invalidateQueries();
});

/** The answer of a query, kept up to date. Keeps the old answer on screen while the input changes. */
export function useAsk<P extends PathOf<'query'>>(path: P, input: In<P>, options: { enabled?: boolean } = {}): UseQueryResult<Out<P>, RpcFailure> {
  return useQuery<Out<P>, RpcFailure>({
    queryKey: [path, input],
    queryFn: async () => (await ask(path, input)) as Out<P>,
    placeholderData: keepPreviousData,
    ...options,
  });
}

export interface CommandState<P extends PathOf<'command'>> {
  /** Rejects with RpcFailure after `failure` is set. */
  run(input: In<P>): Promise<Out<P>>;
  pending: boolean;
  failure: Failure | null;
  reset(): void;
}
export function useCommand<P extends PathOf<'command'>>(path: P): CommandState<P> {
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = useCallback(
    async (input: In<P>): Promise<Out<P>> => {
      setPending(true);
      setFailure(null);
      try {
        return (await ask(path, input)) as Out<P>;
      } catch (error) {
        setFailure(failureOf(error));
        throw error;
      } finally {
        setPending(false);
      }
    },
    [path],
  );
  const reset = useCallback(() => setFailure(null), []);
  return { run, pending, failure, reset };
}

export type JobState<T> =
  | { kind: 'idle' }
  | { kind: 'running'; phase: string; done: number; total: number; started_at_ms: number }
  | { kind: 'done'; value: T }
  | { kind: 'failed'; error: Failure };
export interface JobHandle<P extends PathOf<'job'>> {
  start(input: In<P>): Promise<void>;
  state: JobState<Out<P>>;
  cancel(): void;
  reset(): void;
}
/** Long work with progress and cancel; the job goes on when the screen is left, only its events are no longer shown. */
export function useJob<P extends PathOf<'job'>>(path: P): JobHandle<P> {
  const [state, setState] = useState<JobState<Out<P>>>({ kind: 'idle' });
  const current = useRef<string | null>(null);
  const early = useRef<Parameters<Parameters<typeof bridge.on>[0]>[0][]>([]);
  const started = useRef(0);
  const take = useCallback((event: Parameters<Parameters<typeof bridge.on>[0]>[0]) => {
    if (event.kind !== 'job') return;
    if (current.current === null) {
      early.current.push(event);
      return;
    }
    if (event.job_id !== current.current) return;
    if (event.state === 'running') setState({ kind: 'running', phase: event.phase, done: event.done, total: event.total, started_at_ms: started.current });
    if (event.state === 'done') setState({ kind: 'done', value: event.value as Out<P> });
    if (event.state === 'failed') setState({ kind: 'failed', error: event.error });
  }, []);
  useEffect(() => bridge.on(take), [take]);

  const start = useCallback(
    async (input: In<P>) => {
      current.current = null;
      early.current = [];
      started.current = Date.now();
      setState({ kind: 'running', phase: '', done: 0, total: 0, started_at_ms: started.current });
      try {
        const { job_id } = (await ask(path, input)) as { job_id: string };
        current.current = job_id;
        early.current.splice(0).forEach(take);
      } catch (error) {
        setState({ kind: 'failed', error: failureOf(error) });
      }
    },
    [path, take],
  );
  const cancel = useCallback(() => {
    if (current.current) bridge.cancelJob(current.current);
  }, []);
  const reset = useCallback(() => setState({ kind: 'idle' }), []);
  return { start, state, cancel, reset };
}
