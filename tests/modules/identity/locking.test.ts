import { expect, test } from 'vitest';
import { ask, PASSWORD, refusalOf, testStation } from '../../support/station.ts';

const MINUTE_MS = 60_000;

test('a session that rests two hours is locked for every call and opens by PIN', () => {
  const station = testStation();
  const session = station.session('PLANNER');
  ask(station, session, 'identity.setPin', { password: PASSWORD, pin: '2468' });
  station.clock.forward(119 * MINUTE_MS);
  expect(refusalOf(station, session, 'identity.listPlants', {})).toBe('accepted');
  station.clock.forward(119 * MINUTE_MS);
  expect(refusalOf(station, session, 'identity.listPlants', {}), 'the call before counted as use').toBe(
    'accepted',
  );
  station.clock.forward(120 * MINUTE_MS);
  expect(refusalOf(station, session, 'identity.listPlants', {})).toBe('session_locked');
  expect(ask(station, session, 'identity.me', {}).is_locked).toBe(true);
  expect(refusalOf(station, session, 'identity.unlock', { pin: '1111' })).toBe('pin_wrong');
  expect(ask(station, session, 'identity.unlock', { pin: '2468' }).is_locked).toBe(false);
  expect(refusalOf(station, session, 'identity.listPlants', {})).toBe('accepted');
});

test('a clock that is set back locks a session once instead of never, and an account that a wrong clock locked opens again', () => {
  const YEARS_MS = 3 * 365 * 24 * 60 * MINUTE_MS;
  const station = testStation({ roles: ['PLANNER'] });
  const { clock } = station;
  const session = station.session('PLANNER');
  const said = () => refusalOf(station, session, 'identity.listPlants', {});
  clock.forward(-10 * MINUTE_MS);
  expect(said()).toBe('accepted');
  clock.forward(-YEARS_MS);
  expect(said()).toBe('session_locked');
  ask(station, session, 'identity.unlock', { password: PASSWORD });
  expect(said()).toBe('accepted');
  clock.forward(130 * MINUTE_MS);
  expect(said(), 'it rests as ever').toBe('session_locked');
  clock.forward(2 * YEARS_MS);
  const attempt = (password: string) =>
    refusalOf(station, null, 'identity.signIn', { username: 'planner', password });
  for (let n = 0; n < 5; n++) attempt('wrong');
  expect(attempt(PASSWORD)).toBe('account_locked');
  clock.forward(-YEARS_MS);
  expect(attempt(PASSWORD)).toBe('accepted');
});

test('another operator takes over by PIN; the session before ends', () => {
  const station = testStation();
  const planner = station.session('PLANNER');
  const viewer = station.session('VIEWER');
  ask(station, planner, 'identity.setPin', { password: PASSWORD, pin: '2468' });
  const taken = ask(station, viewer, 'identity.switchOperator', { pin: '2468' });
  expect(taken.me.username).toBe('planner');
  expect(refusalOf(station, viewer, 'identity.me', {})).toBe('not_signed_in');
  expect(refusalOf(station, taken.session, 'identity.listPlants', {})).toBe('accepted');
});

test('PINs cannot be tried out without a name: after five wrong ones the station asks for it', () => {
  const station = testStation({ roles: ['PLANNER', 'VIEWER'] });
  ask(station, station.session('PLANNER'), 'identity.setPin', { password: PASSWORD, pin: '2468' });
  const guess = (input: object) => refusalOf(station, null, 'identity.switchOperator', input);
  expect(['1111', '2222', '3333', '4444', '5555'].map(pin => guess({ pin }))).toEqual(
    Array(5).fill('pin_wrong'),
  );
  expect(guess({ pin: '2468' })).toBe('pin_needs_name');
  expect(
    guess({ username: 'planner', pin: '2468' }),
    'with the name the person counts, not the station',
  ).toBe('accepted');
  station.clock.forward(15 * MINUTE_MS);
  expect(guess({ pin: '2468' })).toBe('accepted');
});

test('wrong PINs with a name lock that person only', () => {
  const station = testStation({ roles: ['PLANNER', 'VIEWER'] });
  ask(station, station.session('PLANNER'), 'identity.setPin', { password: PASSWORD, pin: '2468' });
  const guess = (pin: string) =>
    refusalOf(station, null, 'identity.switchOperator', { username: 'planner', pin });
  expect(['1111', '2222', '3333', '4444'].map(guess)).toEqual(Array(4).fill('pin_wrong'));
  expect(guess('5555')).toBe('account_locked');
  expect(guess('2468')).toBe('account_locked');
  expect(refusalOf(station, null, 'identity.signIn', { username: 'viewer', password: PASSWORD })).toBe(
    'accepted',
  );
});

test('two people cannot have the same PIN', () => {
  const station = testStation({ roles: ['PLANNER', 'VIEWER'] });
  ask(station, station.session('PLANNER'), 'identity.setPin', { password: PASSWORD, pin: '2468' });
  expect(
    refusalOf(station, station.session('VIEWER'), 'identity.setPin', { password: PASSWORD, pin: '2468' }),
  ).toBe('pin_taken');
});
