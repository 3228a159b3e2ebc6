import { z } from 'zod';

export type ProcedureKind = 'query' | 'command' | 'job';
/** `public` needs no session, `signed_in` any session, otherwise `resource:action` of the role model. */
export type Allow = 'public' | 'signed_in' | `${string}:${string}`;

export interface Procedure<
  Kind extends ProcedureKind = ProcedureKind,
  In extends z.ZodType = z.ZodType,
  Out extends z.ZodType = z.ZodType,
> {
  readonly kind: Kind;
  readonly input: In;
  readonly output: Out;
  readonly allow: Allow;
  readonly refusals: readonly string[];
  /** May be called while the session is locked (unlock, sign out). */
  readonly while_locked: boolean;
  /** May be called while a forced password change is still due. */
  readonly before_password_change: boolean;
}
export type ModuleContract = Record<string, Procedure>;
export type Contract = Record<string, ModuleContract>;

interface Declaration<In, Out> {
  allow: Allow;
  input: In;
  output: Out;
  refusals?: readonly string[];
  while_locked?: boolean;
  before_password_change?: boolean;
}
const define =
  <K extends ProcedureKind>(kind: K) =>
  <In extends z.ZodType, Out extends z.ZodType>(p: Declaration<In, Out>): Procedure<K, In, Out> => ({
    refusals: [],
    while_locked: false,
    before_password_change: false,
    ...p,
    kind,
  });
/** Reads on a read-only database. */
export const query = define('query');
/** One immediate transaction. */
export const command = define('command');
/** Long work beside the calls: answers `{job_id}` at once, then `job` events, the last one carrying the output. */
export const job = define('job');

export type InputOf<P extends Procedure> = z.input<P['input']>;
export type ParsedInputOf<P extends Procedure> = z.output<P['input']>;
export type OutputOf<P extends Procedure> = z.output<P['output']>;

export interface Failure {
  code: string;
  message: string;
  details?: Record<string, unknown>;
}
export type Reply = { ok: true; value: unknown } | { ok: false; error: Failure };
export interface Call {
  id: number;
  path: string;
  input: unknown;
  session: string | null;
}

/** What is pushed to every window; none of it carries row contents. */
export type PushEvent =
  | { kind: 'changed'; tables: string[] }
  | { kind: 'job'; job_id: string; state: 'running'; phase: string; done: number; total: number }
  | { kind: 'job'; job_id: string; state: 'done'; value: unknown }
  | { kind: 'job'; job_id: string; state: 'failed'; error: Failure }
  /** The state of replication changed: ask `replication.status`. */
  | { kind: 'replication' }
  | { kind: 'shell'; action: string };

/** An id of one table in an input or output. */
export const idOf = <const T extends string>(_table: T) => z.uuid().brand<`id of ${T}`>();
export const jobStarted = z.object({ job_id: z.uuid() });
export const empty = z.object({});
export const page = z.object({
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(1000).default(100),
});
