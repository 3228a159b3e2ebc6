import type { Page } from '@playwright/test';
import { faultsOf } from './faults.ts';
import { expect, PEOPLE, signIn, test, visit } from './fixtures.ts';
import { type Language, speak } from './order-screens.ts';

test.use({ story: 'catalogue-accessibility' });

test.setTimeout(240_000);

/** Every screen and dialog of the catalogue once, with what `look` finds on it. */
async function tour(page: Page, look: (where: string) => Promise<void>): Promise<void> {
  const dialog = page.getByRole('dialog');
  const heading = page.getByRole('main').getByRole('heading', { level: 1 });
  const over = async (where: string) => {
    await expect(dialog).toBeVisible();
    await look(where);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  };
  await visit(page, '/catalogue');
  await expect(page.getByRole('grid').first().getByRole('row').nth(2)).toBeVisible();
  await page.getByRole('treeitem').nth(2).click();
  await page.keyboard.press('ArrowRight');
  await look('list');
  await page.keyboard.press('F2');
  await over('category');
  await expect(page.getByRole('treeitem').nth(2)).toBeFocused();
  await visit(page, '/catalogue?new=1');
  await over('item form');

  await visit(page, '/catalogue/number/T2-BODY-48-60-HA');
  await expect(heading).toContainText('T2-BODY-48-60-HA');
  const item = await page.evaluate(() => location.hash.slice(1).split('?')[0] ?? '');
  for (const tab of ['facts', 'components', 'where_used', 'files', 'boms']) {
    await visit(page, `${item}?tab=${tab}`);
    await expect(page.getByRole('tabpanel')).toBeVisible();
    await look(`item, ${tab}`);
  }
  await page.getByRole('link', { name: 'BOM-T2-BODY-48-60-HA' }).click();
  await expect(heading).toContainText('BOM-T2-BODY');
  await look('master BOM');

  await visit(page, '/catalogue/import');
  await expect(page.locator('input[type=file]')).toHaveCount(1);
  await look('import');

  await visit(page, '/product-models');
  await expect(page.getByRole('link', { name: /MDRD/ }).first()).toBeVisible();
  await look('product models');
  await page.getByRole('link', { name: /MDRD/ }).first().click();
  const tables = page.getByRole('main').locator('.mantine-SegmentedControl-label');
  await expect(tables).toHaveCount(5);
  for (let place = 0; place < 5; place++) {
    await tables.nth(place).click();
    await look(`tables of a model, ${place}`);
  }
  await page.getByRole('tab').nth(1).click();
  await page
    .getByRole('tabpanel')
    .getByRole('button', { name: /^(Run|Exécuter)$/ })
    .click();
  await expect(page.getByRole('tabpanel').getByRole('grid').first()).toBeVisible();
  await look('test bench');
}

const ADMIN = { username: PEOPLE.admin.username, password: 'A-longer-phrase-2026' };
test.beforeAll(async ({ browser, station }) => {
  const page = await browser.newPage();
  await signIn(page, station, PEOPLE.admin);
  await page.getByLabel('Current password', { exact: true }).fill(PEOPLE.admin.password);
  await page.getByLabel('New password', { exact: true }).fill(ADMIN.password);
  await page.getByLabel('New password again', { exact: true }).fill(ADMIN.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
  await page.close();
});

/** Contrast does not depend on the language, nor width on the theme: two looks find what four would. */
const LOOKS: { colorScheme: 'light' | 'dark'; language: Language }[] = [
  { colorScheme: 'light', language: 'en' },
  { colorScheme: 'dark', language: 'fr' },
];
for (const { colorScheme, language } of LOOKS) {
  test(`the catalogue has no serious violation and fits the window, ${colorScheme}, ${language}`, async ({
    browser,
    station,
  }) => {
    const context = await browser.newContext({
      colorScheme,
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 720 },
    });
    const page = await context.newPage();
    await signIn(page, station, ADMIN);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await speak(page, language);
    const wrong: string[] = [];
    await tour(page, async where => {
      await expect(page.locator('.mantine-Loader-root:visible')).toHaveCount(0);
      wrong.push(...(await faultsOf(page)).map(fault => `${where} ${fault}`));
    });
    expect(wrong).toEqual([]);
    await context.close();
  });
}
