import type { CheckDocument } from '../../../preload/contract/inspection.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { filesOf } from '../infrastructure/files.service.ts';
import type { CheckRow } from './plan-store.service.ts';

/** What of a catalogue item helps to see whether it is right. */
const ITEM_ROLES: readonly CheckDocument['link_role'][] = ['PHOTO', 'TECHNICAL_DRAWING'];

/** The documents of the build whose role a check of the form names, and pictures of the items that checks name; newest first. */
export function documentsShown(
  ctx: ReadCtx,
  order_id: string,
  checks: readonly Pick<CheckRow, 'shows_file_roles' | 'material_number'>[],
): CheckDocument[] {
  const roles = new Set(checks.flatMap(check => check.shows_file_roles));
  const items = new Set(checks.flatMap(check => check.material_number ?? []));
  const ofBuild = roles.size === 0 ? [] : filesOf(ctx, { entity_type: 'orders', entity_id: order_id });
  return [
    ...ofBuild.filter(file => roles.has(file.link_role)).map(file => shown(file, null)),
    ...[...items].flatMap(material_number => picturesOf(ctx, material_number)),
  ];
}
function picturesOf(ctx: ReadCtx, material_number: string): CheckDocument[] {
  const item = ctx.sql.get<{ id: string }>('select id from materials where material_number = ?', [
    material_number,
  ]);
  if (!item) return [];
  return filesOf(ctx, { entity_type: 'materials', entity_id: item.id })
    .filter(file => ITEM_ROLES.includes(file.link_role))
    .map(file => shown(file, material_number));
}
const shown = (
  { file_upload_id, original_name, mime_type, link_role }: Omit<CheckDocument, 'material_number'>,
  material_number: string | null,
): CheckDocument => ({ file_upload_id, original_name, mime_type, link_role, material_number });
