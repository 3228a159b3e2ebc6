import type { Page } from '@playwright/test';
import { faultsOf } from './faults.ts';
import { expect, PEOPLE, signIn, test, visit } from './fixtures.ts';

test.use({ story: 'new-person' });

const LONG_NAME = 'Maximiliana-Alexandrina von und zu Hohenlohe-Waldenburg-Schillingsfürst-Bartenst';
test.setTimeout(240_000);

async function replacePassword(page: Page, present: string, next: string): Promise<void> {
  await page.getByLabel('Current password', { exact: true }).fill(present);
  await page.getByLabel('New password', { exact: true }).fill(next);
  await page.getByLabel('New password again', { exact: true }).fill(next);
  await page.keyboard.press('Enter');
}
const banner = (page: Page) => page.getByRole('banner');
test('a new person with a long name: made, given a role, signed in and closed', async ({
  browser,
  page,
  station,
}) => {
  await signIn(page, station, PEOPLE.admin);
  await expect(page.getByRole('heading', { name: 'Choose a new password' })).toBeVisible();
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await faultsOf(page)).toEqual([]);
  }
  await replacePassword(page, PEOPLE.admin.password, 'A-longer-phrase-2026');
  await expect(banner(page)).toBeVisible();
  await visit(page, '/admin/users');
  const one_time =
    await test.step('created by keyboard alone, with a password that is shown once', async () => {
      await page.getByRole('button', { name: 'New user' }).focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog');
      await expect(dialog.getByLabel('Name', { exact: false }).first()).toBeVisible();
      await dialog.getByRole('textbox', { name: 'Name', exact: true }).focus();
      // Not key by key: a burst of keys is a scan.
      await page.keyboard.insertText(LONG_NAME);
      await page.keyboard.press('Tab');
      await page.keyboard.insertText('m.hohenlohe');
      await page.keyboard.press('Tab');
      await page.keyboard.insertText('MH');
      await page.keyboard.press('Enter');
      const shown = page.getByRole('dialog').locator('pre');
      await expect(shown).toHaveText(/\S{8,}/);
      const password = (await shown.textContent()) ?? '';
      await page.getByRole('button', { name: 'Done' }).click();
      await expect(page.getByRole('heading', { level: 1, name: LONG_NAME })).toBeVisible();
      expect(await faultsOf(page)).toEqual([]);
      return password;
    });

  await test.step('a role gives permissions, and the page says by which role', async () => {
    await page.getByRole('tab', { name: 'Roles and plants' }).click();
    await page.getByRole('combobox', { name: 'Role' }).click();
    await page.getByRole('option', { name: 'Viewer' }).click();
    await page.getByRole('button', { name: 'Assign role' }).click();
    await expect(page.getByRole('cell', { name: 'Viewer' })).toBeVisible();
    const access = page.getByRole('radiogroup', { name: /Oakville plant/ });
    await access.getByText('Read', { exact: true }).click();
    await expect(access.getByRole('radio', { name: 'Read' })).toBeChecked();
    await page.getByRole('tab', { name: 'Effective permissions' }).click();
    await expect(page.getByText('By role Viewer').first()).toBeVisible();
    await visit(page, '/admin/users');
    await expect(page.getByRole('link', { name: LONG_NAME })).toBeVisible();
    expect(await faultsOf(page)).toEqual([]);
  });

  await test.step('the person signs in, chooses a password, and the shell keeps its width', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
    const other = await context.newPage();
    await signIn(other, station, { username: 'm.hohenlohe', password: one_time });
    await replacePassword(other, one_time, 'Another-phrase-2026');
    await expect(banner(other).getByRole('button', { name: LONG_NAME })).toBeVisible();
    expect(await faultsOf(other)).toEqual([]);
    await context.close();
  });

  await test.step('deactivated, the person is off the list of those who work here', async () => {
    await page.getByRole('link', { name: LONG_NAME }).click();
    await page.getByRole('button', { name: 'Deactivate' }).click();
    await expect(page.getByRole('button', { name: 'Activate', exact: true })).toBeVisible();
    await visit(page, '/admin/users');
    await expect(page.getByRole('link', { name: 'Amélie Roy' })).toBeVisible();
    await expect(page.getByRole('link', { name: LONG_NAME })).toHaveCount(0);
  });

  await test.step('a setting keeps its value, its author and its reason, and goes back', async () => {
    await visit(page, '/admin/settings');
    const setting = page.getByRole('region', { name: 'Session length (hours)' });
    await setting.getByRole('textbox').first().fill('99');
    await setting.getByRole('button', { name: 'Save' }).click();
    await expect(setting.getByRole('alert')).toBeVisible();
    await setting.getByRole('textbox').first().fill('9');
    await setting.getByLabel('Reason').fill('Nine-hour shifts');
    await setting.getByRole('button', { name: 'Save' }).click();
    await expect(setting.getByText('Nine-hour shifts')).toBeVisible();
    await page.reload();
    await expect(setting.getByRole('textbox').first()).toHaveValue('9');
    await setting.getByRole('button', { name: /default/i }).click();
    await expect(setting.getByRole('textbox').first()).toHaveValue('8');
  });

  await test.step('the audit trail names the change and is sound', async () => {
    await visit(page, '/admin/audit');
    await expect(page.getByRole('row').filter({ hasText: 'auth.sessionHours' }).first()).toBeVisible();
    await page.getByRole('button', { name: 'Verify now' }).click();
    await expect(page.getByRole('status').filter({ hasText: /\d/ })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
  });

  await test.step('a backup now is one more in the list', async () => {
    await visit(page, '/admin/system');
    const copies = page.getByRole('cell', { name: /^millwright-.*\.db$/ });
    await expect(copies.first()).toBeVisible();
    const before = await copies.count();
    await page.getByRole('button', { name: 'Back up now' }).click();
    // The station makes copies of its own accord, too.
    await expect.poll(() => copies.count(), { timeout: 60_000 }).toBeGreaterThan(before);
  });
});
