import { REPORTS } from '../../preload/contract/life-reports.ts';
import { faultsOf } from './faults.ts';
import { expect, PEOPLE, signIn, test, visit } from './fixtures.ts';
import { speak } from './order-screens.ts';

test.use({ story: 'reports' });
test.setTimeout(120_000);

test('a number of a report opens its records, the view is kept under a name, and every report can be read', async ({
  page,
  station,
}) => {
  await signIn(page, station, PEOPLE.coordinator);
  await page.getByRole('link', { name: 'Reports', exact: true }).click();
  const standing = page.getByRole('region', { name: 'Where builds stand now' });
  const number = standing.getByRole('button', { name: /records: Order created, Builds/ });
  const builds = Number(await number.textContent());
  expect(builds).toBeGreaterThan(0);
  await number.focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: 'Builds · Order created' });
  await expect(panel.getByRole('listitem')).toHaveCount(builds);

  await page.getByLabel('Steps').selectOption('month');
  await page.getByRole('button', { name: 'Save this filter' }).click();
  await page.getByLabel('Name of the filter').fill('By month');
  await page.keyboard.press('Enter');
  const views = page.getByLabel('Saved filter');
  await expect(views.locator('option:checked')).toHaveText('By month');
  await page.getByRole('tab', { name: 'Quality' }).click();
  await page.getByLabel('Steps').selectOption('day');
  await views.selectOption('By month');
  await expect(page.getByRole('tab', { name: 'Production' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('cell', { name: /^\d{4}-\d{2}$/ }).first()).toBeVisible();

  const file = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Excel', exact: true }).click();
  expect((await file).suggestedFilename()).toMatch(/^Production_.*\.xlsx$/);

  await number.click();
  await panel.getByRole('link').first().click();
  await expect(page).toHaveURL(/#\/orders\//);

  const wrong: string[] = [];
  for (const [language, colorScheme] of [
    ['en', 'light'],
    ['fr', 'dark'],
  ] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await speak(page, language);
    for (const report of REPORTS) {
      await visit(page, `/reports?view=${encodeURIComponent(JSON.stringify({ report }))}`);
      await expect(page.getByRole('main').getByRole('table').first()).toBeVisible();
      wrong.push(...(await faultsOf(page)).map(fault => `${report} ${language}: ${fault}`));
    }
  }
  expect(wrong).toEqual([]);
});
