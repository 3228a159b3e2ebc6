import { readSetting, type SettingKey, type SettingValue } from '../../preload/contract/settings.ts';
import { dayInZone } from '../platform/days.ts';
import type { ReadCtx } from './context.ts';

/** Completes a context with what is read from the database itself: settings and the plant's calendar day. */
export function readOnlyContext(parts: Omit<ReadCtx, 'today' | 'setting'>): ReadCtx {
  const zone = () =>
    parts.sql.get<{ timezone: string }>('select timezone from plants where id = ?', [parts.actor.plant_id])
      ?.timezone ?? 'UTC';
  return {
    ...parts,
    today: () => dayInZone(parts.now_ms, zone()),
    setting<K extends SettingKey>(key: K): SettingValue<K> {
      const row = parts.sql.get<{ setting_value: string }>(
        'select setting_value from system_settings where organization_id = ? and setting_key = ?',
        [parts.organization_id, key],
      );
      return readSetting(key, row?.setting_value);
    },
  };
}
