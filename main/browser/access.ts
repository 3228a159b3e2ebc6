import { randomBytes, timingSafeEqual } from 'node:crypto';

const TOKEN_BYTES = 24;
const COOKIE_PREFIX = 'millwright_';
const MAX_TABS = 64;

/**
 * Who may connect in browser mode: this computer's user, through an address only the program's terminal showed.
 * The token in the address works once. The handshake that used it answers with a secret in an HttpOnly, SameSite=Strict
 * cookie, so that a reload or a second tab of the same browser connects again; scripts cannot read it, and an address
 * found later in a browser history opens nothing. Signing in is still needed after that.
 */
export function createAccess() {
  const tokens = new Set<string>();
  const secrets: string[] = [];
  return {
    issueToken(): string {
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      tokens.add(token);
      return token;
    },
    /** The secret for the cookie when the token was right; the token is used up. */
    redeem(token: string): string | undefined {
      const held = [...tokens].find(one => sameText(one, token));
      if (held === undefined) return undefined;
      tokens.delete(held);
      const secret = randomBytes(TOKEN_BYTES).toString('base64url');
      secrets.push(secret);
      if (secrets.length > MAX_TABS) secrets.shift();
      return secret;
    },
    knows(cookies: string | undefined, port: number): boolean {
      const given = cookieOf(cookies, cookieName(port));
      return given !== undefined && secrets.some(secret => sameText(secret, given));
    },
  };
}
export type Access = ReturnType<typeof createAccess>;

/** Cookies do not tell ports apart, so the name does: two stations on one computer do not push each other out. */
export const cookieName = (port: number): string => `${COOKIE_PREFIX}${port}`;
export const cookieHeader = (port: number, secret: string): string =>
  `${cookieName(port)}=${secret}; Path=/; HttpOnly; SameSite=Strict`;

function cookieOf(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? '').split(';').map(pair => pair.trim().split('='));
  return pairs.find(([key]) => key === name)?.[1];
}
function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
