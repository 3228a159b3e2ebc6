import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { refuse } from '../rpc/refusal.ts';
import type { CentreAccess } from './centre.ts';

const code = z.object({
  host: z.string().min(1),
  port: z.int().min(1).max(65535),
  database: z.string().min(1),
  user: z.string().min(1),
  password: z.string().min(1),
  tls: z.enum(['verify-full', 'off']),
  ca: z.string().optional(),
  expires_at_ms: z.number(),
});
const PREFIX = 'MW1.';

/** Reads what `central enroll-station` printed. Refuses `enrolment_code_invalid`, `enrolment_code_expired`. */
export function parseEnrolmentCode(text: string, now_ms: number): CentreAccess {
  const trimmed = text.replaceAll(/\s+/g, '');
  if (!trimmed.startsWith(PREFIX)) return refuse('enrolment_code_invalid', { reason: PREFIX });
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(trimmed.slice(PREFIX.length), 'base64url').toString('utf8'));
  } catch {
    return refuse('enrolment_code_invalid', { reason: 'JSON' });
  }
  const parsed = code.safeParse(content);
  if (!parsed.success)
    return refuse('enrolment_code_invalid', { reason: parsed.error.issues[0]?.path.join('.') ?? '' });
  const { expires_at_ms, ...access } = parsed.data;
  if (expires_at_ms < now_ms)
    return refuse('enrolment_code_expired', { expired_at: new Date(expires_at_ms).toISOString() });
  return access;
}

/**
 * What PostgreSQL stores for a password (RFC 5802, RFC 7677): sent instead of the password, so that it appears in no
 * log of the server. The password is our own random text: nothing to normalize.
 */
export function scramVerifier(password: string, salt = randomBytes(16), iterations = 4096): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const storedKey = createHash('sha256').update(hmac(salted, 'Client Key')).digest('base64');
  const serverKey = hmac(salted, 'Server Key').toString('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}
