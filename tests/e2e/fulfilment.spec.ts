import type { Browser, Page } from '@playwright/test';
import { expect, PEOPLE, type RunningStation, signIn, test, visit } from './fixtures.ts';
import { buildAddress, speak } from './order-screens.ts';
import { readWarnings } from './read-warnings.ts';

test.use({ story: 'fulfilment' });
test.setTimeout(180_000);

async function openAs(browser: Browser, station: RunningStation, who: keyof typeof PEOPLE): Promise<Page> {
  const context = await browser.newContext({
    locale: 'en-CA',
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 720 },
  });
  const page = await context.newPage();
  await signIn(page, station, PEOPLE[who]);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await speak(page, 'en');
  return page;
}

test('an order goes out for its body and comes back: approve, send, receive; a shortage holds it until it is settled', async ({
  browser,
  station,
}) => {
  const procurement = await openAs(browser, station, 'procurement');
  await visit(procurement, '/orders');
  await expect(procurement.getByRole('grid').first()).toBeVisible();
  const address = await buildAddress(procurement, 'PO-260103', 'BUILD-001');
  await visit(procurement, address);
  await expect(procurement.getByText('The BOM is not approved ·')).toBeVisible();
  await procurement.getByRole('button', { name: 'Approve', exact: true }).click();
  await readWarnings(procurement);
  await procurement.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(procurement.getByRole('dialog')).toHaveCount(0);
  await visit(procurement, `${address}?tab=parts`);
  await procurement.getByRole('button', { name: /^Send \d lines?$/ }).click();
  await procurement.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
  await expect(procurement.locator('[aria-current=step]')).toContainText('Parts sent');
  await procurement.getByRole('button', { name: 'Body arrived' }).click();
  await expect(procurement.getByLabel('Everything is back: receive the open parts')).toBeChecked();
  await procurement.getByRole('dialog').getByRole('button', { name: 'Move on' }).click();
  await expect(procurement.locator('[aria-current=step]')).toContainText('Ready for pre-QC');
  await expect(procurement.getByText('Waits for quality')).toBeVisible();

  const coordinator = await openAs(browser, station, 'coordinator');
  await visit(coordinator, `${address}?tab=issues`);
  await coordinator.getByRole('button', { name: 'Report a shortage' }).click();
  const dialog = coordinator.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Category' }).or(dialog.getByLabel('Category')).first().click();
  await coordinator.getByRole('option', { name: 'Part damaged' }).click();
  await dialog.getByLabel('Description').fill('The leg kit arrived bent and cannot be mounted');
  await dialog.getByRole('button', { name: 'Report a shortage' }).click();
  await expect(coordinator.getByText('On hold')).toBeVisible();
  const issue = procurement.getByRole('article').filter({ hasText: 'The leg kit arrived bent' });
  await visit(procurement, '/issues');
  await issue.getByRole('button', { name: 'Settle' }).click();
  await procurement.getByLabel('What was done').fill('A new kit came by courier');
  await procurement.getByRole('dialog').getByRole('button', { name: 'Settle' }).click();
  await expect(issue).toHaveCount(0);
  await expect(coordinator.getByText('On hold')).toHaveCount(0);
});
