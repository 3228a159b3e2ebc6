import { asc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Id } from '../../../db/kit/columns.ts';
import type { RowOf } from '../../../db/kit/define-table.ts';
import { roles, user_roles } from '../../../db/schema/identity.ts';
import { roleSeeds } from '../../../db/seeds/roles.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { identity, resourceActions, roleRow } from '../../../preload/contract/identity.ts';
import { contract } from '../../../preload/contract/index.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { EVERYWHERE, keepAnAdministrator, refuseAboveOwn } from './administrators.service.ts';

type Input<P extends keyof typeof identity> = ParsedInputOf<(typeof identity)[P]>;
type Row = z.output<typeof roleRow>;
type Catalogue = z.output<typeof resourceActions>[];
/** Asked for inside a service, where the record decides. */
const ASKED_INSIDE = ['files:delete'];
const ORDER = [
  'create',
  'read',
  'update',
  'delete',
  'approve',
  'release',
  'release_override',
  'execute',
  'assign',
  'export',
];

/** What procedures ask for, what shipped roles grant and what roles of this organization grant. */
export function permissionCatalogue(ctx: ReadCtx): Catalogue {
  const allowed = Object.values(contract).flatMap(module => Object.values(module).map(p => p.allow));
  const asked = [...allowed, ...ASKED_INSIDE].map(permission => permission.split(':'));
  const granted = [...roleSeeds, ...ctx.db.select({ permissions: t.roles.permissions }).from(t.roles).all()];
  const pairs = [
    ...asked,
    ...granted.flatMap(r =>
      Object.entries(r.permissions).flatMap(([resource, actions]) => actions.map(a => [resource, a])),
    ),
  ];
  const found = new Map<string, Set<string>>();
  for (const [resource = '', action] of pairs) {
    if (action === undefined || action === '*' || resource === '*') continue;
    found.set(resource, (found.get(resource) ?? new Set()).add(action));
  }
  const rank = (action: string) => (ORDER.includes(action) ? ORDER.indexOf(action) : ORDER.length);
  return [...found]
    .map(([resource, actions]) => ({
      resource,
      actions: [...actions].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b)),
    }))
    .sort((a, b) => a.resource.localeCompare(b.resource));
}

export function listRoles(ctx: ReadCtx) {
  const rows = ctx.db.select().from(t.roles).orderBy(asc(t.roles.role_name)).all();
  return { rows: rows.map(row => rowOf(ctx, row)), resources: permissionCatalogue(ctx) };
}
export const getRole = (ctx: ReadCtx, input: Input<'getRole'>) => ({
  role: rowOf(ctx, roleById(ctx, input.role_id)),
  resources: permissionCatalogue(ctx),
});

function roleById(ctx: ReadCtx, id: Id<'roles'>) {
  return (
    ctx.db.select().from(t.roles).where(eq(t.roles.id, id)).get() ??
    refuse('row_not_found', { table: 'roles', id })
  );
}
/** People who hold the role now; ended assignments do not count. */
function holders(ctx: ReadCtx, id: Id<'roles'>): number {
  return (
    ctx.sql.get<{ n: number }>(
      'select count(distinct user_id) as n from user_roles where role_id = ? and is_active = 1',
      [id],
    )?.n ?? 0
  );
}
function rowOf(ctx: ReadCtx, role: RowOf<typeof roles>): Row {
  const { role_code, role_name, description, is_system_role, is_active, permissions, row_version } = role;
  return {
    role_id: role.id,
    role_code,
    role_name,
    description,
    is_system_role,
    is_active,
    permissions,
    users: holders(ctx, role.id),
    row_version,
  };
}

export function saveRole(ctx: CommandCtx, input: Input<'saveRole'>): Row {
  const { role_id, row_version, role_code, role_name, description, is_active } = input;
  const held = role_id ? roleById(ctx, role_id) : undefined;
  if (held?.is_system_role) refuse('role_is_system', { role: held.role_name });
  const twin = ctx.sql.get<{ id: string }>(
    'select id from roles where lower(role_code) = lower(?) and id is not ?',
    [role_code, role_id ?? null],
  );
  if (twin) refuse('role_code_taken', { role_code });
  const permissions = knownPermissions(ctx, input.permissions);
  refuseAboveOwn(ctx, permissions, EVERYWHERE);
  const fields = { role_code, role_name, description, is_active, permissions };
  return rowOf(
    ctx,
    held
      ? ctx.update(roles, held.id, fields, row_version)
      : ctx.insert(roles, { ...fields, is_system_role: false }),
  );
}
/** Actions in a fixed order without repeats; resources without an action are left out. */
function knownPermissions(ctx: ReadCtx, asked: Record<string, string[]>): Record<string, string[]> {
  const catalogue = new Map(permissionCatalogue(ctx).map(r => [r.resource, r.actions]));
  const every = [...new Set([...catalogue.values()].flat())];
  const kept: Record<string, string[]> = {};
  for (const [resource, actions] of Object.entries(asked)) {
    const known = ['*', ...(resource === '*' ? every : (catalogue.get(resource) ?? []))];
    const strange = actions.find(action => !known.includes(action)) ?? (known.length === 1 ? '*' : undefined);
    if (strange && actions.length > 0) refuse('permission_unknown', { permission: `${resource}:${strange}` });
    if (actions.length > 0) kept[resource] = known.filter(action => actions.includes(action));
  }
  return kept;
}

export function setRoleActive(ctx: CommandCtx, input: Input<'setRoleActive'>): Row {
  const { permissions } = roleById(ctx, input.role_id);
  // Whoever still holds it may do again what it grants, perhaps the very person who asks.
  if (input.is_active) refuseAboveOwn(ctx, permissions, EVERYWHERE);
  const role = ctx.update(roles, input.role_id, { is_active: input.is_active });
  keepAnAdministrator(ctx);
  return rowOf(ctx, role);
}

export function deleteRole(ctx: CommandCtx, input: Input<'deleteRole'>) {
  const role = roleById(ctx, input.role_id);
  if (role.is_system_role) refuse('role_is_system', { role: role.role_name });
  const count = holders(ctx, role.id);
  if (count > 0) refuse('role_in_use', { role: role.role_name, count });
  const ended = ctx.sql.all<{ id: string }>('select id from user_roles where role_id = ?', [role.id]);
  for (const { id } of ended) ctx.remove(user_roles, id);
  ctx.remove(roles, role.id);
  return {};
}
