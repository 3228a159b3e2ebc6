import { eq } from 'drizzle-orm';
import type { Id } from '../../../db/kit/columns.ts';
import { work_center_departments, work_centers } from '../../../db/schema/tracking.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { tracking, WorkCenterRow } from '../../../preload/contract/tracking.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import type { WorkCenterId } from './access.service.ts';
import { DEFAULT_WORK_CENTERS } from './movement.rules.ts';

type Input<P extends keyof typeof tracking> = ParsedInputOf<(typeof tracking)[P]>;

type Stored = Omit<WorkCenterRow, 'is_active' | 'departments'> & { is_active: 0 | 1 };
const ROWS = `select w.id as work_center_id, w.work_center_code, w.work_center_name, w.work_center_type, w.flow_position,
    w.is_active, w.row_version,
    (select count(*) from order_movements m where m.work_center_id = w.id) as movements,
    (select count(*) from users u join work_center_departments l on l.department_id = u.department_id
      where l.work_center_id = w.id and u.is_active = 1) as people
  from work_centers w where w.plant_id = @plant_id and (@id is null or w.id = @id)
  order by w.flow_position, w.work_center_code`;
const DEPARTMENTS = `select d.id as department_id, d.dept_name from work_center_departments l
  join departments d on d.id = l.department_id where l.work_center_id = ? order by d.dept_name`;

function rowsOf(ctx: ReadCtx, id: string | null): WorkCenterRow[] {
  return ctx.sql.all<Stored>(ROWS, { plant_id: ctx.actor.plant_id, id }).map(row => ({
    ...row,
    is_active: row.is_active === 1,
    departments: ctx.sql.all<WorkCenterRow['departments'][number]>(DEPARTMENTS, [row.work_center_id]),
  }));
}
export const listWorkCenters = (ctx: ReadCtx) => ({ rows: rowsOf(ctx, null) });
const rowWith = (ctx: ReadCtx, id: string): WorkCenterRow =>
  rowsOf(ctx, id)[0] ?? refuse('row_not_found', { table: 'work_centers', id });

export function saveWorkCenter(ctx: CommandCtx, input: Input<'saveWorkCenter'>): WorkCenterRow {
  const { work_center_id, row_version, department_ids, ...rest } = input;
  const fields = { ...rest, work_center_code: rest.work_center_code.toUpperCase() };
  if (work_center_id) rowWith(ctx, work_center_id);
  refuseTwins(ctx, fields, work_center_id ?? null);
  const saved = work_center_id
    ? ctx.update(work_centers, work_center_id, fields, row_version)
    : ctx.insert(work_centers, { plant_id: ctx.actor.plant_id, ...fields });
  linkDepartments(ctx, saved.id, department_ids);
  return rowWith(ctx, saved.id);
}
function refuseTwins(
  ctx: ReadCtx,
  { work_center_code, work_center_name }: { work_center_code: string; work_center_name: string },
  id: string | null,
): void {
  const others = ctx.sql.all<{ work_center_code: string; work_center_name: string }>(
    'select work_center_code, work_center_name from work_centers where plant_id = ? and id is not ?',
    [ctx.actor.plant_id, id],
  );
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  if (others.some(o => same(o.work_center_code, work_center_code)))
    refuse('work_center_code_taken', { work_center_code });
  if (others.some(o => same(o.work_center_name, work_center_name)))
    refuse('work_center_name_taken', { work_center_name });
}

/** Makes the links exactly these. Refuses `department_of_other_plant`. */
function linkDepartments(ctx: CommandCtx, work_center_id: WorkCenterId, wanted: readonly string[]): void {
  const held = ctx.db
    .select()
    .from(t.work_center_departments)
    .where(eq(t.work_center_departments.work_center_id, work_center_id))
    .all();
  for (const link of held)
    if (!wanted.includes(link.department_id)) ctx.remove(work_center_departments, link.id);
  for (const id of new Set(wanted)) {
    if (held.some(link => link.department_id === id)) continue;
    const department =
      ctx.sql.get<{ id: Id<'departments'> }>('select id from departments where id = ? and plant_id = ?', [
        id,
        ctx.actor.plant_id,
      ]) ?? refuse('department_of_other_plant');
    ctx.insert(work_center_departments, { work_center_id, department_id: department.id });
  }
}

/** Only what was never used goes away; everything else is switched off. */
export function deleteWorkCenter(ctx: CommandCtx, { work_center_id }: Input<'deleteWorkCenter'>) {
  const { movements, work_center_code } = rowWith(ctx, work_center_id);
  if (movements > 0) refuse('work_center_in_use', { work_center: work_center_code, count: movements });
  linkDepartments(ctx, work_center_id, []);
  ctx.remove(work_centers, work_center_id);
  return {};
}

/** A renamed one is not made again: as soon as there is any, this does nothing. */
export function createDefaultWorkCenters(ctx: CommandCtx): { created: number } {
  if (rowsOf(ctx, null).length > 0) return { created: 0 };
  for (const [at, center] of DEFAULT_WORK_CENTERS.entries())
    ctx.insert(work_centers, { plant_id: ctx.actor.plant_id, flow_position: at + 1, ...center });
  return { created: DEFAULT_WORK_CENTERS.length };
}
