import type { Id } from '../../../db/kit/columns.ts';
import { movement_archives } from '../../../db/schema/tracking.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { ArchivedGroup, tracking } from '../../../preload/contract/tracking.ts';
import { dayInZone, startOfDay } from '../../platform/days.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { visibleCenters } from './access.service.ts';
import { IS_CLOSED, likeOf } from './movement-filter.rules.ts';
import { zoneOf } from './movement-list.service.ts';
import { numberNow } from './order-match.service.ts';

type Input<P extends keyof typeof tracking> = ParsedInputOf<(typeof tracking)[P]>;
interface Group {
  order_number: string;
  order_key: string;
  work_center_id: Id<'work_centers'>;
  until_at_ms: number;
  movements: number;
  in_quantity: number;
  out_quantity: number;
}
/** Whole days back by the calendar of the plant, a year as a year. */
export function cutoffDay(today: string, archive_days: number): string {
  const at = new Date(`${today}T00:00:00Z`);
  const years = Math.floor(archive_days / 365);
  at.setUTCFullYear(at.getUTCFullYear() - years);
  at.setUTCDate(at.getUTCDate() - (archive_days - years * 365));
  return at.toISOString().slice(0, 10);
}
const beforeDay = (ctx: ReadCtx): string =>
  cutoffDay(dayInZone(ctx.now_ms, zoneOf(ctx)), ctx.setting('tracking.archiveDays'));

const candidates = (ctx: ReadCtx, before_on: string): Group[] =>
  ctx.sql.all<Group>(
    `select t.order_number, t.order_key, t.work_center_id, t.last_at_ms as until_at_ms, t.in_rows + t.out_rows as movements,
       t.in_quantity, t.out_quantity
     from movement_totals t join work_centers w on w.id = t.work_center_id
     where w.plant_id = ? and t.in_quantity = t.out_quantity and t.last_at_ms < ? and not (${IS_CLOSED})`,
    [ctx.actor.plant_id, startOfDay(before_on, zoneOf(ctx))],
  );
const countOf = (groups: readonly Group[]) => ({
  groups: groups.length,
  movements: groups.reduce((sum, group) => sum + group.movements, 0),
});

export function archiveCandidates(ctx: ReadCtx) {
  const before_on = beforeDay(ctx);
  return { before_on, ...countOf(candidates(ctx, before_on)) };
}

interface StoredGroup extends Omit<ArchivedGroup, 'is_active' | 'is_closed'> {
  is_active: 0 | 1;
  is_closed: 0 | 1;
}
const ARCHIVED = `from movement_totals t join work_centers w on w.id = t.work_center_id
  where t.archived_until_ms is not null and t.work_center_id in (select value from json_each(@centers))
    and t.order_key like @text escape '\\'`;
/** Groups that were closed at work centres the reader sees, last closed first. */
export function archivedGroups(ctx: ReadCtx, { text, offset, limit }: Input<'archivedGroups'>) {
  const centers = JSON.stringify(visibleCenters(ctx).map(center => center.work_center_id));
  const params = { centers, text: likeOf(numberNow(ctx, text)) };
  const rows = ctx.sql.all<StoredGroup>(
    `select t.order_number, w.id as work_center_id, w.work_center_code, w.work_center_name, w.is_active,
       t.archived_until_ms as until_at_ms, t.in_rows + t.out_rows as movements, t.in_quantity, t.out_quantity,
       t.in_quantity - t.out_quantity as balance, (${IS_CLOSED}) as is_closed
     ${ARCHIVED} order by t.archived_until_ms desc, t.order_key, w.work_center_code limit @limit offset @offset`,
    { ...params, offset, limit },
  );
  const total = ctx.sql.get<{ n: number }>(`select count(*) as n ${ARCHIVED}`, params)?.n ?? 0;
  return {
    rows: rows.map(row => ({ ...row, is_active: row.is_active === 1, is_closed: row.is_closed === 1 })),
    total,
  };
}

/**
 * Closes whole groups whose balance is zero: their movements leave the lists and stay in every sum, so that no
 * balance can change by it. A second run finds nothing; a late row opens its group again.
 */
export function archive(ctx: CommandCtx) {
  const before_on = beforeDay(ctx);
  const groups = candidates(ctx, before_on);
  for (const group of groups) ctx.insert(movement_archives, { plant_id: ctx.actor.plant_id, ...group });
  if (groups.length > 0)
    ctx.record({
      action: 'SYSTEM',
      category: 'archive',
      entity_type: 'movement_archives',
      metadata: { before_on, ...countOf(groups) },
    });
  return countOf(groups);
}
