import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { faultsOf } from './faults.ts';
import { expect, PEOPLE, type RunningStation, signIn, startStation, test, visit } from './fixtures.ts';
import { speak } from './order-screens.ts';

test.use({ story: 'approvals' });
const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'millwright-approvals-'));
let station: RunningStation;
let build = '';
test.beforeAll(async () => {
  const node = path.join(root, 'node_modules/node/bin/node');
  const order_id = execFileSync(node, ['tests/e2e/put-approval.ts', folder], { cwd: root, encoding: 'utf8' });
  build = `/orders/${order_id}`;
  station = await startStation(folder);
});
test.afterAll(async () => {
  await station.stop();
  rmSync(folder, { recursive: true, force: true });
});
const picture = (name: string) => (process.env.LOOK_AT ? { path: `${process.env.LOOK_AT}/${name}.png` } : {});

async function open(browser: Browser, who: 'coordinator' | 'manager'): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  await signIn(page, station, PEOPLE[who]);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await speak(page, 'en');
  return page;
}
const askToShip = async (page: Page) => {
  await visit(page, build);
  await page.getByRole('button', { name: 'Mark as shipped', exact: true }).press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('the plant manager');
  await dialog.getByRole('button', { name: 'Move on' }).press('Enter');
  await expect(page.getByRole('link', { name: 'Waits for the approval of Plant manager' })).toBeVisible();
};
/** Opens the answer by keyboard; the cursor begins in its comment. */
async function answer(page: Page, how: 'Approve' | 'Reject', comment: string) {
  await visit(page, '/approvals');
  await page.getByRole('button', { name: how, exact: true }).press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox', { name: how === 'Reject' ? 'Reason' : 'Comment' })).toBeFocused();
  await page.keyboard.insertText(comment);
  await page.keyboard.press('Tab');
  await page.keyboard.insertText(PEOPLE.manager.username);
  await page.keyboard.press('Tab');
  await page.keyboard.insertText(PEOPLE.manager.password);
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
}

test('a step is asked for, sent back with a reason, asked for again and approved, by keyboard; nothing of it is out of reach', async ({
  browser,
}) => {
  const coordinator = await open(browser, 'coordinator');
  await askToShip(coordinator);
  const manager = await open(browser, 'manager');
  await visit(manager, '/approvals');
  await expect(manager.getByRole('button', { name: 'Approve' })).toBeVisible();
  await manager.screenshot(picture('approvals'));
  const wrong = await faultsOf(manager);
  await answer(manager, 'Reject', 'The carrier comes tomorrow');
  await expect(manager.getByText('Nothing waits for an answer')).toBeVisible();

  await visit(coordinator, '/notifications');
  await expect(coordinator.getByText('The carrier comes tomorrow').first()).toBeVisible();
  await coordinator.emulateMedia({ colorScheme: 'dark' });
  await speak(coordinator, 'fr');
  for (const screen of ['/notifications', '/approvals', `${build}?tab=comments`]) {
    await visit(coordinator, screen);
    await expect(coordinator.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(coordinator.locator('.mantine-Loader-root:visible')).toHaveCount(0);
    wrong.push(...(await faultsOf(coordinator)).map(fault => `${screen} ${fault}`));
    await coordinator.screenshot(picture(`approvals-fr-${screen.replaceAll(/\W/g, '').slice(-8)}`));
  }
  expect(wrong).toEqual([]);
  await speak(coordinator, 'en');

  await askToShip(coordinator);
  await answer(manager, 'Approve', 'Loaded');
  await visit(coordinator, build);
  await expect(coordinator.locator('[aria-current=step]').first()).toContainText('Shipped');
  await coordinator.context().close();
  await manager.context().close();
});
