import { expect, PEOPLE, signIn, test, visit } from './fixtures.ts';

test.use({ story: 'resting' });

test('a resting window warns, locks, and gives the typed rows back to who unlocks it', async ({
  page,
  station,
}) => {
  await page.clock.install();
  await signIn(page, station, PEOPLE.operator);
  await visit(page, '/tracking/in');
  await page.getByLabel('Row 1: Order number').fill('KEPT-1');
  await page.getByLabel('Row 1: Quantity').fill('12');
  const warning = page.getByRole('alert').filter({ hasText: 'this window locks soon' });
  await page.clock.fastForward('01:45:00');
  await expect(warning).toBeVisible();
  await page.keyboard.press('Shift');
  await expect(warning).toHaveCount(0);
  await page.clock.fastForward('01:45:00');
  await expect(warning).toBeVisible();
  await page.clock.fastForward('00:20:00');
  await expect(page.getByRole('dialog')).toContainText('Ren Hashimoto');
  await expect(page.getByRole('dialog').getByRole('textbox', { name: 'PIN' })).toBeFocused();
  await page.keyboard.type(PEOPLE.operator.pin);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByLabel('Row 1: Order number')).toHaveValue('KEPT-1');
  await expect(page.getByLabel('Row 1: Quantity')).toHaveValue('12');
});
