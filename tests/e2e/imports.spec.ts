import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { faultsOf } from './faults.ts';
import { expect, PEOPLE, signIn, test } from './fixtures.ts';

test.use({ story: 'imports', viewport: { width: 1280, height: 720 } });

async function drop(page: Page, folder: string, lines: string[]): Promise<void> {
  const file = path.join(folder, 'items.csv');
  writeFileSync(file, lines.join('\r\n'));
  await page.locator('input[type=file]').setInputFiles(file);
}
test('a spreadsheet is dropped, mapped, put right on screen, looked at and applied; then it changes nothing', async ({
  page,
  station,
}) => {
  await signIn(page, station, PEOPLE.coordinator);
  await page.getByRole('link', { name: 'Catalogue', exact: true }).click();
  await page.getByRole('button', { name: 'Import' }).click();
  await page.getByRole('menuitem', { name: 'Items from a spreadsheet' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Bring in: Catalogue items' })).toBeVisible();
  const lines = [
    'Number;Record;Name;Unit;Lead time (days)',
    'E2E-1;Part;Clamp, long;EA;soon',
    'E2E-2;Part;Clamp, short;EA;5',
  ];
  await drop(page, station.data_folder, lines);

  const columns = page.getByRole('table', { name: 'Which column is what' });
  await expect(columns).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('Choose a column for: Item');
  await page.screenshot({ path: 'out/imports-columns.png' });
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('combobox', { name: 'Item', exact: true }).click();
  await page.getByRole('option', { name: 'Number', exact: true }).click();
  await page.getByRole('button', { name: 'Check', exact: true }).click();

  const cell = page.getByRole('textbox', { name: 'Lead time (days), Row 2' });
  await expect(cell).toHaveValue('soon');
  await expect(page.getByText('Not a number')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Apply 1 change' })).toBeDisabled();
  await page.screenshot({ path: 'out/imports-problems.png' });
  expect(await faultsOf(page)).toEqual([]);
  await cell.fill('12');
  await cell.press('Enter');
  const differences = page.getByRole('grid', { name: 'What will change' });
  await expect(differences.getByText('E2E-1 Clamp, long')).toBeVisible();
  await page.screenshot({ path: 'out/imports-difference.png' });
  await page.getByRole('button', { name: 'Apply 2 changes' }).click();
  await expect(page.getByText('2 added, 0 changed, 0 removed')).toBeVisible();

  await page.getByRole('button', { name: 'Bring in another file' }).click();
  await drop(
    page,
    station.data_folder,
    lines.map(line => line.replace('soon', '12')),
  );
  await expect(page.getByRole('combobox', { name: 'Item', exact: true })).toHaveValue('Number');
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByText('The file says what is stored already: 0 changes')).toBeVisible();

  await page.getByRole('button', { name: 'Give up this import' }).click();
  await page.locator('input[type=file]').setInputFiles({
    name: 'old.xls',
    mimeType: 'application/vnd.ms-excel',
    buffer: Buffer.from('d0cf11e0a1b11ae1', 'hex'),
  });
  await expect(page.getByText('This is an old Excel file (.xls)')).toBeVisible();
});
