import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { violationsOf } from './faults.ts';
import { expect, PEOPLE, signIn, startStation, test } from './fixtures.ts';

test.use({ story: 'inbox' });

const root = path.resolve(import.meta.dirname, '../..');
const node = path.join(root, 'node_modules/node/bin/node');

for (const colorScheme of ['light', 'dark'] as const)
  test(`the inbox is settled with the keyboard alone, ${colorScheme}`, async ({ browser }) => {
    const made = await startStation();
    await made.stop();
    execFileSync(node, ['tests/support/make-conflicts.ts', made.data_folder], { cwd: root });
    const station = await startStation(made.data_folder);
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, colorScheme });
    const page = await context.newPage();
    await signIn(page, station, PEOPLE.coordinator);
    await page.getByRole('link', { name: /^Conflicts.*4 open/ }).click();
    const entries = page.getByRole('navigation', { name: 'Entries' }).getByRole('button');
    await expect(entries).toHaveCount(4);
    await expect(page.getByRole('cell', { name: 'Name before' })).toBeVisible();
    expect(await violationsOf(page)).toEqual([]);
    // The list is shorter before the next entry has been read, and until then its keys do nothing.
    const record = page.getByRole('main').getByRole('heading', { level: 2 });
    const settleBy = async (key: string, left: number) => {
      const settled = await record.innerText();
      await page.keyboard.press(key);
      await expect(entries).toHaveCount(left);
      await expect(record.filter({ hasNotText: settled })).toBeVisible();
    };
    await settleBy('1', 3);
    await settleBy('Enter', 2);
    await page.keyboard.press('3');
    await expect(page.getByRole('table').getByRole('radio').first()).toBeVisible();
    expect(await violationsOf(page)).toEqual([]);
    await settleBy('Control+Enter', 1);
    await page.keyboard.press('1');
    const lead = page.getByLabel('Lead time, days');
    await lead.fill('x');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('alert').filter({ hasText: 'lead_time_days' })).toBeVisible();
    await lead.fill('12');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('No open conflict')).toBeVisible();
    await context.close();
    await station.stop();
    rmSync(station.data_folder, { recursive: true, force: true });
  });
