/** `node tests/guide/take-pictures.ts [name …]`: takes the pictures of README and guides, or those named, into docs/images. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { z } from 'zod';
import { zplToBase64Async } from 'zpl-renderer-js';
import { enter, type PEOPLE } from '../e2e/fixtures.ts';
import { speak } from '../e2e/order-screens.ts';
import { openGuidePlant, signInOf } from './guide-plant.ts';
import {
  expect,
  images,
  type LabelPicture,
  type PaperPicture,
  type Picture,
  type ScreenPicture,
} from './picture.ts';
import { PICTURES } from './pictures.ts';
import { compressed } from './png.ts';

type Who = keyof typeof PEOPLE;
const WINDOW = { width: 1280, height: 800 };
const PAPER_DPI = 90;
const DOTS_PER_MM = 8;

const asked = process.argv.slice(2);
const unknown = asked.filter(name => !PICTURES.some(picture => picture.name === name));
if (unknown.length > 0) throw new Error(`no such picture: ${unknown.join(', ')}`);
const wanted = PICTURES.filter(({ name }) => asked.length === 0 || asked.includes(name));

const folder = mkdtempSync(path.join(tmpdir(), 'millwright-guide-'));
const plant = await openGuidePlant(folder);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  chromiumSandbox: false,
  args: ['--disable-gpu', '--disable-lcd-text', '--font-render-hinting=none'],
});
const desks = new Map<Who, Promise<Page>>();
const missed: string[] = [];
try {
  for (const picture of wanted) {
    plant.later();
    try {
      const png = compressed(await taken(picture));
      writeFileSync(path.join(images, `${picture.name}.png`), png);
      process.stdout.write(`${picture.name} ${Math.round(png.length / 1024)} KB\n`);
    } catch (error) {
      missed.push(picture.name);
      process.stderr.write(`${picture.name}: ${String(error)}\n`);
    }
  }
} finally {
  await browser.close();
  await plant.close();
  rmSync(folder, { recursive: true, force: true });
}
if (missed.length > 0) process.exitCode = 1;

function taken(picture: Picture): Promise<Buffer> | Buffer {
  if ('document' in picture) return paper(picture);
  if ('label' in picture) return label(picture);
  return screen(picture);
}

async function screen({ who, route, prepare, open, cut }: ScreenPicture): Promise<Buffer> {
  const page = await deskOf(who);
  prepare?.(plant);
  await page.clock.setFixedTime(plant.now_ms());
  await page.setViewportSize(WINDOW);
  await page.evaluate(
    hash => {
      location.hash = hash;
    },
    route.replace(/\{(\w+)\}/g, (_, name: string) => plant.records[name] ?? name),
  );
  // Nothing that an earlier picture opened is left.
  await page.reload();
  await open(page, plant);
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForLoadState('networkidle');
  const look = { animations: 'disabled', caret: 'hide' } as const;
  return cut === undefined ? page.screenshot(look) : page.locator(cut).first().screenshot(look);
}
/** Everybody has a browser of their own, signed in once. */
function deskOf(who: Who): Promise<Page> {
  const open = desks.get(who) ?? signedIn(who);
  desks.set(who, open);
  return open;
}
async function signedIn(who: Who): Promise<Page> {
  const context = await browser.newContext({
    viewport: WINDOW,
    locale: 'en-CA',
    timezoneId: 'America/Toronto',
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(plant.now_ms());
  await page.goto(plant.address());
  await enter(page, signInOf(who));
  await expect(page.getByRole('banner')).toBeVisible();
  if ((await page.locator('html').getAttribute('lang')) !== 'en') await speak(page, 'en');
  return page;
}

async function paper({ document, record, page }: PaperPicture): Promise<Buffer> {
  const reply = await plant.station.callAsSystem('printing.renderPdf', {
    document,
    params: { order_id: plant.records[record] },
    purpose: 'preview',
  });
  if (!reply.ok) throw new Error(`${document}: ${JSON.stringify(reply.error)}`);
  const { ticket } = z.object({ ticket: z.string() }).parse(reply.value);
  const pdf = plant.station.transfers.download(ticket)?.path ?? '';
  const options = ['-png', '-gray', '-singlefile', '-r', `${PAPER_DPI}`, '-f', `${page}`, '-l', `${page}`];
  const file = path.join(folder, 'page');
  execFileSync('pdftoppm', [...options, pdf, file]);
  return readFileSync(`${file}.png`);
}
/** What the printer was sent, drawn by another program than the one that wrote it. */
async function label({ label }: LabelPicture): Promise<Buffer> {
  const zpl = plant.printed.findLast(text => text.includes(label.includes)) ?? '';
  if (zpl === '') throw new Error(`no label with ${label.includes} was printed`);
  return Buffer.from(await zplToBase64Async(zpl, label.width_mm, label.height_mm, DOTS_PER_MM), 'base64');
}
