/** GS1 check digit: weights 3 and 1 from the right; for GTIN-8, -12, -13, -14 and SSCC. */
export function hasGs1CheckDigit(digits: string): boolean {
  if (!/^\d{8,18}$/.test(digits)) return false;
  const sum = [...digits.slice(0, -1)]
    .reverse()
    .reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10 === Number(digits.at(-1));
}

const HIBC_VALUES = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%';
/** The modulo 43 character of HIBC over everything before it; undefined where a character has no value. */
export function hibcCheckCharacter(text: string): string | undefined {
  const values = [...text].map(character => HIBC_VALUES.indexOf(character));
  if (values.includes(-1)) return undefined;
  return HIBC_VALUES[values.reduce((sum, value) => sum + value, 0) % 43];
}
