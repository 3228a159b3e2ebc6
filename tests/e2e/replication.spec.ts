import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import {
  exchangeNow,
  heal,
  holdsTheSame,
  mark,
  openAs,
  type Pair,
  takeOver,
  test,
  unplug,
} from './centre.ts';
import { faultsOf } from './faults.ts';
import { expect, PEOPLE, visit } from './fixtures.ts';
import * as build from './one-build.ts';
import { here } from './one-build.ts';
import { buildAddress, speak } from './order-screens.ts';

test.describe.configure({ mode: 'default' });
test.setTimeout(300_000);
const picture = (name: string) => (process.env.LOOK_AT ? { path: `${process.env.LOOK_AT}/${name}.png` } : {});

/** The signed forms of a build as a person reads them. */
async function signedForms(page: Page, address: string, count: number): Promise<string[]> {
  await visit(page, `${address}?tab=documents`);
  const rows = page.getByRole('region', { name: 'Signed forms' }).locator('tbody tr');
  await expect(rows).toHaveCount(count);
  return rows.allInnerTexts();
}
async function signaturesAreSound(page: Page): Promise<void> {
  await visit(page, '/quality/results');
  await page.getByRole('button', { name: 'Verify signatures' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'exactly what was signed' })).toBeVisible();
}
/** The SHA-256 of the device history record as this station makes it. */
async function historyRecord(page: Page, address: string): Promise<string> {
  await visit(page, `${address}?tab=documents`);
  await page.getByRole('button', { name: 'Save as data (JSON)' }).click();
  const made = page.getByRole('status').filter({ hasText: 'SHA-256 of the record' });
  await expect(made).toBeVisible({ timeout: 30_000 });
  return (await made.innerText()).split('SHA-256 of the record: ')[1] ?? '';
}
/** Both windows show the build in one status. */
async function bothAt(pages: readonly Page[], address: string, status: string): Promise<void> {
  for (const page of pages) {
    await visit(page, address);
    await expect(here(page)).toContainText(status, { timeout: 60_000 });
  }
}
async function pairOfWindows(
  browser: Browser,
  pair: Pair,
  whoFirst: keyof typeof PEOPLE,
  whoSecond: keyof typeof PEOPLE,
): Promise<[Page, Page]> {
  const pages: [Page, Page] = [
    await openAs(browser, pair.first, PEOPLE[whoFirst]),
    await openAs(browser, pair.second, PEOPLE[whoSecond]),
  ];
  for (const page of pages) await speak(page, 'en');
  await expect(mark(pages[1])).toHaveText(/^Online$/, { timeout: 60_000 });
  return pages;
}

test('one build from the order to the truck: six people at two stations, the line is cut twice', async ({
  browser,
  pair,
}) => {
  const [office, floor] = await pairOfWindows(browser, pair, 'coordinator', 'inspector');
  const both = [office, floor] as const;
  const address = await buildAddress(office, 'PO-260104', 'BUILD-001');
  await test.step('office: the drawing, the BOM, the parts and the body', async () => {
    await build.attachDrawing(office, address);
    await takeOver(office, 'procurement');
    await build.sendParts(office, address);
    await bothAt([floor], address, 'Ready for pre-QC');
    await visit(floor, `${address}?tab=documents`);
    await expect(floor.getByRole('row').filter({ hasText: 'sink-body.pdf' })).toBeVisible();
  });

  await test.step('cut: on the floor pre-QC is signed and an assembler begins; the office goes on with what it has', async () => {
    await unplug(pair, office, floor);
    await build.signPreQc(floor, address);
    await takeOver(floor, 'assembler');
    await build.claim(floor, 'PO-260104');
    await build.beginAndHandOver(floor);
    await takeOver(office, 'coordinator');
    await build.comment(office, address, 'The dock opens at seven');
    await bothAt([office], address, 'Ready for pre-QC');
    await expect(mark(office)).toHaveText(/Offline · \d+ waiting/);
    await office.screenshot(picture('office-cut'));
  });
  const task = new URL(floor.url()).hash.slice(1);
  await test.step('healed: the office sees the claim, the floor the comment', async () => {
    await heal(pair, floor, office);
    await bothAt(both, address, 'Ready for production');
    await visit(floor, `${address}?tab=comments`);
    await expect(floor.getByText('The dock opens at seven')).toBeVisible();
    await signedForms(office, address, 1);
  });

  await test.step('floor: the next assembler finishes the tasks, checks and tests', async () => {
    await visit(floor, task);
    await build.finishTasks(floor);
    await build.checkAndTest(floor, address);
  });
  await test.step('cut again: packed, released and shipped on the floor, while the office writes to the customer', async () => {
    await bothAt([office], address, 'Testing complete');
    await unplug(pair, office, floor);
    await build.pack(floor, address);
    await takeOver(floor, 'inspector');
    await build.signFinalQc(floor, address);
    await takeOver(floor, 'coordinator');
    await build.ship(floor, address);
    await build.comment(office, address, 'The customer expects it on Friday');
    await bothAt([office], address, 'Testing complete');
  });

  await test.step('healed: both show the same shipped build with the same signed records', async () => {
    await heal(pair, floor, office);
    await bothAt(both, address, 'Shipped');
    for (const page of both) {
      await visit(page, `${address}?tab=history`);
      await expect(page.getByRole('main')).toContainText('Final QC passed');
      await visit(page, `${address}?tab=comments`);
      await expect(page.getByText('The customer expects it on Friday')).toBeVisible();
    }
    for (const page of both) await takeOver(page, 'inspector');
    const [here, there] = [await signedForms(office, address, 5), await signedForms(floor, address, 5)];
    expect(there).toEqual(here);
    for (const page of both) await signaturesAreSound(page);
  });
  await test.step('the device history record is the same and complete wherever it is made', async () => {
    const [here, there] = [await historyRecord(office, address), await historyRecord(floor, address)];
    expect(here).toMatch(/^[0-9a-f]{64}$/);
    expect(there).toBe(here);
    await office.getByRole('link', { name: 'Preview, print, PDF' }).click();
    const paper = office.frameLocator('iframe').first();
    await expect(paper.getByText('Released for shipment').first()).toBeVisible({ timeout: 30_000 });
    await expect(
      paper.getByText(/^5 signed records compared with their signatures: no difference/).first(),
    ).toBeVisible();
    for (const text of [build.SERIAL, 'Northline Freight', 'sink-body.pdf'])
      await expect(paper.getByText(text).first()).toBeVisible();
    await office.screenshot(picture('record-office'));
  });
  await test.step('the service department finds the sink in the office; both stations hold the rows of the centre', async () => {
    await takeOver(office, 'service');
    await visit(office, '/service');
    await office.getByRole('tab', { name: 'Parts that fit' }).click();
    await office.getByLabel('Serial number or build number').fill(build.SERIAL);
    await office.keyboard.press('Enter');
    await expect(office.getByText(build.SERIAL).last()).toBeVisible();
    await takeOver(floor, 'admin');
    for (const page of [pair.admin, floor]) await holdsTheSame(page);
  });
  for (const page of both) await page.context().close();
});

/** Both sides of a cut line sign the pre-QC of one build and take over another one. */
async function signAndClaim(page: Page, inspected: string, who: 'inspector' | 'manager', job: string) {
  await build.fillAndSign(page, inspected, 'Pre-QC', who, { P01: job, 'P04-W': '30', 'P04-L': '72' });
  await takeOver(page, who === 'inspector' ? 'assembler' : 'operator');
  await build.claim(page, 'PO-260093');
}
/** The person reads who was first and what became of the own work, and leaves the record as it is. */
async function leaveToTheFirst(page: Page, story: RegExp, kept: RegExp): Promise<void> {
  await page.getByRole('link', { name: /^Conflicts.*open/ }).click();
  const entry = page.getByRole('region', { name: 'Conflicts' });
  await expect(entry.getByText(story)).toContainText(kept);
  expect(await faultsOf(page)).toEqual([]);
  await entry.getByRole('button', { name: /Leave it as it is/ }).click();
  await expect(page.getByText(/^Settled: /).first()).toBeVisible();
}

test('both sign one form and claim one build while the line is cut: the first holds, the second is told, nothing is lost', async ({
  browser,
  pair,
}) => {
  const pages = await pairOfWindows(browser, pair, 'inspector', 'manager');
  const [one, two] = pages;
  const inspected = await buildAddress(one, 'PO-260095', 'BUILD-001');
  await unplug(pair, ...pages);
  await signAndClaim(one, inspected, 'inspector', 'JOB-A');
  await signAndClaim(two, inspected, 'manager', 'JOB-B');
  await heal(pair, ...pages);

  // Whoever got through first holds the build; the other one reads it at the own station.
  const [assembler, operator] = ['Denis Tremblay', 'Ren Hashimoto'] as const;
  const isTold = (page: Page) => page.getByRole('link', { name: /^Conflicts.*1 open/ }).isVisible();
  await expect.poll(async () => (await isTold(one)) !== (await isTold(two))).toBe(true);
  const isSecond = await isTold(one);
  const [late, winner] = isSecond ? ([one, operator] as const) : ([two, assembler] as const);
  await leaveToTheFirst(
    late,
    new RegExp(`^${winner} took this over first .* and has it now`),
    /is kept here/,
  );
  await late.screenshot(picture('claimed-second'));

  // The same for the signature, which arrived with the same exchange.
  const [first, second] = isSecond
    ? (['Marcus Okafor', 'Sofia Lindqvist'] as const)
    : (['Sofia Lindqvist', 'Marcus Okafor'] as const);
  await takeOver(late, isSecond ? 'inspector' : 'manager');
  await leaveToTheFirst(
    late,
    new RegExp(`^${first} signed this form first`),
    /second signature and its answers are kept/,
  );
  await late.screenshot(picture('signed-second'));
  await exchangeNow(late);
  for (const page of pages) {
    if (page !== late) await takeOver(page, 'manager');
    const [form] = await signedForms(page, inspected, 1);
    expect(form).toContain(first);
    expect(form).toContain(`Signed second by ${second} (`);
  }
  await late.screenshot(picture('documents-second'));
  for (const page of pages) await page.context().close();
});

async function rename(page: Page, item: string, name: string): Promise<void> {
  await visit(page, item);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /^Name/ }).fill(name);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
}

test('two stations and a centre: a change arrives, a conflict is settled by key, the queue travels as a file', async ({
  browser,
  pair,
}) => {
  const { admin } = pair;
  const one = await openAs(browser, pair.first, PEOPLE.coordinator);
  const two = await openAs(browser, pair.second, PEOPLE.coordinator);
  await expect(mark(two)).toHaveText(/^Online$/, { timeout: 60_000 });
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
    await unplug(pair, one, two);
    await rename(one, item, 'Cut off at K1');
    await rename(two, item, 'Cut off at K2');
    await expect(mark(one)).toHaveText(/Offline · \d+ waiting/);
    await expect(one.getByText('Not yet sent')).toBeVisible();
    await mark(one).click();
    await expect(one.getByText('Oldest waiting')).toBeVisible();
    expect(await faultsOf(one)).toEqual([]);
    await one.keyboard.press('Escape');
  });

  await test.step('with it everything arrives; the second to arrive is a conflict that its author settles by key', async () => {
    await heal(pair, one, two);
    const conflicts = two.getByRole('link', { name: /^Conflicts.*1 open/ });
    await expect(conflicts).toBeVisible({ timeout: 60_000 });
    await conflicts.click();
    await expect(two.getByRole('cell', { name: 'Cut off at K1' })).toBeVisible();
    await expect(two.getByRole('cell', { name: 'Cut off at K2' })).toBeVisible();
    expect(await faultsOf(two)).toEqual([]);
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
    expect(await faultsOf(admin)).toEqual([]);
    await holdsTheSame(admin);
  });

  await test.step('without a network the queue goes to the centre as a file and the answer comes back', async () => {
    await pair.unplug();
    await rename(one, item, 'Carried by hand');
    await expect(one.getByText('Not yet sent')).toBeVisible();
    await expect(mark(admin)).toHaveText(/Offline · \d+ waiting/, { timeout: 60_000 });
    await visit(admin, '/exchange?tab=queue_file');
    const saved = admin.waitForEvent('download');
    await admin.getByRole('button', { name: 'Save waiting steps' }).click();
    const [queue, answer] = ['queue.json.gz', 'answer.json.gz'].map(name =>
      path.join(pair.first.data_folder, name),
    ) as [string, string];
    await (await saved).saveAs(queue);
    await pair.takeQueue(queue, answer);
    await admin.locator('input[type=file]').setInputFiles(answer);
    await expect(admin.getByText(/^\d+ steps? settled, \d+ rows? received/)).toBeVisible({ timeout: 60_000 });
    // Saving and reading the files are steps of their own; those of before are no longer waited for.
    await expect(one.getByText('Not yet sent')).toHaveCount(0);
    expect(await faultsOf(admin)).toEqual([]);
    await pair.heal();
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
