import type { ScanHit } from '../../../preload/contract/logistics.ts';
import type { ReadCtx } from '../../rpc/context.ts';

/** A walk over the index of ids instead of rows with whole configurations. */
const byTail = (table: string): string => `rowid in (select rowid from ${table} where substr(id, 25) = ?)`;
const MOST_BUILDS = 200;

interface BuildRow {
  id: string;
  order_number: string;
  build_number: string;
  customer_name: string;
  order_status: string;
}
type BuildsOf = { id_tail: string } | { order_id: string } | { order_number: string };
function buildRows(ctx: ReadCtx, of: BuildsOf): BuildRow[] {
  if (!ctx.actor.may('orders:read')) return [];
  const columns = 'select id, order_number, build_number, customer_name, order_status from orders';
  const end = `and plant_id = ? order by build_number limit ${MOST_BUILDS}`;
  const { plant_id } = ctx.actor;
  if ('id_tail' in of)
    return ctx.sql.all<BuildRow>(`${columns} where ${byTail('orders')} ${end}`, [of.id_tail, plant_id]);
  if ('order_id' in of)
    return ctx.sql.all<BuildRow>(`${columns} where id = ? ${end}`, [of.order_id, plant_id]);
  const { order_number } = of;
  const cases = [order_number, order_number.toUpperCase(), order_number.toLowerCase()];
  return ctx.sql.all<BuildRow>(`${columns} where order_number in (?, ?, ?) ${end}`, [...cases, plant_id]);
}

export const buildHits = (ctx: ReadCtx, of: BuildsOf): ScanHit[] =>
  buildRows(ctx, of).map(row => ({
    kind: 'build',
    id: row.id,
    title: [row.order_number, row.build_number].filter(Boolean).join(' / '),
    subtitle: row.customer_name,
    to: `/orders/${row.id}`,
  }));

/** The purchase order with all its builds; its id is its number. */
export function orderHits(ctx: ReadCtx, of: BuildsOf): ScanHit[] {
  const orders = new Map(buildRows(ctx, of).map(row => [row.order_number, row]));
  return [...orders.values()].map(row => ({
    kind: 'order',
    id: row.order_number,
    title: row.order_number,
    subtitle: row.customer_name,
    to: `/orders/po/${encodeURIComponent(row.order_number)}`,
  }));
}

interface MaterialRow {
  id: string;
  material_number: string;
  material_name: string;
}
function materials(ctx: ReadCtx, where: string, value: string): ScanHit[] {
  if (value === '' || !ctx.actor.may('materials:read')) return [];
  return ctx.sql
    .all<MaterialRow>(
      `select id, material_number, material_name from materials where ${where} and plant_id = ?
       order by is_active desc, record_type limit 4`,
      [value, ctx.actor.plant_id],
    )
    .map(row => ({
      kind: 'material',
      id: row.id,
      title: row.material_number,
      subtitle: row.material_name,
      to: `/catalogue/items/${row.id}`,
    }));
}
export const materialHits = (ctx: ReadCtx, material_number: string): ScanHit[] =>
  materials(ctx, 'material_number = ?', material_number);
export const materialHitsByTail = (ctx: ReadCtx, id_tail: string): ScanHit[] =>
  materials(ctx, byTail('materials'), id_tail);

interface CenterRow {
  id: string;
  work_center_code: string;
  work_center_name: string;
}
function workCenters(ctx: ReadCtx, where: string, value: string): ScanHit[] {
  if (value === '' || !ctx.actor.may('order_movements:read')) return [];
  return ctx.sql
    .all<CenterRow>(
      `select id, work_center_code, work_center_name from work_centers
       where ${where} and plant_id = ? and is_active = 1 limit 4`,
      [value, ctx.actor.plant_id],
    )
    .map(row => ({
      kind: 'work_center',
      id: row.id,
      title: row.work_center_code,
      subtitle: row.work_center_name,
      to: '/tracking/station',
    }));
}
export const workCenterHits = (ctx: ReadCtx, code: string): ScanHit[] =>
  workCenters(ctx, 'work_center_code = ?', code.toUpperCase());
export const workCenterHitsByTail = (ctx: ReadCtx, id_tail: string): ScanHit[] =>
  workCenters(ctx, byTail('work_centers'), id_tail);

interface UserRow {
  id: string;
  username: string;
  full_name: string;
}
/** A badge names a colleague to everybody; the page of the person opens only for those who may read people. */
function users(ctx: ReadCtx, where: string, value: string): ScanHit[] {
  if (value === '' || !ctx.actor.is_person) return [];
  return ctx.sql
    .all<UserRow>(
      `select id, username, full_name from users where ${where} and is_active = 1
         and (plant_id is null or plant_id = ?
           or exists (select 1 from user_plant_access a where a.user_id = users.id and a.plant_id = ?))
       limit 4`,
      [value, ctx.actor.plant_id, ctx.actor.plant_id],
    )
    .map(row => ({
      kind: 'user',
      id: row.id,
      title: row.full_name,
      subtitle: row.username,
      to: ctx.actor.may('users:read') ? `/admin/users/${row.id}` : '/',
    }));
}
export const userHits = (ctx: ReadCtx, username: string): ScanHit[] =>
  users(ctx, 'username = ?', username.toLowerCase());
export const userHitsByTail = (ctx: ReadCtx, id_tail: string): ScanHit[] =>
  users(ctx, byTail('users'), id_tail);

interface LabelRow {
  id: string;
  entity_type: string;
  entity_id: string;
  label_code: string;
  label_type: string;
}
/** What the active labels with this value are of. */
export function labelHits(ctx: ReadCtx, barcode_value: string): ScanHit[] {
  if (barcode_value === '') return [];
  const labels = ctx.sql.all<LabelRow>(
    `select id, entity_type, entity_id, label_code, label_type from barcode_labels
     where barcode_value = ? and plant_id = ? and is_active = 1 and (expires_at_ms is null or expires_at_ms > ?)
     limit 8`,
    [barcode_value, ctx.actor.plant_id, ctx.now_ms],
  );
  return labels.flatMap(label => entityHits(ctx, label));
}
function entityHits(
  ctx: ReadCtx,
  { id, entity_type, entity_id, label_code, label_type }: LabelRow,
): ScanHit[] {
  if (entity_type === 'orders') return buildHits(ctx, { order_id: entity_id });
  if (entity_type === 'materials') return materials(ctx, 'id = ?', entity_id);
  if (entity_type === 'work_centers') return workCenters(ctx, 'id = ?', entity_id);
  if (entity_type === 'users') return users(ctx, 'id = ?', entity_id);
  if (!ctx.actor.may('labels:read')) return [];
  return [{ kind: 'label', id, title: label_code, subtitle: label_type, to: `/labels/printed/${id}` }];
}
