import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Serious violations for assistive technology, and anything wider than its place in the window. */
export async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.slice(0, 2).map(node => `${id}: ${node.html.slice(0, 160)}`));
  const isTooWide = await page.evaluate(() =>
    [document.documentElement, document.querySelector('main')].some(
      place => place !== null && place.scrollWidth > place.clientWidth,
    ),
  );
  return isTooWide ? [...found, 'wider than its place'] : found;
}
