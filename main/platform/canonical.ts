import { createHash } from 'node:crypto';

/** JSON with sorted keys and no spaces: equal values give equal text (RFC 8785 for our value range: no floats outside safe integers). */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const entries = Object.entries(value)
    .filter(([, v]) => v !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(',')}}`;
}
export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
