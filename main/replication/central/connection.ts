import { readFileSync } from 'node:fs';
import { Client, DatabaseError } from 'pg';
import { Refusal, refuse } from '../../rpc/refusal.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);
/** An operator's connection, for those who do not know the driver. */
export type OperatorConnection = Client;
export type TlsMode = 'verify-full' | 'off';

export interface OperatorAccess {
  url: string;
  sslmode?: string | undefined;
  /** PEM file of the authority that signed the centre's certificate. */
  ca?: string | undefined;
}

/** Encrypted and verified by default; plain text only to this computer. Refuses `centre_not_encrypted`. */
export function tlsFor(host: string, sslmode: string | undefined): TlsMode {
  const mode = sslmode ?? (LOOPBACK.has(host) ? 'disable' : 'verify-full');
  if (mode === 'verify-full') return 'verify-full';
  if (mode !== 'disable' || !LOOPBACK.has(host)) return refuse('centre_not_encrypted', { host });
  return 'off';
}
export const readAuthority = (file: string | undefined): string | undefined => {
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return refuse('input_file_missing', { file });
  }
};

export function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.pathname.length < 2)
    return refuse('centre_url_invalid');
  return url;
}

/** Connects as the operator, runs, and closes whatever happens. */
export async function asOperator<T>(
  access: OperatorAccess,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const url = parseUrl(access.url);
  const tls = tlsFor(url.hostname, access.sslmode);
  const client = new Client({
    connectionString: url.href,
    application_name: 'millwright operator',
    connectionTimeoutMillis: 10_000,
    ssl:
      tls === 'off'
        ? false
        : { ca: readAuthority(access.ca), servername: url.hostname, rejectUnauthorized: true },
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    throw refusalOf(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** What PostgreSQL said, as a refusal with its words: operators know them. */
function refusalOf(error: unknown): unknown {
  if (error instanceof DatabaseError && ['3F000', '42P01', '42883'].includes(error.code ?? ''))
    return new Refusal('centre_not_prepared', {});
  if (error instanceof DatabaseError)
    return new Refusal('centre_refused', { reason: error.message, code: error.code ?? '' });
  // The driver's own words, thrown before anything is sent.
  if (error instanceof Error && error.message.includes('client password must be a'))
    return new Refusal('centre_password_missing', {});
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|CERT|SELF_|UNABLE_|DEPTH_|ERR_TLS)/.test(code))
    return new Refusal('centre_refused', { reason: error instanceof Error ? error.message : code, code });
  return error;
}
