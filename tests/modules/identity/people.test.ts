import { expect, test } from 'vitest';
import { users } from '../../../db/schema/identity.ts';
import { ask, PASSWORD, refusalOf, signIn, type TestStation, testStation } from '../../support/station.ts';

const roleId = (station: TestStation, admin: string, code: string) => {
  const role = ask(station, admin, 'identity.listRoles', {}).rows.find(r => r.role_code === code);
  if (!role) throw new Error(`no role ${code}`);
  return role.role_id;
};
const userId = (station: TestStation, admin: string, username: string) => {
  const user = ask(station, admin, 'identity.listUsers', { search: username }).find(
    u => u.username === username,
  );
  if (!user) throw new Error(`no user ${username}`);
  return user.user_id;
};
const NEW_USER = {
  username: 'lea',
  full_name: 'Léa Tremblay',
  initials: 'LT',
  email: null,
  locale: 'fr' as const,
  plant_id: null,
  department_id: null,
};
const FAR_PLANT = {
  plant_code: 'PAR',
  plant_name: 'Paris',
  location: null,
  timezone: 'Europe/Paris',
  currency_code: 'EUR',
  paper_size: 'A4' as const,
  is_active: true,
};

function withAdmin() {
  const station = testStation();
  const admin = station.session('ORG_ADMIN');
  const plant = ask(station, admin, 'identity.listPlants', {})[0];
  if (!plant) throw new Error('no plant');
  return { station, admin, plant_id: plant.plant_id };
}

test('a new person signs in with the one-time password and can do nothing before changing it', () => {
  const { station, admin, plant_id } = withAdmin();
  const made = ask(station, admin, 'identity.createUser', {
    ...NEW_USER,
    plant_id,
    role_ids: [roleId(station, admin, 'PLANNER')],
  });
  const session = signIn(station, 'lea', made.one_time_password);
  expect(ask(station, session, 'identity.me', {}).must_change_password).toBe(true);
  for (const path of [
    'identity.listPlants',
    'identity.listPeople',
    'infrastructure.unreadCount',
    'infrastructure.getLimits',
  ] as const) {
    expect(refusalOf(station, session, path, {})).toBe('must_change_password');
  }
  expect(
    refusalOf(station, session, 'identity.setPin', { password: made.one_time_password, pin: '2468' }),
  ).toBe('must_change_password');
  ask(station, session, 'identity.changePassword', {
    current_password: made.one_time_password,
    new_password: 'Atelier-du-Nord-9',
  });
  expect(refusalOf(station, session, 'identity.listPlants', {})).toBe('accepted');
});

test('a user name or e-mail address belongs to one person, whatever the case', () => {
  const { station, admin, plant_id } = withAdmin();
  const input = { ...NEW_USER, plant_id, role_ids: [] };
  expect(refusalOf(station, admin, 'identity.createUser', { ...input, username: 'Planner' })).toBe(
    'username_taken',
  );
  ask(station, admin, 'identity.createUser', { ...input, email: 'lea@example.com' });
  expect(refusalOf(station, admin, 'identity.createUser', { ...input, username: 'LEA@example.com' })).toBe(
    'username_taken',
  );
});

test('a reset password ends the sessions of the person and is good for one sign-in', () => {
  const { station, admin } = withAdmin();
  const planner = station.session('PLANNER');
  const { one_time_password } = ask(station, admin, 'identity.resetPassword', {
    user_id: userId(station, admin, 'planner'),
  });
  expect(refusalOf(station, planner, 'identity.me', {})).toBe('not_signed_in');
  expect(refusalOf(station, null, 'identity.signIn', { username: 'planner', password: PASSWORD })).toBe(
    'sign_in_failed',
  );
  expect(
    ask(station, signIn(station, 'planner', one_time_password), 'identity.me', {}).must_change_password,
  ).toBe(true);
});

test('a locked-out person is shown as such and let in again', () => {
  const { station, admin } = withAdmin();
  for (let i = 0; i < 5; i++)
    refusalOf(station, null, 'identity.signIn', { username: 'planner', password: 'wrong' });
  expect(ask(station, admin, 'identity.listUsers', { search: 'planner' })[0]?.is_locked_out).toBe(true);
  ask(station, admin, 'identity.unlockUser', { user_id: userId(station, admin, 'planner') });
  expect(refusalOf(station, null, 'identity.signIn', { username: 'planner', password: PASSWORD })).toBe(
    'accepted',
  );
});

test('the last administrator cannot be switched off, lose the role, or get an end date', () => {
  const { station, admin } = withAdmin();
  const user_id = userId(station, admin, 'org_admin');
  const role_id = roleId(station, admin, 'ORG_ADMIN');
  const held = ask(station, admin, 'identity.getUser', { user_id }).role_assignments[0];
  expect(refusalOf(station, admin, 'identity.setUserActive', { user_id, is_active: false })).toBe(
    'last_administrator',
  );
  expect(refusalOf(station, admin, 'identity.endRole', { user_role_id: held?.user_role_id })).toBe(
    'last_administrator',
  );
  const until = {
    user_id,
    role_id,
    plant_id: null,
    department_id: null,
    expires_at_ms: station.clock.now_ms() + 1000,
  };
  expect(refusalOf(station, admin, 'identity.assignRole', until)).toBe('last_administrator');
  expect(refusalOf(station, admin, 'identity.setRoleActive', { role_id, is_active: false })).toBe(
    'last_administrator',
  );
  expect(ask(station, admin, 'identity.getUser', { user_id })).toMatchObject({
    is_active: true,
    role_assignments: [{ expires_at_ms: null }],
  });

  ask(station, admin, 'identity.assignRole', {
    ...until,
    user_id: userId(station, admin, 'viewer'),
    expires_at_ms: null,
  });
  expect(refusalOf(station, admin, 'identity.setUserActive', { user_id, is_active: false })).toBe('accepted');
});

test('a role works in its plant and until its time', () => {
  const { station, admin, plant_id } = withAdmin();
  const user_id = userId(station, admin, 'viewer');
  const viewer = station.session('VIEWER');
  const draft = { key: 'order.leadTimeDays', value: 60 };
  const role_id = ask(station, admin, 'identity.saveRole', {
    role_code: 'KEEPER',
    role_name: 'Keeper of settings',
    description: '',
    is_active: true,
    permissions: { settings: ['read', 'update'] },
  }).role_id;
  const there = ask(station, admin, 'identity.savePlant', {
    plant_code: 'LYO',
    plant_name: 'Lyon',
    location: null,
    timezone: 'Europe/Paris',
    currency_code: 'EUR',
    paper_size: 'A4',
    is_active: true,
  });
  const assignment = { user_id, role_id, department_id: null, expires_at_ms: null };

  ask(station, admin, 'identity.assignRole', { ...assignment, plant_id: there.plant_id });
  expect(refusalOf(station, viewer, 'infrastructure.saveSetting', draft)).toBe('not_allowed');
  const expires_at_ms = station.clock.now_ms() + 60_000;
  ask(station, admin, 'identity.assignRole', { ...assignment, plant_id, expires_at_ms });
  expect(refusalOf(station, viewer, 'infrastructure.saveSetting', draft)).toBe('accepted');
  expect(refusalOf(station, admin, 'identity.assignRole', { ...assignment, plant_id, expires_at_ms })).toBe(
    'role_already_assigned',
  );
  station.clock.forward(60_001);
  expect(refusalOf(station, viewer, 'infrastructure.saveSetting', draft)).toBe('not_allowed');

  const settingsUpdate = ask(station, admin, 'identity.effectivePermissions', { user_id, plant_id }).find(
    p => p.resource === 'settings' && p.action === 'update',
  );
  expect(settingsUpdate).toMatchObject({ is_allowed: false, because: 'no_role' });
  expect(settingsUpdate?.near).toEqual(
    expect.arrayContaining([
      { role_code: 'KEEPER', why: 'expired' },
      { role_code: 'KEEPER', why: 'other_plant' },
    ]),
  );
});

test('plant access taken away closes the plant to the person at the next call', () => {
  const { station, admin, plant_id } = withAdmin();
  const user_id = userId(station, admin, 'planner');
  const planner = station.session('PLANNER');
  expect(
    refusalOf(station, planner, 'infrastructure.listFiles', { entity_type: 'orders', entity_id: 'x' }),
  ).toBe('accepted');
  ask(station, admin, 'identity.setPlantAccess', { user_id, plant_id, access_level: null });
  expect(
    refusalOf(station, planner, 'infrastructure.listFiles', { entity_type: 'orders', entity_id: 'x' }),
  ).toBe('not_allowed');
});

test('nobody hands out a role above his own', () => {
  const { station, admin } = withAdmin();
  const helper = ask(station, admin, 'identity.saveRole', {
    role_code: 'HELPDESK',
    role_name: 'Help desk',
    description: null,
    is_active: true,
    permissions: { users: ['read', 'create', 'update'], roles: ['update'] },
  });
  const viewer = userId(station, admin, 'viewer');
  ask(station, admin, 'identity.assignRole', {
    user_id: viewer,
    role_id: helper.role_id,
    plant_id: null,
    department_id: null,
    expires_at_ms: null,
  });
  const session = station.session('VIEWER');
  const input = {
    user_id: viewer,
    role_id: roleId(station, admin, 'ORG_ADMIN'),
    plant_id: null,
    department_id: null,
    expires_at_ms: null,
  };
  expect(refusalOf(station, session, 'identity.assignRole', input)).toBe('role_above_yours');
  const grown = { ...helper, permissions: { '*': ['*'] } };
  expect(refusalOf(station, session, 'identity.saveRole', grown)).toBe('role_above_yours');
});

test('only an administrator resets the password of someone who may more than he does', () => {
  const { station, admin } = withAdmin();
  const helper = ask(station, admin, 'identity.saveRole', {
    role_code: 'HELPDESK',
    role_name: 'Help desk',
    description: null,
    is_active: true,
    permissions: { users: ['read', 'create', 'update'] },
  });
  ask(station, admin, 'identity.assignRole', {
    user_id: userId(station, admin, 'viewer'),
    role_id: helper.role_id,
    plant_id: null,
    department_id: null,
    expires_at_ms: null,
  });
  const session = station.session('VIEWER');
  expect(
    refusalOf(station, session, 'identity.resetPassword', { user_id: userId(station, admin, 'org_admin') }),
  ).toBe('role_above_yours');
});

test('whoever looks after the people of one plant hands out nothing beyond it', () => {
  const { station, admin, plant_id } = withAdmin();
  const far = ask(station, admin, 'identity.savePlant', FAR_PLANT).plant_id;
  const role = (role_code: string, permissions: Record<string, string[]>) =>
    ask(station, admin, 'identity.saveRole', {
      role_code,
      role_name: role_code,
      description: null,
      is_active: true,
      permissions,
    }).role_id;
  const helper = role('HELPDESK', { users: ['read', 'create', 'update'], roles: ['update'] });
  const rich = role('RICH', { settings: ['update'] });
  const viewer = userId(station, admin, 'viewer');
  const place = { user_id: viewer, plant_id, department_id: null, expires_at_ms: null };
  ask(station, admin, 'identity.assignRole', { ...place, role_id: helper });
  ask(station, admin, 'identity.assignRole', { ...place, role_id: rich });
  ask(station, admin, 'identity.setRoleActive', { role_id: rich, is_active: false });
  station.asSystem('test.superuser', ctx =>
    ctx.update(users, userId(station, admin, 'planner'), { is_superuser: true }),
  );

  const session = station.session('VIEWER');
  const refused = (path: Parameters<typeof refusalOf>[2], input: object) =>
    refusalOf(station, session, path, input);
  expect(refused('identity.assignRole', { ...place, role_id: helper, plant_id: null })).toBe(
    'role_above_yours',
  );
  expect(refused('identity.setPlantAccess', { user_id: viewer, plant_id: far, access_level: 'ADMIN' })).toBe(
    'role_above_yours',
  );
  expect(refused('identity.setRoleActive', { role_id: rich, is_active: true })).toBe('role_above_yours');
  expect(refused('identity.resetPassword', { user_id: userId(station, admin, 'planner') })).toBe(
    'role_above_yours',
  );
});

test('an administrator of one plant, or one whose time is over, enters no other plant', () => {
  const { station, admin, plant_id } = withAdmin();
  const far = ask(station, admin, 'identity.savePlant', FAR_PLANT).plant_id;
  const viewer = userId(station, admin, 'viewer');
  const place = { user_id: viewer, role_id: roleId(station, admin, 'ORG_ADMIN'), department_id: null };
  ask(station, admin, 'identity.assignRole', { ...place, plant_id, expires_at_ms: null });
  const soon = station.clock.now_ms() + 1000;
  ask(station, admin, 'identity.assignRole', { ...place, plant_id: null, expires_at_ms: soon });
  const session = station.session('VIEWER');
  const entering = () => refusalOf(station, session, 'identity.switchPlant', { plant_id: far });
  expect(entering()).toBe('accepted');
  ask(station, session, 'identity.switchPlant', { plant_id });
  station.clock.forward(2000);
  expect(entering()).toBe('no_plant_access');
});

test('a changed password ends the other sessions of the person, not the one at hand', () => {
  const { station } = withAdmin();
  const [here, elsewhere] = [station.session('PLANNER'), station.session('PLANNER')];
  ask(station, here, 'identity.changePassword', {
    current_password: PASSWORD,
    new_password: 'Atelier-du-Nord-9',
  });
  expect(refusalOf(station, here, 'identity.me', {})).toBe('accepted');
  expect(refusalOf(station, elsewhere, 'identity.me', {})).toBe('not_signed_in');
});
