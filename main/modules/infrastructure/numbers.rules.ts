/** `###` becomes the running number (at least as many digits), `{year}` the calendar year. */
export function numberOf(pattern: string, value: number, year: string): string {
  return pattern
    .replaceAll('{year}', year)
    .replace(/#+/, digits => String(value).padStart(digits.length, '0'));
}
