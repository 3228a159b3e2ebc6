import { createHash } from 'node:crypto';

/** JSON with sorted keys and no spaces: equal values give equal text (RFC 8785 for our value range: no floats outside safe integers). */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const object: Record<string, unknown> = { ...value };
  let text = '';
  for (const key of Object.keys(object).sort()) {
    const held = object[key];
    if (held !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonical(held)}`;
  }
  return `{${text}}`;
}
export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
