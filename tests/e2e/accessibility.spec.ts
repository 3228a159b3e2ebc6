import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { addressOf, nameOf, STOPS, type Stop } from './every-screen.ts';
import { faultsOf, widthFaults } from './faults.ts';
import {
  test as base,
  demoFolder,
  enter,
  expect,
  PEOPLE,
  type RunningStation,
  signIn,
  startStation,
  visit,
} from './fixtures.ts';
import { speak } from './order-screens.ts';
import { textFaults } from './shown-texts.ts';

const root = path.resolve(import.meta.dirname, '../..');
const node = path.join(root, 'node_modules/node/bin/node');
const ADMIN = { username: PEOPLE.admin.username, password: 'A-longer-phrase-2026' };
type Person = NonNullable<Stop['who']>;
type Records = Record<string, string>;

/** A station with a record for every screen. */
const test = base.extend<object, { full: { station: RunningStation; records: Records; names: string[] } }>({
  full: [
    async ({ story: _ }, use) => {
      const data_folder = demoFolder();
      const put = ['tests/e2e/put-every-screen.ts', data_folder, ADMIN.password];
      const { records, names } = JSON.parse(execFileSync(node, put, { cwd: root, encoding: 'utf8' }));
      const station = await startStation(data_folder);
      await use({ station, records, names });
      await station.stop();
      rmSync(data_folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
});
test.use({ story: 'accessibility' });
test.describe.configure({ mode: 'parallel' });
test.setTimeout(240_000);

/** Contrast does not depend on the language, nor width on the theme: two looks find what four would. */
const LOOKS = [
  { language: 'en', colorScheme: 'light' },
  { language: 'fr', colorScheme: 'dark' },
  { language: 'es', colorScheme: 'light' },
] as const;
type Look = (typeof LOOKS)[number];

async function open(browser: Browser, { colorScheme }: Look): Promise<Page> {
  const context = await browser.newContext({
    colorScheme,
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 720 },
  });
  return context.newPage();
}
/** The check of the whole database at the page of the system takes its time. */
const settled = (page: Page) =>
  expect(page.locator('.mantine-Loader-root:visible')).toHaveCount(0, { timeout: 30_000 });

/** Goes there and waits until it is there: the heading of the screen before stays until the new one has its data. */
async function arrive(page: Page, stop: Stop, before: Stop | undefined, records: Records): Promise<void> {
  if (before?.route !== stop.route)
    await page.evaluate(() => {
      for (const heading of document.querySelectorAll('h1')) heading.setAttribute('data-before', '');
    });
  await visit(page, addressOf(stop, records));
  if (!stop.isBare) await expect(page.locator('main h1:not([data-before])')).toBeVisible();
  await stop.open?.(page);
  if (stop.shows) await expect(page.locator(stop.shows).filter({ visible: true }).first()).toBeVisible();
  await settled(page);
}
async function leave(page: Page): Promise<void> {
  if ((await page.getByRole('dialog').count()) === 0) return;
  // The first field or the safe button, also where the content comes later.
  await expect(page.locator('.mantine-Modal-close:focus')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** What belongs to no route: the sign-in, the command field, messages, keys, the dialogs of the person, the lock. */
async function lookAtShell(page: Page, look: (where: string) => Promise<void>): Promise<void> {
  const banner = page.getByRole('banner');
  const dialog = page.getByRole('dialog');
  const over = async (where: string) => {
    await expect(dialog).toBeVisible();
    await look(where);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  };
  await visit(page, '/nowhere');
  await expect(page.locator('main a[href="#/"]')).toBeVisible();
  await look('no such page');
  await page.keyboard.press('Control+k');
  await expect(dialog.locator('input')).toBeFocused();
  await page.keyboard.type('roy');
  await expect(page.getByText('Amélie Roy').last()).toBeVisible();
  await over('command field');
  await banner.getByRole('button').nth(-2).click();
  await over('messages');
  await page.keyboard.press('?');
  await over('keys');
  for (const [place, name] of ['switch operator', 'lock', 'password', 'PIN'].entries()) {
    if (name === 'lock') continue;
    await banner.getByRole('button').last().click();
    await page.getByRole('menuitem').nth(place).click();
    await over(name);
  }
  await banner.getByRole('button').last().click();
  await page.getByRole('menuitem').nth(1).click();
  await expect(dialog).toBeVisible();
  await look('lock');
}

for (const look of LOOKS) {
  const { language, colorScheme } = look;
  const isSwept = language === 'es';
  const lookWith = (names: string[]) => {
    const textsOf = language === 'en' ? async () => [] : textFaults(language, names);
    return async (page: Page) => [
      ...(await (isSwept ? widthFaults(page) : faultsOf(page))),
      ...(await textsOf(page)),
    ];
  };
  for (const who of new Set(STOPS.map((stop): Person => stop.who ?? 'admin')))
    test(`every screen of ${who} fits the window and can be read by everybody, ${language}, ${colorScheme}`, async ({
      browser,
      full: { station, records, names },
    }) => {
      const page = await open(browser, look);
      await signIn(page, station, who === 'admin' ? ADMIN : PEOPLE[who]);
      await expect(page.getByRole('banner')).toBeVisible();
      await speak(page, language);
      const wrongOf = lookWith(names);
      const wrong: string[] = [];
      // From a screen that is none of those looked at, whatever the person begins with.
      await visit(page, '/nowhere');
      await expect(page.locator('main a[href="#/"]')).toBeVisible();
      let before: Stop | undefined;
      for (const stop of STOPS.filter(({ who: whose = 'admin' }) => whose === who)) {
        await arrive(page, stop, before, records);
        wrong.push(...(await wrongOf(page)).map(fault => `${nameOf(stop)}: ${fault}`));
        await leave(page);
        before = stop;
      }
      expect(wrong).toEqual([]);
      await page.context().close();
    });

  test(`what belongs to no screen fits the window and can be read by everybody, ${language}, ${colorScheme}`, async ({
    browser,
    full: { station, names },
  }) => {
    const page = await open(browser, look);
    const wrongOf = lookWith(names);
    const wrong: string[] = [];
    await page.goto(await station.address());
    await expect(page.getByRole('button', { name: /Amélie Roy/ })).toBeVisible();
    wrong.push(...(await faultsOf(page)).map(fault => `sign-in: ${fault}`));
    await enter(page, ADMIN);
    await expect(page.getByRole('banner')).toBeVisible();
    await speak(page, language);
    await lookAtShell(page, async where => {
      wrong.push(...(await wrongOf(page)).map(fault => `${where}: ${fault}`));
    });
    expect(wrong).toEqual([]);
    await page.context().close();
  });
}
