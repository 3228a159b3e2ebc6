import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, PEOPLE, type RunningStation, signIn, startStation, test, visit } from './fixtures.ts';
import { scan } from './wedge.ts';

test.use({ story: 'floor' });
test.describe.configure({ mode: 'serial' });
const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'millwright-floor-'));
let floor: RunningStation;
test.beforeAll(async () => {
  const node = path.join(root, 'node_modules/node/bin/node');
  execFileSync(node, ['tests/e2e/put-on-floor.ts', folder, 'PO-260105'], { cwd: root });
  floor = await startStation(folder);
});
test.afterAll(async () => {
  await floor.stop();
  rmSync(folder, { recursive: true, force: true });
});

const picture = (name: string) => (process.env.LOOK_AT ? { path: `${process.env.LOOK_AT}/${name}.png` } : {});

test('a build is claimed and worked by F-keys and scanner: steps, ticks, serial number, problem, hand-over', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await signIn(page, floor, PEOPLE.operator);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await visit(page, '/floor');
  const row = page.getByRole('row').filter({ hasText: 'BUILD-001' });
  await row.getByRole('button', { name: 'Claim' }).click();
  const task = page.getByRole('region', { name: 'Step' }).getByRole('heading');
  await expect(task).toContainText('A01');
  await page.screenshot(picture('player-first'));
  const covered = page.getByRole('link', { name: 'Orders', includeHidden: true }).first();
  const isReached = await covered.evaluate(link => {
    link.focus();
    return document.activeElement === link;
  });
  expect(isReached, 'what the player covers is out of reach').toBe(false);
  await page.keyboard.press('F2');
  await expect(page.getByRole('button', { name: /^Pause/ })).toBeVisible();
  await page.keyboard.press('F3');
  await expect(page.getByRole('complementary').locator('[aria-pressed=false]')).toHaveCount(0);
  // Held for longer than meant it is one step further all the same.
  for (let held = 0; held < 3; held++) await page.keyboard.down('F4');
  await page.keyboard.up('F4');
  await expect(page.getByText('Step 2 of 4')).toBeVisible();
  await scan(page, 'MW-NEXT');
  await expect(page.getByText('Step 3 of 4')).toBeVisible();
  await scan(page, 'MW-PASS');
  await expect(task).toContainText('A02');
  await expect(page.getByText(/^1 of \d+/)).toBeVisible();

  // What waits for others says for what; a serial number is scanned where its part is built in.
  await page.getByRole('button', { name: /B8\.1/ }).click();
  await expect(page.getByText('Waits for B1.1')).toBeVisible();
  await scan(page, 'TS7-000417');
  await expect(page.getByText('Serial number TS7-000417 captured')).toBeVisible();
  await expect(page.getByLabel('Captured')).toBeVisible();
  await page.screenshot(picture('player-serial'));

  await page.getByRole('button', { name: /A02/ }).click();
  await scan(page, 'MW-FAIL');
  const issue = page.getByRole('dialog');
  await expect(issue.getByText(/^At task A02/)).toBeVisible();
  await issue.getByRole('combobox', { name: 'Category' }).click();
  await page.getByRole('option', { name: 'Component misaligned' }).click();
  await issue.getByRole('textbox', { name: 'Description' }).fill('One bolt does not reach its thread');
  await page.screenshot(picture('player-issue'));
  await issue.getByRole('button', { name: 'Report an issue' }).click();
  await expect(page.getByText(/NCR-\d+-\d+: One bolt/)).toBeVisible();
  await expect(page.getByText(/^Waits for NCR-/)).toBeVisible();

  await page.getByRole('button', { name: 'Hand over' }).click();
  await page.getByRole('radio').first().check();
  await page.screenshot(picture('player-hand-over'));
  await page.getByRole('button', { name: 'Hand over', exact: true }).last().click();
  await expect(page.getByText(/: reading only/)).toBeVisible();

  await page.getByRole('button', { name: 'Back to the list' }).click();
  await page.getByRole('link', { name: /BUILD-001/ }).click();
  await expect(page.getByRole('row').filter({ hasText: 'A01' })).toContainText('Hashimoto');
  await page.getByRole('tab', { name: 'Serials' }).click();
  await expect(page.getByRole('cell', { name: /TS7-000417/ })).toBeVisible();
});
