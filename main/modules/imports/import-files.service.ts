import { existsSync } from 'node:fs';
import { and, desc, eq } from 'drizzle-orm';
import type { Id } from '../../../db/kit/columns.ts';
import type { RowOf } from '../../../db/kit/define-table.ts';
import { spreadsheet_imports } from '../../../db/schema/imports.ts';
import { t } from '../../../db/sqlite/tables.ts';
import { type ImportKindName, importKind, type imports } from '../../../preload/contract/imports.ts';
import type { OutputOf, ParsedInputOf } from '../../../preload/contract/rpc.ts';
import { createFileStore } from '../../platform/file-store.ts';
import { foldersOf } from '../../platform/station-folder.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { importKinds, kindNamed } from './kinds.ts';
import { MOST_BYTES } from './table-file.service.ts';

type Input<P extends keyof typeof imports> = ParsedInputOf<(typeof imports)[P]>;
export type ImportRow = RowOf<typeof spreadsheet_imports>;
const LISTED = 30;

export const allowedKinds = (ctx: ReadCtx) => ({
  kinds: importKinds
    .filter(({ create, update }) => ctx.actor.may(create) || ctx.actor.may(update))
    .map(({ kind }) => kind),
});
/** Refuses `not_allowed`. */
export function requireKind(ctx: ReadCtx, kind: ImportKindName): void {
  const { create, update } = kindNamed(kind);
  if (!ctx.actor.may(create) && !ctx.actor.may(update)) refuse('not_allowed', { permission: update });
}

export function prepareUpload(ctx: CommandCtx, { kind, size_bytes }: Input<'prepareUpload'>) {
  requireKind(ctx, kind);
  if (size_bytes === 0) refuse('import_file_empty');
  if (size_bytes > MOST_BYTES) refuse('file_too_large', { max_mb: MOST_BYTES / 1024 / 1024 });
  return { ticket: ctx.expectUpload(MOST_BYTES) };
}

export function begin(ctx: CommandCtx, { kind, ticket, file_name }: Input<'begin'>) {
  requireKind(ctx, kind);
  const { sha256, size_bytes } = ctx.received(ticket);
  if (size_bytes === 0) refuse('import_file_empty');
  const made = ctx.insert(spreadsheet_imports, {
    user_id: ctx.actor.user_id,
    import_kind: kind,
    file_name,
    file_sha256: sha256,
    file_size_bytes: size_bytes,
    mapping: {},
    edits: [],
  });
  return { import_id: made.id };
}

/** Only one's own, and only while it is open. Refuses `import_unknown`. */
export function openImport(ctx: ReadCtx, import_id: Id<'spreadsheet_imports'>): ImportRow {
  const s = t.spreadsheet_imports;
  const row = ctx.db
    .select()
    .from(s)
    .where(and(eq(s.id, import_id), eq(s.user_id, ctx.actor.user_id), eq(s.state, 'OPEN')))
    .get();
  const found = row ?? refuse('import_unknown');
  requireKind(ctx, kindOf(found));
  return found;
}
export const kindOf = (row: ImportRow): ImportKindName => importKind.parse(row.import_kind);

/** Refuses `import_file_missing` when the bytes are gone. */
export function fileOf(row: ImportRow, data_folder: string): string {
  const file = createFileStore(foldersOf(data_folder).files).pathOf(row.file_sha256);
  if (!existsSync(file)) refuse('import_file_missing', { file: row.file_name });
  return file;
}

export function discard(ctx: CommandCtx, { import_id }: Input<'discard'>) {
  ctx.remove(spreadsheet_imports, openImport(ctx, import_id).id);
  return {};
}

export function listImports(ctx: ReadCtx, { kind }: Input<'list'>): OutputOf<typeof imports.list> {
  const s = t.spreadsheet_imports;
  const rows = ctx.db
    .select()
    .from(s)
    .where(and(eq(s.user_id, ctx.actor.user_id), kind === null ? undefined : eq(s.import_kind, kind)))
    .orderBy(desc(s.state), desc(s.created_at_ms), desc(s.id))
    .limit(LISTED)
    .all();
  return {
    imports: rows.map(row => ({
      import_id: row.id,
      kind: kindOf(row),
      file_name: row.file_name,
      state: row.state,
      created_at_ms: row.created_at_ms,
      applied_at_ms: row.applied_at_ms,
      counts: row.counts as OutputOf<typeof imports.list>['imports'][number]['counts'],
    })),
  };
}
