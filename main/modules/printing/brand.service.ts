import { existsSync, readFileSync } from 'node:fs';
import { t } from '../../../db/sqlite/tables.ts';
import type { DocumentFrame } from '../../../preload/contract/document-data.ts';
import { createFileStore } from '../../platform/file-store.ts';
import { foldersOf } from '../../platform/station-folder.ts';
import type { DocumentCtx } from './document-facts.service.ts';

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
    logo: row.logo_file_id === null ? null : logoOf(ctx, row.logo_file_id),
  };
}

/** A logo that has not arrived at this station is left out; the document is not. */
function logoOf(ctx: DocumentCtx, file_upload_id: string): string | null {
  const file = ctx.sql.get<{ sha256: string; mime_type: string }>(
    'select sha256, mime_type from file_uploads where id = ?',
    [file_upload_id],
  );
  if (!file) return null;
  const path = createFileStore(foldersOf(ctx.data_folder).files).pathOf(file.sha256);
  return existsSync(path) ? `data:${file.mime_type};base64,${readFileSync(path).toString('base64')}` : null;
}
