import { faultsOf } from './faults.ts';
import { expect, PEOPLE, signIn, test, visit } from './fixtures.ts';

test.use({ story: 'accessibility' });

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
      wrong.push(...(await faultsOf(page)).map(fault => `${screen} ${fault}`));
    }
    await visit(page, '/orders');
    await page.getByRole('row').getByRole('link', { name: 'BUILD-001' }).first().click();
    for (const tab of ['Configuration', 'BOM', 'Documents', 'Revisions', 'History']) {
      await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
      await expect(page.locator('.mantine-Loader-root:visible')).toHaveCount(0);
      wrong.push(...(await faultsOf(page)).map(fault => `build ${tab} ${fault}`));
    }
    expect(wrong).toEqual([]);
    await context.close();
  });
}
