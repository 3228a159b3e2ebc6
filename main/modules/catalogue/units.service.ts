import Big from 'big.js';
import type { ReadCtx } from '../../rpc/context.ts';
import type { Unit } from './master-bom.rules.ts';

/** Every unit by its id, with its factor to the base unit of its dimension. */
export function unitTable(ctx: ReadCtx): Map<string, Unit> {
  const rows = ctx.sql.all<{ id: string; uom_code: string; dimension: string; conversion_factor: string }>(
    'select id, uom_code, dimension, conversion_factor from units_of_measure',
  );
  return new Map(
    rows.map(row => [
      row.id,
      { code: row.uom_code, dimension: row.dimension, factor: new Big(row.conversion_factor) },
    ]),
  );
}

export function listUnits(ctx: ReadCtx) {
  return ctx.sql.all<{
    id: string;
    uom_code: string;
    uom_name: string;
    dimension: string;
    conversion_factor: string;
    decimals: number;
  }>(
    'select id, uom_code, uom_name, dimension, conversion_factor, decimals from units_of_measure order by dimension, is_base_unit desc, uom_code',
  );
}
