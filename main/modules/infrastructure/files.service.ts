import { existsSync } from 'node:fs';
import { and, desc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { InsertOf, RowOf } from '../../../db/kit/define-table.ts';
import { file_links, file_uploads } from '../../../db/schema/infrastructure.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { fileRow, infrastructure } from '../../../preload/contract/infrastructure.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import { createFileStore } from '../../platform/file-store.ts';
import { foldersOf } from '../../platform/station-folder.ts';
import type { CommandCtx, QueryCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { reaches, reachesFile, requireCarrier } from './file-reach.service.ts';
import { cleanName, isAllowedType, isPreviewable } from './files.rules.ts';

type Input<P extends keyof typeof infrastructure> = ParsedInputOf<(typeof infrastructure)[P]>;
type FileLink = Input<'registerFile'>['links'][number];
const MB = 1024 * 1024;
/** Bytes that lie in the store already. */
export type StoredFile = Pick<RowOf<typeof file_uploads>, 'sha256' | 'file_size_bytes'>;

export const getLimits = (ctx: ReadCtx) => ({
  max_bytes: ctx.setting('upload.maxMb') * MB,
  allowed_types: ctx.setting('upload.allowedTypes'),
});

/** The limit is told before the bytes travel, and kept while they do. */
export function prepareUpload(ctx: CommandCtx, input: Input<'prepareUpload'>) {
  const { max_bytes } = getLimits(ctx);
  if (input.size_bytes === 0) refuse('file_empty', { name: input.original_name });
  if (input.size_bytes > max_bytes)
    refuse('file_too_large', { name: input.original_name, max_mb: max_bytes / MB });
  return { ticket: ctx.expectUpload(max_bytes), max_bytes };
}

export function registerFile(ctx: CommandCtx, input: Input<'registerFile'>) {
  const received = ctx.received(input.ticket);
  const original_name = cleanName(input.original_name);
  const { allowed_types } = getLimits(ctx);
  if (received.size_bytes === 0) refuse('file_empty', { name: original_name });
  if (!isAllowedType(received.file_extension, allowed_types)) {
    refuse('file_type_not_allowed', {
      name: original_name,
      found: received.file_extension,
      allowed: allowed_types.join(', '),
    });
  }
  for (const link of input.links) {
    requireCarrier(ctx, link);
    if (!reaches(ctx, link)) refuse('row_not_found', { table: link.entity_type, id: link.entity_id });
  }
  for (const link of input.links) refuseAttachedTwice(ctx, link, received.sha256, original_name);
  const upload = ctx.insert(file_uploads, {
    original_name,
    file_size_bytes: received.size_bytes,
    mime_type: received.mime_type,
    file_extension: received.file_extension,
    sha256: received.sha256,
    description: input.description || null,
  });
  for (const link of input.links) ctx.insert(file_links, { file_upload_id: upload.id, ...link });
  const { mime_type, file_extension, sha256, file_size_bytes } = upload;
  return { file_upload_id: upload.id, mime_type, file_extension, sha256, file_size_bytes };
}
/** A document that the program made itself, attached to the records it belongs to. */
export function keepFile(
  ctx: CommandCtx,
  file: StoredFile & Pick<RowOf<typeof file_uploads>, 'original_name' | 'mime_type' | 'file_extension'>,
  links: readonly Omit<InsertOf<typeof file_links>, 'file_upload_id'>[],
): void {
  const upload = ctx.insert(file_uploads, file);
  for (const link of links) ctx.insert(file_links, { file_upload_id: upload.id, ...link });
}
/** Prints and photos of signed records: as little to be taken off as the records themselves. */
const OF_RECORDS = `select distinct f.file_upload_id from file_links f
  where f.is_active = 1 and f.file_upload_id in (select value from json_each(?)) and (f.entity_type = 'inspection_logs'
    or f.entity_type = 'inspection_measurements' and exists (select 1 from inspection_measurements m
      join inspection_logs l on l.id = m.log_id, json_each(m.files) held
      where m.id = f.entity_id and l.status = 'SIGNED' and held.value ->> 'file_upload_id' = f.file_upload_id))`;
const filesOfRecords = (ctx: ReadCtx, ids: readonly string[]): Set<string> =>
  new Set(
    ctx.sql.all<{ file_upload_id: string }>(OF_RECORDS, [JSON.stringify(ids)]).map(row => row.file_upload_id),
  );
function refuseAttachedTwice(ctx: ReadCtx, link: FileLink, sha256: string, name: string): void {
  const twin = filesOf(ctx, link).find(f => f.sha256 === sha256 && f.link_role === link.link_role);
  if (twin) refuse('file_already_attached', { name, held_as: twin.original_name });
}

export function listFiles(ctx: ReadCtx, input: Input<'listFiles'>) {
  requireCarrier(ctx, input);
  return reaches(ctx, input) ? filesOf(ctx, input) : [];
}

/** The files of a record that was found already. */
export function filesOf(
  ctx: ReadCtx,
  at: { entity_type: string; entity_id: string },
): z.output<typeof fileRow>[] {
  const { file_links: l, file_uploads: f, users: u } = t;
  const rows = ctx.db
    .select({ link: l, file: f, uploaded_by: u.full_name })
    .from(l)
    .innerJoin(f, eq(f.id, l.file_upload_id))
    .leftJoin(u, eq(u.id, f.created_by))
    .where(
      and(
        eq(l.entity_type, at.entity_type),
        eq(l.entity_id, at.entity_id),
        eq(l.is_active, true),
        eq(f.is_active, true),
      ),
    )
    .orderBy(desc(f.created_at_ms), desc(f.id))
    .all();
  const mayRemoveAny = ctx.actor.may('files:delete');
  const sealed = filesOfRecords(
    ctx,
    rows.map(({ file }) => file.id),
  );
  return rows.map(({ link, file, uploaded_by }) => ({
    file_link_id: link.id,
    file_upload_id: file.id,
    original_name: file.original_name,
    file_size_bytes: file.file_size_bytes,
    mime_type: file.mime_type,
    file_extension: file.file_extension,
    sha256: file.sha256,
    description: file.description,
    link_role: link.link_role,
    uploaded_by: uploaded_by ?? '',
    uploaded_at_ms: file.created_at_ms,
    is_previewable: isPreviewable(file.mime_type),
    may_remove: !sealed.has(file.id) && (mayRemoveAny || link.created_by === ctx.actor.user_id),
  }));
}

export function openFile(ctx: QueryCtx, input: Input<'openFile'>) {
  const { file_uploads: f } = t;
  const file = ctx.db
    .select()
    .from(f)
    .where(and(eq(f.id, input.file_upload_id), eq(f.is_active, true)))
    .get();
  if (!file || !reachesFile(ctx, file.id)) return refuse('file_not_found');
  const path = createFileStore(foldersOf(ctx.data_folder).files).pathOf(file.sha256);
  if (!existsSync(path)) return refuse('file_missing', { name: file.original_name });
  const { original_name: name, mime_type } = file;
  return {
    ticket: ctx.offerDownload({ path, name, mime_type }),
    name,
    mime_type,
    is_previewable: isPreviewable(mime_type),
  };
}

export function removeFile(ctx: CommandCtx, input: Input<'removeFile'>) {
  const { file_links: l } = t;
  const link = ctx.db
    .select()
    .from(l)
    .where(and(eq(l.id, input.file_link_id), eq(l.is_active, true)))
    .get();
  if (!link || !reachesFile(ctx, link.file_upload_id)) return refuse('file_not_found');
  if (link.created_by !== ctx.actor.user_id && !ctx.actor.may('files:delete')) refuse('file_not_yours');
  if (filesOfRecords(ctx, [link.file_upload_id]).size > 0) refuse('file_of_record');
  ctx.update(file_links, link.id, { is_active: false });
  const elsewhere = ctx.db
    .select({ id: l.id })
    .from(l)
    .where(and(eq(l.file_upload_id, link.file_upload_id), eq(l.is_active, true)))
    .get();
  if (!elsewhere)
    ctx.update(file_uploads, link.file_upload_id, { is_active: false, deleted_at_ms: ctx.now_ms });
  return {};
}

/** A stored file that this person may see. Refuses `file_unknown`. */
export function fileFacts(ctx: ReadCtx, file_upload_id: string): RowOf<typeof file_uploads> {
  const { file_uploads: f } = t;
  const file = ctx.db
    .select()
    .from(f)
    .where(and(eq(f.id, file_upload_id as RowOf<typeof file_uploads>['id']), eq(f.is_active, true)))
    .get();
  if (!file || !reachesFile(ctx, file.id)) return refuse('file_unknown', { file_upload_id });
  return file;
}

/** Attaches a stored file to one more record. Refuses `file_unknown`. */
export function linkFile(
  ctx: CommandCtx,
  link: Pick<InsertOf<typeof file_links>, 'file_upload_id' | 'entity_type' | 'entity_id' | 'link_role'>,
): void {
  fileFacts(ctx, link.file_upload_id);
  ctx.insert(file_links, link);
}
/** The record is going: its links end, the files stay for whatever else refers to them. */
export function unlinkAll(ctx: CommandCtx, entity_type: string, entity_id: string): void {
  const { file_links: l } = t;
  const links = ctx.db
    .select({ id: l.id })
    .from(l)
    .where(and(eq(l.entity_type, entity_type), eq(l.entity_id, entity_id), eq(l.is_active, true)))
    .all();
  for (const { id } of links) ctx.update(file_links, id, { is_active: false });
}
