/** Facts under these names never leave the station, whatever they hold. */
const SECRET_NAME = /pass|pin$|token|secret|session|ticket|cookie|authorization|credential|key$/i;
const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const HOME = /(?:\/(?:home|Users)\/|[A-Za-z]:\\+Users\\+)[^/\\"\s]+/g;
const BEARER = /[A-Za-z0-9_-]{32,}/g;

/**
 * Takes people and secrets out of a text: names and addresses of the people given, e-mail addresses, home
 * folders and anything that looks like a token.
 */
export function withoutPeople(text: string, people: readonly string[]): string {
  const plain = text.replace(EMAIL, '<e-mail>').replace(HOME, '<home>').replace(BEARER, masked);
  const names = people.filter(name => name.length >= 2).sort((a, b) => b.length - a.length);
  if (names.length === 0) return plain;
  const any = new RegExp(`(?<![\\p{L}\\p{N}])(?:${names.map(escaped).join('|')})(?![\\p{L}\\p{N}])`, 'giu');
  return plain.replace(any, '<person>');
}
/** An id (UUID) tells nothing by itself and is what one looks for. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const masked = (found: string): string => (UUID.test(found) ? found : '<token>');
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** One line of a JSON log, cleaned; a line that is not JSON is left out, for nobody knows what it holds. */
export function cleanLogLine(line: string, people: readonly string[]): string | undefined {
  const facts = parsed(line);
  return facts === undefined ? undefined : withoutPeople(JSON.stringify(cleaned(facts)), people);
}
function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [name, SECRET_NAME.test(name) ? '***' : cleaned(held)]),
  );
}
function parsed(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return value !== null && typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}
