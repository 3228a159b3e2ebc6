import { existsSync } from 'node:fs';
import { type BrowserContext, chromium } from 'playwright';

/** Pages of `app://millwright/` have this address in Chromium, which knows no schemes of ours. Nothing leaves the computer: every request is answered here. */
const REAL = 'https://millwright.app.invalid/';
const OURS = 'app://millwright/';
export const toReal = (url: string): string => (url.startsWith(OURS) ? REAL + url.slice(OURS.length) : url);
export const toOurs = (url: string): string => (url.startsWith(REAL) ? OURS + url.slice(REAL.length) : url);

export const strayPages = { onAddress: (_url: string): unknown => undefined };
/** The Chromium of the system where there is one: the machine may not reach Playwright's download. */
export const CHROMIUM = {
  ...(existsSync('/usr/bin/chromium') && { executablePath: '/usr/bin/chromium' }),
  chromiumSandbox: false,
  args: [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-quic',
    '--disable-gpu',
  ],
};
let context: Promise<BrowserContext> | undefined;
export function chromiumContext(): Promise<BrowserContext> {
  context ??= chromium
    .launch(CHROMIUM)
    .then(browser => browser.newContext())
    .then(async opened => {
      // Windows answer their own requests; what arrives here is a page that a page opened.
      await opened.route('**/*', async route => {
        strayPages.onAddress(route.request().url());
        await route.abort('aborted');
      });
      return opened;
    });
  return context;
}
export async function closeChromium(): Promise<void> {
  const open = context;
  context = undefined;
  await (await open)?.browser()?.close();
}
