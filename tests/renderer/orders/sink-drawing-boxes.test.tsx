import { type Browser, chromium } from 'playwright';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Configuration, configuration } from '../../../preload/contract/product-model.ts';
import { SinkDrawing, type SinkDrawingProps } from '../../../renderer/modules/orders/parts/SinkDrawing.tsx';
import orders from '../../../resources/demo-plant/orders.json' with { type: 'json' };
import { CHROMIUM } from '../../support/electron-harness/chromium.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(CHROMIUM);
}, 60_000);
afterAll(() => browser?.close());

/** Every kind of basin with all its marks, from the longest sink down to the shortest. */
const crowded = (sink_length_in: number, sink_width_in: number, sizes: string[]): Configuration => ({
  sink_model: `T2-B${sizes.length}`,
  sink_length_in,
  sink_width_in,
  has_pegboard: true,
  pegboard_color: 'YELLOW',
  legs_type: 'HEIGHT_ADJUSTABLE',
  legs_model: 'DL27',
  faucets: [{ faucet_type: 'PRE_RINSE_OVERHEAD_SPRAY', quantity: sizes.length }],
  basins: sizes.map((size, i) => ({
    basin_type: ['E_SINK_DI', 'E_DRAIN', 'E_SINK'][i % 3] ?? null,
    size,
    has_basin_light: true,
    has_p_trap_drain: true,
  })),
});
const demo = z
  .array(
    z.object({
      order_number: z.string(),
      builds: z.array(z.object({ build_number: z.string(), configuration })),
    }),
  )
  .parse(orders)
  .flatMap(({ order_number, builds }) =>
    builds.map((build): [string, Configuration] => [
      `${order_number} ${build.build_number}`,
      build.configuration,
    ]),
  )
  .filter(([, answers]) => 'sink_model' in answers);
const SINKS: [string, Configuration][] = [
  ['long sink, three small basins', crowded(120, 30, ['20X20X8', '20X20X8', '20X20X8'])],
  ['long sink, one basin', crowded(120, 30, ['20X20X8'])],
  ['long shallow sink', crowded(120, 24, ['20X16X8', '30X20X10'])],
  ['short sink', crowded(48, 30, ['20X20X8'])],
  ['short sink, two basins', crowded(60, 30, ['24X20X8', '24X20X8'])],
  ['five narrow basins', crowded(96, 30, ['12X14X8', '12X14X8', '12X14X8', '12X14X8', '12X14X8'])],
];
const PLACES: [string, Partial<SinkDrawingProps>][] = [
  ['screen beside', { arrangement: 'beside' }],
  ['configurator', { arrangement: 'beside', height_px: 190 }],
  ['narrow column', { arrangement: 'above' }],
  ['paper', { paper: { width_mm: 174, height_mm: 86 } }],
];

/** Names of whatever lies over something else, sticks out of its basin or leaves the drawing. */
async function collisions(drawings: string[]): Promise<string[][]> {
  const page = await browser.newPage();
  await page.setContent(
    `<body style="font-family: Inter, sans-serif">${drawings.map(svg => `<div style="width:620px">${svg}</div>`).join('')}`,
  );
  const found = await page.evaluate(() => {
    const SLACK = 0.5;
    const words = (element: Element) => element.textContent || element.tagName;
    const isOver = (a: DOMRect, b: DOMRect) =>
      a.left + SLACK < b.right &&
      b.left + SLACK < a.right &&
      a.top + SLACK < b.bottom &&
      b.top + SLACK < a.bottom;
    const isInside = (a: DOMRect, b: DOMRect) =>
      a.left >= b.left - SLACK &&
      a.right <= b.right + SLACK &&
      a.top >= b.top - SLACK &&
      a.bottom <= b.bottom + SLACK;
    const pairs = (elements: Element[]) =>
      elements.flatMap((a, i) =>
        elements
          .slice(i + 1)
          .filter(b => isOver(a.getBoundingClientRect(), b.getBoundingClientRect()))
          .map(b => `${words(a)} over ${words(b)}`),
      );
    return [...document.querySelectorAll('svg')].map(svg => {
      const frame = svg.getBoundingClientRect();
      const texts = [...svg.querySelectorAll('text')];
      const faucets = [...svg.querySelectorAll('[data-faucet]')];
      const basinTexts = [...svg.querySelectorAll('[data-basin] text')];
      const covered = basinTexts.filter(text =>
        faucets.some(faucet => isOver(text.getBoundingClientRect(), faucet.getBoundingClientRect())),
      );
      const basins = [...svg.querySelectorAll('[data-basin]')].flatMap(basin => {
        const [outline, ...pieces] = [...basin.children];
        const room = outline?.getBoundingClientRect() ?? new DOMRect();
        return [
          ...pairs(pieces),
          ...pieces
            .filter(p => !isInside(p.getBoundingClientRect(), room))
            .map(p => `${words(p)} sticks out`),
        ];
      });
      const cut = texts.filter(text => !isInside(text.getBoundingClientRect(), frame));
      return [
        ...basins,
        ...pairs(texts),
        ...covered.map(text => `a faucet over ${words(text)}`),
        ...cut.map(text => `${words(text)} leaves the drawing`),
      ];
    });
  });
  await page.close();
  return found;
}

test('words and marks never lie over one another, on screen and on paper', async () => {
  const cases = [...SINKS, ...demo].flatMap(([sink, answers]) =>
    PLACES.map(([place, look]) => ({
      name: `${sink}, ${place}`,
      svg: renderToStaticMarkup(<SinkDrawing configuration={answers} {...look} />),
    })),
  );
  const found = await collisions(cases.map(({ svg }) => svg));
  expect(found.length).toBe(cases.length);
  const wrong = cases.flatMap(({ name }, i) => (found[i] ?? []).map(fault => `${name}: ${fault}`));
  expect(wrong).toEqual([]);
});

test('a basin without room for words keeps its number, and the list below says the rest', () => {
  const svg = renderToStaticMarkup(
    <SinkDrawing configuration={crowded(120, 30, ['20X20X8', '20X20X8', '20X20X8'])} arrangement="beside" />,
  );
  expect(svg).toMatch(/data-legend="1"[^>]*>1 · E-Sink DI 20×20×8/);
  expect(svg).toContain('3 · E-Sink 20×20×8');
});
