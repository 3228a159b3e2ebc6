import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser, Locator, Page } from '@playwright/test';
import { faultsOf } from './faults.ts';
import {
  expect,
  PEOPLE,
  type RunningStation,
  signIn,
  test as single,
  startStation,
  visit,
} from './fixtures.ts';
import { speak } from './order-screens.ts';

const root = path.resolve(import.meta.dirname, '../..');
const node = path.join(root, 'node_modules/node/bin/node');
const NEW_PASSWORD = 'A-longer-phrase-2026';
/** The rows of a whole plant travel; the machine that runs this may be busy. */
export const LOAD_MS = 240_000;

export interface Pair {
  /** The station that brought the demo plant. */
  first: RunningStation;
  /** The station that started from the centre. */
  second: RunningStation;
  /** A window of the administrator at the first. */
  admin: Page;
  unplug(): Promise<void>;
  heal(): Promise<void>;
  /** The operator takes a queue file over and writes the answer. */
  takeQueue(file: string, answer: string): Promise<void>;
}

async function startCentre(...stations: string[]) {
  const child = spawn(node, ['tests/support/serve-centre.ts', ...stations], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const codes: Record<string, string> = JSON.parse((await lines.next()).value ?? '');
  return {
    codes,
    async obey(word: string): Promise<void> {
      child.stdin.write(`${word}\n`);
      await lines.next();
    },
    stop: (): Promise<unknown> =>
      new Promise(resolve => {
        child.once('exit', resolve);
        child.stdin.end();
      }),
  };
}
/** A station with people and nothing else: the one that will start from the centre. */
async function stationOfPeople(): Promise<RunningStation> {
  const folder = mkdtempSync(path.join(tmpdir(), 'millwright-e2e-'));
  execFileSync(node, ['tests/e2e/put-demo-plant.ts', folder, 'people'], { cwd: root });
  return startStation(folder, '--no-demo');
}
async function end(station: RunningStation): Promise<void> {
  await station.stop();
  rmSync(station.data_folder, { recursive: true, force: true });
}

/** A window of its own for a person who signs in with the password; everybody reads English here. */
export async function openAs(
  browser: Browser,
  station: RunningStation,
  who: { username: string; password: string },
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, acceptDownloads: true });
  const page = await context.newPage();
  await signIn(page, station, who);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  return page;
}
async function asAdministrator(browser: Browser, station: RunningStation): Promise<Page> {
  const page = await openAs(browser, station, PEOPLE.admin);
  await page.getByLabel('Current password', { exact: true }).fill(PEOPLE.admin.password);
  await page.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD);
  await page.getByLabel('New password again', { exact: true }).fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByRole('button', { name: 'Change password' })).toHaveCount(0);
  return page;
}
/** The next person takes over the station with a PIN, as at a bench. */
export async function takeOver(page: Page, who: keyof typeof PEOPLE): Promise<void> {
  await page.getByRole('banner').locator('button[aria-haspopup="menu"]').last().click();
  await page.getByRole('menuitem', { name: 'Switch operator' }).click();
  await page.getByRole('textbox', { name: 'PIN' }).fill(PEOPLE[who].pin);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await speak(page, 'en');
}

export const mark = (page: Page): Locator => page.getByRole('button', { name: /^Exchange with the centre/ });
/** The line comes back; somebody at each station does not wait for the next attempt. */
export async function heal(pair: Pair, ...pages: Page[]): Promise<void> {
  await pair.heal();
  for (const page of pages) await askForExchange(page);
  // Rows and files of the later ones are there for the others now; nothing waits anywhere.
  for (const page of pages) await exchangeNow(page);
}
async function askForExchange(page: Page): Promise<void> {
  await visit(page, '/exchange');
  await page.getByRole('main').getByRole('button', { name: 'Exchange now' }).click();
  await expect(page.getByText(/^Sent and received/)).toBeVisible({ timeout: 60_000 });
}
export async function exchangeNow(page: Page): Promise<void> {
  await askForExchange(page);
  await expect(mark(page)).toHaveText(/^Online$/, { timeout: 60_000 });
}
export async function unplug(pair: Pair, ...pages: Page[]): Promise<void> {
  await pair.unplug();
  for (const page of pages) await expect(mark(page)).toHaveText(/^Offline/, { timeout: 60_000 });
}
/** The administrator compares every row of the station with the centre. */
export async function holdsTheSame(page: Page): Promise<void> {
  await visit(page, '/exchange');
  await page.getByRole('tab', { name: 'Integrity check' }).click();
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect(page.getByText(/^Equal: this station holds exactly/)).toBeVisible({ timeout: 60_000 });
  await expect(mark(page)).toHaveText(/^Online$/);
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
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('radio', { name: way }).check();
  await page.getByRole('button', { name: /^Join / }).click();
}
/** The first station brings the demo plant to a new centre, the second starts from there; both through the screens. */
async function joinBoth(
  browser: Browser,
  codes: Record<string, string>,
  pair: Pick<Pair, 'first' | 'second'>,
) {
  const admin = await asAdministrator(browser, pair.first);
  await join(admin, 'K1', codes.K1 ?? '', 'Bring them to the centre');
  await expect(admin.getByText(/^This station is K1 of/)).toBeVisible({ timeout: LOAD_MS });
  await expect(mark(admin)).toHaveText(/^Online$/, { timeout: LOAD_MS });
  const page = await asAdministrator(browser, pair.second);
  await join(page, 'K2', codes.K2 ?? '', 'Start from the centre');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible({ timeout: LOAD_MS });
  await expect(page.getByRole('alert')).toContainText(/^This station now holds the rows of/);
  expect(await faultsOf(page)).toEqual([]);
  await page.context().close();
  return admin;
}

/** Two stations of one centre for the tests of a file: they join once. */
export const test = single.extend<object, { pair: Pair }>({
  pair: [
    async ({ browser }, use) => {
      // Ended in turn, however far the joining came.
      const begun: (() => Promise<unknown>)[] = [];
      try {
        const centre = await startCentre('K1', 'K2');
        begun.push(centre.stop);
        const first = await startStation();
        begun.push(() => end(first));
        const second = await stationOfPeople();
        begun.push(() => end(second));
        const admin = await joinBoth(browser, centre.codes, { first, second });
        await use({
          first,
          second,
          admin,
          unplug: () => centre.obey('unplug'),
          heal: () => centre.obey('heal'),
          takeQueue: (file, answer) => centre.obey(`import ${file} ${answer}`),
        });
      } finally {
        for (const stop of begun.toReversed()) await stop();
      }
    },
    { scope: 'worker', timeout: 600_000 },
  ],
});
