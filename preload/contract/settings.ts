import { z } from 'zod';

interface Setting<T> {
  readonly schema: z.ZodType<T>;
  readonly default: T;
  readonly category:
    | 'auth'
    | 'order'
    | 'bom'
    | 'outsourcing'
    | 'upload'
    | 'print'
    | 'audit'
    | 'station'
    | 'tracking'
    | 'assembly'
    | 'notify';
  readonly type: 'STRING' | 'INTEGER' | 'BOOLEAN' | 'JSON';
}
const setting = <T>(
  category: Setting<T>['category'],
  type: Setting<T>['type'],
  schema: z.ZodType<T>,
  value: T,
): Setting<T> => ({ schema, default: value, category, type });
const alwaysAdd: z.ZodType<{ id: string; quantityRule: string }[]> = z.array(
  z.object({ id: z.string(), quantityRule: z.string() }),
);

/** Every setting with its type and default; names and descriptions are in the locale texts under `settings`. */
export const settings = {
  'auth.sessionHours': setting('auth', 'INTEGER', z.int().min(1).max(24), 8),
  'auth.idleMinutes': setting('auth', 'INTEGER', z.int().min(1).max(480), 120),
  'auth.maxFailedLogins': setting('auth', 'INTEGER', z.int().min(3).max(20), 5),
  'auth.lockMinutes': setting('auth', 'INTEGER', z.int().min(1).max(1440), 15),
  'auth.passwordMinLength': setting('auth', 'INTEGER', z.int().min(8).max(64), 12),
  'order.maxBuildsPerPo': setting('order', 'INTEGER', z.int().min(1).max(100), 10),
  'order.leadTimeDays': setting('order', 'INTEGER', z.int().min(0).max(730), 56),
  'order.buildNumberPattern': setting(
    'order',
    'STRING',
    z.string().regex(/#/, 'needs # for the running number'),
    'BUILD-###',
  ),
  'order.serviceCategory': setting('order', 'STRING', z.string().min(1).max(20), '719'),
  'bom.pegboardMode': setting<'KIT' | 'LINES'>('bom', 'STRING', z.enum(['KIT', 'LINES']), 'KIT'),
  'bom.feetQuantity': setting('bom', 'INTEGER', z.int().min(1).max(20), 1),
  'bom.customBasinPrefix': setting('bom', 'STRING', z.string().min(1).max(20), '720.215.001'),
  'bom.customPegboardPrefix': setting('bom', 'STRING', z.string().min(1).max(20), '720.215.002'),
  'bom.alwaysAdd': setting('bom', 'JSON', alwaysAdd, []),
  'outsourcing.preMarkedIds': setting('outsourcing', 'JSON', z.array(z.string().max(100)), [
    'T2-DL27-KIT',
    'T2-DL14-KIT',
    'T2-LC1-KIT',
    'T2-DL27-FH-KIT',
    'T2-DL14-FH-KIT',
    'T2-LEVELING-CASTOR-475',
    'T2-SEISMIC-FEET',
  ]),
  'outsourcing.defaultDays': setting('outsourcing', 'INTEGER', z.int().min(0).max(365), 14),
  'outsourcing.supplier': setting(
    'outsourcing',
    'STRING',
    z.string().min(1).max(200),
    'Sink body manufacturer',
  ),
  'upload.maxMb': setting('upload', 'INTEGER', z.int().min(1).max(200), 10),
  'upload.allowedTypes': setting('upload', 'JSON', z.array(z.string()), [
    'pdf',
    'jpg',
    'png',
    'gif',
    'txt',
    'doc',
    'docx',
    'dwg',
    'dxf',
  ]),
  'print.paperSize': setting<'PLANT' | 'LETTER' | 'A4'>(
    'print',
    'STRING',
    z.enum(['PLANT', 'LETTER', 'A4']),
    'PLANT',
  ),
  'tracking.negativeBalance': setting<'WARN' | 'BLOCK' | 'ALLOW'>(
    'tracking',
    'STRING',
    z.enum(['WARN', 'BLOCK', 'ALLOW']),
    'WARN',
  ),
  'tracking.checkMode': setting<'QUANTITY' | 'LEGACY'>(
    'tracking',
    'STRING',
    z.enum(['QUANTITY', 'LEGACY']),
    'QUANTITY',
  ),
  'tracking.lookbackDays': setting('tracking', 'INTEGER', z.int().min(1).max(3650), 30),
  'tracking.reportScope': setting<'ACCESSIBLE' | 'ALL'>(
    'tracking',
    'STRING',
    z.enum(['ACCESSIBLE', 'ALL']),
    'ACCESSIBLE',
  ),
  'tracking.noDepartment': setting<'ALL' | 'NONE'>('tracking', 'STRING', z.enum(['ALL', 'NONE']), 'ALL'),
  'tracking.archiveDays': setting('tracking', 'INTEGER', z.int().min(30).max(3650), 365),
  'assembly.confirmPartsAndTools': setting('assembly', 'BOOLEAN', z.boolean(), false),
  'assembly.serialItems': setting('assembly', 'JSON', z.array(z.string().min(1).max(50)), [
    'T2-TS7',
    'T2-VALVE-PLATE*',
    'T2-CTRL-E*',
    'T8-DOSINGESK',
  ]),
  'notify.deadlineDays': setting('notify', 'JSON', z.array(z.int().min(1).max(60)).max(5), [3, 1]),
  'retention.readNotificationDays': setting('notify', 'INTEGER', z.int().min(1).max(3650), 30),
  'update.feedUrl': setting('station', 'STRING', z.union([z.literal(''), z.url()]), ''),
} satisfies Record<string, Setting<unknown>>;

export type SettingKey = keyof typeof settings;
export type SettingValue<K extends SettingKey> = z.output<(typeof settings)[K]['schema']>;
export const settingKeys = Object.keys(settings).filter((key): key is SettingKey => key in settings);

/** The typed value of a stored text; a text that no longer parses falls back to the default (mes.md 13: unparsable gives the default). */
export function readSetting<K extends SettingKey>(key: K, stored: string | undefined): SettingValue<K>;
export function readSetting(key: SettingKey, stored: string | undefined): unknown {
  const { schema, default: fallback } = settings[key];
  if (stored === undefined) return fallback;
  const parsed = parseSettingText(key, stored);
  const checked = schema.safeParse(parsed);
  return checked.success ? checked.data : fallback;
}
/** Text as typed to the value its type asks for: BOOLEAN true/1/yes in any case, INTEGER by decimal digits only. */
export function parseSettingText(key: SettingKey, stored: string): unknown {
  switch (settings[key].type) {
    case 'INTEGER':
      return /^-?\d+$/.test(stored.trim()) ? Number(stored) : undefined;
    case 'BOOLEAN':
      return ['true', '1', 'yes'].includes(stored.trim().toLowerCase());
    case 'JSON':
      return parseJson(stored);
    case 'STRING':
      return stored;
  }
}
function parseJson(stored: string): unknown {
  try {
    return JSON.parse(stored);
  } catch {
    return undefined;
  }
}
