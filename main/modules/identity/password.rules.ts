/** At least `min_length` characters, not the user name, and not one repeated or counted-up character. */
export function passwordFault(
  password: string,
  username: string,
  min_length: number,
): { code: 'password_too_short' | 'password_too_simple'; details: Record<string, unknown> } | undefined {
  if ([...password].length < min_length) return { code: 'password_too_short', details: { min_length } };
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter(kind => kind.test(password)).length;
  const distinct = new Set(password).size;
  if (kinds < 2 || distinct < 5 || password.toLowerCase().includes(username.toLowerCase()))
    return { code: 'password_too_simple', details: {} };
  return undefined;
}
