import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ask, bridge, failureFrom, type RpcFailure, runJob } from './client.ts';
import type { InputAt, OutputAt, PathOf } from './paths.ts';
import { sessionToken } from './session-token.ts';

interface AskOptions {
  enabled?: boolean;
  /** Keeps showing the previous answer while the next one comes. */
  keepPrevious?: boolean;
  /** Asks again by the clock, for answers that change without a row changing. */
  every_ms?: number;
}
/** Reads; is asked again when rows may have changed. */
export function useAsk<P extends PathOf<'query'>>(
  path: P,
  input: InputAt<P>,
  { enabled = true, keepPrevious = false, every_ms }: AskOptions = {},
): UseQueryResult<OutputAt<P>, RpcFailure> {
  return useQuery<OutputAt<P>, RpcFailure, OutputAt<P>>({
    queryKey: ['ask', path, input],
    queryFn: () => ask<P>(path, input),
    enabled,
    placeholderData: keepPrevious ? keepPreviousData : undefined,
    refetchInterval: every_ms ?? false,
  });
}

export interface Command<P extends PathOf<'command'>> {
  /**
   * Rejects with RpcFailure; the same failure stands in `failure` until the next run or reset. Asked for twice before
   * the answer is there, the same is done once, and both get that answer.
   */
  run(input: InputAt<P>): Promise<OutputAt<P>>;
  pending: boolean;
  failure: RpcFailure | null;
  reset(): void;
}
export function useCommand<P extends PathOf<'command'>>(path: P): Command<P> {
  const [state, setState] = useState<{ pending: boolean; failure: RpcFailure | null }>({
    pending: false,
    failure: null,
  });
  const underWay = useRef(new Map<string, Promise<OutputAt<P>>>());
  const act = useCallback(
    async (input: InputAt<P>): Promise<OutputAt<P>> => {
      setState({ pending: true, failure: null });
      try {
        const value = await ask<P>(path, input);
        setState({ pending: false, failure: null });
        return value;
      } catch (error) {
        const failure = failureFrom(error);
        setState({ pending: false, failure });
        throw failure;
      }
    },
    [path],
  );
  const run = useCallback(
    (input: InputAt<P>): Promise<OutputAt<P>> => {
      const same = JSON.stringify(input);
      const first = underWay.current.get(same);
      if (first) return first;
      const answer = act(input).finally(() => underWay.current.delete(same));
      underWay.current.set(same, answer);
      return answer;
    },
    [act],
  );
  const reset = useCallback(() => setState({ pending: false, failure: null }), []);
  return { run, reset, ...state };
}

export type JobState<T> =
  | { kind: 'idle'; phase: ''; done: 0; total: 0; value?: undefined; error?: undefined }
  | {
      kind: 'running';
      phase: string;
      done: number;
      total: number;
      started_at_ms: number;
      value?: undefined;
      error?: undefined;
    }
  | { kind: 'done'; phase: string; done: number; total: number; value: T; error?: undefined }
  | { kind: 'failed'; phase: string; done: number; total: number; value?: undefined; error: RpcFailure };

export interface Job<P extends PathOf<'job'>> {
  /** Resolves with the output, or with undefined when the job failed or was cancelled: `state` tells. */
  start(input: InputAt<P>): Promise<OutputAt<P> | undefined>;
  state: JobState<OutputAt<P>>;
  cancel(): void;
  reset(): void;
}
const idle = { kind: 'idle', phase: '', done: 0, total: 0 } as const;

export function useJob<P extends PathOf<'job'>>(path: P): Job<P> {
  const [state, setState] = useState<JobState<OutputAt<P>>>(idle);
  const jobId = useRef<string | undefined>(undefined);
  const isMounted = useRef(true);
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);
  const start = useCallback(
    async (input: InputAt<P>) => {
      const started_at_ms = Date.now();
      const show = (next: JobState<OutputAt<P>>) => isMounted.current && setState(next);
      show({ kind: 'running', phase: '', done: 0, total: 0, started_at_ms });
      try {
        const value = await runJob<P>(path, input, {
          onStarted: job_id => {
            jobId.current = job_id;
          },
          onProgress: ({ phase, done, total }) =>
            show({ kind: 'running', phase, done, total, started_at_ms }),
        });
        show({ kind: 'done', phase: '', done: 1, total: 1, value });
        return value;
      } catch (error) {
        show({ kind: 'failed', phase: '', done: 0, total: 0, error: failureFrom(error) });
        return undefined;
      } finally {
        jobId.current = undefined;
      }
    },
    [path],
  );
  const cancel = useCallback(() => {
    if (jobId.current) bridge().cancelJob(sessionToken(), jobId.current);
  }, []);
  const reset = useCallback(() => setState(idle), []);
  return { start, state, cancel, reset };
}
