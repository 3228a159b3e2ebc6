import type { Failure, PushEvent, Reply } from '../../preload/contract/rpc.ts';
import { browserBridge, takeToken } from './browser-bridge.ts';
import { connectionNow, onConnection, setConnection } from './connection.ts';
import type { InputAt, OutputAt, PathOf } from './paths.ts';
import { sessionToken } from './session-token.ts';
import type { Bridge } from './transport.ts';

/** What a call rejects with; worded by `wordFailure` or shown by `RefusalNotice`. */
export class RpcFailure extends Error implements Failure {
  readonly code: string;
  readonly details: Record<string, unknown>;
  constructor(failure: Failure) {
    super(failure.code);
    this.name = 'RpcFailure';
    this.code = failure.code;
    this.details = failure.details ?? {};
  }
}
export const failureFrom = (error: unknown): RpcFailure =>
  error instanceof RpcFailure
    ? error
    : new RpcFailure({
        code: 'unexpected_failure',
        message: 'unexpected_failure',
        details: { incident: 'window' },
      });

/** The failure of a query or of a caught error, as `RefusalNotice` takes it. */
export const failureOf = (error: unknown): RpcFailure | null =>
  error === null || error === undefined ? null : failureFrom(error);

let held: Bridge | undefined;
/** The shell's bridge, or the WebSocket of browser mode. */
export function bridge(): Bridge {
  if (held) return held;
  const desktop: Bridge | undefined = Reflect.get(window, 'millwright');
  if (desktop) setConnection('open');
  held = desktop ?? browserBridge(takeToken());
  return held;
}

const failureListeners = new Set<(failure: RpcFailure, session: string | null) => void>();
/** Told of each refused call: the session provider notices an ended or locked session here. */
export function onFailure(listener: (failure: RpcFailure, session: string | null) => void): () => void {
  failureListeners.add(listener);
  return () => failureListeners.delete(listener);
}

let lastId = 0;
async function call(path: string, input: unknown): Promise<unknown> {
  const session = sessionToken();
  const reply: Reply = await bridge().call({ id: ++lastId, path, input, session });
  if (reply.ok) return reply.value;
  const failure = new RpcFailure(reply.error);
  for (const listener of failureListeners) listener(failure, session);
  throw failure;
}

/** Calls a query or command. Rejects with RpcFailure. */
export function ask<P extends PathOf<'query' | 'command'>>(path: P, input: InputAt<P>): Promise<OutputAt<P>>;
export function ask(path: string, input: unknown): Promise<unknown> {
  return call(path, input);
}

export interface JobProgressNow {
  phase: string;
  done: number;
  total: number;
}
interface JobWatch {
  onProgress?: (progress: JobProgressNow) => void;
  onStarted?: (job_id: string) => void;
}
/** Starts a job and resolves with its output. */
export function runJob<P extends PathOf<'job'>>(
  path: P,
  input: InputAt<P>,
  watch?: JobWatch,
): Promise<OutputAt<P>>;
export function runJob(path: string, input: unknown, watch: JobWatch = {}): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let job_id: string | undefined;
    const early: PushEvent[] = [];
    const stop = () => {
      stopEvents();
      stopConnection();
    };
    const take = (event: PushEvent) => {
      if (event.kind !== 'job' || event.job_id !== job_id) return;
      if (event.state === 'running') return watch.onProgress?.(event);
      stop();
      if (event.state === 'done') resolve(event.value);
      else reject(new RpcFailure(event.error));
    };
    // Events may overtake the reply that tells the job's id.
    const stopEvents = bridge().on(event => (job_id === undefined ? void early.push(event) : take(event)));
    const stopConnection = onConnection(() => {
      if (job_id === undefined || connectionNow() !== 'lost') return;
      stop();
      reject(new RpcFailure({ code: 'connection_lost', message: 'connection_lost' }));
    });
    call(path, input).then(
      value => {
        job_id = jobIdOf(value);
        if (job_id) watch.onStarted?.(job_id);
        early.forEach(take);
      },
      error => {
        stop();
        reject(error);
      },
    );
  });
}
function jobIdOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'job_id' in value ? String(value.job_id) : undefined;
}

/** Sends a file to an upload ticket; the command that registers it takes the ticket afterwards. */
export function upload(
  ticket: string,
  file: File,
  onProgress?: (sent_bytes: number, total_bytes: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', bridge().transferUrl(ticket));
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
    request.upload.onprogress = event => onProgress?.(event.loaded, event.total);
    request.onload = () =>
      request.status < 300 ? resolve() : reject(new RpcFailure(failureIn(request.responseText)));
    request.onerror = () => reject(new RpcFailure({ code: 'connection_lost', message: 'connection_lost' }));
    request.send(file);
  });
}
function failureIn(text: string): Failure {
  try {
    const failure: Partial<Failure> = JSON.parse(text);
    if (failure.code) return { code: failure.code, message: failure.code, details: failure.details };
  } catch {
    // Not JSON: the plain text of the server says it all.
  }
  return { code: 'upload_failed', message: 'upload_failed', details: { reason: text.slice(0, 200) } };
}

/** Saves the file behind a download ticket under its own name. */
export function download(ticket: string, file_name = ''): void {
  const link = document.createElement('a');
  link.href = bridge().transferUrl(ticket);
  link.download = file_name;
  link.click();
}
/** For showing a file inside the page. */
export const inlineUrl = (ticket: string): string => `${bridge().transferUrl(ticket)}?inline`;
