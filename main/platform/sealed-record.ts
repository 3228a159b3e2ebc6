import { canonical, sha256 } from './canonical.ts';

/** A record that leaves the station as text: what it says, a hash of every piece of it, and one over the whole. */
export interface SealedRecord {
  format: string;
  format_version: number;
  content: unknown;
  /** When, by whom and where this copy was made; the same record made twice has the same `record_sha256`. */
  made: Record<string, unknown>;
  /** Hash of each piece by its JSON pointer (RFC 6901). */
  pieces: Record<string, string>;
  record_sha256: string;
  file_sha256: string;
}
export interface Fault {
  kind:
    | 'not_json'
    | 'not_a_record'
    | 'changed'
    | 'removed'
    | 'added'
    | 'content_hash_differs'
    | 'signature_differs'
    | 'record_hash_differs'
    | 'file_hash_differs'
    | 'bytes_differ';
  /** JSON pointer, or line and column of the file. */
  where: string;
  expected: string;
  found: string;
}
type Fields = Record<string, unknown>;
/** Larger parts are split: small enough to name one answer or one line of a BOM. */
const PIECE_CHARACTERS = 400;
/** A record of a build nests a dozen. */
const MOST_LEVELS = 100;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isParent = (value: unknown): value is Fields | unknown[] => typeof value === 'object' && value !== null;
const step = (key: string): string => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;

function* piecesOf(value: unknown, at: string): Generator<[string, string]> {
  const text = canonical(value);
  if (isParent(value) && text.length > PIECE_CHARACTERS)
    for (const [key, part] of Object.entries(value)) yield* piecesOf(part, at + step(key));
  else yield [at, sha256(text)];
}
export const recordHash = (content: unknown): string => sha256(canonical(content));

/** The text of the file: canonical JSON, so that every byte of it counts. */
export function sealRecord(format: string, content: unknown, made: Record<string, unknown>): string {
  const unsealed = {
    format,
    format_version: 1,
    content,
    made,
    pieces: Object.fromEntries(piecesOf(content, '')),
    record_sha256: recordHash(content),
  };
  return `${canonical({ ...unsealed, file_sha256: sha256(canonical(unsealed)) })}\n`;
}

/** What a text holds when it has the form of a sealed record. */
export function readRecord(text: string, format: string): SealedRecord | Fault {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const found = error instanceof Error ? error.message : '';
    return { kind: 'not_json', where: placeOf(text, found), expected: 'JSON', found };
  }
  if (!isFields(value) || value.format !== format || value.format_version !== 1)
    return { kind: 'not_a_record', where: '/format', expected: format, found: formatOf(value) };
  if (isTooDeep(value))
    return { kind: 'not_a_record', where: '/', expected: `at most ${MOST_LEVELS} levels`, found: '' };
  const { format_version, content, made, pieces, record_sha256, file_sha256 } = value;
  if (!isFields(content) || !isFields(made) || !isHashes(pieces))
    return { kind: 'not_a_record', where: '/', expected: 'content, made, pieces', found: '' };
  return {
    format,
    format_version,
    content,
    made,
    pieces,
    record_sha256: String(record_sha256),
    file_sha256: String(file_sha256),
  };
}
const formatOf = (value: unknown): string => (isFields(value) ? String(value.format) : typeof value);
const isHashes = (value: unknown): value is Record<string, string> =>
  isFields(value) &&
  Object.entries(value).every(
    ([at, hash]) => typeof hash === 'string' && at.split('/').length <= MOST_LEVELS + 1,
  );
/** Level by level: what was nested to break the reader is not walked into. */
function isTooDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; depth <= MOST_LEVELS && level.length > 0; depth += 1)
    level = level.filter(isParent).flatMap(parent => Object.values(parent));
  return level.length > 0;
}

/** Every place where a record is not what was sealed, in the order of the file. */
export function faultsOf(record: SealedRecord, text: string): Fault[] {
  const { pieces, content, record_sha256, file_sha256, ...rest } = record;
  const faults = pieceFaults(pieces, content);
  const now = recordHash(content);
  if (now !== record_sha256)
    faults.push({
      kind: 'record_hash_differs',
      where: '/record_sha256',
      expected: record_sha256,
      found: now,
    });
  const file = sha256(canonical({ ...rest, pieces, content, record_sha256 }));
  if (file !== file_sha256)
    faults.push({ kind: 'file_hash_differs', where: '/file_sha256', expected: file_sha256, found: file });
  const whole = `${canonical(record)}\n`;
  if (faults.length === 0 && whole !== text) faults.push(byteFault(whole, text));
  return faults;
}

function pieceFaults(pieces: Record<string, string>, content: unknown): Fault[] {
  const parents = new Set<string>();
  for (const at of Object.keys(pieces))
    for (let end = at.lastIndexOf('/'); end >= 0; end = at.lastIndexOf('/', end - 1)) {
      parents.add(at.slice(0, end));
      if (end === 0) break;
    }
  const seen = new Set<string>();
  const found = [...changesIn(content, '', pieces, parents, seen)];
  const removed = Object.entries(pieces).filter(([at]) => !seen.has(at));
  return [
    ...found,
    ...removed.map(([where, expected]): Fault => ({ kind: 'removed', where, expected, found: '' })),
  ];
}
function* changesIn(
  value: unknown,
  at: string,
  pieces: Record<string, string>,
  parents: ReadonlySet<string>,
  seen: Set<string>,
): Generator<Fault> {
  const expected = pieces[at];
  if (expected !== undefined) {
    seen.add(at);
    const found = canonical(value);
    if (sha256(found) !== expected) yield { kind: 'changed', where: at, expected, found };
  } else if (isParent(value) && parents.has(at))
    for (const [key, part] of Object.entries(value))
      yield* changesIn(part, at + step(key), pieces, parents, seen);
  else yield { kind: 'added', where: at, expected: '', found: canonical(value) };
}

/** The text says the same in other bytes: spaces, the order of fields, a field twice. */
function byteFault(whole: string, text: string): Fault {
  let at = 0;
  while (at < whole.length && whole[at] === text[at]) at += 1;
  const around = (of: string) => JSON.stringify(of.slice(at, at + 20));
  return {
    kind: 'bytes_differ',
    where: lineAndColumn(text, at),
    expected: around(whole),
    found: around(text),
  };
}
const placeOf = (text: string, message: string): string =>
  lineAndColumn(text, Number(/position (\d+)/.exec(message)?.[1] ?? text.length));
function lineAndColumn(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
