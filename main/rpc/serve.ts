import { randomBytes } from 'node:crypto';
import type { Contract, Failure, Procedure, Reply } from '../../preload/contract/rpc.ts';
import type { Log } from '../platform/log.ts';
import type { Actor, CommandCtx, QueryCtx } from './context.ts';
import { Refusal } from './refusal.ts';

export interface ServeParts {
  contract: Contract;
  // biome-ignore lint/suspicious/noExplicitAny: handlers are checked against their contract where they are declared
  handlers: Record<string, Record<string, any>>;
  /** Session token to actor, or null; does not throw for unknown tokens. */
  identify(session: string | null): Actor | null;
  query<T>(actor: Actor, run: (ctx: QueryCtx) => T): T;
  command<T>(actor: Actor, intent: string, run: (ctx: CommandCtx) => T): T;
  startJob(
    actor: Actor,
    path: string,
    handler: unknown,
    input: unknown,
    session: string | null,
  ): { job_id: string };
  /** A refused access is recorded although nothing else happened. */
  accessDenied(actor: Actor | null, path: string, permission: string): void;
  nobody: Actor;
  log: Log;
  /** Checks outputs too: on in tests, where a wrong output is a bug to find. */
  check_outputs: boolean;
}
export type Serve = (session: string | null, path: string, input: unknown) => Reply;

const MAX_INPUT_BYTES = 16 * 1024 * 1024;

/** parse -> permit -> transact -> reply. The only entry for every transport; it never throws. */
export function createServe(parts: ServeParts): Serve {
  return (session, path, raw) => {
    const found = procedureAt(parts, path);
    if (!found)
      return failed({
        code: 'unknown_procedure',
        message: 'unknown_procedure',
        details: { path: String(path).slice(0, 100) },
      });
    const { procedure, handler } = found;
    try {
      const actor = parts.identify(typeof session === 'string' ? session : null);
      const refused = permit(parts, procedure, path, actor);
      if (refused) return failed(refused);
      const input = procedure.input.safeParse(raw);
      if (!input.success) {
        const issues = input.error.issues
          .slice(0, 20)
          .map(i => ({ path: i.path.join('.'), message: i.message.slice(0, 300) }));
        return failed({
          code: 'invalid_input',
          message: 'invalid_input',
          details: { field: issues[0]?.path ?? '', reason: issues[0]?.message ?? '', issues },
        });
      }
      const who = actor ?? parts.nobody;
      const value = run(parts, procedure, handler, who, path, input.data, session);
      if (parts.check_outputs && procedure.kind !== 'job')
        return { ok: true, value: procedure.output.parse(value) };
      return { ok: true, value };
    } catch (error) {
      return failed(failureOf(error, path, parts.log));
    }
  };
}

function run(
  parts: ServeParts,
  procedure: Procedure,
  // biome-ignore lint/suspicious/noExplicitAny: see ServeParts.handlers
  handler: any,
  actor: Actor,
  path: string,
  input: unknown,
  session: string | null,
): unknown {
  switch (procedure.kind) {
    case 'query':
      return parts.query(actor, ctx => handler(ctx, input));
    case 'command':
      return parts.command(actor, path, ctx => handler(ctx, input));
    case 'job':
      return parts.startJob(actor, path, handler, input, session);
  }
}

function procedureAt(parts: ServeParts, path: unknown) {
  if (typeof path !== 'string') return undefined;
  const [module, name, ...rest] = path.split('.');
  if (!module || !name || rest.length > 0 || !Object.hasOwn(parts.contract, module)) return undefined;
  const procedures = parts.contract[module];
  if (!procedures || !Object.hasOwn(procedures, name)) return undefined;
  const procedure = procedures[name];
  const handler = parts.handlers[module]?.[name];
  return procedure && handler ? { procedure, handler } : undefined;
}

function permit(
  parts: ServeParts,
  procedure: Procedure,
  path: string,
  actor: Actor | null,
): Failure | undefined {
  if (procedure.allow === 'public') return undefined;
  if (!actor) return { code: 'not_signed_in', message: 'not_signed_in' };
  if (actor.is_locked && !procedure.while_locked)
    return { code: 'session_locked', message: 'session_locked' };
  if (actor.must_change_password && !procedure.before_password_change)
    return { code: 'must_change_password', message: 'must_change_password' };
  if (procedure.allow === 'signed_in' || actor.may(procedure.allow)) return undefined;
  parts.accessDenied(actor, path, procedure.allow);
  return { code: 'not_allowed', message: 'not_allowed', details: { permission: procedure.allow } };
}

const failed = (error: Failure): Reply => ({ ok: false, error });

/** A refusal in words, a full disk by its name, anything else as an incident that only the log explains. */
export function failureOf(error: unknown, path: string, log: Log): Failure {
  if (error instanceof Refusal) return { code: error.code, message: error.code, details: error.details };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return { code: 'disk_full', message: 'disk_full' };
  if (code === 'SQLITE_READONLY' || code === 'EROFS')
    return { code: 'database_read_only', message: 'database_read_only' };
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return { code: 'database_damaged', message: 'database_damaged' };
  const incident = randomBytes(2).toString('hex').toUpperCase();
  log.error(
    { incident, path, error: error instanceof Error ? (error.stack ?? error.message) : String(error) },
    'procedure failed',
  );
  return { code: 'unexpected_failure', message: 'unexpected_failure', details: { incident } };
}

/** JSON text of a call as it arrives over a wire; anything else is refused before it is parsed further. */
export function parseCallText(text: string): unknown {
  if (text.length > MAX_INPUT_BYTES) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
