import { existsSync, readFileSync } from 'node:fs';
import { imageSize } from 'image-size';
import type { Id } from '../../../db/kit/columns.ts';
import { document_forms, organization_branding } from '../../../db/schema/branding.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { Branding, brandingContract, RegisteredForm } from '../../../preload/contract/branding.ts';
import { DOCUMENT_NAMES } from '../../../preload/contract/document-data.ts';
import type { OutputOf, ParsedInputOf } from '../../../preload/contract/rpc.ts';
import { createFileStore } from '../../platform/file-store.ts';
import { foldersOf } from '../../platform/station-folder.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { formInForce, shippedForms } from '../printing/document-forms.service.ts';

type Input<P extends keyof typeof brandingContract> = ParsedInputOf<(typeof brandingContract)[P]>;
const CODE = 'ORGANIZATION';
const MOST_LOGO_BYTES = 2 * 1024 * 1024;
/** Wider or higher than this a logo does not stand beside an address. */
const MOST_ASPECT = 4;
const LOGO_TYPES = new Set(['image/png', 'image/jpeg', 'image/svg+xml']);
const NOTHING: Branding = {
  display_name: '',
  tagline: '',
  logo_file_id: null,
  color_scheme: { primary: '#111111', secondary: '#555555', accent: '#111111' },
  support_email: '',
  support_phone: '',
  website_url: '',
  address_line1: '',
  address_line2: '',
  city: '',
  state_province: '',
  postal_code: '',
  country: '',
  document_footer: { en: '', fr: '', es: '' },
  row_version: null,
};

const heldRow = (ctx: ReadCtx) => ctx.db.select().from(t.organization_branding).get();
export function getBranding(ctx: ReadCtx): Branding {
  const row = heldRow(ctx);
  if (!row) return NOTHING;
  return {
    display_name: row.display_name ?? '',
    tagline: row.tagline ?? '',
    logo_file_id: row.logo_file_id,
    color_scheme: row.color_scheme ?? NOTHING.color_scheme,
    support_email: row.support_email ?? '',
    support_phone: row.support_phone ?? '',
    website_url: row.website_url ?? '',
    address_line1: row.address_line1 ?? '',
    address_line2: row.address_line2 ?? '',
    city: row.city ?? '',
    state_province: row.state_province ?? '',
    postal_code: row.postal_code ?? '',
    country: row.country ?? '',
    document_footer: row.document_footer ?? NOTHING.document_footer,
    row_version: row.row_version,
  };
}

export function saveBranding(ctx: CommandCtx, { row_version, ...values }: Input<'save'>) {
  if (values.logo_file_id) requireLogo(ctx, values.logo_file_id);
  const held = heldRow(ctx);
  const stored = held
    ? ctx.update(organization_branding, held.id, values, row_version ?? 0)
    : ctx.insert(organization_branding, { brand_code: CODE, ...values });
  return { row_version: stored.row_version };
}
/** Refuses what cannot stand on paper: other files, more than 2 MB, longer than 1:4. */
function requireLogo(ctx: CommandCtx, id: Id<'file_uploads'>): void {
  const file =
    ctx.sql.get<{ sha256: string; mime_type: string; file_size_bytes: number; original_name: string }>(
      'select sha256, mime_type, file_size_bytes, original_name from file_uploads where id = ? and is_active = 1',
      [id],
    ) ?? refuse('file_unknown', { file_upload_id: id });
  if (!LOGO_TYPES.has(file.mime_type)) refuse('logo_not_a_picture', { found: file.mime_type });
  if (file.file_size_bytes > MOST_LOGO_BYTES)
    refuse('logo_too_large', { max_mb: MOST_LOGO_BYTES / 1024 / 1024 });
  const path = createFileStore(foldersOf(ctx.data_folder).files).pathOf(file.sha256);
  if (!existsSync(path)) refuse('file_missing', { name: file.original_name });
  const { width, height } = sizeOf(readFileSync(path), file.mime_type);
  if (width / height > MOST_ASPECT || height / width > MOST_ASPECT)
    refuse('logo_too_narrow', { width, height, most: MOST_ASPECT });
}
function sizeOf(bytes: Buffer, found: string): { width: number; height: number } {
  try {
    return imageSize(bytes);
  } catch {
    return refuse('logo_not_a_picture', { found });
  }
}

export function listForms(ctx: ReadCtx): OutputOf<typeof brandingContract.forms> {
  const shipped = shippedForms();
  const registered = ctx.sql.all<RegisteredForm>(
    `select f.document_name as document, f.form_number, f.form_version, f.change_note, u.full_name as changed_by_name, f.valid_from_at_ms
     from document_forms f join users u on u.id = f.changed_by order by f.valid_from_at_ms desc, f.id desc`,
  );
  const forms = DOCUMENT_NAMES.map(document => {
    const { form_id, form_version } = formInForce(ctx, document, shipped[document]);
    const row = registered.find(
      f => f.document === document && f.form_number === form_id && f.form_version === form_version,
    );
    return (
      row ?? {
        document,
        form_number: form_id,
        form_version,
        change_note: '',
        changed_by_name: null,
        valid_from_at_ms: null,
      }
    );
  });
  return { forms, history: registered.filter(row => !forms.includes(row)) };
}

/** The next print carries it. */
export function registerForm(ctx: CommandCtx, { document, ...form }: Input<'registerForm'>) {
  ctx.insert(document_forms, {
    document_name: document,
    ...form,
    valid_from_at_ms: ctx.now_ms,
    changed_by: ctx.actor.user_id,
  });
  return {};
}
