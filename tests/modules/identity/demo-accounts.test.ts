import { expect, onTestFinished, test } from 'vitest';
import { compose } from '../../../main/compose.ts';
import { installDemoPlant } from '../../../main/demo-plant.ts';
import { silentLog } from '../../../main/platform/log.ts';
import { ask, refusalOf, signIn, temporaryFolder, testStation } from '../../support/station.ts';

test('a fresh demo station names who can sign in, until the password changes or the account is closed', async () => {
  const station = compose({ data_folder: temporaryFolder(), log: silentLog, check_outputs: true });
  onTestFinished(() => station.close());
  await installDemoPlant(station);
  const names = () => ask(station, null, 'identity.demoAccounts', {}).map(a => a.username);

  const fresh = ask(station, null, 'identity.demoAccounts', {});
  expect(fresh.map(a => a.username)).toEqual(expect.arrayContaining(['admin', 'a.roy', 'j.castillo']));
  for (const { username, password } of fresh)
    expect(refusalOf(station, null, 'identity.signIn', { username, password })).toBe('accepted');
  expect(names()).toHaveLength(fresh.length);

  const coordinator = fresh.find(a => a.username === 'a.roy');
  ask(station, signIn(station, 'a.roy', coordinator?.password), 'identity.changePassword', {
    current_password: coordinator?.password ?? '',
    new_password: 'Atelier-du-Nord-9',
  });
  expect(names()).not.toContain('a.roy');

  const admin = signIn(station, 'admin', fresh.find(a => a.username === 'admin')?.password);
  ask(station, admin, 'identity.changePassword', {
    current_password: fresh.find(a => a.username === 'admin')?.password ?? '',
    new_password: 'A-longer-phrase-2026',
  });
  const buyer = ask(station, admin, 'identity.listUsers', { search: 'j.castillo' })[0];
  ask(station, admin, 'identity.setUserActive', { user_id: buyer?.user_id ?? '', is_active: false });
  const left = names();
  expect(left).toHaveLength(fresh.length - 3);
  expect(left).not.toContain('admin');
  expect(left).not.toContain('j.castillo');
});

test('a real plant names nobody, whatever its people are called', () => {
  const station = testStation({ roles: ['ORG_ADMIN'] });
  const admin = station.session('ORG_ADMIN');
  const plant = ask(station, admin, 'identity.listPlants', {})[0];
  ask(station, admin, 'identity.createUser', {
    username: 'a.roy',
    full_name: 'Amélie Roy',
    initials: 'AR',
    email: null,
    locale: 'fr',
    plant_id: plant?.plant_id ?? null,
    department_id: null,
    role_ids: [],
  });
  expect(ask(station, null, 'identity.demoAccounts', {})).toEqual([]);
});
