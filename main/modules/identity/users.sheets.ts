import type { Id } from '../../../db/kit/columns.ts';
import type { UserFilter } from '../../../preload/contract/identity.ts';
import { defineSheet, type Sheet } from '../../platform/sheet.ts';
import { type ReadCtx, systemActor } from '../../rpc/context.ts';
import { listUsers } from './user-admin.service.ts';

export interface UserSheetRow {
  [key: string]: string | number | null;
  id: Id<'users'>;
  username: string;
  full_name: string;
  initials: string;
  email: string | null;
  locale: string;
  plant_code: string | null;
  dept_code: string | null;
  /** Codes of the roles held now, wherever, in the order of the alphabet. */
  roles: string;
  is_active: number;
  last_login_at_ms: number | null;
  row_version: number;
}
const ROWS = `select u.id, u.username, u.full_name, u.initials, u.email, u.locale, p.plant_code, d.dept_code,
    coalesce((select group_concat(role_code, ', ') from (select distinct r.role_code from user_roles ur join roles r on r.id = ur.role_id
      where ur.user_id = u.id and ur.is_active = 1 and (ur.expires_at_ms is null or ur.expires_at_ms >= @now) order by r.role_code)), '') as roles,
    u.is_active, u.last_login_at_ms, u.row_version
  from users u left join plants p on p.id = u.plant_id left join departments d on d.id = u.department_id
  where u.organization_id = @organization_id and u.id <> @program order by u.username`;

export const userSheetRows = (ctx: ReadCtx): IterableIterator<UserSheetRow> =>
  ctx.sql.iterate<UserSheetRow>(ROWS, {
    organization_id: ctx.organization_id,
    now: ctx.now_ms,
    program: systemActor('system').user_id,
  });

/** Everybody of the filtered list who may sign in, without secrets. */
export function usersSheet(ctx: ReadCtx, filter: UserFilter): Sheet {
  const listed = new Set(listUsers(ctx, filter).map(({ user_id }) => user_id));
  const rows = [...userSheetRows(ctx)].filter(({ id }) => listed.has(id));
  return defineSheet<UserSheetRow>({
    id: 'users',
    row_count: rows.length,
    rows: () => rows,
    columns: [
      { key: 'username', kind: 'text', width: 22, value: u => u.username, total: 'count' },
      { key: 'full_name', kind: 'text', width: 28, value: u => u.full_name },
      { key: 'initials', kind: 'text', width: 9, value: u => u.initials },
      { key: 'email', kind: 'text', width: 30, value: u => u.email },
      { key: 'locale', kind: 'text', width: 11, value: u => u.locale, words: 'locale' },
      { key: 'plant_code', kind: 'text', width: 10, value: u => u.plant_code },
      { key: 'dept_code', kind: 'text', width: 12, value: u => u.dept_code },
      { key: 'roles', kind: 'text', width: 34, value: u => u.roles },
      { key: 'is_active', kind: 'boolean', width: 9, value: u => u.is_active },
      { key: 'last_login_at_ms', kind: 'instant', width: 17, value: u => u.last_login_at_ms },
    ],
  });
}
