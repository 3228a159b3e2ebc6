import type { Configuration } from '../../../../preload/contract/product-model.ts';

const oneBasin: Configuration = {
  order_language: 'EN',
  sink_model: 'T2-B1',
  sink_length_in: 48,
  sink_width_in: 30,
  legs_type: 'HEIGHT_ADJUSTABLE',
  legs_model: 'DL27',
  feet_type: 'LOCK_LEVELING_CASTERS',
  workflow_direction: 'LEFT_TO_RIGHT',
  has_pegboard: false,
  basins: [{ basin_type: 'E_DRAIN', size: '20X20X8' }],
  faucets: [],
  sprayers: [],
  accessories: [],
};
/** Starting points of the test bench, by family. */
export const benchExamples: Record<string, { id: string; configuration: Configuration }[]> = {
  MDRD: [
    { id: 'one_basin', configuration: oneBasin },
    {
      id: 'two_basins_pegboard',
      configuration: {
        ...oneBasin,
        sink_model: 'T2-B2',
        sink_length_in: 72,
        has_pegboard: true,
        pegboard_color: 'GREEN',
        pegboard_type: 'PERFORATED',
        pegboard_size_type: 'SAME_AS_SINK',
        basins: [
          { basin_type: 'E_SINK', size: '24X20X8' },
          { basin_type: 'E_DRAIN', size: '24X20X8' },
        ],
      },
    },
    { id: 'too_short', configuration: { ...oneBasin, sink_model: 'T2-B3', sink_length_in: 48 } },
  ],
};
