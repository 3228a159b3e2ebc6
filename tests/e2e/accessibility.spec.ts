import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, PEOPLE, signIn, test, visit } from './fixtures.ts';

/** Serious violations, and anything wider than the window at 1280x720. */
async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.slice(0, 2).map(node => `${id}: ${node.html.slice(0, 160)}`));
  const isTooWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  return isTooWide ? [...found, 'wider than the window'] : found;
}
const SCREENS = ['/orders', '/orders/new', '/boms', '/catalogue', '/instructions', '/tools'];

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the main screens have no serious violation and fit the window, ${colorScheme}`, async ({
    browser,
    station,
  }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 720 } });
    const page = await context.newPage();
    await signIn(page, station, PEOPLE.coordinator);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const wrong: string[] = [];
    for (const screen of SCREENS) {
      await visit(page, screen);
      await expect(page.locator('.mantine-Loader-root:visible')).toHaveCount(0);
      wrong.push(...(await faults(page)).map(fault => `${screen} ${fault}`));
    }
    await visit(page, '/orders');
    await page.getByRole('row').getByRole('link', { name: 'BUILD-001' }).first().click();
    for (const tab of ['Configuration', 'BOM', 'Documents', 'Revisions', 'History']) {
      await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
      await expect(page.locator('.mantine-Loader-root:visible')).toHaveCount(0);
      wrong.push(...(await faults(page)).map(fault => `build ${tab} ${fault}`));
    }
    expect(wrong).toEqual([]);
    await context.close();
  });
}
