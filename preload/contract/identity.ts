import { z } from 'zod';
import { command, empty, idOf, query } from './rpc.ts';

export const locale = z.enum(['en', 'fr', 'es']);
export const me = z.object({
  user_id: idOf('users'),
  username: z.string(),
  full_name: z.string(),
  initials: z.string(),
  locale,
  roles: z.array(z.object({ role_code: z.string(), role_name: z.string() })),
  /** `resource:action` the person may use in the current plant; `*` stands for everything. */
  permissions: z.array(z.string()),
  plant_id: idOf('plants'),
  plant_name: z.string(),
  timezone: z.string(),
  paper_size: z.enum(['LETTER', 'A4']),
  plants: z.array(z.object({ plant_id: idOf('plants'), plant_name: z.string() })),
  organization_name: z.string(),
  must_change_password: z.boolean(),
  has_pin: z.boolean(),
  is_locked: z.boolean(),
  idle_minutes: z.int(),
  password_min_length: z.int(),
});
const signedIn = z.object({ session: z.string(), me });
const password = z.string().min(1).max(200);
const username = z.string().trim().min(1).max(80);
const pin = z.string().regex(/^\d{4,8}$/, '4 to 8 digits');

const code = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, 'letters, digits, - _ . only');
const text = (max: number) => z.string().trim().min(1).max(max);
const optionalText = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .transform(s => s || null)
    .nullable();
const version = z.int().min(1).optional();
const timezone = z.string().max(64).refine(isTimezone, 'not a time zone');
function isTimezone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const permissionMap = z.record(z.string().min(1).max(50), z.array(z.string().min(1).max(30)).max(30));
export const userSummary = z.object({
  user_id: idOf('users'),
  username: z.string(),
  full_name: z.string(),
  initials: z.string(),
  email: z.string().nullable(),
  plant_name: z.string().nullable(),
  department_name: z.string().nullable(),
  roles: z.array(z.object({ role_code: z.string(), role_name: z.string() })),
  is_active: z.boolean(),
  is_locked_out: z.boolean(),
  must_change_password: z.boolean(),
  last_login_at_ms: z.int().nullable(),
});
export const roleAssignment = z.object({
  user_role_id: idOf('user_roles'),
  role_id: idOf('roles'),
  role_code: z.string(),
  role_name: z.string(),
  plant_id: idOf('plants').nullable(),
  plant_name: z.string().nullable(),
  department_id: idOf('departments').nullable(),
  department_name: z.string().nullable(),
  expires_at_ms: z.int().nullable(),
  is_expired: z.boolean(),
});
export const plantAccess = z.object({
  plant_id: idOf('plants'),
  plant_name: z.string(),
  access_level: z.enum(['READ', 'WRITE', 'ADMIN']).nullable(),
});
export const userDetail = z.object({
  user_id: idOf('users'),
  username: z.string(),
  full_name: z.string(),
  initials: z.string(),
  email: z.string().nullable(),
  locale,
  plant_id: idOf('plants').nullable(),
  department_id: idOf('departments').nullable(),
  is_active: z.boolean(),
  must_change_password: z.boolean(),
  has_pin: z.boolean(),
  locked_until_ms: z.int().nullable(),
  last_login_at_ms: z.int().nullable(),
  row_version: z.int(),
  role_assignments: z.array(roleAssignment),
  plant_access: z.array(plantAccess),
});
const userFields = z.object({
  username,
  full_name: text(100),
  initials: text(5),
  email: z.email().max(255).nullable(),
  locale,
  plant_id: idOf('plants').nullable(),
  department_id: idOf('departments').nullable(),
});
export const roleRow = z.object({
  role_id: idOf('roles'),
  role_code: z.string(),
  role_name: z.string(),
  description: z.string().nullable(),
  is_system_role: z.boolean(),
  is_active: z.boolean(),
  permissions: permissionMap,
  users: z.int(),
  row_version: z.int(),
});
/** What a role may grant: every resource with the actions that mean something for it. */
export const resourceActions = z.object({ resource: z.string(), actions: z.array(z.string()) });
export const plantRow = z.object({
  plant_id: idOf('plants'),
  plant_code: z.string(),
  plant_name: z.string(),
  location: z.string().nullable(),
  timezone: z.string(),
  currency_code: z.string(),
  paper_size: z.enum(['LETTER', 'A4']),
  is_active: z.boolean(),
  users: z.int(),
  row_version: z.int(),
});
export const departmentRow = z.object({
  department_id: idOf('departments'),
  plant_id: idOf('plants'),
  dept_code: z.string(),
  dept_name: z.string(),
  description: z.string().nullable(),
  is_active: z.boolean(),
  users: z.int(),
  row_version: z.int(),
});
export const organizationRow = z.object({
  org_code: z.string(),
  org_name: z.string(),
  costing_method: z.enum(['FIFO', 'LIFO', 'WEIGHTED_AVERAGE']),
  row_version: z.int(),
});
export const effectivePermission = z.object({
  resource: z.string(),
  action: z.string(),
  is_allowed: z.boolean(),
  by_role: z.string().nullable(),
  because: z.enum(['user_inactive', 'organization_inactive', 'no_plant_access', 'no_role']).nullable(),
  /** Roles that would grant it but do not apply here and now. */
  near: z.array(
    z.object({
      role_code: z.string(),
      why: z.enum(['expired', 'inactive', 'other_plant', 'other_department']),
    }),
  ),
});
const byUser = z.object({ user_id: idOf('users') });

/** Of the list of people. */
export const userFilter = z.object({
  search: z.string().trim().max(200).optional(),
  role_id: idOf('roles').optional(),
  plant_id: idOf('plants').optional(),
  department_id: idOf('departments').optional(),
  is_active: z.boolean().optional(),
});
export type UserFilter = z.output<typeof userFilter>;

export const identity = {
  signIn: command({
    allow: 'public',
    input: z.object({ username, password }),
    output: signedIn,
    refusals: ['sign_in_failed', 'account_locked', 'no_plant_access'],
    while_locked: true,
  }),
  /** Who can sign in at a station that shows the demo plant, with the published passwords; nobody elsewhere. */
  demoAccounts: query({
    allow: 'public',
    input: empty,
    output: z.array(
      z.object({
        username: z.string(),
        full_name: z.string(),
        role_code: z.string(),
        password: z.string(),
      }),
    ),
  }),
  me: query({
    allow: 'signed_in',
    input: empty,
    output: me,
    while_locked: true,
    before_password_change: true,
  }),
  signOut: command({
    allow: 'signed_in',
    input: empty,
    output: empty,
    while_locked: true,
    before_password_change: true,
  }),
  changePassword: command({
    allow: 'signed_in',
    input: z.object({ current_password: password, new_password: password }),
    output: empty,
    refusals: [
      'password_wrong',
      'password_too_short',
      'password_too_simple',
      'password_unchanged',
      'account_locked',
    ],
    before_password_change: true,
  }),
  setPin: command({
    allow: 'signed_in',
    input: z.object({ password, pin }),
    output: empty,
    refusals: ['password_wrong', 'pin_taken', 'account_locked'],
  }),
  /** Locks the screen and keeps what is on it. */
  lock: command({
    allow: 'signed_in',
    input: empty,
    output: empty,
    while_locked: true,
    before_password_change: true,
  }),
  /** The same person comes back, by PIN or password. */
  unlock: command({
    allow: 'signed_in',
    input: z.object({ pin: pin.optional(), password: password.optional() }),
    output: me,
    refusals: ['password_wrong', 'pin_wrong', 'account_locked'],
    while_locked: true,
    before_password_change: true,
  }),
  /**
   * Another person takes over the station; the window keeps its page and entries. A PIN without a name could be
   * anyone's: after `auth.maxFailedLogins` wrong ones within `auth.lockMinutes` the station asks for the name too.
   */
  switchOperator: command({
    allow: 'public',
    input: z.object({ username: username.optional(), pin }),
    output: signedIn,
    refusals: ['pin_wrong', 'account_locked', 'no_plant_access', 'pin_needs_name'],
    while_locked: true,
  }),
  switchPlant: command({
    allow: 'signed_in',
    input: z.object({ plant_id: idOf('plants') }),
    output: me,
    refusals: ['no_plant_access'],
  }),
  setLocale: command({ allow: 'signed_in', input: z.object({ locale }), output: me }),

  /** Names for pickers and filters; nothing else of a person. */
  listPeople: query({
    allow: 'signed_in',
    input: z.object({ include_inactive: z.boolean().default(false) }),
    output: z.array(
      z.object({
        user_id: idOf('users'),
        full_name: z.string(),
        initials: z.string(),
        is_active: z.boolean(),
      }),
    ),
  }),
  listUsers: query({
    allow: 'users:read',
    input: userFilter,
    output: z.array(userSummary),
  }),
  getUser: query({ allow: 'users:read', input: byUser, output: userDetail, refusals: ['row_not_found'] }),
  createUser: command({
    allow: 'users:create',
    input: userFields.extend({ role_ids: z.array(idOf('roles')).max(20) }),
    /** The password is shown once and must be changed at the first sign-in. */
    output: z.object({ user_id: idOf('users'), one_time_password: z.string() }),
    refusals: [
      'username_taken',
      'department_of_other_plant',
      'row_not_found',
      'role_inactive',
      'role_above_yours',
    ],
  }),
  updateUser: command({
    allow: 'users:update',
    input: byUser.extend(userFields.shape).extend({ row_version: z.int().min(1) }),
    output: userDetail,
    refusals: ['username_taken', 'department_of_other_plant', 'row_not_found', 'row_changed'],
  }),
  setUserActive: command({
    allow: 'users:update',
    input: byUser.extend({ is_active: z.boolean() }),
    output: userDetail,
    refusals: ['row_not_found', 'last_administrator'],
  }),
  resetPassword: command({
    allow: 'users:update',
    input: byUser,
    output: z.object({ one_time_password: z.string() }),
    refusals: ['row_not_found', 'role_above_yours'],
  }),
  unlockUser: command({
    allow: 'users:update',
    input: byUser,
    output: userDetail,
    refusals: ['row_not_found'],
  }),
  assignRole: command({
    allow: 'users:update',
    input: byUser.extend({
      role_id: idOf('roles'),
      plant_id: idOf('plants').nullable(),
      department_id: idOf('departments').nullable(),
      expires_at_ms: z.int().nullable(),
    }),
    output: userDetail,
    refusals: [
      'row_not_found',
      'role_inactive',
      'role_already_assigned',
      'expiry_in_the_past',
      'department_of_other_plant',
      'role_above_yours',
      'last_administrator',
    ],
  }),
  endRole: command({
    allow: 'users:update',
    input: z.object({ user_role_id: idOf('user_roles') }),
    output: userDetail,
    refusals: ['row_not_found', 'last_administrator'],
  }),
  /** `null` takes the access away. */
  setPlantAccess: command({
    allow: 'users:update',
    input: byUser.extend({
      plant_id: idOf('plants'),
      access_level: z.enum(['READ', 'WRITE', 'ADMIN']).nullable(),
    }),
    output: userDetail,
    refusals: ['row_not_found', 'role_above_yours'],
  }),
  effectivePermissions: query({
    allow: 'users:read',
    input: byUser.extend({ plant_id: idOf('plants') }),
    output: z.array(effectivePermission),
    refusals: ['row_not_found'],
  }),

  listRoles: query({
    allow: 'users:read',
    input: empty,
    output: z.object({ rows: z.array(roleRow), resources: z.array(resourceActions) }),
  }),
  getRole: query({
    allow: 'users:read',
    input: z.object({ role_id: idOf('roles') }),
    output: z.object({ role: roleRow, resources: z.array(resourceActions) }),
    refusals: ['row_not_found'],
  }),
  saveRole: command({
    allow: 'roles:update',
    input: z.object({
      role_id: idOf('roles').optional(),
      role_code: code(50),
      role_name: text(100),
      description: optionalText(500),
      is_active: z.boolean(),
      permissions: permissionMap,
      row_version: version,
    }),
    output: roleRow,
    refusals: [
      'role_is_system',
      'role_code_taken',
      'permission_unknown',
      'role_above_yours',
      'row_not_found',
      'row_changed',
    ],
  }),
  /** A system role keeps its permissions but may be switched off. */
  setRoleActive: command({
    allow: 'roles:update',
    input: z.object({ role_id: idOf('roles'), is_active: z.boolean() }),
    output: roleRow,
    refusals: ['row_not_found', 'role_above_yours', 'last_administrator'],
  }),
  deleteRole: command({
    allow: 'roles:delete',
    input: z.object({ role_id: idOf('roles') }),
    output: empty,
    refusals: ['role_is_system', 'role_in_use', 'row_not_found'],
  }),

  listPlants: query({ allow: 'signed_in', input: empty, output: z.array(plantRow) }),
  savePlant: command({
    allow: 'plants:update',
    input: z.object({
      plant_id: idOf('plants').optional(),
      plant_code: code(20),
      plant_name: text(200),
      location: optionalText(500),
      timezone,
      currency_code: z.string().regex(/^[A-Z]{3}$/, 'three capital letters'),
      paper_size: z.enum(['LETTER', 'A4']),
      is_active: z.boolean(),
      row_version: version,
    }),
    output: plantRow,
    refusals: ['plant_code_taken', 'plant_in_use', 'row_not_found', 'row_changed'],
  }),
  listDepartments: query({
    allow: 'signed_in',
    input: z.object({ plant_id: idOf('plants').optional() }),
    output: z.array(departmentRow),
  }),
  saveDepartment: command({
    allow: 'plants:update',
    input: z.object({
      department_id: idOf('departments').optional(),
      plant_id: idOf('plants'),
      dept_code: code(20),
      dept_name: text(200),
      description: optionalText(500),
      is_active: z.boolean(),
      row_version: version,
    }),
    output: departmentRow,
    refusals: ['department_code_taken', 'row_not_found', 'row_changed'],
  }),
  getOrganization: query({
    allow: 'signed_in',
    input: empty,
    output: organizationRow,
    refusals: ['row_not_found'],
  }),
  saveOrganization: command({
    allow: 'organization:update',
    input: z.object({
      org_name: text(200),
      costing_method: z.enum(['FIFO', 'LIFO', 'WEIGHTED_AVERAGE']),
      row_version: z.int().min(1),
    }),
    output: organizationRow,
    refusals: ['row_not_found', 'row_changed'],
  }),
};
