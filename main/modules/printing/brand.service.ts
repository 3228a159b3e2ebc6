import { t } from '../../../db/sqlite/tables.ts';
import type { DocumentFrame } from '../../../preload/contract/document-data.ts';
import type { DocumentCtx } from './document-facts.service.ts';
import { imageOf } from './file-image.service.ts';

const INK = '#111111';
/** What an administrator chose for paper; undefined before. The address prints as its lines. */
export function brandOf(ctx: DocumentCtx): DocumentFrame['brand'] {
  const row = ctx.db.select().from(t.organization_branding).get();
  if (!row) return undefined;
  const { address_line1, address_line2, city, state_province, postal_code, country } = row;
  const place = [city, state_province, postal_code].filter(Boolean).join(', ');
  const reach = [row.support_phone, row.support_email, row.website_url].filter(Boolean).join(' · ');
  return {
    house: row.display_name ?? '',
    address: [address_line1, address_line2, place, country, reach].flatMap(line => line || []),
    footer: row.document_footer ?? { en: '', fr: '', es: '' },
    accent: row.color_scheme?.accent ?? INK,
    // A logo that has not arrived at this station is left out; the document is not.
    logo: row.logo_file_id === null ? null : imageOf(ctx, row.logo_file_id),
  };
}
