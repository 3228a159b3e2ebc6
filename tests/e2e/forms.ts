import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';

/** What a person types where a check asks for words or a number; everything else is answered by a key. */
export type Typed = Record<string, string>;

/** What a person at the bench does with the check on the screen; ends when the next one is there. */
export async function answerOne(page: Page, typed: Typed): Promise<void> {
  const item = page.locator('[data-code]');
  const code = (await item.getAttribute('data-code')) ?? '';
  const place = `${code} ${await item.getAttribute('data-index')}`;
  const expected = await item.innerText();
  const text = typed[code];
  if (text !== undefined) {
    await page.getByRole('textbox').fill(text);
    await page.keyboard.press('Enter');
  } else if (code === 'P02') await page.keyboard.press('Enter');
  else if (code === 'P03') await page.keyboard.press('PageDown');
  else if (expected.includes('Configuration: N/A')) await page.keyboard.press('3');
  else if (expected.includes('Configuration: Levelling feet')) await page.keyboard.press('2');
  else await page.keyboard.press('1');
  await expect
    .poll(async () => `${await item.getAttribute('data-code')} ${await item.getAttribute('data-index')}`)
    .not.toBe(place);
}

/** Answers a form in station view to its last check, which has no next one: its key keeps the answer. */
export async function answerAll(page: Page, typed: Typed, most = 80): Promise<void> {
  const next = page.getByRole('button', { name: 'Next' });
  for (let step = 0; step < most && (await next.isEnabled()); step++) await answerOne(page, typed);
  await page.keyboard.press('1');
  await expect(page.getByRole('button', { name: 'Sign', exact: true })).toBeEnabled();
}

/** Signs the form on the screen; the first signature of a session asks for the user name as well. */
export async function signForm(
  page: Page,
  who: { username: string; password: string },
  failure?: { category: string; description: string; needs_rework: boolean },
): Promise<void> {
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  if (failure) {
    await dialog.getByLabel('What failed').selectOption({ label: failure.category });
    await dialog.getByRole('textbox', { name: 'Description' }).fill(failure.description);
    const rework = dialog.getByRole('switch', { name: 'Needs rework' });
    if ((await rework.isChecked()) !== failure.needs_rework) await rework.press('Space');
  }
  await dialog.getByRole('checkbox').press('Space');
  const name = dialog.getByLabel('User name');
  if (await name.isVisible()) await name.fill(who.username);
  await dialog.getByRole('textbox', { name: 'Password' }).fill(who.password);
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
}
