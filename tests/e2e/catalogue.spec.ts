import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, PEOPLE, type RunningStation, signIn, test, visit } from './fixtures.ts';

test.use({ story: 'catalogue' });

const demo = path.resolve(import.meta.dirname, '../../resources/demo-plant');
const CATALOGUE_FILES = ['categories', 'parts', 'assemblies', 'control-box-components', 'legacy-codes'];
/** A job of its own: on a busy machine its worker takes long to start. */
const IMPORTED = { timeout: 60_000 };
const ADMIN_PASSWORD = 'Millwright-Catalogue-26';

async function signInAs(
  page: Page,
  station: RunningStation,
  who: { username: string; password: string },
): Promise<void> {
  await signIn(page, station, who);
  await expect(page.getByRole('navigation', { name: /Main|principal/i })).toBeVisible();
}
async function speak(page: Page, language: string): Promise<void> {
  await page
    .getByRole('banner')
    .getByRole('button', { name: /Brandt/ })
    .click();
  await page.getByRole('menuitem', { name: /Language|Langue|Idioma/ }).click();
  await page.getByRole('menuitem', { name: language }).click();
  await page.keyboard.press('Escape');
}
async function openItem(page: Page, number: string): Promise<string> {
  await visit(page, `/catalogue/number/${encodeURIComponent(number)}`);
  await expect(page.getByRole('heading', { level: 1, name: number })).toBeVisible();
  return page.evaluate(() => location.hash.slice(1).split('?')[0] ?? '');
}
async function choose(page: Page, field: string, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option }).locator('visible=true').first().click();
}
async function newItem(page: Page, number: string, name: string): Promise<void> {
  await visit(page, '/catalogue?new=1');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Number', { exact: false }).first().fill(number);
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 1, name: number })).toBeVisible();
}
/** A new BOM of the item on screen with one component, saved as a draft. */
async function bomWith(page: Page, component: string): Promise<void> {
  await page.getByRole('tab', { name: 'Master BOMs' }).click();
  await page.getByRole('button', { name: 'New BOM' }).click();
  await page.getByRole('combobox', { name: 'Add a component' }).fill(component);
  await page.getByRole('option', { name: new RegExp(`^${component} `) }).click();
  await expect(page.getByLabel(`Quantity ${component}`)).toHaveValue('1');
}

test('conditions are told in words beside their text, in the language of the person', async ({
  page,
  station,
}) => {
  await signInAs(page, station, PEOPLE.engineer);
  await visit(page, '/product-models');
  await page.getByRole('link', { name: /MDRD/ }).first().click();
  await page.getByText('BOM rules', { exact: true }).click();
  await expect(page.getByText('Sink length: 48 to 60 in')).toBeVisible();
  await speak(page, 'Español');
  await expect(page.getByText('Largo del fregadero: de 48 a 60 in')).toBeVisible();
  await speak(page, 'English');
});

test('the test bench judges an example and says which rules applied', async ({ page, station }) => {
  await signInAs(page, station, PEOPLE.engineer);
  await visit(page, '/product-models');
  await page.getByRole('link', { name: /MDRD/ }).first().click();
  await page.getByRole('tab', { name: 'Test bench' }).click();
  await page.getByRole('button', { name: 'Run' }).click();
  await expect(page.getByText('Can be submitted')).toBeVisible();
  await expect(page.getByRole('grid', { name: 'BOM lines' }).getByText('T2-BODY-48-60-HA')).toBeVisible();
  await choose(page, 'Start from', 'Three basins, too short');
  await page.getByRole('button', { name: 'Run' }).click();
  await expect(page.getByText('Cannot be submitted')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'V2:' })).toBeVisible();
});

test('categories are made, moved, refused below themselves and deactivated by keyboard', async ({
  page,
  station,
}) => {
  await signInAs(page, station, PEOPLE.engineer);
  await visit(page, '/catalogue');
  const tree = page.getByRole('tree');
  const dialog = page.getByRole('dialog');
  const create = async (code: string, name: string) => {
    await page.keyboard.press('Insert');
    await dialog.getByLabel('Code').fill(code);
    await dialog.getByLabel('Name').fill(name);
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
    const made = tree.getByRole('treeitem', { name: `${code} ${name}` });
    await expect(made).toHaveAttribute('aria-selected', 'true');
    await expect(made).toBeFocused();
  };
  await tree.getByRole('treeitem', { name: 'All categories' }).click();
  await create('790', 'Trial parts');
  await create('790.1', 'Trial brackets');
  await page.keyboard.press('F2');
  await dialog.getByLabel('Name').fill('Trial plates');
  await page.keyboard.press('Enter');
  await expect(tree.getByRole('treeitem', { name: '790.1 Trial plates' })).toBeVisible();

  await expect(tree.getByRole('treeitem', { name: '790.1 Trial plates' })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('F2');
  await choose(page, 'Lies below', '790.1 Trial plates');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText('790 > 790.1 > 790');
  await page.keyboard.press('Escape');

  await expect(tree.getByRole('treeitem', { name: '790 Trial parts' })).toBeFocused();
  await page.keyboard.press('F2');
  await dialog.getByRole('button', { name: 'Deactivate' }).click();
  await expect(dialog.getByText('1 active category lies below it')).toBeVisible();
  await expect(dialog.getByRole('alert')).toContainText('Category 790 holds 1');
  await expect(dialog.getByRole('button', { name: 'Deactivate' })).toBeDisabled();
  await page.keyboard.press('Escape');

  await tree.getByRole('treeitem', { name: '790.1 Trial plates' }).click();
  await page.keyboard.press('F2');
  await dialog.getByRole('button', { name: 'Deactivate' }).click();
  await expect(dialog.getByText('0 active items are in it')).toBeVisible();
  await dialog.getByRole('button', { name: 'Deactivate' }).click();
  await expect(tree.getByRole('treeitem', { name: '790.1 Trial plates' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Show inactive categories' }).click();
  await expect(tree.getByRole('treeitem', { name: '790.1 Trial plates (Inactive)' })).toBeVisible();
});

test('an item is created, edited, given components, refused a cycle by its path and deactivated with counts', async ({
  page,
  station,
}) => {
  await signInAs(page, station, PEOPLE.engineer);
  await newItem(page, 'TRIAL-INNER', 'Inner trial assembly');
  await newItem(page, 'TRIAL-OUTER', 'Outer trial assembly');
  await page.getByRole('button', { name: 'Edit' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Outer trial assembly, welded');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Outer trial assembly, welded').first()).toBeVisible();

  await bomWith(page, 'TRIAL-INNER');
  await page.getByLabel('Quantity TRIAL-INNER').fill('3');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Activate' }).click();
  await expect(page.getByText('Active', { exact: true })).toBeVisible();

  const inner = await openItem(page, 'TRIAL-INNER');
  await bomWith(page, 'TRIAL-OUTER');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toContainText('TRIAL-OUTER > TRIAL-INNER > TRIAL-OUTER');

  await visit(page, `${inner}?tab=where_used`);
  await expect(page.getByRole('link', { name: 'TRIAL-OUTER' })).toBeVisible();
  await page.getByRole('button', { name: 'Deactivate' }).click();
  await expect(dialog.getByText('1 active master BOM contains it')).toBeVisible();
  await expect(dialog.getByText('0 open builds contain it')).toBeVisible();
  await page.keyboard.press('Escape');
});

test('the where-used page names assemblies and open builds', async ({ page, station }) => {
  await signInAs(page, station, PEOPLE.engineer);
  const frame = await openItem(page, 'MW-FRAME-48-60');
  await visit(page, `${frame}?tab=where_used`);
  await expect(page.getByRole('link', { name: 'T2-BODY-48-60-HA' }).first()).toBeVisible();
  const body = await openItem(page, 'T2-BODY-48-60-HA');
  await visit(page, `${body}?tab=where_used`);
  await expect(page.getByRole('heading', { name: /open builds? contain/ })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'PO-260101' })).toBeVisible();
});

test('an import is checked first, applied once, and holds no change the second time', async ({
  page,
  station,
}) => {
  await signIn(page, station, PEOPLE.admin);
  await page.getByLabel('Current password', { exact: true }).fill(PEOPLE.admin.password);
  await page.getByLabel('New password', { exact: true }).fill(ADMIN_PASSWORD);
  await page.getByLabel('New password again').fill(ADMIN_PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
  await visit(page, '/catalogue/import');
  const files = CATALOGUE_FILES.map(name => ({
    name: `${name}.json`,
    mimeType: 'application/json',
    buffer: name === 'parts' ? partsWithOneMore() : readFileSync(path.join(demo, `${name}.json`)),
  }));
  const drop = page.locator('input[type=file]');
  await drop.setInputFiles(files);
  await expect(page.getByRole('status').filter({ hasText: 'The files can be applied' })).toContainText(
    'Items added 1',
    IMPORTED,
  );
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The catalogue was written' })).toBeVisible(
    IMPORTED,
  );
  await openItem(page, 'TRIAL-IMPORTED');
  await visit(page, '/catalogue/import');
  await drop.setInputFiles(files);
  await expect(page.getByText('0 changes: the catalogue already holds these files')).toBeVisible(IMPORTED);
  await expect(page.getByRole('button', { name: 'Apply' })).toBeDisabled();
});

function partsWithOneMore(): Buffer {
  const file: { parts: Record<string, object> } = JSON.parse(
    readFileSync(path.join(demo, 'parts.json'), 'utf8'),
  );
  file.parts['TRIAL-IMPORTED'] = {
    name: 'Imported trial bracket',
    manufacturer_part_number: null,
    manufacturer_info: null,
    type: 'COMPONENT',
    status: 'ACTIVE',
  };
  return Buffer.from(JSON.stringify(file));
}
