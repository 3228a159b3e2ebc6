import type { Id } from '../../../db/kit/columns.ts';
import type { WorkCenterChoice } from '../../../preload/contract/tracking.ts';
import type { ReadCtx } from '../../rpc/context.ts';

export type WorkCenterId = Id<'work_centers'>;
interface StoredCenter {
  work_center_id: WorkCenterId;
  work_center_code: string;
  work_center_name: string;
  is_active: 0 | 1;
  is_linked: 0 | 1;
}
/** The person's department counts only while it is active; the link is by id, so that a new name changes nothing. */
const CENTERS = `select w.id as work_center_id, w.work_center_code, w.work_center_name, w.is_active,
    exists (select 1 from work_center_departments l join departments d on d.id = l.department_id and d.is_active = 1
      join users u on u.department_id = d.id where l.work_center_id = w.id and u.id = @user_id) as is_linked
  from work_centers w where w.plant_id = @plant_id order by w.work_center_code`;

/** An administrator of tracking: may correct, sees every work centre. */
export const isTrackingAdministrator = (ctx: ReadCtx): boolean => ctx.actor.may('order_movements:update');

function hasDepartment(ctx: ReadCtx): boolean {
  const row = ctx.sql.get<{ department_id: string | null }>('select department_id from users where id = ?', [
    ctx.actor.user_id,
  ]);
  return Boolean(row?.department_id);
}
/** Not limited by departments. */
const isUnlimited = (ctx: ReadCtx): boolean =>
  isTrackingAdministrator(ctx) || (!hasDepartment(ctx) && ctx.setting('tracking.noDepartment') === 'ALL');

/** Every work centre of the plant with what the person may do there. */
export function centersOf(ctx: ReadCtx): (WorkCenterChoice & { is_accessible: boolean })[] {
  const unlimited = isUnlimited(ctx);
  const { user_id, plant_id } = ctx.actor;
  return ctx.sql.all<StoredCenter>(CENTERS, { user_id, plant_id }).map(({ is_linked, ...row }) => {
    const is_accessible = unlimited || is_linked === 1;
    const is_active = row.is_active === 1;
    return { ...row, is_active, is_accessible, can_book: is_accessible && is_active };
  });
}

/** The work centres whose rows the person sees in lists and reports; inactive ones stay. */
export function visibleCenters(ctx: ReadCtx) {
  const all = centersOf(ctx);
  return ctx.setting('tracking.reportScope') === 'ALL' ? all : all.filter(center => center.is_accessible);
}

export function workCenters(ctx: ReadCtx) {
  const all = centersOf(ctx);
  const canBook = all.some(center => center.can_book);
  const missing = all.some(center => center.is_active) ? ('no_access' as const) : ('none_exist' as const);
  return {
    centers: visibleCenters(ctx).map(({ is_accessible: _, ...center }) => center),
    missing: canBook ? null : missing,
    negative_balance: ctx.setting('tracking.negativeBalance'),
  };
}
