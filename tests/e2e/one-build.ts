import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, PEOPLE, visit } from './fixtures.ts';
import { answerAll, signForm, type Typed } from './forms.ts';
import { readWarnings } from './read-warnings.ts';
import { scan } from './wedge.ts';

/** What each of the six people does with one build, on whatever station they stand at. */
const drawing = path.resolve(import.meta.dirname, '../../resources/demo-plant/sink-body.pdf');
export const SERIAL = 'EDR-2611-0417';

export const here = (page: Page): Locator => page.locator('[aria-current=step]').first();
export async function takeStep(page: Page, name: string, status: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Move on' }).click();
  await expect(here(page)).toContainText(status);
}
/** From the build's inspections through the form at the bench to its signature. */
export async function fillAndSign(
  page: Page,
  address: string,
  form: string,
  who: keyof typeof PEOPLE,
  typed: Typed = {},
): Promise<void> {
  await visit(page, `${address}?tab=inspections`);
  await page.getByRole('region', { name: form, exact: true }).getByRole('button', { name: 'Start' }).click();
  await page.getByRole('link', { name: 'Station' }).click();
  await expect(page.locator('[data-code]')).toHaveCount(1);
  await answerAll(page, typed);
  await signForm(page, PEOPLE[who]);
  await expect(page.getByRole('region', { name: 'Signature' })).toBeVisible();
  await visit(page, address);
}

export async function attachDrawing(page: Page, address: string): Promise<void> {
  await visit(page, `${address}?tab=documents`);
  await page.getByRole('combobox', { name: 'Kind' }).click();
  await page.getByRole('option', { name: 'Technical drawing' }).click();
  await page
    .locator('main input[type="file"]')
    .setInputFiles({ name: 'sink-body.pdf', mimeType: 'application/pdf', buffer: readFileSync(drawing) });
  await expect(page.getByRole('row').filter({ hasText: 'sink-body.pdf' })).toContainText('Technical drawing');
  await expect(page.getByRole('link', { name: 'The BOM is not approved' })).toBeVisible();
}
/** Procurement approves the BOM, sends the parts and receives the body. */
export async function sendParts(page: Page, address: string): Promise<void> {
  await visit(page, address);
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await readWarnings(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByRole('link', { name: /^No part was sent/ }).click();
  await page.getByRole('button', { name: /^Send \d lines?$/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
  await expect(here(page)).toContainText('Parts sent');
  await takeStep(page, 'Body arrived', 'Ready for pre-QC');
}
export async function signPreQc(page: Page, address: string): Promise<void> {
  await fillAndSign(page, address, 'Pre-QC', 'inspector', { P01: 'JOB-0104', 'P04-W': '24', 'P04-L': '48' });
  await takeStep(page, 'Release to production', 'Ready for production');
}

const progress = (page: Page): Locator => page.getByText(/^\d+ of 15 · \d+ min left$/);
export async function claim(page: Page, order_number: string): Promise<void> {
  await visit(page, '/floor');
  await page
    .getByRole('row')
    .filter({ hasText: order_number })
    .getByRole('button', { name: 'Claim' })
    .first()
    .click();
  await expect(page.getByRole('region', { name: 'Step' }).getByRole('heading')).toContainText('A01');
}
/** The first task, then the rest goes to the next assembler. */
export async function beginAndHandOver(page: Page): Promise<void> {
  await scan(page, 'MW-PASS');
  await expect(progress(page)).toHaveText(/^1 of 15/);
  await page.getByRole('button', { name: 'Hand over' }).click();
  await page.getByRole('radio', { name: /Ren Hashimoto/ }).check();
  await page.getByRole('button', { name: 'Hand over', exact: true }).last().click();
  await expect(page.getByText(/Ren Hashimoto: reading only/)).toBeVisible();
}
/** The next assembler at the same screen, with the serial number of the control box. */
export async function finishTasks(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Denis Tremblay', exact: true }).click();
  await page.getByRole('textbox', { name: 'PIN' }).fill(PEOPLE.operator.pin);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/reading only/)).toHaveCount(0);
  // The same code twice within two seconds would be asked about: a task takes longer.
  const start_ms = Date.now();
  for (let done = 1; done < 15; done++) {
    const at_ms = start_ms + done * 5000;
    const serial = page.getByLabel('Serial number of T2-CTRL-EDR1');
    if (await serial.isVisible()) {
      await scan(page, SERIAL, { at_ms });
      await expect(page.getByLabel('Captured')).toBeVisible();
    }
    await scan(page, 'MW-PASS', { at_ms: at_ms + 2500 });
    await expect(progress(page)).toHaveText(new RegExp(`^${done + 1} of 15`));
  }
  await page.getByRole('link', { name: 'To the production check and the test' }).click();
}
export async function checkAndTest(page: Page, address: string): Promise<void> {
  await fillAndSign(page, address, 'Production check', 'operator');
  await fillAndSign(page, address, 'Test', 'operator');
  await takeStep(page, 'Testing complete', 'Testing complete');
}
export async function pack(page: Page, address: string): Promise<void> {
  await fillAndSign(page, address, 'Packaging', 'operator');
  await takeStep(page, 'Packaging complete', 'Packaging complete');
  await takeStep(page, 'Hand to final QC', 'Ready for final QC');
}
export async function signFinalQc(page: Page, address: string): Promise<void> {
  await fillAndSign(page, address, 'Final QC', 'inspector', { F03: 'T2-1B-4824FH' });
  await takeStep(page, 'Release for shipping', 'Ready to ship');
}
export async function ship(page: Page, address: string): Promise<void> {
  await visit(page, address);
  await page.getByRole('button', { name: 'Mark as shipped' }).click();
  await page.getByLabel('Carrier').fill('Northline Freight');
  await page.getByLabel('Tracking number').fill('NF-260104-1');
  await page.getByRole('dialog').getByRole('button', { name: 'Move on' }).click();
  await expect(here(page)).toContainText('Shipped');
}
export async function comment(page: Page, address: string, text: string): Promise<void> {
  await visit(page, `${address}?tab=comments`);
  await page.getByLabel('New comment').fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText(text)).toBeVisible();
}
