import { createHash } from 'node:crypto';

/** JSON with sorted keys and no spaces: equal values give equal text (RFC 8785 for our value range: no floats outside safe integers). */
export function canonical(value: unknown): string {
  const sorted = sortedCopy(value ?? null);
  return sorted === undefined ? textOf(value) : JSON.stringify(sorted);
}

/** In whatever order such keys are set, an object keeps numbers first and takes the last one for something else. */
const OUT_OF_ORDER = /^(?:\d|__proto__$)/;
/** The same with keys in order, written out in half the time; `undefined` where an object cannot keep that order. */
function sortedCopy(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const list = value.map(item => sortedCopy(item ?? null));
    return list.includes(undefined) ? undefined : list;
  }
  const held: Record<string, unknown> = { ...value };
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(held).sort()) {
    if (held[key] === undefined) continue;
    const sorted = sortedCopy(held[key]);
    if (sorted === undefined || OUT_OF_ORDER.test(key)) return undefined;
    copy[key] = sorted;
  }
  return copy;
}

function textOf(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`;
  const entries = Object.entries(value)
    .filter(([, held]) => held !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, held]) => `${JSON.stringify(key)}:${textOf(held)}`).join(',')}}`;
}
export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
