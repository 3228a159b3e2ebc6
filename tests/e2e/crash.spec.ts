import { rmSync } from 'node:fs';
import { expect, PEOPLE, signIn, startStation, test } from './fixtures.ts';

test.use({ story: 'crash' });

test('a draft survives the death of the station: same order, same answers', async ({ browser }) => {
  const first = await startStation();
  const page = await browser.newPage();
  await signIn(page, first, PEOPLE.coordinator);
  await page.getByRole('link', { name: 'Orders', exact: true }).click();
  await page.getByRole('link', { name: 'New order' }).click();
  await page.getByLabel('Order number (PO)').fill('PO-900077');
  await page.getByRole('combobox', { name: 'Customer' }).fill('Hôpital du Lac');
  await expect(page.getByText('Draft saved')).toBeVisible();
  await first.kill();
  await page.close();

  const second = await startStation(first.data_folder);
  const again = await browser.newPage();
  await signIn(again, second, PEOPLE.coordinator);
  await again.getByRole('link', { name: 'Orders', exact: true }).click();
  await again.getByRole('link', { name: 'New order' }).click();
  await again.getByText('PO-900077').first().click();
  await expect(again.getByLabel('Order number (PO)')).toHaveValue('PO-900077');
  await expect(again.getByRole('combobox', { name: 'Customer' })).toHaveValue('Hôpital du Lac');
  await again.close();
  await second.stop();
  rmSync(first.data_folder, { recursive: true, force: true });
});
