import { createHash } from 'node:crypto';
import type { Id } from '../../db/kit/columns.ts';

/** The id of a shipped row: the same at every station, so that two stations that meet hold one row, not two (UUID version 8, RFC 9562). */
export function seedId<const T extends string>(table: T, key: string): Id<T> {
  const hex = createHash('sha256').update(`millwright ${table} ${key}`).digest('hex');
  const variant = (0x8 | (Number.parseInt(hex[16] ?? '0', 16) & 0x3)).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}` as Id<T>;
}
