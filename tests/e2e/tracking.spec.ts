import { readFileSync } from 'node:fs';
import { readXlsx } from 'hucre';
import { expect, PEOPLE, signIn, test, visit } from './fixtures.ts';
import { scan } from './wedge.ts';

test.use({ story: 'tracking' });

test('IN and OUT by scanner and keys alone: grid, station, undo; the balance is right', async ({
  page,
  station,
}) => {
  await signIn(page, station, PEOPLE.operator);
  await expect(page.getByRole('link', { name: 'Tracking' })).toBeVisible();
  await page.keyboard.press('Alt+I');
  await expect(page.getByRole('heading', { name: 'Book IN' })).toBeVisible();
  await expect(page.getByLabel('Row 1: Order number')).toBeFocused();
  await scan(page, 'SCAN-1001');
  await expect(page.getByLabel('Row 1: Quantity')).toBeFocused();
  await scan(page, '50');
  await expect(page.getByLabel('Row 2: Order number')).toBeFocused();
  await scan(page, 'SCAN-1002');
  await expect(page.getByLabel('Row 2: Quantity')).toBeFocused();
  await scan(page, '8');
  await expect(page.getByText('available 0, after 50')).toBeVisible();
  // Pressed again before the station has answered: booked once, as the balances below tell.
  await page.getByLabel('Row 2: Quantity').evaluate(field => {
    for (let press = 0; press < 2; press++)
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 's', ctrlKey: true, bubbles: true }));
  });
  await expect(page.getByText('2 IN orders saved')).toBeVisible();

  await visit(page, '/tracking/station');
  await expect(page.getByLabel('Scan an order')).toBeFocused();
  await page.keyboard.press('F2');
  await expect(page.getByRole('button', { name: 'OUT' })).toHaveAttribute('aria-pressed', 'true');
  const quantity = page.getByLabel('Quantity, then Enter');
  const book = async (order: string, pieces: string) => {
    await scan(page, order);
    await expect(quantity).toBeFocused();
    await scan(page, pieces);
  };
  await book(']C0scan-1001', '20');
  await expect(page.getByText('scan-1001 OUT 20 · balance 30')).toBeVisible();
  // The next scan of another order needs no click; more than there is asks first.
  await book('SCAN-1001', '35');
  await expect(page.getByText('available 30, after -5')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await book('SCAN-9999', '1');
  await expect(page.getByRole('alert')).toContainText('Enter the missing IN first');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await scan(page, 'MW-IN');
  await expect(page.getByRole('button', { name: 'IN F1', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await book('SCAN-1002', '2');
  await expect(page.getByText('SCAN-1002 IN 2 · balance 10')).toBeVisible();
  await scan(page, 'MW-UNDO');
  await expect(page.getByText('Taken back: SCAN-1002 OUT 2 · balance 8')).toBeVisible();

  await visit(page, '/tracking/balances');
  await page.getByRole('searchbox').fill('scan-100');
  const rows = page.getByRole('grid').getByRole('row');
  await expect(rows.filter({ hasText: 'SCAN-1001' })).toContainText('30 available');
  await expect(rows.filter({ hasText: 'SCAN-1002' })).toContainText('8 available');
  // A filter kept under a name comes back on another visit.
  await page.getByRole('button', { name: 'Save this filter' }).click();
  await page.getByLabel('Name of the filter').fill('My scans');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Saved filter')).toBeVisible();
  await visit(page, '/tracking/reports');
  await expect(page.getByRole('searchbox')).toHaveCount(0);
  await visit(page, '/tracking/balances');
  await page.getByLabel('Saved filter').selectOption('My scans');
  await expect(page.getByRole('searchbox')).toHaveValue('scan-100');
  await expect(rows.filter({ hasText: 'SCAN-1001' })).toContainText('30 available');
});

test('what is filtered leaves as Excel: the balances are numbers, the order numbers text', async ({
  page,
  station,
}) => {
  await signIn(page, station, PEOPLE.manager);
  await visit(page, '/tracking/balances');
  await page.getByRole('searchbox').fill('scan-1001');
  await expect(page.getByRole('heading', { name: '1 balance' })).toBeVisible();
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Excel/ }).click();
  const file = await waiting;
  expect(file.suggestedFilename()).toMatch(/^production_orders_with_balance_\d{8}_\d{6}\.xlsx$/);
  const book = await readXlsx(readFileSync(await file.path()));
  const sheet = book.sheets.find(({ name }) => name === 'Balance Report');
  const row = sheet?.rows.find(cells => String(cells[0]) === 'SCAN-1001');
  expect(row?.slice(3, 6)).toEqual([50, 20, 30]);
});
