import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { visit } from '../e2e/fixtures.ts';
import type { GuidePlant } from './guide-plant.ts';
import { expect, type Picture } from './picture.ts';

const offers = async (page: Page) => {
  await page.getByRole('button', { name: 'Labels', exact: true }).click();
  await expect(page.getByRole('menuitem', { name: /Build label, front/ })).toContainText('Zebra assembly');
};
const print = async (page: Page, label: RegExp) => {
  await offers(page);
  await page.getByRole('menuitem', { name: label }).click();
};

const ITEMS = [
  'Item;Record;Name;Unit;Lead time (days)',
  'CLAMP-120;Part;Clamp, long;EA;soon',
  'CLAMP-080;Part;Clamp, short;EA;5',
  'MW-SNS-SEAL-LVL;Part;Sensor seal, silicone, Ø 21 mm;EA;21',
];
/** Drops the items and has them checked. */
async function bringIn(page: Page, { station }: GuidePlant, lines: string[]): Promise<void> {
  const file = path.join(station.folders.work, 'items.csv');
  writeFileSync(file, lines.join('\r\n'));
  await page.locator('input[type=file]').setInputFiles(file);
  await expect(page.getByRole('table', { name: 'Which column is what' })).toBeVisible();
  await page.getByRole('button', { name: 'Check', exact: true }).click();
}

/** Printers and labels, and spreadsheets that come back. */
export const LABEL_PICTURES: Picture[] = [
  {
    name: 'printers',
    who: 'manager',
    route: '/admin/printers',
    open: page => expect(page.getByRole('button', { name: 'Test page Zebra assembly' })).toBeVisible(),
  },
  {
    name: 'labels-build',
    who: 'manager',
    route: '/orders/{order}',
    open: offers,
  },
  {
    name: 'labels-queue',
    who: 'manager',
    route: '/orders/{order}',
    async open(page) {
      await print(page, /Build label, front/);
      await print(page, /^Kit bag/);
      await visit(page, '/labels');
      await page.reload();
      await expect(page.getByLabel('Scan the fresh label')).toBeVisible();
      await expect(page.getByText('The printer does not answer').first()).toBeVisible();
    },
  },
  { name: 'label-build', label: { includes: 'PO-260105', width_mm: 101.6, height_mm: 50.8 } },
  {
    name: 'labels-run',
    who: 'manager',
    route: '/labels/print?type=SERIAL',
    async open(page) {
      await page.getByLabel('First number').fill('TS7-000418');
      await page.getByLabel('How many').fill('24');
      await page.getByLabel('Item number').fill('T2-TS7');
      await page.getByLabel('Item name').fill('Touchscreen 7 in');
      await expect(page.getByText('Label 1 of 24')).toBeVisible();
    },
  },
  {
    name: 'label-designer',
    who: 'manager',
    route: '/admin/labels/{template}',
    async open(page) {
      await page.getByRole('button', { name: /^order build/ }).click();
      await expect(page.getByLabel('Left (mm)')).toBeVisible();
    },
  },
  {
    name: 'import-problems',
    who: 'coordinator',
    route: '/import/materials',
    async open(page, plant) {
      await bringIn(page, plant, ITEMS);
      await expect(page.getByText('Not a number')).toBeVisible();
    },
  },
  {
    name: 'import-difference',
    who: 'coordinator',
    route: '/import/materials',
    async open(page, plant) {
      await bringIn(
        page,
        plant,
        ITEMS.map(line => line.replace('soon', '12')),
      );
      await expect(page.getByRole('grid', { name: 'What will change' })).toBeVisible();
    },
  },
];
