import type { Browser, Page } from '@playwright/test';
import { expect, PEOPLE, type RunningStation, signIn, test, visit } from './fixtures.ts';
import { answerAll, signForm, type Typed } from './forms.ts';
import { buildAddress, speak } from './order-screens.ts';

/** Every way back and past the workflow (R1 to R7, AX), from builds that stand where such a thing happens. */
test.use({ story: 'ways-back' });
test.describe.configure({ mode: 'serial' });
test.setTimeout(150_000);

type Who = keyof typeof PEOPLE;
const pages = new Map<Who, Page>();
/** One window per person, kept from test to test. */
async function windowOf(browser: Browser, station: RunningStation, who: Who): Promise<Page> {
  const held = pages.get(who);
  if (held) return held;
  const context = await browser.newContext({ locale: 'en-CA', viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  pages.set(who, page);
  await signIn(page, station, PEOPLE[who]);
  if (who === 'admin') await choosePassword(page);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await speak(page, 'en');
  return page;
}
async function choosePassword(page: Page): Promise<void> {
  const password = 'A-longer-phrase-2026';
  await page.getByLabel('Current password', { exact: true }).fill(PEOPLE.admin.password);
  await page.getByLabel('New password', { exact: true }).fill(password);
  await page.getByLabel('New password again', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
}
test.afterAll(async () => {
  for (const page of pages.values()) await page.context().close();
});

const here = (page: Page) => page.locator('[aria-current=step]').first();
/** A step of the menu beside the way forward. */
async function stepBack(page: Page, name: string, status: string, reason?: string): Promise<void> {
  await page.getByRole('button', { name: 'Other steps' }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
  const dialog = page.getByRole('dialog');
  if (reason !== undefined) await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason);
  await dialog.getByRole('button', { name: 'Move on' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(here(page)).toContainText(status);
}
async function stepForward(page: Page, name: string, status: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Move on' }).click();
  await expect(here(page)).toContainText(status);
}
async function openForm(page: Page, address: string, form: string): Promise<void> {
  await visit(page, `${address}?tab=inspections`);
  const card = page.getByRole('region', { name: form, exact: true });
  await card.getByRole('button', { name: /^(Start|New attempt)$/ }).click();
  await expect(page.getByRole('link', { name: 'Station' })).toBeVisible();
}
/** One check that does not conform fails the form, whatever is still open. */
async function reject(
  page: Page,
  address: string,
  form: string,
  check: string,
  failure: { category: string; description: string; needs_rework: boolean },
): Promise<void> {
  await openForm(page, address, form);
  const row = page.getByRole('group', { name: new RegExp(`^${check} `) });
  await row.focus();
  await page.keyboard.press('2');
  await expect(row).toHaveAttribute('data-state', 'fails');
  await signForm(page, PEOPLE.inspector, failure);
  await expect(page.getByRole('region', { name: 'Signature' })).toBeVisible();
  await visit(page, address);
}
async function passAgain(page: Page, address: string, form: string, typed: Typed): Promise<void> {
  await openForm(page, address, form);
  await page.getByRole('link', { name: 'Station' }).click();
  await expect(page.locator('[data-code]')).toHaveCount(1);
  await answerAll(page, typed);
  await signForm(page, PEOPLE.inspector);
  await visit(page, address);
}
async function settle(page: Page, address: string, note: string): Promise<void> {
  await visit(page, `${address}?tab=issues`);
  await page.getByRole('button', { name: 'Settle' }).click();
  await page.getByLabel('What was done').fill(note);
  await page.getByRole('dialog').getByRole('button', { name: 'Settle' }).click();
  await expect(page.getByRole('article').getByText('Settled', { exact: true })).toBeVisible();
}

test('R1: quality proposes to return a body, procurement sends it back to its maker', async ({
  browser,
  station,
}) => {
  const inspector = await windowOf(browser, station, 'inspector');
  const address = await buildAddress(inspector, 'PO-260095', 'BUILD-001');
  await reject(inspector, address, 'Pre-QC', 'P07', {
    category: 'Dimensional issue',
    description: 'The faucet holes are 12 mm too far left',
    needs_rework: true,
  });
  await expect(inspector.getByText('Rejected', { exact: true })).toBeVisible();
  await visit(inspector, `${address}?tab=issues`);
  await inspector.getByRole('button', { name: 'Propose return to the maker' }).click();
  await expect(inspector.getByRole('button', { name: 'Propose return to the maker' })).toHaveCount(0);

  const procurement = await windowOf(browser, station, 'procurement');
  await visit(procurement, address);
  await stepBack(procurement, 'Return to the maker', 'Parts sent');
  await visit(procurement, `${address}?tab=parts`);
  await expect(procurement.getByRole('row').filter({ hasText: 'T2-BODY' })).toContainText('Sent');
});

test('R2: a fault put right in house keeps the build at pre-QC until a new form passes', async ({
  browser,
  station,
}) => {
  const inspector = await windowOf(browser, station, 'inspector');
  const address = await buildAddress(inspector, 'PO-260095', 'BUILD-002');
  await reject(inspector, address, 'Pre-QC', 'P07', {
    category: 'Surface defect',
    description: 'A weld at the back edge is rough',
    needs_rework: true,
  });
  await expect(here(inspector)).toContainText('Ready for pre-QC');
  await expect(inspector.getByRole('link', { name: 'Pre-QC failed' })).toBeVisible();
  await passAgain(inspector, address, 'Pre-QC', { P01: 'JOB-0095', 'P04-W': '24', 'P04-L': '48' });
  await stepForward(inspector, 'Release to production', 'Ready for production');
  await expect(inspector.getByText('Rejected', { exact: true })).toHaveCount(0);
});

test('R3: final QC sends a build back for rework, which comes first on the floor', async ({
  browser,
  station,
}) => {
  const inspector = await windowOf(browser, station, 'inspector');
  const address = await buildAddress(inspector, 'PO-260090', 'BUILD-001');
  await reject(inspector, address, 'Final QC', 'F07', {
    category: 'Assembly gap',
    description: 'A sharp edge is left at the drain',
    needs_rework: true,
  });
  await stepBack(inspector, 'Back to production for rework', 'Ready for production');
  await expect(inspector.getByText('Rework', { exact: true })).toBeVisible();

  const operator = await windowOf(browser, station, 'operator');
  await visit(operator, '/floor');
  const first = operator.getByRole('row').nth(1);
  await expect(first).toContainText('PO-260090');
  await expect(first).toContainText('Rework');
  await first.getByRole('button', { name: 'Claim' }).click();
  await expect(operator.getByRole('region', { name: 'Step' })).toContainText(
    'A sharp edge is left at the drain',
  );
});

test('R4: only the packing was wrong, so only the packing is done again', async ({ browser, station }) => {
  const assembler = await windowOf(browser, station, 'assembler');
  const address = await buildAddress(assembler, 'PO-260091', 'BUILD-001');
  await visit(assembler, address);
  await stepForward(assembler, 'Hand to final QC', 'Ready for final QC');
  const inspector = await windowOf(browser, station, 'inspector');
  await reject(inspector, address, 'Final QC', 'F30', {
    category: 'Documentation missing',
    description: 'The manual in the crate is the English one',
    needs_rework: false,
  });
  await stepBack(inspector, 'Back to packaging', 'Testing complete');
  await visit(inspector, `${address}?tab=inspections`);
  await expect(inspector.getByRole('region', { name: 'Test', exact: true })).toContainText('Pass');
  await visit(assembler, '/floor');
  await expect(assembler.getByRole('row').filter({ hasText: 'PO-260091' })).toContainText('Testing complete');
});

test('AX and R5: an administrator takes a build back; what needs no rework keeps it at final QC until it passes', async ({
  browser,
  station,
}) => {
  const admin = await windowOf(browser, station, 'admin');
  const address = await buildAddress(admin, 'PO-260089', 'BUILD-001');
  await visit(admin, address);
  await admin.getByRole('button', { name: 'Other steps' }).click();
  await admin.getByRole('menuitem', { name: 'Override the workflow' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'New status' }).click();
  await admin.getByRole('option', { name: 'Ready for final QC' }).click();
  await expect(dialog.getByRole('button', { name: 'Move on' })).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('The customer asked for a second look');
  await dialog.getByRole('button', { name: 'Move on' }).click();
  await expect(here(admin)).toContainText('Ready for final QC');
  await visit(admin, `${address}?tab=history`);
  await expect(admin.getByRole('main')).toContainText('The customer asked for a second look');

  const inspector = await windowOf(browser, station, 'inspector');
  await reject(inspector, address, 'Final QC', 'F20', {
    category: 'Cleanliness',
    description: 'Drilling shavings lie in the basin',
    needs_rework: false,
  });
  await expect(here(inspector)).toContainText('Ready for final QC');
  await expect(inspector.getByRole('link', { name: /^Final QC failed/ })).toBeVisible();
  await inspector.getByRole('button', { name: 'Release for shipping' }).click();
  await expect(inspector.getByRole('dialog').getByRole('button', { name: 'Move on' })).toBeDisabled();
  await inspector.keyboard.press('Escape');

  const coordinator = await windowOf(browser, station, 'coordinator');
  await settle(coordinator, address, 'Cleaned and dried');
  await passAgain(inspector, address, 'Final QC', { F03: 'T2-1B-4824FH' });
  await stepForward(inspector, 'Release for shipping', 'Ready to ship');
});

test('R6: a shortage holds a build and its tasks until procurement settles it', async ({
  browser,
  station,
}) => {
  const operator = await windowOf(browser, station, 'operator');
  const address = await buildAddress(operator, 'PO-260093', 'BUILD-001');
  await visit(operator, `${address}?tab=issues`);
  await operator.getByRole('button', { name: 'Report a shortage' }).click();
  const dialog = operator.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Category' }).click();
  await operator.getByRole('option', { name: 'Part not available' }).click();
  await dialog.getByRole('textbox', { name: 'Description' }).fill('No overflow sensor is on the shelf');
  await dialog.getByRole('button', { name: 'Report a shortage' }).click();
  await expect(operator.getByText('On hold', { exact: true })).toBeVisible();
  await visit(operator, address.replace('/orders/', '/floor/'));
  await expect(operator.getByText(/^Waits for .*NCR-/)).toBeVisible();

  const procurement = await windowOf(browser, station, 'procurement');
  await settle(procurement, address, 'Six sensors came by courier');
  await expect(operator.getByText(/^Waits for .*NCR-/)).toHaveCount(0);
});

test('R7: a fault found while packing sends a build back with its reason, and its test is made again', async ({
  browser,
  station,
}) => {
  const operator = await windowOf(browser, station, 'operator');
  const address = await buildAddress(operator, 'PO-260092', 'BUILD-001');
  await visit(operator, address);
  await stepBack(operator, 'Back to production', 'Ready for production', 'The drain button is cracked');
  await expect(operator.getByRole('link', { name: 'The test form is not signed' })).toBeVisible();
  await visit(operator, `${address}?tab=inspections`);
  const test_form = operator.getByRole('region', { name: 'Test', exact: true });
  await expect(test_form.getByRole('button', { name: 'New attempt' })).toBeVisible();
});
