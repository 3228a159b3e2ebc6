import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser, Locator, Page } from '@playwright/test';
import { violationsOf } from './faults.ts';
import { expect, PEOPLE, type RunningStation, signIn, startStation, test, visit } from './fixtures.ts';

test.use({ story: 'replication' });

const root = path.resolve(import.meta.dirname, '../..');
const node = path.join(root, 'node_modules/node/bin/node');
const NEW_PASSWORD = 'A-longer-phrase-2026';
/** Joining sends some thousand rows one by one; the machine that runs this may be busy. */
const LOAD_MS = 240_000;

/** Ended after each test, however it ended. */
const running: (() => Promise<unknown>)[] = [];
test.afterEach(async () => {
  for (const stop of running.splice(0)) await stop();
});
async function stationOf(data_folder?: string): Promise<RunningStation> {
  const station = await startStation(data_folder);
  running.push(async () => {
    await station.stop();
    rmSync(station.data_folder, { recursive: true, force: true });
  });
  return station;
}
async function startCentre(...stations: string[]) {
  const child = spawn(node, ['tests/support/serve-centre.ts', ...stations], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const codes: Record<string, string> = JSON.parse((await lines.next()).value ?? '');
  const obey = async (word: string) => {
    child.stdin.write(`${word}\n`);
    await lines.next();
  };
  running.push(
    () =>
      new Promise(resolve => {
        child.once('exit', resolve);
        child.stdin.end();
      }),
  );
  return {
    codes,
    unplug: () => obey('unplug'),
    heal: () => obey('heal'),
    /** The operator takes a queue file over and writes the answer. */
    takeQueue: (file: string, answer: string) => obey(`import ${file} ${answer}`),
  };
}
async function open(browser: Browser, station: RunningStation, who: { username: string; password: string }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  await signIn(page, station, who);
  return page;
}
async function asAdministrator(browser: Browser, station: RunningStation): Promise<Page> {
  const page = await open(browser, station, PEOPLE.admin);
  await page.getByLabel('Current password', { exact: true }).fill(PEOPLE.admin.password);
  await page.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD);
  await page.getByLabel('New password again', { exact: true }).fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  return page;
}
const mark = (page: Page): Locator => page.getByRole('button', { name: /^Exchange with the centre/ });
async function exchangeNow(page: Page): Promise<void> {
  await visit(page, '/exchange');
  await page.getByRole('main').getByRole('button', { name: 'Exchange now' }).click();
  await expect(mark(page)).toHaveText(/^Online$/, { timeout: 120_000 });
}
async function join(page: Page, station: string, code: string, way: string): Promise<void> {
  await visit(page, '/exchange');
  await page.getByRole('link', { name: 'Join a centre' }).click();
  await page.getByLabel('Enrolment code').fill('MW1.nonsense');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('not an enrolment code');
  await page.getByLabel('Enrolment code').fill(code);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row', { name: `Station ${station}` })).toBeVisible({ timeout: 30_000 });
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('radio', { name: way }).check();
  await page.getByRole('button', { name: /^Join / }).click();
}
async function rename(page: Page, item: string, name: string): Promise<void> {
  await visit(page, item);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /^Name/ }).fill(name);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
}

test('two stations and a centre: joining, a cut line, a conflict settled by key', async ({ browser }) => {
  test.setTimeout(900_000);
  const centre = await startCentre('K1', 'K2');
  const first = await stationOf();
  // A plant of its own: in a copy of the first one's the same people would stay signed in.
  const second = await stationOf(mkdtempSync(path.join(tmpdir(), 'millwright-e2e-')));
  const admin = await asAdministrator(browser, first);
  await test.step('the first station brings its rows', async () => {
    await join(admin, 'K1', centre.codes.K1 ?? '', 'Bring them to the centre');
    await expect(admin.getByText(/^This station is K1 of/)).toBeVisible({ timeout: LOAD_MS });
    await expect(mark(admin)).toHaveText(/^Online$/, { timeout: LOAD_MS });
  });
  await test.step('the second starts from the rows of the centre', async () => {
    const page = await asAdministrator(browser, second);
    await join(page, 'K2', centre.codes.K2 ?? '', 'Start from the centre');
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible({ timeout: LOAD_MS });
    await expect(page.getByRole('alert')).toContainText(/^This station now holds the rows of/);
    expect(await violationsOf(page)).toEqual([]);
    await page.context().close();
  });

  const one = await open(browser, first, PEOPLE.coordinator);
  const two = await open(browser, second, PEOPLE.coordinator);
  await expect(mark(two)).toHaveText(/^Online$/, { timeout: LOAD_MS });
  await visit(one, '/catalogue');
  await expect(one.getByRole('heading', { level: 1, name: 'Catalogue' })).toBeVisible();
  await one.getByRole('row').getByRole('link').first().click();
  await expect(one.getByRole('button', { name: 'Edit', exact: true })).toBeVisible();
  const item = new URL(one.url()).hash.slice(1).split('?')[0] ?? '';

  await test.step('a change on one shows on the other', async () => {
    await visit(two, item);
    await expect(two.getByText('Named at K1')).toHaveCount(0);
    await rename(one, item, 'Named at K1');
    await expect(two.getByText('Named at K1').first()).toBeVisible({ timeout: 60_000 });
  });

  await test.step('without the line work goes on, and the mark says what waits', async () => {
    await centre.unplug();
    await expect(mark(one)).toHaveText(/^Offline/, { timeout: 60_000 });
    await expect(mark(two)).toHaveText(/^Offline/, { timeout: 60_000 });
    await rename(one, item, 'Cut off at K1');
    await rename(two, item, 'Cut off at K2');
    await expect(mark(one)).toHaveText(/Offline · \d+ waiting/);
    await expect(one.getByText('Not yet sent')).toBeVisible();
    await mark(one).click();
    await expect(one.getByText('Oldest waiting')).toBeVisible();
    expect(await violationsOf(one)).toEqual([]);
    await one.keyboard.press('Escape');
  });

  await test.step('with it everything arrives; the second to arrive is a conflict that its author settles by key', async () => {
    await centre.heal();
    await exchangeNow(one);
    await exchangeNow(two);
    const conflicts = two.getByRole('link', { name: /^Conflicts.*1 open/ });
    await expect(conflicts).toBeVisible({ timeout: 60_000 });
    await conflicts.click();
    await expect(two.getByRole('cell', { name: 'Cut off at K1' })).toBeVisible();
    await expect(two.getByRole('cell', { name: 'Cut off at K2' })).toBeVisible();
    expect(await violationsOf(two)).toEqual([]);
    // Whoever got through first stands as theirs; the author keeps the other one.
    const mine = two.getByRole('row').filter({ hasText: 'Item name' }).getByRole('cell').nth(1);
    const kept = await mine.innerText();
    await two.keyboard.press('1');
    await expect(two.getByText('No open conflict')).toBeVisible();
    for (const page of [one, two]) {
      await visit(page, item);
      await expect(page.getByText(kept).first()).toBeVisible({ timeout: 60_000 });
    }
  });

  await test.step('the administrator sees both stations, and that both hold the same', async () => {
    await visit(admin, '/exchange?tab=stations');
    const row = (code: string) => admin.getByRole('row').filter({ hasText: code });
    await expect(row('K1')).toContainText('Active');
    await expect(row('K2')).toContainText('Active');
    expect(await violationsOf(admin)).toEqual([]);
    await admin.getByRole('tab', { name: 'Integrity check' }).click();
    await admin.getByRole('button', { name: 'Check now' }).click();
    await expect(admin.getByText(/^Equal: this station holds exactly/)).toBeVisible({ timeout: 120_000 });
    await expect(mark(admin)).toHaveText(/^Online$/);
  });

  await test.step('without a network the queue goes to the centre as a file and the answer comes back', async () => {
    await centre.unplug();
    await rename(one, item, 'Carried by hand');
    await expect(one.getByText('Not yet sent')).toBeVisible();
    await expect(mark(admin)).toHaveText(/Offline · \d+ waiting/, { timeout: 60_000 });
    await visit(admin, '/exchange?tab=queue_file');
    const saved = admin.waitForEvent('download');
    await admin.getByRole('button', { name: 'Save waiting steps' }).click();
    const [queue, answer] = ['queue.json.gz', 'answer.json.gz'].map(name =>
      path.join(first.data_folder, name),
    ) as [string, string];
    await (await saved).saveAs(queue);
    await centre.takeQueue(queue, answer);
    await admin.locator('input[type=file]').setInputFiles(answer);
    await expect(admin.getByText(/^\d+ steps? settled, \d+ rows? received/)).toBeVisible({ timeout: 60_000 });
    // Saving and reading the files are steps of their own; those of before are no longer waited for.
    await expect(one.getByText('Not yet sent')).toHaveCount(0);
    expect(await violationsOf(admin)).toEqual([]);
    await centre.heal();
    await visit(two, item);
    await expect(two.getByText('Carried by hand').first()).toBeVisible({ timeout: 120_000 });
  });

  await test.step('a station leaves the centre with a reason and goes on alone', async () => {
    await exchangeNow(admin);
    await visit(admin, '/exchange?tab=membership');
    await admin.getByRole('button', { name: 'Leave …' }).click();
    const dialog = admin.getByRole('dialog');
    await dialog.getByRole('textbox', { name: /^Reason/ }).fill('The plant was sold');
    await dialog.getByRole('button', { name: 'Leave', exact: true }).click();
    await expect(dialog).toBeHidden({ timeout: 60_000 });
    await expect(admin.getByRole('link', { name: 'Join a centre' })).toBeVisible();
    await visit(one, item);
    await expect(one.getByText('Carried by hand').first()).toBeVisible();
  });
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`the inbox is settled with the keyboard alone, ${colorScheme}`, async ({ browser }) => {
    const made = await startStation();
    await made.stop();
    execFileSync(node, ['tests/support/make-conflicts.ts', made.data_folder], { cwd: root });
    const station = await stationOf(made.data_folder);
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, colorScheme });
    const page = await context.newPage();
    await signIn(page, station, PEOPLE.coordinator);
    await page.getByRole('link', { name: /^Conflicts.*4 open/ }).click();
    const entries = page.getByRole('navigation', { name: 'Entries' }).getByRole('button');
    await expect(entries).toHaveCount(4);
    await expect(page.getByRole('cell', { name: 'Name before' })).toBeVisible();
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('1');
    await expect(entries).toHaveCount(3);
    await page.keyboard.press('Enter');
    await expect(entries).toHaveCount(2);
    await page.keyboard.press('3');
    await expect(page.getByRole('table').getByRole('radio').first()).toBeVisible();
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await expect(entries).toHaveCount(1);
    await page.keyboard.press('1');
    const lead = page.getByLabel('Lead time, days');
    await lead.fill('x');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('alert').filter({ hasText: 'lead_time_days' })).toBeVisible();
    await lead.fill('12');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('No open conflict')).toBeVisible();
    await context.close();
  });
