type Dimension = 'LENGTH' | 'MASS' | 'VOLUME' | 'TIME' | 'QUANTITY';
const unit = (
  uom_code: string,
  uom_name: string,
  dimension: Dimension,
  conversion_factor: string,
  decimals: number,
  is_base_unit = false,
) => ({
  uom_code,
  uom_name,
  dimension,
  conversion_factor,
  decimals,
  is_base_unit,
});
/** Factor = base units per 1 of the unit. Seconds are the base of time, which keeps every factor exact. */
export const unitSeeds = [
  unit('EA', 'Each', 'QUANTITY', '1', 0, true),
  unit('PCS', 'Pieces', 'QUANTITY', '1', 0),
  unit('DOZ', 'Dozen', 'QUANTITY', '12', 2),
  unit('KG', 'Kilogram', 'MASS', '1', 3, true),
  unit('G', 'Gram', 'MASS', '0.001', 1),
  unit('T', 'Tonne', 'MASS', '1000', 3),
  unit('LB', 'Pound', 'MASS', '0.45359237', 3),
  unit('M', 'Metre', 'LENGTH', '1', 3, true),
  unit('MM', 'Millimetre', 'LENGTH', '0.001', 1),
  unit('CM', 'Centimetre', 'LENGTH', '0.01', 1),
  unit('IN', 'Inch', 'LENGTH', '0.0254', 3),
  unit('FT', 'Foot', 'LENGTH', '0.3048', 2),
  unit('L', 'Litre', 'VOLUME', '1', 3, true),
  unit('ML', 'Millilitre', 'VOLUME', '0.001', 1),
  unit('M3', 'Cubic metre', 'VOLUME', '1000', 3),
  unit('S', 'Second', 'TIME', '1', 0, true),
  unit('MIN', 'Minute', 'TIME', '60', 1),
  unit('H', 'Hour', 'TIME', '3600', 2),
  unit('DAY', 'Day', 'TIME', '86400', 2),
];
