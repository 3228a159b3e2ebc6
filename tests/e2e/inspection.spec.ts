import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, PEOPLE, type RunningStation, signIn, startStation, test, visit } from './fixtures.ts';
import { answerOne } from './forms.ts';

test.use({ story: 'inspection' });
test.describe.configure({ mode: 'serial' });
const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'millwright-inspection-'));
const INSPECTOR = PEOPLE.inspector;
let bench: RunningStation;
test.beforeAll(async () => {
  const node = path.join(root, 'node_modules/node/bin/node');
  execFileSync(node, ['tests/e2e/put-before-inspector.ts', folder, 'PO-260105'], { cwd: root });
  bench = await startStation(folder);
});
test.afterAll(async () => {
  await bench.stop();
  rmSync(folder, { recursive: true, force: true });
});
const picture = (name: string) => (process.env.LOOK_AT ? { path: `${process.env.LOOK_AT}/${name}.png` } : {});

const TYPED = { P01: 'JOB-4711', 'P04-W': '30.5', 'P04-L': '30.5' };

/** The second half of a double click finds the key of the next check under the pointer, and presses nothing. */
async function answerByDoubleClick(page: Page): Promise<void> {
  const place = await page.locator('[data-code]').getAttribute('data-code');
  const key = page.locator('[data-code] button[aria-keyshortcuts="1"]');
  const box = await key.boundingBox();
  if (!place || !box) throw new Error('no key');
  const [x, y] = [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
  await page.mouse.click(x, y);
  await expect(page.locator(`[data-code]:not([data-code="${place}"])`)).toBeVisible();
  const second = { detail: 2, clientX: x, clientY: y, bubbles: true, cancelable: true };
  const isTaken = await key.evaluate(
    (next, click) => next.dispatchEvent(new MouseEvent('click', click)),
    second,
  );
  expect(isTaken).toBe(false);
}

test('a pre-QC form is filled by keyboard, a wrong password keeps it, the signature seals it and prints', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await signIn(page, bench, INSPECTOR);
  await page.getByRole('link', { name: 'Quality' }).click();
  await expect(page.getByRole('gridcell', { name: 'Pre-QC' }).first()).toBeVisible();
  await page.screenshot(picture('queue'));
  await page.getByRole('grid').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'MDRD Pre-Production Check' })).toBeVisible();
  await page.screenshot(picture('form'));
  const beside = page.getByRole('complementary', { name: 'Documents for P04' });
  await page.getByRole('button', { name: '1 document for P04', exact: true }).press('Enter');
  await beside.getByRole('group', { name: 'drawing.png' }).press('+');
  await expect(beside.getByRole('status')).toHaveText('150 %');
  await expect
    .poll(() =>
      beside
        .getByRole('img', { name: 'drawing.png' })
        .evaluate(image => image instanceof HTMLImageElement && image.naturalWidth),
    )
    .toBeGreaterThan(0);
  await page.screenshot(picture('form-drawing'));
  await page.getByRole('link', { name: 'Station' }).click();
  await expect(page.locator('[data-code=P01]')).toBeVisible();
  await page.screenshot(picture('station-text'));
  const last = page.getByRole('button', { name: 'Next' });
  for (let step = 0; step < 60 && (await last.isEnabled()); step++) {
    const code = await page.locator('[data-code]').getAttribute('data-code');
    if (code === 'P06' || code === 'P04-W') await page.screenshot(picture(`station-${code}`));
    if (code === 'P06') await answerByDoubleClick(page);
    else await answerOne(page, TYPED);
  }
  // The last check has no next one: its key keeps the answer.
  await page.keyboard.press('1');
  await expect(page.getByRole('button', { name: 'Sign', exact: true })).toBeEnabled();
  await page.keyboard.press('F2');
  await expect(page.getByRole('button', { name: /^P01/ })).toBeVisible();
  await page.screenshot(picture('station-jump'));

  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('release it for production');
  await page.screenshot(picture('sign'));
  await dialog.getByRole('checkbox').press('Space');
  await dialog.getByLabel('User name').fill(INSPECTOR.username);
  await dialog.getByLabel('Password', { exact: true }).fill('wrong-password-1');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('The password is wrong');
  await expect(dialog.getByLabel('User name')).toHaveValue(INSPECTOR.username);
  await dialog.getByLabel('Password', { exact: true }).fill(INSPECTOR.password);
  await page.keyboard.press('Enter');

  await expect(page.getByRole('region', { name: 'Signature' })).toContainText('Inspected and released');
  await expect(page.locator('[data-code=P01]')).toContainText('JOB-4711');
  await page.screenshot(picture('signed'));
  await page.getByRole('link', { name: 'Print', exact: true }).click();
  const paper = page.frameLocator('iframe').first();
  await expect(paper.getByText('Signed electronically: Inspected and released')).toBeVisible();
  await expect(paper.getByText('JOB-4711').first()).toBeVisible();
  await page.screenshot(picture('print'));
  await visit(page, '/quality/results');
  await page.getByRole('button', { name: 'Verify signatures' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'exactly what was signed' })).toBeVisible();
  await page.screenshot(picture('results'));
});
