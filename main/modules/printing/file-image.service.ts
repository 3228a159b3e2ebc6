import { existsSync, readFileSync } from 'node:fs';
import { createFileStore } from '../../platform/file-store.ts';
import { foldersOf } from '../../platform/station-folder.ts';
import type { DocumentCtx } from './document-facts.service.ts';

/** A stored picture as a data address, so that a page carries it along; null while it has not arrived at this station. */
export function imageOf(ctx: DocumentCtx, file_upload_id: string): string | null {
  const file = ctx.sql.get<{ sha256: string; mime_type: string }>(
    'select sha256, mime_type from file_uploads where id = ?',
    [file_upload_id],
  );
  if (!file) return null;
  const path = createFileStore(foldersOf(ctx.data_folder).files).pathOf(file.sha256);
  return existsSync(path) ? `data:${file.mime_type};base64,${readFileSync(path).toString('base64')}` : null;
}
