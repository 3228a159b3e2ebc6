import type { AppContract } from '../../preload/contract/index.ts';
import type { Failure, InputOf, OutputOf, Procedure } from '../../preload/contract/rpc.ts';
import { browserBridge } from './browser-bridge.ts';
import type { Bridge } from './transport.ts';

declare global {
  interface Window {
    millwright?: Bridge;
  }
}

export const bridge: Bridge = window.millwright ?? browserBridge();

/** `module.procedure` of the contract. */
export type ProcedurePath = {
  [M in keyof AppContract & string]: `${M}.${keyof AppContract[M] & string}`;
}[keyof AppContract & string];
type Found<P extends string> = P extends `${infer M}.${infer N}`
  ? M extends keyof AppContract
    ? N extends keyof AppContract[M]
      ? AppContract[M][N]
      : never
    : never
  : never;
export type ProcedureAt<P extends string> = Extract<Found<P>, Procedure>;
export type PathOf<Kind extends Procedure['kind']> = {
  [P in ProcedurePath]: ProcedureAt<P>['kind'] extends Kind ? P : never;
}[ProcedurePath];
export type In<P extends string> = InputOf<ProcedureAt<P>>;
export type Out<P extends string> = OutputOf<ProcedureAt<P>>;

/** A refusal or fault of a call; `wordFailure` puts it into words. */
export class RpcFailure extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.name = 'RpcFailure';
    this.failure = failure;
  }
}

const SESSION_KEY = 'millwright.session';
let session: string | null = sessionStorage.getItem(SESSION_KEY);
const sessionWatchers = new Set<(failure: Failure) => void>();
export const heldSession = (): string | null => session;
export function keepSession(token: string | null): void {
  session = token;
  if (token === null) sessionStorage.removeItem(SESSION_KEY);
  else sessionStorage.setItem(SESSION_KEY, token);
}
/** Called when a call was refused because the session ended, is locked, or the password must change. */
export function onSessionRefusal(watch: (failure: Failure) => void): () => void {
  sessionWatchers.add(watch);
  return () => void sessionWatchers.delete(watch);
}
const SESSION_CODES = new Set(['not_signed_in', 'session_locked', 'must_change_password']);

let lastId = 0;
/** Calls a procedure; rejects with RpcFailure. */
export async function ask<P extends ProcedurePath>(path: P, input: In<P>): Promise<P extends PathOf<'job'> ? { job_id: string } : Out<P>> {
  lastId += 1;
  const reply = await bridge.call({ id: lastId, path, input, session });
  // The contract types the answer; the services checked it on their side of the line.
  if (reply.ok) return reply.value as never;
  if (SESSION_CODES.has(reply.error.code)) for (const watch of sessionWatchers) watch(reply.error);
  throw new RpcFailure(reply.error);
}

export const failureOf = (error: unknown): Failure =>
  error instanceof RpcFailure ? error.failure : { code: 'unexpected_failure', message: 'unexpected_failure', details: { incident: '-' } };

/** Sends a file under an upload ticket; `progress` is told the share sent, 0 to 1. */
export function upload(ticket: string, file: File, progress?: (share: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', bridge.transferUrl(ticket));
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
    request.upload.onprogress = event => progress?.(event.total > 0 ? event.loaded / event.total : 0);
    request.onload = () => (request.status < 300 ? resolve() : reject(new RpcFailure(refusalFrom(request))));
    request.onerror = () => reject(new RpcFailure({ code: 'upload_failed', message: 'upload_failed' }));
    request.send(file);
  });
}
function refusalFrom(request: XMLHttpRequest): Failure {
  try {
    const { code, details } = JSON.parse(request.responseText);
    return { code: String(code), message: String(code), details };
  } catch {
    return { code: 'upload_failed', message: 'upload_failed' };
  }
}

/** Saves a ticketed file under its name. */
export function download(ticket: string, file_name: string): void {
  const link = document.createElement('a');
  link.href = bridge.transferUrl(ticket);
  link.download = file_name;
  link.click();
}
