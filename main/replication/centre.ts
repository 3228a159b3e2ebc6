import { once } from 'node:events';
import { Socket } from 'node:net';
import { Client, DatabaseError } from 'pg';
import { z } from 'zod';
import { Refusal } from '../rpc/refusal.ts';

/** Where the centre is and how this station signs in there. Kept sealed at the station. */
export interface CentreAccess {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
  tls: 'verify-full' | 'off';
  /** PEM of the authority that signed the centre's certificate, when it is not a public one. */
  ca?: string | undefined;
}

/** What the protocol says by SQLSTATE. */
export const PROTOCOL_ERRORS = {
  SY001: 'fork',
  SY002: 'gap',
  SY003: 'busy',
  SY004: 'restored',
  SY005: 'too_old',
  SY006: 'resync',
  SY007: 'not_enrolled',
} as const;
export type ProtocolError = (typeof PROTOCOL_ERRORS)[keyof typeof PROTOCOL_ERRORS];

/** The centre answered with a word of the protocol. */
export class CentreSays extends Error {
  readonly kind: ProtocolError;
  readonly detail: string | undefined;
  constructor(kind: ProtocolError, message: string, detail: string | undefined) {
    super(message);
    this.kind = kind;
    this.detail = detail;
  }
}
/** The centre undid this one call (a deadlock, bytes it cannot read) and goes on with the next: another try or another call may get through. */
export class CentreUndid extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}
/** Nothing came through, or the centre cannot take anything now; it is tried again. `code` has a text of the catalogue. */
export class CentreUnreachable extends Error {
  readonly code: string;
  constructor(code: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.code = code;
  }
}

/** Classes of SQLSTATE that say nothing about the next call: data, constraints, transactions undone, internal errors. */
const OF_ONE_CALL = /^(22|23|40|XX)/;
const backend = z.object({ pid: z.int() });
const CONNECT_MS = 10_000;
const QUERY_MS = 20_000;
/** On a half-open line nobody answers the goodbye. */
const GOODBYE_MS = 500;
/** Loads of whole tables and large pages. */
export const LONG_QUERY_MS = 120_000;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1']);

/** One connection to the centre; every call is one statement and one transaction. */
export interface CentreLine {
  readonly is_lost: boolean;
  /** Calls `sync.<name>`; the answer is checked at this door. */
  call<S extends z.ZodType>(
    name: string,
    answer: S,
    params: readonly unknown[],
    timeout_ms?: number,
  ): Promise<z.output<S>>;
  /** Everything asked so far has left this process. */
  sent(): Promise<void>;
  run(sql: string, params?: readonly unknown[]): Promise<unknown[]>;
  listen(channel: string, onNotice: () => void): Promise<void>;
  end(): Promise<void>;
}
export type Connect = (access: CentreAccess, onLost?: () => void) => Promise<CentreLine>;

export class Centre implements CentreLine {
  readonly #client: Client;
  readonly #socket: Socket;
  #lost: (() => void) | undefined;
  is_lost = false;

  private constructor(client: Client, socket: Socket) {
    this.#client = client;
    this.#socket = socket;
    // Without a listener a cut connection would end the program.
    client.on('error', () => this.#loseOnce());
    client.on('end', () => this.#loseOnce());
  }

  /** Refuses a plain connection to another machine: passwords and orders travel encrypted or not at all. */
  static async connect(access: CentreAccess, onLost?: () => void): Promise<Centre> {
    if (access.tls === 'off' && !LOOPBACK.has(access.host))
      throw new Refusal('centre_not_encrypted', { host: access.host });
    const socket = new Socket();
    const client = new Client({
      stream: () => socket,
      host: access.host,
      port: access.port,
      database: access.database,
      user: access.user,
      password: access.password,
      application_name: 'millwright',
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: QUERY_MS,
      ssl:
        access.tls === 'off' ? false : { ca: access.ca, servername: access.host, rejectUnauthorized: true },
    });
    const centre = new Centre(client, socket);
    try {
      await client.connect();
    } catch (error) {
      void client.end().catch(() => undefined);
      throw unreachableOf(error);
    }
    centre.#lost = onLost;
    return centre;
  }

  async call<S extends z.ZodType>(
    name: string,
    answer: S,
    params: readonly unknown[],
    timeout_ms = QUERY_MS,
  ): Promise<z.output<S>> {
    const places = params.map((_, at) => `$${at + 1}`).join(', ');
    const { rows } = await this.#query(`select sync.${name}(${places}) as answer`, params, timeout_ms);
    return answer.parse((rows[0] as { answer: unknown } | undefined)?.answer);
  }
  async sent(): Promise<void> {
    const { stream } = this.#client.connection;
    if (stream.writableNeedDrain) await once(stream, 'drain');
  }
  async run(sql: string, params: readonly unknown[] = []): Promise<unknown[]> {
    return (await this.#query(sql, params, QUERY_MS)).rows;
  }

  async listen(channel: string, onNotice: () => void): Promise<void> {
    const { pid } = backend.parse((await this.run('select pg_backend_pid() as pid'))[0]);
    // What this line itself told comes back to it as well.
    this.#client.on('notification', ({ processId }) => {
      if (processId !== pid) onNotice();
    });
    await this.run(`listen "${channel.replaceAll('"', '')}"`);
  }

  async end(): Promise<void> {
    this.#lost = undefined;
    const giveUp = setTimeout(() => this.#socket.destroy(), GOODBYE_MS);
    await this.#client.end().catch(() => undefined);
    clearTimeout(giveUp);
  }

  async #query(
    text: string,
    values: readonly unknown[],
    query_timeout: number,
  ): Promise<{ rows: unknown[] }> {
    try {
      return await this.#client.query({ text, values: [...values], query_timeout } as never);
    } catch (error) {
      const failure = failureOf(error);
      // After a time-out the answer may still come: this connection is of no use any more.
      if (failure instanceof CentreUnreachable) {
        this.#loseOnce();
        void this.#client.end().catch(() => undefined);
      }
      throw failure;
    }
  }
  #loseOnce(): void {
    if (this.is_lost) return;
    this.is_lost = true;
    this.#lost?.();
  }
}

function failureOf(error: unknown): unknown {
  if (!(error instanceof DatabaseError) || !error.code) return unreachableOf(error);
  const kind = Object.hasOwn(PROTOCOL_ERRORS, error.code)
    ? PROTOCOL_ERRORS[error.code as keyof typeof PROTOCOL_ERRORS]
    : undefined;
  if (kind) return new CentreSays(kind, error.message, error.detail);
  return OF_ONE_CALL.test(error.code) ? new CentreUndid(error) : unreachableOf(error);
}

/** Sorts what can go wrong on the way by what a person can do about it. */
function unreachableOf(error: unknown): CentreUnreachable {
  if (error instanceof CentreUnreachable) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const text = error instanceof Error ? error.message : String(error);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new CentreUnreachable('centre_name_unknown', error);
  if (code === 'CERT_HAS_EXPIRED') return new CentreUnreachable('centre_certificate_expired', error);
  if (/CERT|SIGNATURE|ALTNAME|SELF_SIGNED|ISSUER/.test(code) || /certificate/i.test(text))
    return new CentreUnreachable('centre_certificate_wrong', error);
  if (/does not support SSL/i.test(text)) return new CentreUnreachable('centre_without_encryption', error);
  if (code === '28P01' || code === '28000') return new CentreUnreachable('centre_sign_in_refused', error);
  if (code === '3D000') return new CentreUnreachable('centre_database_unknown', error);
  if (code === '42883' || code === '3F000') return new CentreUnreachable('centre_not_prepared', error);
  if (code.startsWith('53') || code === '25006') return new CentreUnreachable('centre_not_accepting', error);
  return new CentreUnreachable('centre_unreachable', error);
}
