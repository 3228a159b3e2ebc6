import type { Configuration } from '../../../preload/contract/product-model.ts';

/** Short name of a sink by basins, length, width and legs, such as `T2-2B-6030HA`; null when an answer is missing. */
export function modelLabel(configuration: Configuration): string | null {
  const { sink_length_in, sink_width_in, legs_type, basins } = configuration;
  const isSized = typeof sink_length_in === 'number' && typeof sink_width_in === 'number';
  if (!isSized || !Array.isArray(basins) || basins.length === 0) return null;
  const legs = legs_type === 'FIXED_HEIGHT' ? 'FH' : 'HA';
  return `T2-${basins.length}B-${sink_length_in}${sink_width_in}${legs}`;
}
