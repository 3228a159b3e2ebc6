import path from 'node:path';
import { bulkInsert, bulkOrders, bulkWriter } from '../support/bulk.ts';
import { expect, PEOPLE, signIn, test, visit } from './fixtures.ts';

test.use({ story: 'order-list' });

const MANY = 2500;
const PLACE = `select u.organization_id, u.plant_id, u.id as user_id, max(o.created_at_ms) as at_ms
  from users u, orders o where u.username = ? group by u.id`;

/** A list far longer than what is ever loaded; answers the builds in it. */
function fill(data_folder: string): number {
  const db = bulkWriter(path.join(data_folder, 'millwright.db'));
  const owner = db.prepare(PLACE).get(PEOPLE.coordinator.username) as Parameters<typeof bulkOrders>[0];
  bulkInsert(db, 'orders', owner, bulkOrders(owner, MANY));
  const count = db
    .prepare("select count(*) from orders where order_kind = 'CUSTOMER_BUILD' and plant_id = ?")
    .pluck()
    .get(owner.plant_id);
  db.close();
  return Number(count);
}
let total = 0;
test.beforeAll(({ station }) => {
  total = fill(station.data_folder);
});
const shown = (count: number) => count.toLocaleString('en');

test('all rows of a long list are chosen, counted, reduced, exported and given up with the filter', async ({
  page,
  station,
}) => {
  await signIn(page, station, PEOPLE.coordinator);
  await visit(page, '/orders?view=all');
  const grid = page.getByRole('grid', { name: 'Orders' });
  await expect(grid).toHaveAttribute('aria-rowcount', String(total + 1));
  const chosen = page.getByRole('toolbar', { name: 'Selected orders' });
  const ticks = grid.getByRole('checkbox', { name: 'Select row' });

  await grid.getByRole('checkbox', { name: 'Select all rows' }).check();
  await expect(chosen).toContainText(`${shown(total)} selected`);
  await ticks.first().uncheck();
  await expect(chosen).toContainText(`${shown(total - 1)} selected`);
  await grid.focus();
  await page.keyboard.press('End');
  await expect(grid.locator(`[aria-rowindex="${total + 1}"]`)).toHaveAttribute('aria-selected', 'true');

  const file = page.waitForEvent('download', { timeout: 60_000 });
  await page.getByRole('button', { name: /^Excel/ }).click();
  await file;
  await expect(page.getByRole('status').filter({ hasText: '.xlsx' })).toContainText(shown(total - 1));

  await page.getByRole('textbox', { name: /Search orders/ }).fill('North Clinic');
  await expect(chosen).toHaveCount(0);
  await expect(grid).not.toHaveAttribute('aria-rowcount', String(total + 1));
});

test('a range reaches over rows that were never loaded', async ({ page, station }) => {
  await signIn(page, station, PEOPLE.coordinator);
  await visit(page, '/orders?view=all');
  const grid = page.getByRole('grid', { name: 'Orders' });
  await expect(grid).toHaveAttribute('aria-rowcount', String(total + 1));
  await expect(grid.locator('[aria-rowindex="2"]')).toContainText(/\w/);
  await grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+End');
  await expect(page.getByRole('toolbar', { name: 'Selected orders' })).toContainText(
    `${shown(total - 1)} selected`,
  );
  await expect(grid.locator(`[aria-rowindex="${total + 1}"]`)).toHaveAttribute('aria-selected', 'true');
});

test('groups are counted, closed by keyboard and mouse, kept in a view, and looked at row by row', async ({
  page,
  station,
}) => {
  await signIn(page, station, PEOPLE.coordinator);
  await visit(page, '/orders?view=all');
  await page.getByRole('button', { name: 'Group', exact: true }).click();
  await page.getByRole('menuitemradio', { name: 'Status' }).click();
  const list = page.getByRole('treegrid', { name: 'Orders' });
  const groups = list.locator('[aria-level="1"]');
  await expect(groups.first()).toContainText(/Order created\d[\d,]* rows/);
  const lines = async () => Number(await list.getAttribute('aria-rowcount'));
  const open = await lines();

  await list.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await expect(groups.first()).toHaveAttribute('aria-expanded', 'false');
  const closed = await lines();
  expect(closed).toBeLessThan(open);
  await page.keyboard.press('ArrowRight');
  await expect(list).toHaveAttribute('aria-rowcount', String(open));
  // Space opens and closes a heading, and looks at a row.
  await page.keyboard.press(' ');
  await expect(list).toHaveAttribute('aria-rowcount', String(closed));

  await page.getByRole('button', { name: 'Save as a view' }).click();
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('By status');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('tab', { name: 'All', exact: true }).click();
  await expect(page.getByRole('grid', { name: 'Orders' })).toHaveAttribute(
    'aria-rowcount',
    String(total + 1),
  );
  await page.getByRole('tab', { name: 'By status' }).click();
  await expect(list).toHaveAttribute('aria-rowcount', String(closed));
  await expect(groups.first()).toHaveAttribute('aria-expanded', 'false');

  await groups.nth(1).click();
  await expect(groups.nth(1)).toHaveAttribute('aria-expanded', 'false');
  await page.getByRole('button', { name: 'By Status' }).click();
  await page.getByRole('menuitem', { name: 'Close all groups' }).click();
  // Only headings and the head of the list are left, all of them drawn.
  await expect.poll(async () => (await lines()) - (await groups.count())).toBe(1);
});
