import { faultsOf } from './faults.ts';
import { expect, PEOPLE, signIn, test } from './fixtures.ts';

test.use({ story: 'shell' });

/** The address of the station works once, so one browser tells the whole story. */
test('sign in, find, lock, switch operator and come back without losing anything', async ({
  page,
  station,
  context,
}) => {
  await test.step('a forced new password, with its rules in words', async () => {
    await signIn(page, station, { username: PEOPLE.admin.username, password: 'not-this-one' });
    await expect(page.getByRole('alert')).toContainText(/wrong/i);
    expect(new URL(page.url()).hash).not.toContain('token');
    expect(await faultsOf(page)).toEqual([]);
    await page.getByLabel('Password', { exact: true }).fill(PEOPLE.admin.password);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Choose a new password' })).toBeVisible();
    await page.getByLabel('Current password', { exact: true }).fill(PEOPLE.admin.password);
    await page.getByLabel('New password', { exact: true }).fill('short');
    await page.getByLabel('New password again', { exact: true }).fill('short');
    await page.getByRole('button', { name: 'Change password' }).click();
    await expect(page.getByRole('alert')).toContainText(/12/);
    await page.getByLabel('New password', { exact: true }).fill('A-longer-phrase-2026');
    await page.getByLabel('New password again', { exact: true }).fill('A-longer-phrase-2026');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByRole('banner').getByRole('button', { name: /Admin/i }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  });

  await test.step('the chosen language holds for texts and page, and a reload keeps the session', async () => {
    await page.getByLabel('User name').fill(PEOPLE.coordinator.username);
    await page.getByLabel('Password', { exact: true }).fill(PEOPLE.coordinator.password);
    await page.keyboard.press('Enter');
    await page.getByRole('banner').getByRole('button', { name: /Roy/ }).click();
    await page.getByRole('menuitem', { name: /Language/ }).click();
    await page.getByRole('menuitem', { name: 'Français' }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
    await page.keyboard.press('Escape');
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(
      page.getByRole('navigation').getByRole('link', { name: /administration|utilisateurs/i }),
    ).toHaveCount(0);
  });

  await test.step('pages, commands and records from one field', async () => {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused();
    await page.keyboard.type('catal');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/#\/catalogue/);
    // The address changes before the page does, and the page before has a list as well.
    await expect(page.getByRole('heading', { level: 1, name: 'Catalogue' })).toBeVisible();
    const grid = page.getByRole('grid').first();
    await expect(grid.getByRole('row').nth(3)).toBeVisible();
    expect(await grid.getByRole('row').count()).toBeLessThan(100);
    await grid.focus();
    await page.keyboard.press('End');
    const last = await grid.getAttribute('aria-rowcount');
    await expect(grid.locator(`[aria-rowindex="${last}"]`)).toBeVisible();
  });

  await test.step('the lock covers the page and gives it back as it was', async () => {
    await page.goto(page.url().replace(/#.*/, '#/catalogue'));
    const search = page.locator('main input[type="search"]').first();
    await search.fill('basin');
    await page.getByRole('banner').getByRole('button', { name: /Roy/ }).click();
    await page.getByRole('menuitem', { name: 'Verrouiller' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('Verrouillé');
    await expect(page.locator('[inert] main')).toHaveCount(1);
    await dialog.getByLabel('NIP', { exact: true }).last().fill('9999');
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('alert')).toBeVisible();
    await dialog.getByLabel('NIP', { exact: true }).last().fill(PEOPLE.coordinator.pin);
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
    await expect(search).toHaveValue('basin');
  });

  await test.step('another operator takes over by PIN; page and entry stay', async () => {
    await page.getByRole('banner').getByRole('button', { name: /Roy/ }).click();
    await page.getByRole('menuitem', { name: /opérateur/ }).click();
    await page.getByRole('dialog').getByLabel('NIP', { exact: true }).fill(PEOPLE.procurement.pin);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('banner').getByRole('button', { name: /Castillo/ })).toBeVisible();
    await expect(page).toHaveURL(/#\/catalogue/);
    await expect(page.locator('main input[type="search"]').first()).toHaveValue('basin');
  });

  await test.step('a second window of the same browser is signed in too', async () => {
    const second = await context.newPage();
    await second.goto(page.url());
    await expect(second.getByRole('banner').getByRole('button', { name: /Castillo/ })).toBeVisible();
  });
});
