import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { readXlsx } from 'hucre';
import { expect, PEOPLE, signIn, test } from './fixtures.ts';

test.use({ story: 'keyboard' });
test.describe.configure({ timeout: 150_000 });

const MOST_STEPS = 90;
/** As many characters in a burst are a scan. */
const SCANNED_FROM = 6;
const isFocused = (target: Locator) =>
  target.evaluate(element => element.ownerDocument.activeElement === element);
/** Goes to something as a person without a mouse does, and finds that the focus can be seen there. */
async function reach(
  page: Page,
  target: Locator,
  key: 'Tab' | 'Shift+Tab' | 'ArrowDown' = 'Tab',
): Promise<void> {
  await expect(target).toBeVisible();
  for (let step = 0; step < MOST_STEPS; step++) {
    if (await isFocused(target)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not reach ${target}`);
}
async function choose(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await reach(page, target);
  await page.keyboard.press(key);
}
/** Types into the field that has the focus, over what it holds. */
async function type(page: Page, field: Locator, text: string): Promise<void> {
  await reach(page, field);
  await page.keyboard.press('Control+A');
  // What is longer goes in at once: key by key on a fast machine it is a scan, which a field gives back.
  if (text.length < SCANNED_FROM) await page.keyboard.type(text);
  else await page.keyboard.insertText(text);
}
const radio = (page: Page, group: string, option: string) =>
  page.getByRole('radiogroup', { name: group, exact: true }).getByRole('radio', { name: option });
/** A list opens with the arrow; the arrow goes on to the wanted option. */
async function fromList(page: Page, field: Locator, option: string | RegExp): Promise<void> {
  await reach(page, field);
  await page.keyboard.press('ArrowDown');
  const wanted = page
    .getByRole('option', { name: option, exact: typeof option === 'string' })
    .locator('visible=true');
  await expect(wanted).toBeVisible();
  for (let step = 0; step < MOST_STEPS; step++) {
    if ((await wanted.getAttribute('data-combobox-selected')) !== null) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
}

test('the main job is done with keys alone', async ({ page, station }) => {
  await signIn(page, station, PEOPLE.coordinator);
  await expect(page.getByRole('link', { name: 'Orders', exact: true })).toBeVisible();

  await test.step('a new order: customer and builds', async () => {
    await page.keyboard.press('Alt+n');
    const number = page.getByLabel('Order number (PO)');
    await expect(number).toBeFocused();
    await page.keyboard.insertText('PO-900700');
    await type(page, page.getByLabel('Wanted on'), '03/04/2035');
    await page.keyboard.press('Tab');
    await expect(page.getByText('Write the day as YYYY-MM-DD')).toBeVisible();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByLabel('Wanted on')).toBeFocused();
    await type(page, page.getByLabel('Wanted on'), '31/03/2035');
    await page.keyboard.press('Tab');
    await expect(page.getByLabel('Wanted on')).toHaveValue('2035-03-31');
    await type(page, page.getByRole('combobox', { name: 'Customer' }), 'Harbour View Hospital');
    await type(page, page.getByRole('combobox', { name: 'Sales person' }), 'Peter Aldous');
    await page.keyboard.press('Control+Enter');
    await expect(radio(page, 'Product family', 'CleanStation MDRD')).toBeFocused();
    await page.keyboard.press('Space');
    await type(page, page.getByLabel('Quantity'), '2');
    await choose(page, page.getByRole('button', { name: 'Suggest build numbers' }));
    await expect(page.getByLabel('Build number 2')).toHaveValue('BUILD-002');
    await page.keyboard.press('Control+Enter');
  });

  await test.step('the first build is configured, the second one copied', async () => {
    await expect(radio(page, 'Sink model', 'T2-B1')).toBeFocused();
    await choose(page, radio(page, 'Sink model', 'T2-B2'), 'Space');
    await type(page, page.getByLabel('Sink length'), '66,5');
    await expect(page.getByText('A whole number is expected')).toBeVisible();
    await type(page, page.getByLabel('Sink length'), '66');
    await type(page, page.getByLabel('Sink width'), '30');
    await choose(page, radio(page, 'Legs', 'Height adjustable'), 'Space');
    await choose(page, radio(page, 'Leg model', 'DL27'), 'Space');
    await choose(page, radio(page, 'Feet', 'Locking levelling casters'), 'Space');
    for (const [index, type] of ['E-Sink', 'E-Drain'].entries()) {
      const basin = page.getByRole('group', { name: `Basin ${index + 1}`, exact: true });
      await fromList(page, basin.getByRole('combobox', { name: 'Basin type' }), type);
      await fromList(page, basin.getByRole('combobox', { name: 'Basin size' }), /^24.20.8$/);
    }
    await expect(page.getByText('T2-CTRL-EDR1-ESK1')).toBeVisible();
    await choose(page, page.getByRole('button', { name: /^BUILD-002/ }));
    await choose(page, page.getByRole('button', { name: 'Copy from' }));
    await choose(page, page.getByRole('dialog').getByRole('button', { name: 'Copy', exact: true }));
    await expect(page.getByLabel('Sink length')).toHaveValue(/^66/);
    await expect(page.getByText('Draft saved')).toBeVisible();
  });

  await test.step('review and submit', async () => {
    await page.keyboard.press('Alt+ArrowRight');
    await expect(page.getByText('No accessory chosen')).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Search accessories' })).toBeFocused();
    await page.keyboard.press('Alt+ArrowRight');
    await expect(page.getByRole('button', { name: 'Submit' })).toBeEnabled();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Order PO-900700 is submitted' })).toBeVisible();
  });

  await test.step('the order is found by its number, its BOM read line by line', async () => {
    await page.keyboard.press('Control+k');
    const command = page.getByRole('textbox', { name: 'Search or command' });
    await expect(command).toBeFocused();
    await page.keyboard.type('PO-900700');
    const hit = page.getByRole('button', { name: /PO-900700 \/ BUILD-001/ });
    await expect(hit).toHaveAttribute('data-selected', 'true');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: /BUILD-00/ })).toBeVisible();
    await reach(page, page.getByRole('tab', { name: 'Configuration' }));
    await page.keyboard.press('ArrowRight');
    const tree = page.getByRole('treegrid');
    await reach(page, tree);
    // As fast as a person: what comes faster is a scanner's.
    await page.keyboard.type('T2-BODY', { delay: 60 });
    await expect(tree.getByRole('row', { selected: true })).toContainText('T2-BODY-61-72-HA');
    await expect(page.getByRole('heading', { name: 'Why is this line here' })).toBeVisible();
    await expect(page.getByRole('complementary').getByText('66 in')).toBeVisible();
    await page.keyboard.press('ArrowRight');
    await expect(tree.getByRole('row', { selected: true })).toHaveAttribute('aria-expanded', 'true');
  });

  await test.step('the workbook is saved', async () => {
    const waiting = page.waitForEvent('download');
    await choose(page, page.getByRole('button', { name: /^Excel/ }));
    const file = await waiting;
    const book = await readXlsx(readFileSync(await file.path()));
    expect(book.sheets[0]?.rows?.some(row => row.includes('T2-BODY-61-72-HA'))).toBe(true);
  });

  await test.step('the pack is looked at and saved', async () => {
    await choose(page, page.getByRole('button', { name: 'Print' }));
    await reach(page, page.getByRole('menuitem', { name: /work.instruction/i }), 'ArrowDown');
    await page.keyboard.press('Enter');
    const save = page.getByRole('button', { name: 'Save PDF' });
    await expect(save).toBeEnabled({ timeout: 60_000 });
    const waiting = page.waitForEvent('download', { timeout: 90_000 });
    await choose(page, save);
    expect((await waiting).suggestedFilename()).toMatch(/\.pdf$/);
  });
});
