import dayjs from 'dayjs';
import i18next from 'i18next';

const formatters = new Map<string, Intl.NumberFormat>();
function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${i18next.language} ${JSON.stringify(options)}`;
  const held = formatters.get(key) ?? new Intl.NumberFormat(i18next.language || 'en', options);
  formatters.set(key, held);
  return held;
}
/** Millionths to a local number without needless zeros; `decimals` fixes how many are shown. */
export function formatQuantity(quantity_e6: number, decimals?: number): string {
  const options = decimals === undefined ? { maximumFractionDigits: 6 } : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return numberFormat(options).format(quantity_e6 / 1_000_000);
}
export const formatCount = (n: number): string => numberFormat({ maximumFractionDigits: 0 }).format(n);
export const formatPercent = (share: number): string => numberFormat({ style: 'percent', maximumFractionDigits: 1 }).format(share);
/** Calendar day as it is stored, `YYYY-MM-DD`: sorts, and reads the same everywhere. */
export const formatDay = (day: string | null | undefined): string => day ?? '';
/** Local date and time; in the plant's zone when one is given. */
export function formatInstant(at_ms: number | null | undefined, zone?: string): string {
  if (at_ms === null || at_ms === undefined) return '';
  if (!zone) return dayjs(at_ms).format('YYYY-MM-DD HH:mm');
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at_ms);
  return parts.replace(',', '');
}
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const step = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
  return `${numberFormat({ maximumFractionDigits: 1 }).format(bytes / 1024 ** step)} ${units[step]}`;
}
