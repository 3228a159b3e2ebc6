import { type Browser, chromium } from 'playwright';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Annotation, Picture } from '../../../renderer/modules/production/editor/Picture.tsx';
import { CHROMIUM } from '../../support/electron-harness/chromium.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(CHROMIUM);
}, 60_000);
afterAll(() => browser?.close());

const marks: Annotation[] = [
  { shape: 'number', x1: 250, y1: 500, x2: 250, y2: 500, label: 'Hose clamp' },
  { shape: 'arrow', x1: 100, y1: 200, x2: 600, y2: 700, label: 'Measure here' },
  { shape: 'box', x1: 500, y1: 100, x2: 900, y2: 400, label: '' },
];
const picture = (width: number, height: number) =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#dde"/></svg>`)}`;

/** What Chromium makes of a picture of this size in a place of 560 px. */
async function drawn(width: number, height: number) {
  const page = await browser.newPage();
  const markup = renderToStaticMarkup(
    <Picture src={picture(width, height)} alt="A body" annotations={marks} />,
  );
  await page.setContent(`<div style="width: 560px">${markup}</div>`);
  const box = async (selector: string) => {
    const found = await page.locator(selector).first().boundingBox();
    if (!found) throw new Error(`nothing drawn: ${selector}`);
    return found;
  };
  const all = {
    image: await box('img'),
    dot: await box('circle'),
    words: await box('text:has-text("Measure here")'),
    rect: await box('rect'),
  };
  await page.close();
  return all;
}

test('marks keep their proportions and their places on wide, tall and square pictures', async () => {
  const wide = await drawn(1200, 300);
  const tall = await drawn(300, 1200);
  const square = await drawn(800, 800);
  expect([wide.image.width, wide.image.height]).toEqual([560, 140]);
  expect([tall.image.width, tall.image.height]).toEqual([120, 480]);
  for (const { image, dot, words, rect } of [wide, tall, square]) {
    expect(dot.width).toBeCloseTo(dot.height, 1);
    expect(words.height).toBeCloseTo(square.words.height, 1);
    expect(words.width).toBeCloseTo(square.words.width, 1);
    expect(dot.x + dot.width / 2 - image.x).toBeCloseTo(image.width * 0.25, 0);
    expect(dot.y + dot.height / 2 - image.y).toBeCloseTo(image.height * 0.5, 0);
    expect(rect.x - image.x + rect.width / 2).toBeCloseTo(image.width * 0.7, 0);
  }
});
