import { and, asc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Id } from '../../../db/kit/columns.ts';
import type { RowOf } from '../../../db/kit/define-table.ts';
import { departments, organizations, plants } from '../../../db/schema/identity.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type {
  departmentRow,
  identity,
  organizationRow,
  plantRow,
} from '../../../preload/contract/identity.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';

type Input<P extends keyof typeof identity> = ParsedInputOf<(typeof identity)[P]>;
type Plant = RowOf<typeof plants>;
type Department = RowOf<typeof departments>;
const activeUsers = (ctx: ReadCtx, column: 'plant_id' | 'department_id', id: string): number =>
  ctx.sql.get<{ n: number }>(`select count(*) as n from users where is_active = 1 and ${column} = ?`, [id])
    ?.n ?? 0;

export const listPlants = (ctx: ReadCtx) =>
  ctx.db
    .select()
    .from(t.plants)
    .where(eq(t.plants.organization_id, ctx.organization_id))
    .orderBy(asc(t.plants.plant_name))
    .all()
    .map(p => plantOf(ctx, p));
const plantOf = (ctx: ReadCtx, p: Plant): z.output<typeof plantRow> => ({
  plant_id: p.id,
  plant_code: p.plant_code,
  plant_name: p.plant_name,
  location: p.location,
  timezone: p.timezone,
  currency_code: p.currency_code,
  paper_size: p.paper_size,
  is_active: p.is_active,
  users: activeUsers(ctx, 'plant_id', p.id),
  row_version: p.row_version,
});

export function savePlant(ctx: CommandCtx, input: Input<'savePlant'>) {
  const { plant_id, row_version, ...fields } = input;
  const twin = ctx.sql.get(
    'select 1 from plants where organization_id = ? and lower(plant_code) = lower(?) and id is not ?',
    [ctx.organization_id, fields.plant_code, plant_id ?? null],
  );
  if (twin) refuse('plant_code_taken', { plant_code: fields.plant_code });
  if (plant_id && !fields.is_active) refuseWhileWorking(ctx, plant_id);
  return plantOf(
    ctx,
    plant_id ? ctx.update(plants, plant_id, fields, row_version) : ctx.insert(plants, fields),
  );
}
/** A plant with people in it, or the one we stand in, stays open. */
function refuseWhileWorking(ctx: ReadCtx, plant_id: Id<'plants'>): void {
  const count = activeUsers(ctx, 'plant_id', plant_id);
  if (count > 0 || plant_id === ctx.actor.plant_id) refuse('plant_in_use', { count });
}

export function listDepartments(ctx: ReadCtx, input: Input<'listDepartments'>) {
  const { departments: d } = t;
  const ofPlant = input.plant_id ? eq(d.plant_id, input.plant_id) : undefined;
  const rows = ctx.db
    .select()
    .from(d)
    .where(and(eq(d.organization_id, ctx.organization_id), ofPlant))
    .orderBy(asc(d.dept_name))
    .all();
  return rows.map(row => departmentOf(ctx, row));
}
const departmentOf = (ctx: ReadCtx, d: Department): z.output<typeof departmentRow> => ({
  department_id: d.id,
  plant_id: d.plant_id,
  dept_code: d.dept_code,
  dept_name: d.dept_name,
  description: d.description,
  is_active: d.is_active,
  users: activeUsers(ctx, 'department_id', d.id),
  row_version: d.row_version,
});

export function saveDepartment(ctx: CommandCtx, input: Input<'saveDepartment'>) {
  const { department_id, row_version, ...fields } = input;
  const plant = ctx.db
    .select({ id: t.plants.id })
    .from(t.plants)
    .where(eq(t.plants.id, fields.plant_id))
    .get();
  if (!plant) refuse('row_not_found', { table: 'plants', id: fields.plant_id });
  const twin = ctx.sql.get(
    'select 1 from departments where plant_id = ? and lower(dept_code) = lower(?) and id is not ?',
    [fields.plant_id, fields.dept_code, department_id ?? null],
  );
  if (twin) refuse('department_code_taken', { dept_code: fields.dept_code });
  return departmentOf(
    ctx,
    department_id
      ? ctx.update(departments, department_id, fields, row_version)
      : ctx.insert(departments, fields),
  );
}

function ownOrganization(ctx: ReadCtx) {
  const { organizations: o } = t;
  return (
    ctx.db.select().from(o).where(eq(o.organization_id, ctx.organization_id)).get() ??
    refuse('row_not_found', { table: 'organizations', id: '' })
  );
}
const organizationOf = ({
  org_code,
  org_name,
  costing_method,
  row_version,
}: RowOf<typeof organizations>): z.output<typeof organizationRow> => ({
  org_code,
  org_name,
  costing_method,
  row_version,
});

export const getOrganization = (ctx: ReadCtx) => organizationOf(ownOrganization(ctx));
export function saveOrganization(ctx: CommandCtx, input: Input<'saveOrganization'>) {
  const { row_version, ...fields } = input;
  return organizationOf(ctx.update(organizations, ownOrganization(ctx).id, fields, row_version));
}
