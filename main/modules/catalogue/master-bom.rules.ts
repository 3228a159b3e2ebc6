import Big from 'big.js';
import { fromBig, PERCENT_E4, toBig } from '../../../db/kit/quantity.ts';
import { refuse } from '../../rpc/refusal.ts';

export interface Unit {
  code: string;
  dimension: string;
  factor: Big;
}
export interface RequirementLine {
  quantity_e6: number;
  /** Percent on a 0-100 scale in ten-thousandths. */
  scrap_percent_e4: number;
  uom_id: string;
  base_quantity_e6: number;
}

/** Exact until it is stored or shown. Refuses `dimension_mismatch`. */
export function convert(quantity: Big, from: Unit, to: Unit): Big {
  if (from.dimension !== to.dimension)
    refuse('dimension_mismatch', {
      from: from.code,
      to: to.code,
      from_dimension: from.dimension,
      to_dimension: to.dimension,
    });
  return from.factor.eq(to.factor) ? quantity : quantity.times(from.factor).div(to.factor);
}

/** parent ÷ base × quantity × (1 + scrap ÷ 100): scrap is a mark-up, not a yield. In the unit of the line. */
export function required(parent: Big, line: RequirementLine): Big {
  const scrap = new Big(line.scrap_percent_e4).div(PERCENT_E4).div(100).plus(1);
  return parent.times(toBig(line.quantity_e6)).times(scrap).div(toBig(line.base_quantity_e6));
}

/** Requirement of one piece of the parent in the base unit of the component. */
export function perPiece(
  line: RequirementLine,
  units: ReadonlyMap<string, Unit>,
  baseUnitId: string | undefined,
): number {
  const from = units.get(line.uom_id);
  const to = baseUnitId === undefined ? undefined : units.get(baseUnitId);
  const exact = required(new Big(1), line);
  return fromBig(from && to ? convert(exact, from, to) : exact);
}

export interface Effectivity {
  effective_start_on: string | null;
  effective_end_on: string | null;
}
/** Both ends belong to the range; a missing end is open. */
export const isInForce = (bom: Effectivity, day: string): boolean =>
  (bom.effective_start_on === null || bom.effective_start_on <= day) &&
  (bom.effective_end_on === null || bom.effective_end_on >= day);

export const overlaps = (a: Effectivity, b: Effectivity): boolean =>
  (a.effective_end_on === null ||
    b.effective_start_on === null ||
    b.effective_start_on <= a.effective_end_on) &&
  (b.effective_end_on === null ||
    a.effective_start_on === null ||
    a.effective_start_on <= b.effective_end_on);

/** The day before, on the calendar. */
export function dayBefore(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, date - 1)).toISOString().slice(0, 10);
}
