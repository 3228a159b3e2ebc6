import type { FileCarrier } from '../../../preload/contract/infrastructure.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';

interface Carrier {
  /** The right to read such a record. */
  allow: string;
  /** Finds the record when this person may see it; null where the whole organization shares it. */
  found: string | null;
}
const IN_PLANT = (row: string) => `(@plant_id is null or ${row}.plant_id = @plant_id)`;
const CARRIERS: Record<FileCarrier, Carrier> = {
  orders: { allow: 'orders:read', found: `select 1 from orders o where o.id = @id and ${IN_PLANT('o')}` },
  order_comments: {
    allow: 'comments:read',
    found: `select 1 from order_comments c join orders o on o.id = c.order_id
      where c.id = @id and (c.is_internal = 0 or @sees_internal) and ${IN_PLANT('o')}`,
  },
  order_drafts: {
    allow: 'orders:create',
    found: 'select 1 from order_drafts d where d.id = @id and d.user_id = @user_id',
  },
  materials: {
    allow: 'materials:read',
    found: `select 1 from materials m where m.id = @id and ${IN_PLANT('m')}`,
  },
  inspection_measurements: {
    allow: 'orders:read',
    found: `select 1 from inspection_measurements m join inspection_logs l on l.id = m.log_id
      where m.id = @id and ${IN_PLANT('l')}`,
  },
  work_instruction_steps: { allow: 'work_instructions:read', found: null },
  organization_branding: { allow: 'settings:read', found: null },
};
interface Place {
  entity_type: FileCarrier;
  entity_id: string;
}
const isCarrier = (entity_type: string): entity_type is FileCarrier => Object.hasOwn(CARRIERS, entity_type);

/** Refuses `not_allowed`. */
export function requireCarrier(ctx: ReadCtx, { entity_type }: Place): void {
  const { allow } = CARRIERS[entity_type];
  if (!ctx.actor.may(allow)) refuse('not_allowed', { permission: allow });
}
/** True when the record is there and this person may see it. */
export function reaches(ctx: ReadCtx, { entity_type, entity_id }: Place): boolean {
  const { allow, found } = CARRIERS[entity_type];
  if (!ctx.actor.may(allow)) return false;
  if (found === null) return true;
  const row = ctx.sql.get(found, {
    id: entity_id,
    plant_id: ctx.actor.is_person ? ctx.actor.plant_id : null,
    user_id: ctx.actor.user_id,
    sees_internal: Number(ctx.actor.may('comments:internal')),
  });
  return row !== undefined;
}
const PLACES =
  'select entity_type, entity_id from file_links where file_upload_id = ? and is_active = 1 order by id';
/** A file is seen by whoever sees one of the records it is attached to. */
export function reachesFile(ctx: ReadCtx, file_upload_id: string): boolean {
  const places = ctx.sql.all<{ entity_type: string; entity_id: string }>(PLACES, [file_upload_id]);
  if (places.length === 0) return true;
  return places.some(
    ({ entity_type, entity_id }) => isCarrier(entity_type) && reaches(ctx, { entity_type, entity_id }),
  );
}
