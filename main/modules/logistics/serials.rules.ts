/** `SN-0099` and 3 gives `SN-0099`, `SN-0100`, `SN-0101`; null when the text does not end in digits or they run out. */
export function serialRange(first: string, count: number): string[] | null {
  const [, head = '', digits = ''] = /^(.*?)(\d{1,15})$/.exec(first) ?? [];
  if (digits === '') return null;
  const start = Number(digits);
  if (String(start + count - 1).length > digits.length) return null;
  return Array.from(
    { length: count },
    (_, at) => `${head}${String(start + at).padStart(digits.length, '0')}`,
  );
}
