import { expect, test } from 'vitest';
import { ask, refusalOf, testStation } from '../../support/station.ts';

const ROLE = {
  role_code: 'AUDITOR',
  role_name: 'Auditor',
  description: null,
  is_active: true,
  permissions: { audit: ['read'] },
};

test('OR-RBAC-5: a role assigned to three people is not deleted, and the refusal counts them', () => {
  const station = testStation({ roles: ['ORG_ADMIN', 'PLANNER', 'VIEWER', 'OPERATOR'] });
  const admin = station.session('ORG_ADMIN');
  const { role_id } = ask(station, admin, 'identity.saveRole', ROLE);
  const people = ask(station, admin, 'identity.listUsers', {}).filter(u => u.username !== 'org_admin');
  for (const { user_id } of people)
    ask(station, admin, 'identity.assignRole', {
      user_id,
      role_id,
      plant_id: null,
      department_id: null,
      expires_at_ms: null,
    });
  const reply = station.serve(admin, 'identity.deleteRole', { role_id });
  expect(reply).toMatchObject({
    ok: false,
    error: { code: 'role_in_use', details: { count: 3, role: 'Auditor' } },
  });
  for (const { user_id } of people) {
    const held = ask(station, admin, 'identity.getUser', { user_id }).role_assignments.find(
      a => a.role_id === role_id,
    );
    ask(station, admin, 'identity.endRole', { user_role_id: held?.user_role_id ?? '' });
  }
  expect(refusalOf(station, admin, 'identity.deleteRole', { role_id })).toBe('accepted');
});

test('system roles keep their permissions and are not deleted', () => {
  const station = testStation();
  const admin = station.session('ORG_ADMIN');
  const planner = ask(station, admin, 'identity.listRoles', {}).rows.find(r => r.role_code === 'PLANNER');
  expect(refusalOf(station, admin, 'identity.saveRole', { ...planner, permissions: {} })).toBe(
    'role_is_system',
  );
  expect(refusalOf(station, admin, 'identity.deleteRole', { role_id: planner?.role_id })).toBe(
    'role_is_system',
  );
  ask(station, admin, 'identity.setRoleActive', { role_id: planner?.role_id ?? '', is_active: false });
  expect(ask(station, station.session('PLANNER'), 'identity.me', {}).permissions).toEqual([]);
});

test('a role is saved in a fixed form, checked against the known permissions, and not overwritten by an older copy', () => {
  const station = testStation();
  const admin = station.session('ORG_ADMIN');
  const save = (more: object) => refusalOf(station, admin, 'identity.saveRole', { ...ROLE, ...more });
  const saved = ask(station, admin, 'identity.saveRole', {
    ...ROLE,
    permissions: { orders: ['export', 'read', 'read'], lots: [] },
  });
  expect(saved.permissions).toEqual({ orders: ['read', 'export'] });
  expect(save({})).toBe('role_code_taken');
  expect(save({ role_code: 'auditor' })).toBe('role_code_taken');
  expect(save({ role_code: 'X', permissions: { orders: ['fly'] } })).toBe('permission_unknown');
  expect(save({ role_code: 'X', permissions: { dragons: ['*'] } })).toBe('permission_unknown');
  expect(save({ role_code: 'X', permissions: { '*': ['read'], orders: ['*'] } })).toBe('accepted');
  ask(station, admin, 'identity.saveRole', { ...saved, role_name: 'Second' });
  expect(save({ role_id: saved.role_id, role_name: 'Third', row_version: saved.row_version })).toBe(
    'row_changed',
  );
});

test('every permission a procedure asks for can be granted in the grid', () => {
  const station = testStation();
  const { resources } = ask(station, station.session('ORG_ADMIN'), 'identity.listRoles', {});
  const offered = new Set(resources.flatMap(r => r.actions.map(a => `${r.resource}:${a}`)));
  for (const wanted of ['audit:read', 'settings:update', 'users:create', 'files:delete', 'orders:create'])
    expect(offered).toContain(wanted);
});

test('plants and departments: codes are unique, a plant with people stays open', () => {
  const station = testStation();
  const admin = station.session('ORG_ADMIN');
  const plant = ask(station, admin, 'identity.listPlants', {})[0];
  const { users: _, ...oakville } = plant ?? {};
  expect(refusalOf(station, admin, 'identity.savePlant', { ...oakville, is_active: false })).toBe(
    'plant_in_use',
  );
  expect(
    refusalOf(station, admin, 'identity.savePlant', {
      ...oakville,
      plant_id: undefined,
      row_version: undefined,
      plant_code: 'oak',
    }),
  ).toBe('plant_code_taken');
  expect(refusalOf(station, admin, 'identity.savePlant', { ...oakville, timezone: 'Mars/Olympus' })).toBe(
    'invalid_input',
  );
  const department = {
    plant_id: plant?.plant_id,
    dept_code: 'asm',
    dept_name: 'Again',
    description: null,
    is_active: true,
  };
  expect(refusalOf(station, admin, 'identity.saveDepartment', department)).toBe('department_code_taken');
  expect(refusalOf(station, admin, 'identity.saveDepartment', { ...department, dept_code: 'QC' })).toBe(
    'accepted',
  );
  expect(
    refusalOf(station, station.session('PLANNER'), 'identity.saveDepartment', {
      ...department,
      dept_code: 'X',
    }),
  ).toBe('not_allowed');
});
