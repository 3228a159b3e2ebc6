import { expect, type Page } from '@playwright/test';

/** In the open approval dialog: every warning is read before the approval. */
export async function readWarnings(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  const read = dialog.getByRole('button', { name: 'I have read this' });
  const none = dialog.getByText('No unread warnings');
  await expect(read.first().or(none)).toBeVisible();
  for (let left = await read.count(); left > 0; left--) {
    await read.first().click();
    await expect(read).toHaveCount(left - 1);
  }
  await expect(none).toBeVisible();
}
