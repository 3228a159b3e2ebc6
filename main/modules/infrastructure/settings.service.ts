import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { system_settings } from '../../../db/schema/infrastructure.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { infrastructure, settingRow } from '../../../preload/contract/infrastructure.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import {
  parseSettingText,
  readSetting,
  type SettingKey,
  settingKeys,
  settings,
} from '../../../preload/contract/settings.ts';
import { canonical } from '../../platform/canonical.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';

type Input<P extends keyof typeof infrastructure> = ParsedInputOf<(typeof infrastructure)[P]>;
type Row = z.output<typeof settingRow>;
const limits = z.object({
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});

export const listSettings = (ctx: ReadCtx): Row[] => settingKeys.map(key => settingOf(ctx, key));

export function settingOf(ctx: ReadCtx, key: SettingKey): Row {
  const { system_settings: s, users: u } = t;
  const stored = ctx.db
    .select({ setting: s, changed_by: u.full_name })
    .from(s)
    .leftJoin(u, eq(u.id, s.updated_by))
    .where(eq(s.setting_key, key))
    .get();
  const { category, type, schema, default: default_value } = settings[key];
  const allowed = limits.parse(z.toJSONSchema(schema, { unrepresentable: 'any' }));
  return {
    key,
    category,
    type,
    value: readSetting(key, stored?.setting.setting_value),
    default_value,
    is_default: stored === undefined,
    choices: allowed.enum ?? null,
    minimum: allowed.minimum ?? null,
    maximum: allowed.maximum ?? null,
    changed_by: stored?.changed_by ?? null,
    changed_at_ms: stored?.setting.updated_at_ms ?? null,
    reason: stored?.setting.updated_reason ?? null,
  };
}

export function saveSetting(ctx: CommandCtx, input: Input<'saveSetting'>): Row {
  const key = knownKey(input.key);
  const { type, schema, default: default_value } = settings[key];
  const typed =
    typeof input.value === 'string' && type !== 'STRING' ? parseSettingText(key, input.value) : input.value;
  const checked = schema.safeParse(typed);
  if (!checked.success)
    return refuse('setting_not_valid', { key, reason: checked.error.issues[0]?.message ?? '' });
  if (canonical(checked.data) === canonical(default_value)) return resetSetting(ctx, input);
  if (input.reason) ctx.because(input.reason);
  const setting_value = type === 'STRING' ? String(checked.data) : JSON.stringify(checked.data);
  const updated_reason = input.reason || null;
  const held = storedRow(ctx, key);
  if (held) ctx.update(system_settings, held.id, { setting_value, updated_reason });
  else ctx.insert(system_settings, { setting_key: key, setting_value, updated_reason });
  return settingOf(ctx, key);
}

export function resetSetting(ctx: CommandCtx, input: Input<'resetSetting'>): Row {
  const key = knownKey(input.key);
  if (input.reason) ctx.because(input.reason);
  const held = storedRow(ctx, key);
  if (held) ctx.remove(system_settings, held.id);
  return settingOf(ctx, key);
}

const storedRow = (ctx: ReadCtx, key: SettingKey) =>
  ctx.db
    .select({ id: t.system_settings.id })
    .from(t.system_settings)
    .where(eq(t.system_settings.setting_key, key))
    .get();

function knownKey(key: string): SettingKey {
  return settingKeys.find(known => known === key) ?? refuse('setting_unknown', { key });
}
