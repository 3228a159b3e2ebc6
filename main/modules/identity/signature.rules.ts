import type { RowOf } from '../../../db/kit/define-table.ts';
import type { electronic_signatures } from '../../../db/schema/identity.ts';
import { canonical, sha256 } from '../../platform/canonical.ts';

type Signature = RowOf<typeof electronic_signatures>;
/** What a signature says about itself; its own hash covers these and no others. */
const SAID = [
  'entity_type',
  'entity_id',
  'meaning',
  'declaration',
  'signer_id',
  'signer_name',
  'signer_initials',
  'signed_at_ms',
  'signed_zone',
  'method',
  'station_id',
  'signed_text',
  'content_sha256',
] as const satisfies (keyof Signature)[];
export type SaidBySignature = Pick<Signature, (typeof SAID)[number]>;

export const contentHash = (content: unknown): string => sha256(canonical(content));
export const signatureHash = (row: { readonly [K in (typeof SAID)[number]]?: unknown }): string =>
  sha256(canonical(Object.fromEntries(SAID.map(key => [key, row[key]]))));
