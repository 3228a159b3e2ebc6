import { expect, PEOPLE, signIn, test } from './fixtures.ts';

test.use({ story: 'reports' });

test('a number of a report opens its records, and the view is kept under a name', async ({
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
  await expect(page.getByRole('tab', { name: 'Quality' })).toHaveAttribute('aria-selected', 'true');
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
});
