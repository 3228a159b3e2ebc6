import Big from 'big.js';

/** Exact arithmetic on quantities stored as integers in millionths. Source of the scales: NUMERIC(15,6), percentages NUMERIC(9,4). */
export const E6 = 1_000_000;
export const PERCENT_E4 = 10_000;
const MAX = Number.MAX_SAFE_INTEGER;

export class QuantityError extends Error {
  readonly code: 'quantity_not_a_number' | 'quantity_too_precise' | 'quantity_out_of_range';
  constructor(code: QuantityError['code'], value: string) {
    super(`${code}: ${value}`);
    this.code = code;
  }
}

/** "2,5" or "2.5" (narrow and normal spaces allowed) to millionths. Throws QuantityError. */
export function parseQuantity(text: string): number {
  const plain = text
    .trim()
    .replace(/[\s\u00a0\u202f]/g, '')
    .replace(',', '.');
  if (!/^-?\d+(\.\d+)?$/.test(plain)) throw new QuantityError('quantity_not_a_number', text.slice(0, 40));
  return fromBig(new Big(plain), 'exact');
}

/** Rounds half up to the sixth decimal unless `exact` is asked for. */
export function fromBig(value: Big, rounding: 'half_up' | 'exact' = 'half_up'): number {
  const scaled = value.times(E6);
  const whole = scaled.round(0, Big.roundHalfUp);
  if (rounding === 'exact' && !whole.eq(scaled))
    throw new QuantityError('quantity_too_precise', value.toString());
  const result = whole.toNumber();
  if (!Number.isSafeInteger(result)) throw new QuantityError('quantity_out_of_range', value.toString());
  return result;
}
export const toBig = (quantity_e6: number): Big => new Big(quantity_e6).div(E6);

/** a × b, both in millionths, result in millionths rounded half up; throws QuantityError beyond 9 billion units. */
export function multiplyE6(a_e6: number, b_e6: number): number {
  const product = a_e6 * b_e6;
  if (Math.abs(product) <= MAX && product % E6 === 0) return product / E6;
  const exact = BigInt(a_e6) * BigInt(b_e6);
  const half = BigInt(E6) / 2n;
  const rounded = (exact >= 0n ? exact + half : exact - half) / BigInt(E6);
  if (rounded > BigInt(MAX) || rounded < -BigInt(MAX)) {
    throw new QuantityError('quantity_out_of_range', `${a_e6} x ${b_e6}`);
  }
  return Number(rounded);
}

export function addE6(a_e6: number, b_e6: number): number {
  const sum = a_e6 + b_e6;
  if (!Number.isSafeInteger(sum)) throw new QuantityError('quantity_out_of_range', `${a_e6} + ${b_e6}`);
  return sum;
}

/** Plain text without trailing zeros: 2500000 -> "2.5". */
export function formatE6(quantity_e6: number): string {
  return toBig(quantity_e6).toFixed();
}
