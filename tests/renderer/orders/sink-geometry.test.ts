import { expect, test } from 'vitest';
import { z } from 'zod';
import { type Configuration, configuration } from '../../../preload/contract/product-model.ts';
import { sinkGeometry } from '../../../renderer/modules/orders/parts/sink-geometry.ts';
import orders from '../../../resources/demo-plant/orders.json' with { type: 'json' };

const twoBasins: Configuration = {
  sink_model: 'T2-B2',
  sink_length_in: 72,
  sink_width_in: 30,
  basins: [
    { basin_type: 'E_SINK', size: '24X20X8' },
    { basin_type: 'E_DRAIN', size: 'CUSTOM', width_in: 18, length_in: 16, depth_in: 10 },
  ],
};

test('basins stand left to right at their size with equal gaps', () => {
  const geometry = sinkGeometry(twoBasins);
  expect(geometry?.basins.map(({ x, width_in }) => [x, width_in])).toEqual([
    [10, 24],
    [44, 18],
  ]);
  expect(geometry?.basins[1]).toMatchObject({ length_in: 16, depth_in: 10, size_text: '18×16×10' });
});

test('a faucet with a position stands there, one without stands over the next free basin', () => {
  const geometry = sinkGeometry({
    ...twoBasins,
    faucets: [
      { faucet_type: 'GOOSENECK_TREATED_WATER', quantity: 1, position: 'BASIN_1' },
      { faucet_type: 'WRIST_BLADE_SWING_SPOUT', quantity: 1, placement: 'CENTER' },
      { faucet_type: 'PRE_RINSE_OVERHEAD_SPRAY', quantity: 1, position: 'BETWEEN_1_2' },
    ],
  });
  expect(geometry?.faucets.map(({ x }) => x)).toEqual([22, 53, 39]);
});

test('basins wider than the sink are drawn beyond its end', () => {
  const geometry = sinkGeometry({ ...twoBasins, sink_length_in: 40 });
  expect(geometry?.extent_in).toBeGreaterThan(40);
});

test('a custom pegboard is as wide as its width, a standard one as the sink', () => {
  const custom = {
    has_pegboard: true,
    pegboard_size_type: 'CUSTOM',
    pegboard_width_in: 50,
    pegboard_length_in: 34,
  };
  expect(sinkGeometry({ ...twoBasins, ...custom })?.pegboard).toMatchObject({
    width_in: 50,
    height_in: 34,
    x: 11,
  });
  expect(sinkGeometry({ ...twoBasins, has_pegboard: true })?.pegboard).toMatchObject({
    width_in: 72,
    height_in: 36,
  });
});

test('nothing is drawn of another kind of product; every demo build is drawn', () => {
  expect(sinkGeometry({ pump_size: 'P40' })).toBeNull();
  const demo = z.array(z.object({ builds: z.array(z.object({ configuration })) })).parse(orders);
  const sinks = demo.flatMap(({ builds }) => builds).filter(build => 'sink_model' in build.configuration);
  expect(sinks.length).toBeGreaterThan(0);
  for (const sink of sinks) expect(sinkGeometry(sink.configuration)?.basins.length).toBeGreaterThan(0);
});
