import type { Id } from '../../../db/kit/columns.ts';
import { order_movements, work_center_departments, work_centers } from '../../../db/schema/tracking.ts';
import { seedId } from '../../platform/seed-id.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { bringDepartment, bringPerson, exportRole } from '../identity/brought-people.service.ts';
import { orderKeyOf, orderNumberOf, problemsOf } from './movement.rules.ts';
import { centerOf, type OlderRow } from './older-source.rules.ts';

export interface Masters {
  departments: OlderRow<'departments'>[];
  work_centers: OlderRow<'work_centers'>[];
  links: OlderRow<'workcenter_department'>[];
  users: OlderRow<'users'>[];
}
/** Keys of the source to ids here. */
export interface Places {
  centers: Map<number, Id<'work_centers'>>;
  departments: Map<number, Id<'departments'>>;
  users: Map<number, Id<'users'>>;
}
export interface Counted {
  in_source: number;
  created: number;
  /** Were here before, by an earlier run or under the same name. */
  here: number;
}
const counted = (in_source: number): Counted => ({ in_source, created: 0, here: 0 });
const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

interface Here {
  centers: { id: Id<'work_centers'>; code: string; name: string }[];
  departments: { id: Id<'departments'>; name: string }[];
  users: { id: Id<'users'>; username: string }[];
}
function whatIsHere(ctx: ReadCtx): Here {
  const { plant_id } = ctx.actor;
  return {
    centers: ctx.sql.all(
      'select id, work_center_code as code, work_center_name as name from work_centers where plant_id = ?',
      [plant_id],
    ),
    departments: ctx.sql.all('select id, dept_name as name from departments where plant_id = ?', [plant_id]),
    users: ctx.sql.all('select id, username from users where organization_id = ?', [ctx.organization_id]),
  };
}

/** Which rows of the source are here already, and the ids that the others have or will have. */
export function placesOf(ctx: ReadCtx, source: string, masters: Masters) {
  const here = whatIsHere(ctx);
  const idOf = <T extends string>(table: T, id: number): Id<T> => seedId(table, `${source} ${id}`);
  const places: Places = {
    centers: new Map(
      masters.work_centers.map(row => {
        const { code, name } = centerOf(row);
        const own = idOf('work_centers', row.id);
        const held =
          here.centers.find(c => c.id === own) ??
          here.centers.find(c => same(c.code, code) || same(c.name, name));
        return [row.id, held?.id ?? own];
      }),
    ),
    departments: new Map(
      masters.departments.map(row => [
        row.id,
        here.departments.find(d => same(d.name, row.name))?.id ?? idOf('departments', row.id),
      ]),
    ),
    users: new Map(
      masters.users.map(row => [
        row.id,
        here.users.find(u => same(u.username, row.username))?.id ?? idOf('users', row.id),
      ]),
    ),
  };
  const ids = new Set<string>(
    [...here.centers, ...here.departments, ...here.users].map(row => String(row.id)),
  );
  return { places, isHere: (id: string | undefined) => id !== undefined && ids.has(id) };
}

/** Departments, work centres with their links, and people; what is here already stays as it is. */
export function bringMasters(ctx: CommandCtx, source: string, masters: Masters) {
  const { places, isHere } = placesOf(ctx, source, masters);
  const { plant_id } = ctx.actor;
  const counts = {
    departments: counted(masters.departments.length),
    work_centers: counted(masters.work_centers.length),
    users: counted(masters.users.length),
  };
  const once = (count: Counted, id: string | undefined, create: () => void) => {
    if (isHere(id)) count.here += 1;
    else {
      create();
      count.created += 1;
    }
  };
  for (const row of masters.departments) {
    const id = places.departments.get(row.id);
    once(counts.departments, id, () =>
      bringDepartment(ctx, {
        ...(id && { id }),
        plant_id,
        dept_code: `OLD${row.id}`,
        dept_name: row.name,
        is_active: row.is_active,
      }),
    );
  }
  for (const [at, row] of masters.work_centers.entries()) {
    const id = places.centers.get(row.id);
    const { code, name } = centerOf(row);
    once(counts.work_centers, id, () => {
      ctx.insert(work_centers, {
        ...(id && { id }),
        plant_id,
        work_center_code: code,
        work_center_name: name,
        flow_position: at + 1,
        is_active: row.is_active,
      });
      for (const link of masters.links.filter(l => l.workcenter_id === row.id)) {
        const department_id = places.departments.get(link.department_id);
        if (id && department_id) ctx.insert(work_center_departments, { work_center_id: id, department_id });
      }
    });
  }
  for (const row of masters.users) {
    const id = places.users.get(row.id);
    if (id)
      once(counts.users, id, () =>
        bringPerson(ctx, { id, plant_id, ...personOf(ctx, row, masters, places) }),
      );
  }
  return counts;
}

function personOf(ctx: CommandCtx, row: OlderRow<'users'>, masters: Masters, places: Places) {
  const named = masters.departments.find(d => row.department !== null && same(d.name, row.department));
  const department = row.department_id ?? named?.id;
  return {
    username: row.username.toLowerCase(),
    full_name: row.name ?? '',
    password_hash: row.password_hash,
    department_id: department === undefined ? null : (places.departments.get(department) ?? null),
    is_active: row.is_active,
    must_change_password: row.must_change_password,
    role_codes: row.is_admin
      ? ['TRACKING_ADMIN']
      : ['OPERATOR', ...(row.excel_access ? [exportRole(ctx)] : [])],
  };
}

/** Why a movement of the source cannot be one here. */
export type Unfit = 'number' | 'quantity' | 'type' | 'work_center' | 'user';
const UNFIT: Partial<Record<string, Unfit>> = { work_center_id: 'work_center', quantity: 'quantity' };
export function unfit(row: OlderRow<'production_orders'>, places: Places): Unfit | null {
  const { production_order: order_number, quantity, order_type } = row;
  const work_center_id = places.centers.get(row.workcenter_id) ?? null;
  const [problem] = problemsOf({ work_center_id, order_number, quantity, remark: '' }, 0);
  if (problem) return UNFIT[problem.field] ?? 'number';
  if (order_type !== 'IN' && order_type !== 'OUT') return 'type';
  return places.users.has(row.user_id) ? null : 'user';
}

/** The same row of the same source has the same id in every run. */
export const movementIdOf = (source: string, id: number): Id<'order_movements'> =>
  seedId('order_movements', `${source} ${id}`);

/** One piece of the movements; those that an earlier run has brought are left alone. */
export function bringMovements(
  ctx: CommandCtx,
  source: string,
  rows: readonly OlderRow<'production_orders'>[],
  places: Places,
): Pick<Counted, 'created' | 'here'> {
  const idOf = (id: number) => movementIdOf(source, id);
  const count = { created: 0, here: 0 };
  for (const row of rows) {
    const work_center_id = places.centers.get(row.workcenter_id);
    const user_id = places.users.get(row.user_id);
    if (unfit(row, places) !== null || !work_center_id || !user_id) continue;
    const id = idOf(row.id);
    if (ctx.sql.get('select 1 from order_movements where id = ?', [id])) {
      count.here += 1;
      continue;
    }
    ctx.insert(order_movements, {
      id,
      plant_id: ctx.actor.plant_id,
      order_number: orderNumberOf(row.production_order),
      order_key: orderKeyOf(row.production_order),
      work_center_id,
      movement_type: row.order_type === 'IN' ? 'IN' : 'OUT',
      quantity: row.quantity,
      remark: row.remark?.slice(0, 500) || null,
      user_id,
      occurred_at_ms: row.captured_at ?? row.created_at,
      source: 'IMPORT',
      station_id: ctx.station_id,
      corrects_id: row.corrects_id === null ? null : idOf(row.corrects_id),
    });
    count.created += 1;
  }
  return count;
}
