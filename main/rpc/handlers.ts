import type { Failure, OutputOf, ParsedInputOf, Procedure } from '../../preload/contract/rpc.ts';
import type { PdfEngine, Printers } from '../platform/ports.ts';
import type { ReplicationPort } from '../replication/port.ts';
import type { CommandCtx, QueryCtx, ReadCtx } from './context.ts';

/** What a job may use in its worker thread: a read-only database, progress, cancel. */
export interface JobCtx extends ReadCtx {
  /** Folder of this station; its parts are named by `foldersOf`. */
  readonly data_folder: string;
  readonly work_folder: string;
  readonly resources_folder: string;
  readonly dist_folder: string;
  /** Call often: reports progress and throws when the user pressed Cancel. */
  progress(phase: string, done: number, total: number): void;
}
export interface DeliveryPorts {
  readonly pdf: PdfEngine | null;
  readonly printers: Printers | null;
  readonly replication: ReplicationPort;
  readonly work_folder: string;
  /** Where the file lies that was received under an upload ticket; the ticket is used up. */
  uploaded(ticket: string): string;
  progress(phase: string, done: number, total: number): void;
  /** Between two pieces of long work: refuses `job_cancelled` once the person has given up. */
  goOn(): void;
}
/**
 * Long work in up to four steps: `work` names a function of the worker registry (read-only, off the main
 * thread), `deliver` uses ports of the process (PDF engine, printer, replicator), each of `slices` is a short
 * transaction between which other commands go (what they write must be harmless without the rest), `finish` is
 * one command transaction. What only waits for a port has no `work`.
 */
export type JobHandler<P extends Procedure, Made = OutputOf<P>> = {
  slices?(made: Made, input: ParsedInputOf<P>): Iterable<(ctx: CommandCtx) => void>;
  finish(ctx: CommandCtx, made: Made, input: ParsedInputOf<P>): OutputOf<P>;
  /** After a failure that nobody asked for by Cancel: tells whoever should know. */
  failed?(ctx: CommandCtx, failure: Failure, input: ParsedInputOf<P>): void;
} & (
  | {
      readonly work: string;
      deliver?(ports: DeliveryPorts, made: Made, input: ParsedInputOf<P>): Promise<Made>;
    }
  | {
      readonly work?: undefined;
      deliver(ports: DeliveryPorts, made: null, input: ParsedInputOf<P>): Promise<Made>;
    }
);
// biome-ignore lint/suspicious/noExplicitAny: what the steps hand on is private to each job
type AnyJobHandler<P extends Procedure> = JobHandler<P, any>;

type HandlerOf<P extends Procedure> = P['kind'] extends 'command'
  ? (ctx: CommandCtx, input: ParsedInputOf<P>) => OutputOf<P>
  : P['kind'] extends 'query'
    ? (ctx: QueryCtx, input: ParsedInputOf<P>) => OutputOf<P>
    : AnyJobHandler<P>;
/** The table of contents of a module: every procedure of its contract has exactly one function. */
export type Handlers<M extends Record<string, Procedure>> = { readonly [K in keyof M]: HandlerOf<M[K]> };
/** Job functions by name, run in a worker thread. */
export type JobWork = (ctx: JobCtx, input: never) => Promise<unknown>;
