import type { Id } from '../../../db/kit/columns.ts';
import type { InsertOf } from '../../../db/kit/define-table.ts';
import { departments, roles, user_plant_access, user_roles, users } from '../../../db/schema/identity.ts';
import { isOlderHash } from '../../platform/older-secrets.ts';
import { seedId } from '../../platform/seed-id.ts';
import type { CommandCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { flagsOfLevel } from './permissions.rules.ts';

export interface BroughtPerson {
  id: Id<'users'>;
  username: string;
  full_name: string;
  /** As the older system stored it; one of an unknown kind lets nobody in until the password is reset. */
  password_hash: string;
  plant_id: Id<'plants'>;
  department_id: Id<'departments'> | null;
  is_active: boolean;
  must_change_password: boolean;
  role_codes: readonly string[];
}
const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .map(word => word.slice(0, 1))
    .join('')
    .toUpperCase()
    .slice(0, 5) || '?';
const NO_PASSWORD = 'none';

/** A person of another system with the password hash that stood there. */
export function bringPerson(ctx: CommandCtx, { role_codes, password_hash, ...person }: BroughtPerson): void {
  const { plant_id } = person;
  const user = ctx.insert(users, {
    ...person,
    initials: initialsOf(person.full_name || person.username),
    hashed_password: isOlderHash(password_hash) ? password_hash : NO_PASSWORD,
  });
  for (const code of role_codes) {
    const held = ctx.sql.get<{ id: Id<'roles'> }>('select id from roles where role_code = ?', [code]);
    const role_id = held?.id ?? refuse('reference_unknown', { field: 'role_code', value: code });
    ctx.insert(user_roles, { user_id: user.id, role_id });
  }
  ctx.insert(user_plant_access, {
    user_id: user.id,
    plant_id,
    access_level: 'WRITE',
    ...flagsOfLevel('WRITE'),
  });
}
export const bringDepartment = (ctx: CommandCtx, department: InsertOf<typeof departments>) =>
  ctx.insert(departments, department);

/** The role of people who were allowed to export and are no administrators; made when the first of them comes. */
export function exportRole(ctx: CommandCtx): string {
  const role_code = 'TRACKING_EXPORT';
  const held = ctx.sql.get('select 1 from roles where role_code = ?', [role_code]);
  if (!held)
    ctx.insert(roles, {
      id: seedId('roles', role_code),
      role_code,
      role_name: 'Tracking export',
      permissions: { order_movements: ['read', 'export'] },
    });
  return role_code;
}
