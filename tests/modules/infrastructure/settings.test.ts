import { expect, test } from 'vitest';
import { parseSettingText, readSetting } from '../../../preload/contract/settings.ts';
import { ask, refusalOf, testStation } from '../../support/station.ts';

test('OR-SET-1: "Yes" is true, "on" is false, and a number nobody can read gives the default', () => {
  expect(parseSettingText('auth.idleMinutes', '1,5')).toBeUndefined();
  expect(readSetting('auth.idleMinutes', '1,5')).toBe(120);
  expect(readSetting('auth.idleMinutes', '30')).toBe(30);
  expect(readSetting('bom.alwaysAdd', '[{"id"')).toEqual([]);
});

test('a setting is saved with its reason, shown with who changed it, and reset', () => {
  const station = testStation();
  const admin = station.session('ORG_ADMIN');
  const find = () =>
    ask(station, admin, 'infrastructure.listSettings', {}).find(s => s.key === 'order.leadTimeDays');
  expect(find()).toMatchObject({ value: 56, is_default: true, changed_by: null, minimum: 0, maximum: 730 });
  ask(station, admin, 'infrastructure.saveSetting', {
    key: 'order.leadTimeDays',
    value: '63',
    reason: 'Nine weeks agreed with the supplier',
  });
  expect(find()).toMatchObject({
    value: 63,
    is_default: false,
    changed_by: 'User ORG_ADMIN',
    reason: 'Nine weeks agreed with the supplier',
  });
  const recorded = ask(station, admin, 'infrastructure.listAudit', { entity_type: 'system_settings' })
    .rows[0];
  expect(recorded).toMatchObject({
    action: 'CREATE',
    entity_identifier: 'order.leadTimeDays',
    reason: 'Nine weeks agreed with the supplier',
  });
  ask(station, admin, 'infrastructure.resetSetting', { key: 'order.leadTimeDays' });
  expect(find()).toMatchObject({ value: 56, is_default: true });
});

test('saving the default is a reset, and choices are offered', () => {
  const station = testStation();
  const admin = station.session('ORG_ADMIN');
  ask(station, admin, 'infrastructure.saveSetting', { key: 'print.paperSize', value: 'A4' });
  const saved = ask(station, admin, 'infrastructure.saveSetting', { key: 'print.paperSize', value: 'PLANT' });
  expect(saved).toMatchObject({ is_default: true, choices: ['PLANT', 'LETTER', 'A4'] });
});

test('a value that does not fit is refused with the key and the reason, and changes nothing', () => {
  const station = testStation();
  const admin = station.session('ORG_ADMIN');
  for (const [key, value] of [
    ['auth.idleMinutes', 0],
    ['auth.idleMinutes', '1,5'],
    ['auth.idleMinutes', true],
    ['order.buildNumberPattern', 'BUILD'],
    ['bom.alwaysAdd', '{'],
    ['print.paperSize', 'A5'],
  ] as const) {
    const reply = station.serve(admin, 'infrastructure.saveSetting', { key, value });
    expect(reply).toMatchObject({ ok: false, error: { code: 'setting_not_valid', details: { key } } });
  }
  expect(refusalOf(station, admin, 'infrastructure.saveSetting', { key: 'no.such', value: 1 })).toBe(
    'setting_unknown',
  );
  expect(ask(station, admin, 'infrastructure.listSettings', {}).every(s => s.is_default)).toBe(true);
  expect(
    refusalOf(station, station.session('PLANNER'), 'infrastructure.saveSetting', {
      key: 'auth.idleMinutes',
      value: 1,
    }),
  ).toBe('not_allowed');
});
