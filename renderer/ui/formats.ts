import i18next from 'i18next';

const E6 = 1_000_000;
const languageNow = (): string => i18next.resolvedLanguage ?? i18next.language ?? 'en';
const numbers = new Map<string, Intl.NumberFormat>();
function numberFormat(language: string, decimals: number, fixed: boolean): Intl.NumberFormat {
  const key = `${language} ${decimals} ${fixed}`;
  const held = numbers.get(key);
  if (held) return held;
  const made = new Intl.NumberFormat(language, {
    minimumFractionDigits: fixed ? decimals : 0,
    maximumFractionDigits: decimals,
  });
  numbers.set(key, made);
  return made;
}

/** A quantity in millionths as the language writes it; `decimals` fixes the places of its unit, else up to 6. */
export function formatQuantity(quantity_e6: number, decimals?: number, language = languageNow()): string {
  return numberFormat(language, decimals ?? 6, decimals !== undefined).format(quantity_e6 / E6);
}
export const formatNumber = (value: number, decimals = 0, language = languageNow()): string =>
  numberFormat(language, decimals, false).format(value);

/** Marks that may begin the decimals, whatever the language. */
export const DECIMAL_MARKS = ['.', ','];
/** The mark the language writes. */
export const decimalMark = (language = languageNow()): string =>
  numberFormat(language, 1, true)
    .formatToParts(0)
    .find(part => part.type === 'decimal')?.value ?? '.';

/** `101,6 × 50,8 mm` */
export const formatSize = (width_mm: number, height_mm: number, language = languageNow()): string =>
  `${formatNumber(width_mm, 2, language)} × ${formatNumber(height_mm, 2, language)} mm`;

/** `2026-12-04` in every language: the form on labels and in files, sortable by eye. */
export const formatDay = (day: string | null | undefined): string => day ?? '';

/** Date and time of an instant in a zone, with the zone's short name when asked. */
export function formatInstant(
  at_ms: number | null | undefined,
  zone?: string,
  { withZone = false, withSeconds = false, language = languageNow() } = {},
): string {
  if (at_ms === null || at_ms === undefined) return '';
  const parts = new Intl.DateTimeFormat(language, {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: withSeconds ? '2-digit' : undefined,
    hourCycle: 'h23',
    timeZoneName: withZone ? 'short' : undefined,
  }).formatToParts(at_ms);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find(p => p.type === type)?.value ?? '';
  const time = [part('hour'), part('minute'), ...(withSeconds ? [part('second')] : [])].join(':');
  const text = `${part('year')}-${part('month')}-${part('day')} ${time}`;
  return withZone ? `${text} ${part('timeZoneName')}` : text;
}

/** What a person typed to millionths; comma or point, spaces between thousands; undefined when it is no number. */
export function parseQuantity(text: string): number | undefined {
  const plain = text.replace(/[\s\u00a0\u202f']/g, '').replace(',', '.');
  const found = /^(-?)(\d*)(?:\.(\d{0,6}))?$/.exec(plain);
  if (!found || (!found[2] && !found[3])) return undefined;
  const whole = Number(found[2] || '0') * E6 + Number((found[3] ?? '').padEnd(6, '0'));
  if (!Number.isSafeInteger(whole)) return undefined;
  return found[1] && whole !== 0 ? -whole : whole;
}

export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const rest = String(whole % 60).padStart(2, '0');
  return whole < 3600
    ? `${Math.floor(whole / 60)}:${rest}`
    : `${Math.floor(whole / 3600)}:${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')}:${rest}`;
}

/** Bytes in binary steps, as file managers show them. */
export function formatBytes(bytes: number, language = languageNow()): string {
  const units = language.startsWith('fr') ? ['o', 'Ko', 'Mo', 'Go'] : ['B', 'KB', 'MB', 'GB'];
  const step = Math.min(units.length - 1, bytes > 0 ? Math.floor(Math.log2(bytes) / 10) : 0);
  return `${formatNumber(bytes / 1024 ** step, step === 0 ? 0 : 1, language)} ${units[step]}`;
}

export const formatCount = (count: number, language = languageNow()): string =>
  formatNumber(count, 0, language);
export const formatPercent = (share: number, language = languageNow()): string =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share);
