import type { Page } from '@playwright/test';
import { faultsOf } from './faults.ts';
import { expect, PEOPLE, signIn, test, visit } from './fixtures.ts';
import { scan, typeByHand } from './wedge.ts';

test.use({ story: 'scan' });

const look = async (page: Page, name: string) => {
  if (process.env.LOOK_AT) await page.screenshot({ path: `${process.env.LOOK_AT}/scan_${name}.png` });
};

const SCHEMES = ['dark', 'light'] as const;
async function canBeRead(page: Page): Promise<void> {
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await faultsOf(page)).toEqual([]);
  }
}

test('a scan opens its object from any page, a text field keeps what was typed, a rejection stays', async ({
  page,
  station,
}) => {
  await signIn(page, station, PEOPLE.manager);
  await visit(page, '/orders');
  const rows = page.getByRole('grid').getByRole('row');
  await expect(rows.nth(1)).toBeVisible();

  await scan(page, 'PO-260101');
  await expect(page).toHaveURL(/#\/orders\/po\/PO-260101/);

  // In a field that stays on screen the text is as it was.
  await visit(page, '/tracking');
  const field = page.getByRole('searchbox').first();
  await field.click();
  const typed_ms = await typeByHand(page, 'half');
  await scan(page, ']C0NOBODY-KNOWS-1', { at_ms: typed_ms });
  const alert = page.getByRole('alert').filter({ hasText: 'NOBODY-KNOWS-1' });
  await expect(alert).toContainText('Nothing in this plant has this code');
  await expect(field).toHaveValue('half');
  await look(page, 'rejected');
  await canBeRead(page);
  await page.waitForLoadState('networkidle');
  await expect(alert).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(alert).toHaveCount(0);

  // Wrong check character, broken standard, and the same scan twice.
  await scan(page, 'B0000000001K', { at_ms: Date.now() + 1000 });
  await expect(page.getByRole('alert')).toContainText('check character');
  await page.getByRole('button', { name: 'OK (Enter)' }).click();
  const at_ms = await scan(page, 'PO-260101', { at_ms: Date.now() + 4000 });
  await expect(page).toHaveURL(/orders\//);
  await visit(page, '/tracking');
  await scan(page, 'PO-260101', { at_ms: at_ms + 900 });
  await expect(page.getByRole('alert')).toContainText('Scanned twice');
  await look(page, 'repeat');
  await canBeRead(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page).toHaveURL(/#\/tracking$/);

  // Typing at the speed of a person is typing: the shortcut of the page acts.
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
});

test('ten scans in one second book ten times in their order at the station', async ({ page, station }) => {
  await signIn(page, station, PEOPLE.operator);
  await visit(page, '/tracking/station');
  await page.getByLabel('Pieces per scan').selectOption('1');
  const codes = Array.from({ length: 10 }, (_, at) => `RUSH-${1000 + at}`);
  const began_ms = Date.now();
  for (const [at, code] of codes.entries()) await scan(page, code, { at_ms: began_ms + at * 100 });
  await expect(page.getByText('RUSH-1009 IN 1 · balance 1')).toBeVisible();
  const listed = page.locator('table tr td:nth-child(2)');
  await expect(listed).toHaveText(codes.toReversed().slice(0, 8));

  // OUT of what is not there is refused over the whole width, and the next scan goes on behind it.
  await scan(page, 'MW-OUT');
  await expect(page.getByRole('button', { name: 'OUT' })).toHaveAttribute('aria-pressed', 'true');
  await scan(page, 'NEVER-CAME-1');
  await expect(page.getByRole('alert').filter({ hasText: 'NEVER-CAME-1' })).toContainText(
    'Enter the missing IN first',
  );
  await look(page, 'station_rejected');
  await scan(page, 'RUSH-1003', { at_ms: Date.now() + 2000 });
  await expect(page.getByText('RUSH-1003 OUT 1 · balance 0')).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: 'NEVER-CAME-1' })).toHaveCount(0);
  await scan(page, 'RUSH-1003', { at_ms: Date.now() + 8000 });
  await expect(page.getByRole('alert')).toContainText('Book anyway');
  await look(page, 'station_asked');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alert')).toHaveCount(0);
});
