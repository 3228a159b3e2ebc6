import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sources } from '../../architecture/sources.ts';
import { CHROMIUM } from '../../support/electron-harness/chromium.ts';
import { temporaryFolder } from '../../support/station.ts';

let browser: Browser;
let script: string;
beforeAll(async () => {
  const outDir = temporaryFolder('number-', afterAll);
  const entry = path.join(import.meta.dirname, 'number-page.tsx');
  await build({
    configFile: false,
    logLevel: 'error',
    oxc: { jsx: { runtime: 'automatic', development: false } },
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { outDir, target: 'chrome140', lib: { entry, formats: ['es'], fileName: 'page' } },
  });
  script = readFileSync(path.join(outDir, 'page.js'), 'utf8');
  browser = await chromium.launch(CHROMIUM);
}, 60_000);
afterAll(() => browser?.close());

async function form(language: string) {
  const page = await browser.newPage();
  await page.goto(`about:blank#${language}`);
  await page.addScriptTag({ type: 'module', content: script });
  const field = page.getByLabel('Width');
  await field.waitFor();
  const held = () => page.locator('output').textContent();
  return { page, field, held };
}

test.each([
  ['en', '.'],
  ['fr', ','],
  ['es', ','],
])('a number field in %s takes both decimal marks and shows %s', async (language, mark) => {
  const { page, field, held } = await form(language);
  expect(await field.inputValue()).toBe(`101${mark}6`);
  for (const typed of ['76.25', '76,25']) {
    await field.fill('');
    await field.pressSequentially(typed);
    expect([await field.inputValue(), await held()]).toEqual([`76${mark}25`, '76.25']);
    await field.fill('');
    await field.evaluate((input, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', text);
      const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      if (input.dispatchEvent(paste)) document.execCommand('insertText', false, text);
    }, typed);
    expect([await field.inputValue(), await held()]).toEqual([`76${mark}25`, '76.25']);
  }
  await page.close();
});

test.each(['en', 'fr'])(
  'the decimals of a number are written anew in %s without the mark being lost',
  async language => {
    const { page, field, held } = await form(language);
    await field.press('End');
    await field.press('Backspace');
    await field.pressSequentially('75');
    expect(await held()).toBe('101.75');
    // A field that is left shows what is held.
    await field.press('Backspace');
    await field.press('Backspace');
    await field.blur();
    expect([await field.inputValue(), await held()]).toEqual(['101', '101']);
    await page.close();
  },
);

test('every number of the windows is entered in that one field', () => {
  const others = sources('renderer').filter(({ text }) => /\bNumberInput\b/.test(text));
  expect(others.map(({ file }) => file)).toEqual(['renderer/ui/NumberField.tsx']);
});
