import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Download, Locator, Page } from '@playwright/test';
import { readXlsx } from 'hucre';
import { expect, PEOPLE, signIn, test, visit } from './fixtures.ts';

test.use({ story: 'main-job' });

const saved = (page: Page) => expect(page.getByText('Draft saved')).toBeVisible();
const pick = (page: Page, group: string, option: string) =>
  page
    .getByRole('radiogroup', { name: group, exact: true })
    .first()
    .getByRole('radio', { name: option })
    .click();
/** The list opens beside the field; only its options are visible. */
async function choose(page: Page, field: Locator, option: string | RegExp): Promise<void> {
  await field.click();
  await page
    .getByRole('option', { name: option, exact: typeof option === 'string' })
    .locator('visible=true')
    .click();
}
const pdfText = (file: string): string =>
  execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
async function fileOf(download: Promise<Download>): Promise<{ path: string; name: string }> {
  const done = await download;
  return { path: await done.path(), name: done.suggestedFilename() };
}

test.describe.configure({ timeout: 150_000 });

test('a coordinator configures a two-build order, reads its BOM, prints the pack and saves the workbook', async ({
  page,
  station,
}) => {
  await signIn(page, station, PEOPLE.coordinator);
  await page.getByRole('link', { name: 'Orders', exact: true }).click();
  await page.getByRole('link', { name: 'New order' }).first().click();

  await test.step('customer and purchase order', async () => {
    await page.getByLabel('Order number (PO)').fill('PO-900001');
    await page.getByRole('combobox', { name: 'Customer' }).fill('Harbour View Hospital');
    await page.getByRole('combobox', { name: 'Sales person' }).fill('Peter Aldous');
    await page.getByLabel('Wanted on').fill('2035-03-01');
    await page.keyboard.press('Tab');
    await saved(page);
    await page.getByRole('button', { name: 'Next' }).click();
  });

  await test.step('two builds with suggested numbers', async () => {
    await pick(page, 'Product family', 'CleanStation MDRD');
    await page.getByLabel('Quantity').fill('2');
    await page.getByRole('button', { name: 'Suggest build numbers' }).click();
    await expect(page.getByLabel('Build number 2')).toHaveValue('BUILD-002');
    await saved(page);
    await page.getByRole('button', { name: 'Next' }).click();
  });

  await test.step('the first build, answer by answer', async () => {
    await pick(page, 'Sink model', 'T2-B2');
    await page.getByLabel('Sink length').fill('66');
    await page.getByLabel('Sink width').fill('30');
    await pick(page, 'Legs', 'Height adjustable');
    await pick(page, 'Leg model', 'DL27');
    await pick(page, 'Feet', 'Locking levelling casters');
    for (const [index, type] of ['E-Sink', 'E-Drain'].entries()) {
      const basin = page.getByRole('group', { name: `Basin ${index + 1}`, exact: true });
      await choose(page, basin.getByRole('combobox', { name: 'Basin type' }), type);
      await choose(page, basin.getByRole('combobox', { name: 'Basin size' }), /^24.20.8$/);
    }
    await expect(page.getByText('T2-BODY-61-72-HA')).toBeVisible();
    await expect(page.getByText('T2-CTRL-EDR1-ESK1')).toBeVisible();
    await saved(page);
  });

  await test.step('an impossible option stays visible with its reason; a broken rule names itself', async () => {
    await pick(page, 'Legs', 'Fixed height');
    await expect(page.getByRole('radio', { name: 'LC1' })).toBeDisabled();
    await pick(page, 'Legs', 'Height adjustable');
    await page.getByLabel('Sink length').fill('130');
    await expect(page.getByRole('listitem').filter({ hasText: 'V1' }).first()).toBeVisible();
    await page.getByLabel('Sink length').fill('66');
    await expect(page.getByRole('listitem').filter({ hasText: 'V1' })).toHaveCount(0);
  });

  await test.step('the second build is a copy of the first', async () => {
    await page.getByRole('button', { name: /^BUILD-002/ }).click();
    await page.getByRole('button', { name: 'Copy from' }).click();
    await page.getByRole('dialog').getByRole('button', { name: /copy/i }).last().click();
    await expect(page.getByLabel('Sink length')).toHaveValue(/^66/);
    await saved(page);
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(page.getByLabel('Search accessories')).toBeVisible();
    await page.getByRole('button', { name: 'Next' }).click();
  });

  await test.step('review and submit', async () => {
    await page.getByRole('button', { name: 'Submit' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Order PO-900001 is submitted' })).toBeVisible();
  });

  await test.step('the BOM tree explains itself', async () => {
    await visit(page, '/orders');
    await page
      .getByRole('row')
      .filter({ hasText: 'PO-900001' })
      .getByRole('link', { name: 'BUILD-001' })
      .click();
    await page.getByRole('tab', { name: 'BOM' }).click();
    await page.getByRole('row').filter({ hasText: 'T2-BODY-61-72-HA' }).first().click();
    const why = page
      .getByRole('complementary')
      .or(page.getByRole('region'))
      .filter({ hasText: 'Sink length' })
      .first();
    await expect(why).toContainText('66');
  });

  await test.step('the workbook holds the tree with its types', async () => {
    const waiting = page.waitForEvent('download');
    await page
      .getByRole('button', { name: /^Excel/ })
      .first()
      .click();
    const { path, name } = await fileOf(waiting);
    expect(name).toMatch(/^BOM_PO-900001_BUILD-001_.*\.xlsx$/);
    const book = await readXlsx(readFileSync(path));
    expect(book.sheets.map(sheet => sheet.name)).toContain('Info');
    const rows = book.sheets[0]?.rows ?? [];
    const heads = (rows[0] ?? []).map(String);
    const body = rows.slice(1).find(row => row.includes('T2-BODY-61-72-HA')) ?? [];
    expect(body[heads.indexOf('Level')]).toBe(0);
    expect(rows.slice(1).some(row => row.includes('T2-CTRL-EDR1-ESK1'))).toBe(true);
  });

  await test.step('the work-instruction pack is a PDF with the build on every page', async () => {
    await page.getByRole('button', { name: 'Print' }).click();
    await page.getByRole('menuitem', { name: /work.instruction/i }).click();
    // Two PDFs at once on a busy machine: the pages on screen and the file.
    const waiting = page.waitForEvent('download', { timeout: 90_000 });
    await page.getByRole('button', { name: 'Save PDF' }).click();
    const { path, name } = await fileOf(waiting);
    expect(name).toMatch(/\.pdf$/);
    const pages = pdfText(path)
      .split('\f')
      .filter(text => text.trim() !== '');
    expect(pages.length).toBeGreaterThan(8);
    for (const [index, text] of pages.entries()) {
      expect(text).toContain('BUILD-001');
      expect(text).toContain('MW-F-301');
      expect(text).toContain(`Page ${index + 1} of ${pages.length}`);
    }
    expect(pages.join('\n')).toContain('Install basin');
  });

  await test.step('a reload keeps the session, and the order is in the history of the station', async () => {
    await page.reload();
    await visit(page, '/orders/po/PO-900001');
    await expect(page.getByText('BUILD-002').first()).toBeVisible();
  });
});
