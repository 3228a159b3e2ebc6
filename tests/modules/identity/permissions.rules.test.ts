import { expect, test } from 'vitest';
import {
  type Grant,
  judge,
  missedBy,
  type Permissions,
  type Subject,
} from '../../../main/modules/identity/permissions.rules.ts';

const NOW = Date.UTC(2026, 10, 20);
const grant = (permissions: Permissions, more: Partial<Grant> = {}): Grant => ({
  role_code: 'SOME',
  permissions,
  plant_id: null,
  department_id: null,
  expires_at_ms: null,
  is_active: true,
  ...more,
});
const subject = (grants: Grant[], more: Partial<Subject> = {}): Subject => ({
  is_active: true,
  is_superuser: false,
  organization_is_active: true,
  grants,
  plant_access: ['plant 1', 'plant 2'].map(plant_id => ({
    plant_id,
    can_create: true,
    can_read: true,
    can_update: true,
    can_delete: true,
    is_active: true,
  })),
  ...more,
});
const here = { plant_id: 'plant 1', department_id: 'assembly' };
const may = (
  who: Subject,
  permission: string,
  place: { plant_id: string | null; department_id: string | null } = here,
) => judge(who, permission, place, NOW);

test('OR-RBAC-1: a wildcard action covers every action of its resource and no other resource', () => {
  const who = subject([grant({ materials: ['read'], work_orders: ['*'] })]);
  expect(may(who, 'work_orders:approve')).toEqual({ allowed: true, by_role: 'SOME' });
  expect(may(who, 'materials:update')).toEqual({ allowed: false, because: 'no_role' });
});

test('OR-RBAC-2: reading everywhere is not writing anywhere', () => {
  const who = subject([grant({ '*': ['read'] })]);
  for (const resource of ['materials', 'orders', 'anything']) {
    expect(may(who, `${resource}:read`).allowed).toBe(true);
    for (const action of ['create', 'update', 'delete', 'approve'])
      expect(may(who, `${resource}:${action}`).allowed).toBe(false);
  }
});

test('OR-RBAC-3: a supervisor of plant 1 has no plant access to plant 2', () => {
  const access = { can_create: true, can_read: true, can_update: true, can_delete: false, is_active: true };
  const who = subject(
    [grant({ work_orders: ['execute'] }, { role_code: 'SUPERVISOR', plant_id: 'plant 1' })],
    { plant_access: [{ plant_id: 'plant 1', ...access }] },
  );
  expect(may(who, 'work_orders:execute')).toEqual({ allowed: true, by_role: 'SUPERVISOR' });
  expect(may(who, 'work_orders:execute', { ...here, plant_id: 'plant 2' })).toEqual({
    allowed: false,
    because: 'no_plant_access',
  });
});

test('OR-RBAC-4: a role that ran out a second ago grants nothing, one that ends this moment still does', () => {
  expect(
    may(subject([grant({ orders: ['read'] }, { expires_at_ms: NOW - 1000 })]), 'orders:read').allowed,
  ).toBe(false);
  expect(may(subject([grant({ orders: ['read'] }, { expires_at_ms: NOW })]), 'orders:read').allowed).toBe(
    true,
  );
});

test('a role of one plant never applies without a plant', () => {
  const who = subject([grant({ orders: ['read'] }, { plant_id: 'plant 1' })]);
  expect(may(who, 'orders:read', { plant_id: null, department_id: null }).allowed).toBe(false);
});

test('plant access needs the flag of the verb; administrators pass without access', () => {
  const readOnly = {
    plant_id: 'plant 1',
    can_create: false,
    can_read: true,
    can_update: false,
    can_delete: false,
    is_active: true,
  };
  const who = subject([grant({ orders: ['*'] })], { plant_access: [readOnly] });
  expect(['read', 'export'].map(a => may(who, `orders:${a}`).allowed)).toEqual([true, true]);
  expect(['create', 'update', 'delete', 'approve'].map(a => may(who, `orders:${a}`).allowed)).toEqual([
    false,
    false,
    false,
    false,
  ]);
  const admin = subject([grant({ '*': ['*'] }, { role_code: 'ORG_ADMIN' })], { plant_access: [] });
  expect(may(admin, 'orders:delete').allowed).toBe(true);
});

test('inactive people and inactive organizations may nothing', () => {
  const all = [grant({ '*': ['*'] }, { role_code: 'ORG_ADMIN' })];
  expect(may(subject(all, { is_active: false }), 'orders:read')).toEqual({
    allowed: false,
    because: 'user_inactive',
  });
  expect(may(subject(all, { organization_is_active: false }), 'orders:read')).toEqual({
    allowed: false,
    because: 'organization_inactive',
  });
});

test('roles that nearly grant a permission say why they do not', () => {
  const read = { orders: ['read'] };
  const who = subject([
    grant(read, { role_code: 'A', expires_at_ms: NOW - 1 }),
    grant(read, { role_code: 'B', plant_id: 'plant 2' }),
    grant(read, { role_code: 'C', department_id: 'quality' }),
    grant(read, { role_code: 'D', is_active: false }),
    grant({ lots: ['read'] }, { role_code: 'E' }),
  ]);
  expect(missedBy(who, 'orders:read', here, NOW)).toEqual([
    { role_code: 'A', why: 'expired' },
    { role_code: 'B', why: 'other_plant' },
    { role_code: 'C', why: 'other_department' },
    { role_code: 'D', why: 'inactive' },
  ]);
});
