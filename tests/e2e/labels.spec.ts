import { faultsOf } from './faults.ts';
import { expect, PEOPLE, signIn, test, visit } from './fixtures.ts';
import { labelPrinter } from './label-printer.ts';
import { scan } from './wedge.ts';

test.use({ story: 'labels' });

test('a printer is set up, a build label goes out with one action, is scanned, printed again with a reason', async ({
  page,
  station,
}) => {
  const printer = await labelPrinter();
  await signIn(page, station, PEOPLE.manager);
  await expect(page.getByRole('link', { name: 'Printers' })).toBeVisible();
  await visit(page, '/admin/printers');
  await page.getByRole('button', { name: 'New printer' }).first().click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Zebra');
  await page.getByRole('textbox', { name: 'Address' }).fill('127.0.0.1');
  await page.getByLabel('Port', { exact: true }).fill(String(printer.port));
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Test page Zebra' }).click();
  await expect.poll(() => printer.received.length).toBe(1);
  expect(printer.received[0]).toContain('^FDZebra^FS');
  await page.getByLabel('Printer: Build label, front').selectOption({ label: 'Zebra' });
  await page.getByLabel('Scan to verify: Build label, front').click();
  await expect(page.getByLabel('Scan to verify: Build label, front')).toBeChecked();
  expect(await faultsOf(page)).toEqual([]);

  await visit(page, '/orders');
  const grid = page.getByRole('grid').first();
  await expect(grid.getByRole('row').nth(1)).toBeVisible();
  await grid.press('Enter');
  await page.getByRole('button', { name: 'Labels' }).click();
  const offer = page.getByRole('menuitem', { name: /Build label, front/ });
  await expect(offer).toContainText('Zebra · 101.6 × 50.8 mm · 1×');
  await offer.click();
  await expect.poll(() => printer.received.length).toBe(2);
  const code = /\^FD(B[0-9A-Z]{11})\^FS/.exec(printer.received[1] ?? '')?.[1] ?? '';
  expect(code).not.toBe('');

  // The wrong label blocks, the right one lets go on.
  await visit(page, '/labels');
  await expect(page.getByLabel('Scan the fresh label')).toBeFocused();
  await scan(page, 'B00000000000');
  const refused = page.getByRole('alert').filter({ hasText: 'This is another label' });
  await expect(refused.first()).toBeVisible();
  await expect(page.getByRole('table').getByText('Wrong label')).toBeVisible();
  await expect(page.getByLabel('Scan the fresh label')).toHaveValue('');
  await page.keyboard.press('Enter');
  await scan(page, code);
  await expect(page.getByText('The label is right')).toBeVisible();
  await expect(page.getByText('Nothing is waiting')).toBeVisible();
  await page.getByText('Done', { exact: true }).click();
  await page.getByRole('button', { name: /^Copy / }).click();
  await page.getByLabel('Reason').fill('label torn');
  await page.getByRole('button', { name: 'Print', exact: true }).click();
  await expect.poll(() => printer.received.length).toBe(3);
  expect(printer.received[2]).toMatch(/\^FD(COPY|COPIE|COPIA) 1\^FS/);
  printer.server.close();
});

test('the designer moves an element by keys, tells what does not fit, and approves a draft', async ({
  page,
  station,
}) => {
  await signIn(page, station, PEOPLE.manager);
  await expect(page.getByRole('link', { name: 'Label layouts' })).toBeVisible();
  await visit(page, '/admin/labels');
  await page.getByRole('link', { name: 'PART', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'PART V1' })).toBeVisible();
  await page.getByRole('button', { name: /^uom/ }).click();
  const left = page.getByLabel('Left (mm)');
  await expect(left).toHaveValue('37');
  await page.getByRole('application').press('ArrowLeft');
  await expect(left).toHaveValue('36.75');
  await page.getByRole('application').press('Shift+ArrowRight');
  await expect(page.getByLabel('Width (mm)', { exact: true })).toHaveValue('12.25');
  await page.getByLabel('Letters (mm)', { exact: true }).fill('9');
  await page.getByLabel('Smallest letters (mm)').fill('9');
  await expect(page.getByText(/uom: the text is too long/)).toBeVisible();
  await page.getByLabel('Smallest letters (mm)').fill('2');
  await expect(page.getByText(/uom: the text is too long/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Save draft' }).click();
  await expect(page.getByRole('heading', { name: 'PART V2' })).toBeVisible();
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByText('Approved', { exact: true })).toBeVisible();
  expect(await faultsOf(page)).toEqual([]);
});
