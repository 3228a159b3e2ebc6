import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  scryptSync,
  timingSafeEqual,
} from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { HeadSeal } from './audit-trail.ts';
import { isOlderHash, verifyOlder } from './older-secrets.ts';
import type { Secrets } from './ports.ts';

/** Secrets sealed with a key file readable by its owner only: browser mode and the command line. */
export function keyFileSecrets(file: string): Secrets {
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600, flag: 'wx' });
  const key = readFileSync(file).subarray(0, 32);
  return {
    seal: plain => {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
    },
    open: sealed => {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    },
  };
}

/** HMAC over the head of the audit chain, with the station's key. */
export const headSealOf = (file: string): HeadSeal => {
  keyFileSecrets(file);
  const key = readFileSync(file).subarray(0, 32);
  return { sign: text => createHmac('sha256', key).update(`audit head ${text}`).digest('hex') };
};

/** scrypt (RFC 7914), N=2^15, r=8, p=1: 32 MiB and about 70 ms a guess. The cost is stored, so it can rise later. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const KEY_BYTES = 32;
export function hashSecret(plain: string): string {
  const salt = randomBytes(16);
  const key = scryptSync(plain.normalize('NFKC'), salt, KEY_BYTES, COST);
  return `scrypt$${COST.N}$${COST.r}$${COST.p}$${salt.toString('base64')}$${key.toString('base64')}`;
}
export function verifySecret(plain: string, stored: string): boolean {
  if (isOlderHash(stored)) return verifyOlder(plain, stored);
  const [scheme, n, r, p, salt, key] = stored.split('$');
  if (scheme !== 'scrypt' || !salt || !key) return false;
  const expected = Buffer.from(key, 'base64');
  const actual = scryptSync(plain.normalize('NFKC'), Buffer.from(salt, 'base64'), expected.length, {
    N: Number(n),
    r: Number(r),
    p: Number(p),
    maxmem: COST.maxmem,
  });
  return timingSafeEqual(actual, expected);
}
