import Big from 'big.js';
import { fromBig, toBig } from '../../../db/kit/quantity.ts';
import type { catalogue } from '../../../preload/contract/catalogue.ts';
import type { OutputOf, ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { convert as convertUnits, type Unit } from './master-bom.rules.ts';

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

export function listUnits(ctx: ReadCtx): OutputOf<typeof catalogue.listUnits> {
  return {
    units: ctx.sql.all(
      'select id as uom_id, uom_code, uom_name, dimension, conversion_factor, decimals from units_of_measure order by dimension, is_base_unit desc, uom_code',
    ),
  };
}

export function convert(
  ctx: ReadCtx,
  { quantity_e6, from_uom, to_uom }: ParsedInputOf<typeof catalogue.convert>,
): OutputOf<typeof catalogue.convert> {
  const units = [...unitTable(ctx).values()];
  const unit = (code: string) =>
    units.find(known => known.code === code.toUpperCase()) ?? refuse('unit_unknown', { unit: code });
  const exact = convertUnits(toBig(quantity_e6), unit(from_uom), unit(to_uom));
  return { quantity: exact.toFixed(), quantity_e6: fromBig(exact) };
}
