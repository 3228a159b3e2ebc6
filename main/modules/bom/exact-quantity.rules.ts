import { refuse } from '../../rpc/refusal.ts';

/** One piece in millionths. Every `_e6` figure is a whole number of millionths. */
export const oneE6 = 1_000_000;
/** Larger totals are refused: they no longer fit a number exactly. */
export const largestE6 = 9_000_000_000_000_000;

/** Millionths, or an exact product that has no whole number of millionths (`units` / 10^6^`scale` millionths). */
export type ExactE6 = number | { units: bigint; scale: number };

const oneE6Big = BigInt(oneE6);

export function multiplyE6(total: ExactE6, quantityE6: number): ExactE6 {
  if (typeof total === 'number') {
    if (quantityE6 === oneE6) return total;
    const product = total % oneE6 === 0 ? (total / oneE6) * quantityE6 : (total * quantityE6) / oneE6;
    const isExact =
      total % oneE6 === 0 || (total * quantityE6 <= Number.MAX_SAFE_INTEGER && Number.isInteger(product));
    if (isExact && product <= largestE6) return product;
  }
  const start = typeof total === 'number' ? { units: BigInt(total), scale: 0 } : total;
  let units = start.units * BigInt(quantityE6);
  let scale = start.scale + 1;
  while (scale > 0 && units % oneE6Big === 0n) {
    units /= oneE6Big;
    scale--;
  }
  return scale === 0 ? numberOf(units) : { units, scale };
}

/** The stored figure: an exact total as it is, anything finer rounded half up to millionths once, at the end. */
export function roundE6(total: ExactE6): number {
  if (typeof total === 'number') return total;
  const divisor = oneE6Big ** BigInt(total.scale);
  return numberOf((total.units * 2n + divisor) / (divisor * 2n));
}

export function addE6(a: number, b: number): number {
  const sum = a + b;
  return sum <= largestE6 ? sum : numberOf(BigInt(a) + BigInt(b));
}

function numberOf(units: bigint): number {
  if (units > largestE6) refuse('bom_quantity_too_large', { quantity_e6: String(units).slice(0, 40) });
  return Number(units);
}
