import type { Id } from '../../../../db/kit/columns.ts';
import { identity } from '../../../../preload/contract/identity.ts';
import type { ParsedInputOf } from '../../../../preload/contract/rpc.ts';
import type { Stored } from '../../../platform/sheet.ts';
import type { ReadCtx } from '../../../rpc/context.ts';
import { createUser, setUserActive, updateUser } from '../../identity/user-admin.service.ts';
import { userSheetRows } from '../../identity/users.sheets.ts';
import {
  contractProblems,
  differences,
  emptied,
  type ImportField,
  type ImportKind,
  type Judged,
  missing,
  orHeld,
  type ParsedRow,
  problem,
  type RowProblem,
  textOf,
} from '../import-kind.ts';
import { codeList } from './work-centers.kind.ts';

const fields: ImportField[] = [
  { key: 'username', kind: 'text', is_key: true, is_required: true, example: 'm.tremblay' },
  { key: 'full_name', kind: 'text', is_required: true, example: 'Marie Tremblay' },
  { key: 'initials', kind: 'text', is_required: true, example: 'MT' },
  { key: 'email', kind: 'text', example: 'm.tremblay@example.com' },
  { key: 'locale', kind: 'text', choices: ['en', 'fr', 'es'], words: 'locale', example: 'fr' },
  { key: 'plant_code', kind: 'text', is_number_text: true, example: 'OAK' },
  { key: 'dept_code', kind: 'text', is_number_text: true, example: 'ASM' },
  { key: 'roles', kind: 'text', example: 'OPERATOR' },
  { key: 'is_active', kind: 'boolean', example: 'TRUE' },
];
interface Op {
  create: ParsedInputOf<typeof identity.createUser> | null;
  update: ParsedInputOf<typeof identity.updateUser> | null;
  user_id: Id<'users'> | null;
  is_active: boolean | null;
}
type Held = Record<string, Stored> & { id: Id<'users'>; row_version: number };

function planner(ctx: ReadCtx) {
  const ids = (sql: string) =>
    new Map(
      ctx.sql.all<{ code: string; id: string }>(sql, [ctx.organization_id]).map(row => [row.code, row.id]),
    );
  const plants = ids('select plant_code as code, id from plants where organization_id = ?');
  const departments = ids(
    "select p.plant_code || ' ' || d.dept_code as code, d.id from departments d join plants p on p.id = d.plant_id where d.organization_id = ?",
  );
  const roles = ids('select role_code as code, id from roles where organization_id = ?');
  const held = new Map<string, Held>(
    [...userSheetRows(ctx)].map(row => [
      row.username.toLowerCase(),
      { ...row, is_active: row.is_active === 1 },
    ]),
  );
  const seen = new Map<string, number>();

  function placed(value: (field: string) => Stored): {
    ids: Record<string, unknown>;
    problems: RowProblem[];
  } {
    const plant = value('plant_code');
    const department = value('dept_code');
    const plant_id = plant === null ? null : plants.get(String(plant));
    const department_id = department === null ? null : departments.get(`${plant} ${department}`);
    const problems: RowProblem[] = [];
    if (plant_id === undefined) problems.push(problem('plant_code', 'not_found', { value: String(plant) }));
    if (department_id === undefined)
      problems.push(problem('dept_code', 'not_found', { value: String(department) }));
    return { ids: { plant_id, department_id }, problems };
  }

  function opOf(given: ParsedRow['values'], before: Held | null): { op: Op | null; problems: RowProblem[] } {
    const value = (field: string) => orHeld(given[field], before?.[field]);
    const { ids: place, problems } = placed(value);
    const wanted = codeList(value('roles'));
    const unknown = wanted.find(code => !roles.has(code));
    if (unknown !== undefined) problems.push(problem('roles', 'not_found', { value: unknown }));
    if (before !== null && wanted.join(', ') !== before.roles)
      problems.push(problem('roles', 'roles_elsewhere'));
    if (problems.length > 0) return { op: null, problems };
    const input = {
      username: textOf(given.username),
      full_name: textOf(value('full_name')),
      initials: textOf(value('initials')),
      email: value('email'),
      locale: value('locale') ?? 'en',
      ...place,
    };
    const is_active = value('is_active') !== false;
    if (before === null) {
      const parsed = identity.createUser.input.safeParse({
        ...input,
        role_ids: wanted.map(code => roles.get(code)),
      });
      return {
        op: parsed.success
          ? { create: parsed.data, update: null, user_id: null, is_active: is_active ? null : false }
          : null,
        problems: contractProblems(parsed, fieldOf),
      };
    }
    const { id: user_id, row_version } = before;
    const parsed = identity.updateUser.input.safeParse({ ...input, user_id, row_version });
    return {
      op: parsed.success
        ? {
            create: null,
            update: parsed.data,
            user_id,
            is_active: is_active === before.is_active ? null : is_active,
          }
        : null,
      problems: contractProblems(parsed, fieldOf),
    };
  }

  return {
    judge({ row, values }: ParsedRow): Judged<Op> {
      const username = textOf(values.username);
      const none: Judged<Op> = {
        row,
        problems: [],
        change: 'UNCHANGED',
        label: username,
        fields: [],
        op: null,
      };
      const key = username.toLowerCase();
      const twice = seen.get(key);
      if (twice !== undefined)
        return { ...none, problems: [problem('username', 'row_twice', { row: twice })] };
      seen.set(key, row);
      const before = held.get(key) ?? null;
      const listed = values.roles === undefined ? {} : { roles: codeList(values.roles).join(', ') };
      const given: ParsedRow['values'] = { ...values, ...listed };
      const changed = differences(fields, before, given);
      if (before !== null && changed.length === 0) return none;
      const lacking = before === null ? missing(fields, given) : emptied(fields, changed);
      if (lacking.length > 0) return { ...none, problems: lacking };
      const { op, problems } = opOf(given, before);
      if (op === null) return { ...none, problems };
      const label = `${username} ${textOf(orHeld(given.full_name, before?.full_name))}`;
      return { ...none, change: before === null ? 'ADDED' : 'CHANGED', label, fields: changed, op };
    },
  };
}
const fieldOf = (path: string): string => {
  if (path === 'plant_id') return 'plant_code';
  if (path === 'department_id') return 'dept_code';
  return path === 'role_ids' ? 'roles' : path;
};

/** Roles of people who are there already are given and ended on their page, where each change is judged. */
export const usersKind: ImportKind<Op> = {
  kind: 'users',
  sheet: 'users',
  create: 'users:create',
  update: 'users:update',
  fields,
  planner,
  apply(ctx, { create, update, user_id: held, is_active }) {
    const made = create ? createUser(ctx, create) : null;
    if (update) updateUser(ctx, update);
    const user_id = made?.user_id ?? held;
    if (is_active !== null && user_id) setUserActive(ctx, { user_id, is_active });
    return made && create ? { label: create.username, value: made.one_time_password } : undefined;
  },
};
