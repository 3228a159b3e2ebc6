import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, PEOPLE, signIn, test, visit } from './fixtures.ts';
import { speak } from './order-screens.ts';

test.use({ story: 'service-orders' });
const SERVICE = { username: 't.varga', password: 'demo-service-desk' };
const picture = (name: string) => (process.env.LOOK_AT ? { path: `${process.env.LOOK_AT}/${name}.png` } : {});

async function faults(page: Page, screen: string): Promise<string[]> {
  await expect(page.locator('.mantine-Loader-root:visible')).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const isTooWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  await page.screenshot(picture(`service-${screen}`));
  return [
    ...(isTooWide ? [`${screen} is wider than the window`] : []),
    ...violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${screen} ${id}: ${nodes[0]?.html.slice(0, 160)}`),
  ];
}

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
  const wrong = await faults(page, 'shop-light');
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
  wrong.push(...(await faults(desk, 'orders-light')));
  await desk.getByRole('link', { name: /^SO-/ }).click();
  await desk.getByRole('textbox', { name: /^Approved quantity of/ }).fill('2');
  await desk.getByRole('button', { name: 'Approve' }).click();
  await expect(desk.getByRole('cell', { name: 'Approved', exact: true })).toBeVisible();
  await desk.getByRole('button', { name: 'Mark as fulfilled' }).click();
  await expect(desk.getByRole('cell', { name: 'Fulfilled', exact: true })).toBeVisible();
  await speak(desk, 'fr');
  await desk.emulateMedia({ colorScheme: 'dark' });
  wrong.push(...(await faults(desk, 'order-dark-fr')));

  await visit(page, '/service/orders');
  await page.getByRole('link', { name: /^SO-/ }).click();
  await expect(page.getByText('Internal notes')).toHaveCount(0);
  await page.getByRole('button', { name: 'Order again' }).click();
  await expect(cart.getByRole('textbox', { name: /^Quantity of/ })).toHaveValue('3');
  await speak(page, 'fr');
  await page.emulateMedia({ colorScheme: 'dark' });
  wrong.push(...(await faults(page, 'shop-dark-fr')));
  expect(wrong).toEqual([]);
  await context.close();
});
