import type { Page } from '@playwright/test';
import axe from 'axe-core';

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** Papers in frames have tests of their own; what passes is not asked for. */
const LOOK: axe.RunOptions = { iframes: false, elementRef: false, resultTypes: ['violations'] };

/** Serious violations for assistive technology, as rule and element. */
export async function violationsOf(page: Page): Promise<string[]> {
  // Bringing the script costs as much as looking: it stays in the page until that is loaded again.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(look => window.axe.run(document, look), LOOK);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.slice(0, 2).map(node => `${id}: ${node.html.slice(0, 160)}`));
}

/** What of the page is wider than its place in the window. */
export async function widthFaults(page: Page): Promise<string[]> {
  const isTooWide = await page.evaluate(() =>
    [document.documentElement, document.querySelector('main')].some(
      place => place !== null && place.scrollWidth > place.clientWidth,
    ),
  );
  return isTooWide ? ['wider than its place'] : [];
}

export const faultsOf = async (page: Page): Promise<string[]> => [
  ...(await violationsOf(page)),
  ...(await widthFaults(page)),
];
