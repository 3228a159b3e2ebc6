import { expect, PEOPLE, signIn, test, visit } from './fixtures.ts';
import { speak } from './order-screens.ts';

test.use({ story: 'service-orders' });
const SERVICE = { username: 't.varga', password: 'demo-service-desk' };
test('service parts from the cart to fulfilled: search, submit, approve less, fulfil, order again', async ({
  browser,
  station,
}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  await signIn(page, station, SERVICE);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await speak(page, 'en');
  await expect(page.getByRole('link', { name: 'Service parts' })).toBeVisible();
  await visit(page, '/service');
  await page.getByRole('searchbox', { name: /Number, name/ }).fill('touchscreen');
  await page.getByRole('button', { name: /^Add / }).first().click();
  const cart = page.getByRole('region', { name: 'Cart' });
  await expect(cart.getByRole('heading')).toHaveText('Cart (1)');
  await cart.getByRole('textbox', { name: /^Quantity of/ }).fill('3');
  await page.keyboard.press('Tab');
  // The cart is there again after leaving.
  await visit(page, '/service/orders');
  await expect(page.getByRole('heading', { name: 'Service orders' })).toBeVisible();
  await visit(page, '/service');
  await expect(cart.getByRole('textbox', { name: /^Quantity of/ })).toHaveValue('3');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/Service order SO-\d{4}-0001 was submitted/)).toBeVisible();

  const desk = await (await browser.newContext({ viewport: { width: 1280, height: 720 } })).newPage();
  await signIn(desk, station, PEOPLE.procurement);
  await expect(desk.getByRole('heading', { level: 1 })).toBeVisible();
  await speak(desk, 'en');
  await visit(desk, '/service/orders');
  await desk.getByRole('link', { name: /^SO-/ }).click();
  await desk.getByRole('textbox', { name: /^Approved quantity of/ }).fill('2');
  await desk.getByRole('button', { name: 'Approve' }).click();
  await expect(desk.getByRole('cell', { name: 'Approved', exact: true })).toBeVisible();
  await desk.getByRole('button', { name: 'Mark as fulfilled' }).click();
  await expect(desk.getByRole('cell', { name: 'Fulfilled', exact: true })).toBeVisible();

  await visit(page, '/service/orders');
  await page.getByRole('link', { name: /^SO-/ }).click();
  await expect(page.getByText('Internal notes')).toHaveCount(0);
  await page.getByRole('button', { name: 'Order again' }).click();
  await expect(cart.getByRole('textbox', { name: /^Quantity of/ })).toHaveValue('3');
  await context.close();
});
