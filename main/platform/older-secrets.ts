import { pbkdf2Sync, scryptSync, timingSafeEqual } from 'node:crypto';

const PBKDF2 = /^pbkdf2:(sha256|sha512):(\d{1,8})\$([^$]+)\$([0-9a-f]+)$/;
const SCRYPT = /^scrypt:(\d{1,8}):(\d{1,3}):(\d{1,3})\$([^$]+)\$([0-9a-f]+)$/;
const MOST_BYTES = 256 * 1024 * 1024;

/** Salted hashes of older tracking systems: taken over as they are, replaced at the first sign-in. */
export const isOlderHash = (stored: string): boolean => PBKDF2.test(stored) || SCRYPT.test(stored);

export function verifyOlder(plain: string, stored: string): boolean {
  const pbkdf2 = PBKDF2.exec(stored);
  if (pbkdf2) {
    const [, digest = '', rounds = '', salt = '', hex = ''] = pbkdf2;
    return isSame(hex, length => pbkdf2Sync(plain, salt, Number(rounds), length, digest));
  }
  const scrypt = SCRYPT.exec(stored);
  if (!scrypt) return false;
  const [, N = '', r = '', p = '', salt = '', hex = ''] = scrypt;
  const cost = { N: Number(N), r: Number(r), p: Number(p), maxmem: MOST_BYTES };
  return isSame(hex, length => scryptSync(plain, salt, length, cost));
}
function isSame(hex: string, made: (length: number) => Buffer): boolean {
  const expected = Buffer.from(hex, 'hex');
  return expected.length > 0 && timingSafeEqual(expected, made(expected.length));
}
