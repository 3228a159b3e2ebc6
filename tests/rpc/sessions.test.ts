import { expect, test } from 'vitest';
import { ask, PASSWORD, refusalOf, signIn, testStation } from '../support/station.ts';

test('signing in gives a session and says who one is', () => {
  const station = testStation();
  const me = ask(station, signIn(station, 'PLANNER'), 'identity.me', {});
  expect(me).toMatchObject({
    username: 'planner',
    plant_name: 'Oakville',
    roles: [{ role_code: 'PLANNER' }],
  });
  expect(me.permissions).toContain('orders:create');
});

test('five wrong passwords lock the account for fifteen minutes', () => {
  const station = testStation();
  const wrong = () => refusalOf(station, null, 'identity.signIn', { username: 'planner', password: 'wrong' });
  expect([wrong(), wrong(), wrong(), wrong()]).toEqual(Array(4).fill('sign_in_failed'));
  expect(wrong()).toBe('account_locked');
  const right = () =>
    refusalOf(station, null, 'identity.signIn', { username: 'planner', password: PASSWORD });
  expect(right()).toBe('account_locked');
  station.clock.forward(15 * 60_000 + 1);
  expect(right()).toBe('accepted');
});

test('a session ends after eight hours and with sign-out', () => {
  const station = testStation();
  const session = station.session('PLANNER');
  expect(refusalOf(station, session, 'identity.me', {})).toBe('accepted');
  station.clock.forward(8 * 3_600_000);
  expect(refusalOf(station, session, 'identity.me', {})).toBe('not_signed_in');
  const other = station.session('PLANNER');
  ask(station, other, 'identity.signOut', {});
  expect(refusalOf(station, other, 'identity.me', {})).toBe('not_signed_in');
});
