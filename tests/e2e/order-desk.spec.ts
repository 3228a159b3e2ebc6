import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, PEOPLE, signIn, test, visit } from './fixtures.ts';
import { buildAddress, speak } from './order-screens.ts';
import { readWarnings } from './read-warnings.ts';

test.use({ story: 'order-desk' });

test.setTimeout(120_000);

/** A small real PDF: files are known by their content, not by their name. */
const PDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R>>
%%EOF
`;
async function openAs(page: Page, station: Parameters<typeof signIn>[1], who: keyof typeof PEOPLE) {
  await signIn(page, station, PEOPLE[who]);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await speak(page, 'en');
  await visit(page, '/orders');
  await expect(page.getByRole('grid').first()).toBeVisible();
}
const bomLine = (page: Page, item: string): Locator =>
  page.getByRole('row').filter({ has: page.getByText(item, { exact: true }) });

test('a purchase order is attached to a build, read back byte for byte, and a text called .exe is refused', async ({
  page,
  station,
}) => {
  await openAs(page, station, 'coordinator');
  await visit(page, `${await buildAddress(page, 'PO-260101', 'BUILD-001')}?tab=documents`);
  const folder = mkdtempSync(path.join(tmpdir(), 'millwright-files-'));
  const file = path.join(folder, 'Bon de commande été.pdf');
  writeFileSync(file, PDF);
  await page.locator('main input[type="file"]').setInputFiles(file);
  const row = page.getByRole('row').filter({ hasText: 'Bon de commande été.pdf' });
  await expect(row).toContainText('Purchase order');
  await expect(page.getByRole('tab', { name: 'Documents (1)' })).toBeVisible();
  const waiting = page.waitForEvent('download');
  await row.getByRole('button', { name: /^(Save|Download) .*\.pdf$/ }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toBe('Bon de commande été.pdf');
  expect(readFileSync(await download.path(), 'utf8')).toBe(PDF);

  const program = path.join(folder, 'setup.exe');
  writeFileSync(program, Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 255, 255, 0, 0]));
  await page.locator('main input[type="file"]').setInputFiles(program);
  await expect(page.getByRole('alert')).toContainText('setup.exe');
  await expect(page.getByRole('row').filter({ hasText: 'setup.exe' })).toHaveCount(0);
});

test('a view of the list is saved under a name, comes back with its filter, and is removed', async ({
  page,
  station,
}) => {
  await openAs(page, station, 'coordinator');
  await page.getByLabel('Search orders').fill('Lakeshore');
  await expect(page.getByText('2 builds', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Save as a view' }).click();
  await page.getByLabel('Name of the view').fill('Lakeshore only');
  await page.keyboard.press('Enter');
  const tab = page.getByRole('tab', { name: 'Lakeshore only' });
  await expect(tab).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('tab', { name: 'All', exact: true }).click();
  await expect(page.getByText('31 builds', { exact: true })).toBeVisible();
  await page.reload();
  await tab.click();
  await expect(page.getByText('2 builds', { exact: true })).toBeVisible();
  await expect(page.getByLabel('Search orders')).toHaveValue('Lakeshore');
  await page.getByRole('button', { name: 'Remove this view' }).click();
  await expect(tab).toHaveCount(0);
});

test('a changed configuration becomes a revision; answers and BOM versions are compared', async ({
  page,
  station,
}) => {
  await openAs(page, station, 'coordinator');
  const address = await buildAddress(page, 'PO-260104', 'BUILD-001');
  await visit(page, `${address}/revise`);
  const save = page.getByRole('button', { name: 'Save as a revision' });
  await page.getByLabel('Sink length').fill('52');
  await page.keyboard.press('Tab');
  await expect(save).toBeEnabled();
  await save.click();
  const dialog = page.getByRole('dialog', { name: 'Save as a revision' });
  await dialog.getByLabel('Reason').fill('The wall is longer');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('tab', { name: 'Revisions (2)' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('row').filter({ hasText: 'The wall is longer' })).toContainText('Roy');
  const change = page.getByRole('row').filter({ hasText: 'Sink length' });
  await expect(change).toContainText(/48.*52/);

  await page.getByRole('tab', { name: 'BOM', exact: true }).click();
  await page.getByRole('link', { name: 'Compare with the version before' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Compare' })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'Sink length' })).toContainText(/48.*52/);
});

test('lines of a draft BOM are added, changed and removed, and the draft is generated again', async ({
  page,
  station,
}) => {
  await openAs(page, station, 'procurement');
  await visit(page, `${await buildAddress(page, 'PO-260107', 'BUILD-001')}?tab=bom`);
  await test.step('a line is added', async () => {
    await page.getByRole('button', { name: 'Add a line' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Item').fill('NO-SUCH-ITEM');
    await dialog.getByRole('button', { name: 'Add a line' }).click();
    await expect(dialog.getByRole('alert')).toContainText('NO-SUCH-ITEM is not in the catalogue');
    await dialog.getByLabel('Item').fill('MW-TIE-200');
    await dialog.getByLabel('Quantity').fill('7');
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
    await expect(bomLine(page, 'MW-TIE-200')).toContainText('7');
    await expect(bomLine(page, 'MW-TIE-200')).toContainText('by hand');
  });
  await test.step('its quantity is changed', async () => {
    await bomLine(page, 'MW-TIE-200').click();
    await page.getByLabel('Quantity', { exact: true }).fill('9');
    await page.getByRole('button', { name: 'Save the line' }).click();
    await expect(bomLine(page, 'MW-TIE-200')).toContainText('9');
  });
  await test.step('a line is removed', async () => {
    const line = bomLine(page, 'T2-OHL-MDRD-KIT').or(bomLine(page, 'T2-DL27-KIT')).first();
    const item = (await line.innerText()).split('\n')[0]?.trim() ?? '';
    await line.click();
    await page.getByRole('button', { name: `Remove ${item} from the BOM` }).click();
    await expect(bomLine(page, item)).toHaveCount(0);
  });
  await test.step('the draft again from its configuration, saying what is lost', async () => {
    await page.getByRole('button', { name: 'Generate again' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('row')).toContainText(/by hand.*1$/);
    await dialog.getByRole('button', { name: 'Generate again' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(page.getByText('is generated from the configuration')).toBeVisible();
    await expect(bomLine(page, 'MW-TIE-200')).toHaveCount(0);
  });
});

test('a BOM is sent back with a reason, approved, and reopened as a new draft', async ({ page, station }) => {
  await openAs(page, station, 'procurement');
  const address = await buildAddress(page, 'PO-260106', 'BUILD-001');
  await visit(page, `${address}?tab=bom`);
  await page.getByRole('button', { name: 'Send back' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Send back' })).toBeDisabled();
  await dialog.getByLabel('Reason').fill('Legs do not fit the floor');
  await dialog.getByRole('button', { name: 'Send back' }).click();
  await expect(dialog).toHaveCount(0);

  await page.getByRole('button', { name: 'Approve' }).click();
  await readWarnings(page);
  await dialog.getByRole('button', { name: 'Approve' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Reopen' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add a line' })).toHaveCount(0);

  await page.getByRole('button', { name: 'Reopen' }).click();
  await dialog.getByRole('button', { name: 'Reopen' }).click();
  await expect(page.getByRole('button', { name: 'Approve' })).toBeVisible();
  await page.getByText('Versions', { exact: true }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Version 1' })).toContainText('Approved');
  await expect(page.getByRole('row').filter({ hasText: 'Version 2' })).toContainText('Draft');
  await visit(page, `${address}?tab=history`);
  for (const step of ['BOM sent back', 'BOM approved', 'BOM reopened'])
    await expect(page.getByText(step, { exact: false }).first()).toBeVisible();
  await expect(page.getByText('Legs do not fit the floor')).toBeVisible();
});

test('Print opens the print dialog of the browser for the document alone', async ({ page, station }) => {
  await openAs(page, station, 'coordinator');
  const order = (await buildAddress(page, 'PO-260102', 'BUILD-001')).split('/').at(-1);
  await visit(page, `/print/bom_aggregated?order=${order}`);
  const reading = page.locator('iframe[title="The document for reading"]');
  await expect(reading.contentFrame().getByRole('heading', { level: 1 })).toBeVisible();
  // A print dialog cannot be driven from outside; everything up to its call is real.
  await reading.evaluate((frame: HTMLIFrameElement) => {
    if (!frame.contentWindow) return;
    frame.contentWindow.print = () => {
      document.documentElement.dataset.printed = frame.contentDocument?.title ?? '';
    };
  });
  await page.getByRole('button', { name: 'Print', exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-printed', /BUILD-001$/);
});

/** Share of the picture that is paper white, counted in the page itself. */
async function whiteShare(page: Page, target: Locator): Promise<number> {
  const picture = (await target.screenshot()).toString('base64');
  return page.evaluate(async encoded => {
    const bytes = Uint8Array.from(atob(encoded), letter => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const drawing = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    if (!drawing) return 0;
    drawing.drawImage(bitmap, 0, 0);
    const { data } = drawing.getImageData(0, 0, bitmap.width, bitmap.height);
    let white = 0;
    for (let i = 0; i < data.length; i += 4)
      if (Math.min(data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0) > 245) white += 1;
    return white / (data.length / 4);
  }, picture);
}
for (const colorScheme of ['light', 'dark'] as const) {
  test(`the exact pages are shown as paper on grey, ${colorScheme}`, async ({ browser, station }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 720 } });
    const page = await context.newPage();
    await openAs(page, station, 'coordinator');
    const order = (await buildAddress(page, 'PO-260102', 'BUILD-001')).split('/').at(-1);
    await visit(page, `/print/order_confirmation?order=${order}`);
    const pages = page.locator('iframe[src]');
    await expect(pages).toBeVisible({ timeout: 60_000 });
    await expect.poll(() => whiteShare(page, pages), { timeout: 30_000 }).toBeGreaterThan(0.3);
    await context.close();
  });
}
